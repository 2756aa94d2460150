package dev.kiln.runtime.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Files that are there whole or not at all: written beside their place, forced to the disk, and renamed. A length and a
 * checksum tell when one was damaged since. Numbers are big-endian: form, length of the content, its CRC-32C, the content.
 */
public final class ValueFile {

    private static final int FORM = 0x4b434b01; // "KCK", 1
    private static final int HEAD = 16;

    private ValueFile() {}

    /** Writes a file, and the folders that it is in. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path made = Files.createTempFile(folder, file.getFileName() + ".", ".new");
        try {
            try (FileChannel out = FileChannel.open(made, StandardOpenOption.WRITE)) {
                ByteBuffer head = ByteBuffer.allocate(HEAD)
                        .putInt(FORM)
                        .putLong(content.length)
                        .putInt(sum(content))
                        .flip();
                writeAll(out, head);
                writeAll(out, ByteBuffer.wrap(content));
                out.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(made);
            throw e;
        }
    }

    /** Whether a file begins as one of these do. */
    static boolean isOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(
                    in.readNBytes(Integer.BYTES),
                    ByteBuffer.allocate(Integer.BYTES).putInt(FORM).array());
        } catch (IOException notThere) {
            return false;
        }
    }

    /**
     * The content of a file.
     *
     * @throws IOException when it is not there or damaged; one line that says which
     */
    public static byte[] read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        ByteBuffer head = ByteBuffer.wrap(all);
        if (all.length < HEAD || head.getInt() != FORM) {
            throw new IOException(file + " is damaged: it does not begin as a file of a checkpoint");
        }
        long length = head.getLong();
        if (length != all.length - HEAD) {
            throw new IOException(
                    file + " is damaged: expected " + length + " bytes of content, found " + (all.length - HEAD));
        }
        int expected = head.getInt();
        byte[] content = Arrays.copyOfRange(all, HEAD, all.length);
        if (sum(content) != expected) {
            throw new IOException(file + " is damaged: its checksum is wrong");
        }
        return content;
    }

    static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    static int sum(byte[] content) {
        var sum = new CRC32C();
        sum.update(content);
        return (int) sum.getValue();
    }

    /** Forces the names in a folder to the disk, where its file system lets that be asked for. */
    static void force(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException notHere) {
            // Then the system does so in its own time.
        }
    }
}
