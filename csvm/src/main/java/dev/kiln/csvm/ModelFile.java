package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file a model is kept in; all numbers are little-endian.
 *
 * <pre>
 * 8 bytes   KILNSVM and a line feed
 * int       version of this format, 1
 * int       length h of the header
 * long      length of the whole file
 * h bytes   {@link ModelHeader} as JSON in UTF-8, n support vectors of d features
 * n*d float the support vectors, row after row
 * n double  their signed multipliers
 * n long    their row numbers in the training data
 * int       CRC-32C of everything before it
 * </pre>
 *
 * Nothing in it depends on when or where it was written.
 */
final class ModelFile {

    private static final byte[] MAGIC = "KILNSVM\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int FIXED = 8 + 4 + 4 + 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ModelFile() {}

    static void write(Path file, ModelData data) {
        byte[] bytes = encode(data);
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

    static ModelData read(Path file) {
        try {
            return decode(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BadModelException(file, "no such file; expected a model that kiln csvm train --model wrote");
        } catch (IOException | UncheckedIOException e) {
            throw new BadModelException(file, "cannot be read: " + e);
        }
    }

    static byte[] encode(ModelData data) {
        byte[] header = JSON.writeValueAsBytes(data.header());
        int n = data.ids().length;
        int d = data.points().features();
        long length = FIXED + header.length + n * (4L * d + 16) + 4;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putInt(VERSION).putInt(header.length).putLong(length).put(header);
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < d; f++) {
                out.putFloat(data.points().columns()[f][i]);
            }
        }
        for (double b : data.beta()) {
            out.putDouble(b);
        }
        for (long id : data.ids()) {
            out.putLong(id);
        }
        out.putInt(checksum(out.array(), out.position()));
        return out.array();
    }

    static ModelData decode(Path file, byte[] bytes) {
        int known = Math.min(bytes.length, MAGIC.length);
        if (bytes.length == 0 || !Arrays.equals(bytes, 0, known, MAGIC, 0, known)) {
            throw new BadModelException(
                    file,
                    (bytes.length == 0 ? "the file is empty" : "not a model")
                            + "; expected a file that kiln csvm train --model wrote");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length >= MAGIC.length + 4 && in.getInt(MAGIC.length) != VERSION) {
            throw new BadModelException(
                    file,
                    "the model is of format " + in.getInt(MAGIC.length) + ", this Kiln reads format " + VERSION
                            + "; train it again with this version");
        }
        if (bytes.length < FIXED) {
            throw new BadModelException(file, "the model is cut short after " + bytes.length + " bytes; copy it again");
        }
        int headerLength = in.getInt(MAGIC.length + 4);
        long length = in.getLong(MAGIC.length + 8);
        if (bytes.length < length) {
            throw new BadModelException(
                    file, "the model is cut short: " + bytes.length + " bytes of " + length + "; copy it again");
        }
        if (bytes.length != length
                || headerLength < 0
                || headerLength > bytes.length - FIXED - 4
                || in.getInt(bytes.length - 4) != checksum(bytes, bytes.length - 4)) {
            throw damaged(file);
        }
        return body(file, in, headerLength);
    }

    private static ModelData body(Path file, ByteBuffer in, int headerLength) {
        byte[] json = new byte[headerLength];
        in.get(FIXED, json);
        ModelHeader header;
        try {
            header = JSON.readValue(json, ModelHeader.class);
        } catch (JacksonException e) {
            throw damaged(file);
        }
        int n = header.supportVectors();
        int d = header.features();
        if (n < 0 || d < 1 || FIXED + headerLength + n * (4L * d + 16) + 4 != in.capacity()) {
            throw damaged(file);
        }
        in.position(FIXED + headerLength);
        float[][] columns = new float[d][n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < d; f++) {
                columns[f][i] = in.getFloat();
            }
        }
        double[] beta = new double[n];
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            beta[i] = in.getDouble();
        }
        for (int i = 0; i < n; i++) {
            ids[i] = in.getLong();
        }
        return new ModelData(header, new Points(n, columns), beta, ids);
    }

    private static BadModelException damaged(Path file) {
        return new BadModelException(file, "the model is damaged: its checksum does not match; copy or train it again");
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
