package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.BadModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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

/** What all model files have in common: magic, version, lengths, a header in JSON, arrays, and a checksum. */
public final class ModelEnvelope {

    private static final int FIXED = 8 + 4 + 4 + 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ModelEnvelope() {}

    /**
     * What is inside.
     *
     * @param version of the format
     * @param json the header
     * @param arrays the numbers after it
     */
    record Content(int version, byte[] json, ByteBuffer arrays) {

        <T> T header(Path file, Class<T> type) {
            try {
                return JSON.readValue(json, type);
            } catch (JacksonException e) {
                throw damaged(file);
            }
        }
    }

    static byte[] json(Object header) {
        return JSON.writeValueAsBytes(header);
    }

    /** A buffer with all that comes before the arrays, and room for these. */
    static ByteBuffer begin(byte[] magic, int version, byte[] header, long arrays) {
        long length = FIXED + header.length + arrays + 4;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(magic)
                .putInt(version)
                .putInt(header.length)
                .putLong(length)
                .put(header);
    }

    /** Adds the checksum. */
    static byte[] end(ByteBuffer out) {
        var crc = new CRC32C();
        crc.update(out.duplicate().flip());
        byte[] bytes = new byte[out.capacity()];
        out.putInt((int) crc.getValue()).flip().get(bytes);
        return bytes;
    }

    /** Checks everything but what the header says; {@code version} is the latest that can be read. */
    static Content open(Path file, byte[] bytes, byte[] magic, int version) {
        int known = Math.min(bytes.length, magic.length);
        if (bytes.length == 0 || !Arrays.equals(bytes, 0, known, magic, 0, known)) {
            throw new BadModelException(
                    file,
                    (bytes.length == 0 ? "the file is empty" : "not a model")
                            + "; expected a file that kiln csvm train --model wrote");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int found = bytes.length >= magic.length + 4 ? in.getInt(magic.length) : version;
        if (found < 1 || found > version) {
            throw new BadModelException(
                    file,
                    "the model is of format " + found + ", this Kiln reads formats 1 to " + version
                            + "; train it again with this version");
        }
        if (bytes.length < FIXED) {
            throw new BadModelException(file, "the model is cut short after " + bytes.length + " bytes; copy it again");
        }
        int headerLength = in.getInt(magic.length + 4);
        long length = in.getLong(magic.length + 8);
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
        byte[] json = new byte[headerLength];
        in.get(FIXED, json);
        ByteBuffer arrays = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        arrays.position(FIXED + headerLength).limit(bytes.length - 4);
        return new Content(found, json, arrays);
    }

    /** Writes beside the file, then moves there. */
    static void write(Path file, byte[] bytes) {
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

    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadModelException(file, "no such file; expected a model that kiln csvm train --model wrote");
        } catch (IOException e) {
            throw new BadModelException(file, "cannot be read: " + e);
        }
    }

    static BadModelException damaged(Path file) {
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
