package dev.kiln.lstm.worker;

import dev.kiln.lstm.ForecasterState;
import dev.kiln.lstm.worker.engine.NetworkShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file a model is kept in; all numbers are little-endian.
 *
 * <pre>
 * 8 bytes   KILNLST and a line feed
 * int       version of this format, 1
 * int       length h of the header
 * long      length of the whole file
 * h bytes   {@link ModelHeader} as JSON in UTF-8
 * n float   the weights, in the order and layout of {@link NetworkShape#parameters}
 * n float   Adam's first moments, likewise
 * n float   Adam's second moments, likewise
 * int       CRC-32C of everything before it
 * </pre>
 *
 * Nothing in it depends on when or where it was written.
 */
public final class ModelFile {

    private static final byte[] MAGIC = "KILNLST\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int FIXED = 8 + 4 + 4 + 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ModelFile() {}

    /**
     * Writes beside the file, then moves there.
     *
     * @throws BadModelException when it cannot be written
     */
    public static void write(Path file, ForecasterState state) {
        byte[] bytes = encode(state);
        Path absolute = file.toAbsolutePath();
        // Beside the file, so that the move stays within one file system and is atomic.
        Path temporary = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new BadModelException(file, "cannot be written: there is no folder " + absolute.getParent());
        } catch (IOException e) {
            discard(temporary, e);
            throw new BadModelException(file, "cannot be written: " + e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws BadModelException when it is something else, damaged, or of another version
     */
    public static ForecasterState read(Path file) {
        try {
            return decode(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BadModelException(file, "no such file; expected a model that kiln lstm train --model wrote");
        } catch (IOException e) {
            throw new BadModelException(file, "cannot be read: " + e);
        }
    }

    static byte[] encode(ForecasterState s) {
        byte[] header = JSON.writeValueAsBytes(
                new ModelHeader(version(), s.options(), s.names(), s.minima(), s.maxima(), s.steps(), s.epochs()));
        NetworkShape shape = LstmForecaster.shape(s.options(), s.names().size());
        long length = FIXED + header.length + 3 * 4L * shape.size() + 4;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putInt(VERSION).putInt(header.length).putLong(length).put(header);
        for (Map<String, float[]> arrays : List.of(s.weights(), s.firstMoments(), s.secondMoments())) {
            for (NetworkShape.Parameter p : shape.parameters()) {
                float[] values = arrays.getOrDefault(p.name(), new float[0]);
                out.asFloatBuffer().put(values);
                out.position(out.position() + 4 * values.length);
            }
        }
        byte[] bytes = out.array();
        out.putInt(checksum(bytes, bytes.length - 4));
        return bytes;
    }

    static ForecasterState decode(Path file, byte[] bytes) {
        int known = Math.min(bytes.length, MAGIC.length);
        if (bytes.length == 0 || !Arrays.equals(bytes, 0, known, MAGIC, 0, known)) {
            throw new BadModelException(
                    file,
                    (bytes.length == 0 ? "the file is empty" : "not a model of kiln lstm")
                            + "; expected a file that kiln lstm train --model wrote");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length >= MAGIC.length + 4 && in.getInt(MAGIC.length) != VERSION) {
            throw new BadModelException(
                    file,
                    "the model is of format " + in.getInt(MAGIC.length) + ", this Kiln reads format " + VERSION
                            + "; train it again with this version");
        }
        if (bytes.length < FIXED || bytes.length < in.getLong(MAGIC.length + 8)) {
            throw new BadModelException(file, "the model is cut short after " + bytes.length + " bytes; copy it again");
        }
        int headerLength = in.getInt(MAGIC.length + 4);
        if (bytes.length != in.getLong(MAGIC.length + 8)
                || headerLength < 0
                || headerLength > bytes.length - FIXED - 4
                || in.getInt(bytes.length - 4) != checksum(bytes, bytes.length - 4)) {
            throw damaged(file);
        }
        try {
            ModelHeader header =
                    JSON.readValue(Arrays.copyOfRange(bytes, FIXED, FIXED + headerLength), ModelHeader.class);
            return body(file, header, in.position(FIXED + headerLength).limit(bytes.length - 4));
        } catch (JacksonException | IllegalArgumentException e) {
            throw damaged(file);
        }
    }

    private static ForecasterState body(Path file, ModelHeader h, ByteBuffer in) {
        int variables = h.names().size();
        NetworkShape shape = LstmForecaster.shape(h.options(), variables);
        if (in.remaining() != 3 * 4L * shape.size()
                || h.minima().length != variables
                || h.maxima().length != variables) {
            throw damaged(file);
        }
        return new ForecasterState(
                h.options(),
                h.names(),
                h.minima(),
                h.maxima(),
                arrays(shape, in),
                arrays(shape, in),
                arrays(shape, in),
                h.steps(),
                h.epochs());
    }

    private static Map<String, float[]> arrays(NetworkShape shape, ByteBuffer in) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        for (NetworkShape.Parameter p : shape.parameters()) {
            float[] values = new float[p.size()];
            in.asFloatBuffer().get(values);
            in.position(in.position() + 4 * values.length);
            arrays.put(p.name(), values);
        }
        return arrays;
    }

    private static BadModelException damaged(Path file) {
        return new BadModelException(file, "the model is damaged: its checksum does not match; copy or train it again");
    }

    private static String version() {
        String version = ModelFile.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void discard(Path temporary, IOException because) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
