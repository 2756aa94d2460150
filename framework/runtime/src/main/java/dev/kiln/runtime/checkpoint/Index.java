package dev.kiln.runtime.checkpoint;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.codec.ValueCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one complete checkpoint holds.
 *
 * @param number counts the checkpoints of the folder from 1
 * @param code what code its tasks ran
 * @param log the number of the file with the tasks that are done
 * @param logged how many bytes of that belong to this checkpoint
 * @param values the values that it has
 */
record Index(long number, CodeVersion code, long log, long logged, Map<Key, Kept> values) {

    private static final int FORM = 1;

    void write(Path file) throws IOException {
        var out = new ByteSink();
        out.varint(FORM);
        out.varint(ValueCodec.VERSION);
        out.varint(number);
        out.string(code.program());
        out.string(code.library());
        out.varint(log);
        out.varint(logged);
        out.varint(values.size());
        values.forEach((key, kept) -> {
            key.identity().write(out);
            out.signed(key.part());
            out.u8((kept.answered() ? 1 : 0) | (kept.small() == null ? 0 : 2));
            out.varint(kept.bytes());
            if (kept.small() != null) {
                out.block(kept.small());
            }
        });
        ValueFile.write(file, out.toBytes());
    }

    /** Reads one; fails in one line when it is damaged or of another version. */
    static Index read(Path file) throws IOException {
        var in = new ByteSource(ValueFile.read(file));
        try {
            long form = in.varint();
            long codec = in.varint();
            if (form != FORM || codec != ValueCodec.VERSION) {
                throw new IOException(file + " was written by another version of Kiln (form " + form + "." + codec
                        + ", expected " + FORM + "." + ValueCodec.VERSION + ")");
            }
            long number = in.varint();
            var code = new CodeVersion(in.string(), in.string());
            long log = in.varint();
            long logged = in.varint();
            int count = in.count();
            Map<Key, Kept> values = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                in.arrived();
                var key = new Key(Identity.read(in), in.signedInt());
                int flags = in.u8();
                long bytes = in.varint();
                values.put(key, new Kept(bytes, (flags & 2) == 0 ? null : in.block(), (flags & 1) != 0));
            }
            return new Index(number, code, log, logged, values);
        } catch (CorruptDataException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
