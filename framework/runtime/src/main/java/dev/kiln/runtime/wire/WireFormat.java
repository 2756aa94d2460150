package dev.kiln.runtime.wire;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Batches of messages as bytes. A batch begins with a version and the number of messages; each message is a byte that
 * says which it is, and its components. Names and methods are spelled out once in a batch and are numbers afterwards;
 * tasks and values are written as differences to the task before. A typical task takes 20 to 110 bytes.
 *
 * <p>Payloads must be {@link Payload.Encoded}. Decoding reads until the end and fails with
 * {@link CorruptDataException} when the bytes are no such batch. Thread-safe.
 */
public final class WireFormat {

    private static final int VERSION = 2;

    private WireFormat() {}

    /**
     * Messages to a node as bytes.
     *
     * @throws IllegalArgumentException when a payload is a live object
     */
    public static byte[] encodeToNode(List<? extends ToNode> batch) {
        var writer = new ToNodeWriter(begin(batch.size()));
        batch.forEach(writer::write);
        return writer.out().toBytes();
    }

    /** Reads what {@link #encodeToNode} wrote. */
    public static List<ToNode> decodeToNode(byte[] data) {
        var in = new ByteSource(data);
        var reader = new ToNodeReader(in);
        return read(in, ignored -> reader.read());
    }

    /**
     * Messages to a driver as bytes.
     *
     * @throws IllegalArgumentException when a payload is a live object
     */
    public static byte[] encodeToDriver(List<? extends ToDriver> batch) {
        var writer = new ToDriverWriter(begin(batch.size()));
        batch.forEach(writer::write);
        return writer.out().toBytes();
    }

    /** Reads what {@link #encodeToDriver} wrote. */
    public static List<ToDriver> decodeToDriver(byte[] data) {
        var in = new ByteSource(data);
        var reader = new ToDriverReader(in);
        return read(in, ignored -> reader.read());
    }

    private static ByteSink begin(int count) {
        var out = new ByteSink(64 + 32 * count);
        out.u8(VERSION);
        out.varint(count);
        return out;
    }

    private static <M> List<M> read(ByteSource in, Function<ByteSource, M> next) {
        int version = in.u8();
        if (version != VERSION) {
            throw new CorruptDataException("messages of format " + version + ", and this Kiln reads format " + VERSION
                    + "; run one version of Kiln on all nodes");
        }
        int count = in.count();
        List<M> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.arrived();
            batch.add(next.apply(in));
        }
        in.end();
        return batch;
    }
}
