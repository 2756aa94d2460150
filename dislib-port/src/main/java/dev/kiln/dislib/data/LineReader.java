package dev.kiln.dislib.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a file line by line from any place, without making strings. A line ends with LF or CR LF, or with the file.
 * Not thread-safe.
 */
final class LineReader implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;
    private static final int MAX_LINE = 1 << 30;

    private final FileChannel channel;
    private final String shown;
    private byte[] buffer;
    private int limit;
    private int next;
    private long offsetOfBuffer;
    private int start;
    private int end;

    /** Opens a file at an offset, which should be the start of a line. */
    LineReader(Path file, String shown, long offset) throws IOException {
        this.channel = FileChannel.open(file);
        this.shown = shown;
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(64, channel.size() - offset))];
        this.offsetOfBuffer = offset;
        channel.position(offset);
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws IOException {
        start = next;
        int p = start;
        while (true) {
            while (p < limit && buffer[p] != '\n') {
                p++;
            }
            if (p < limit) {
                next = p + 1;
                end = p > start && buffer[p - 1] == '\r' ? p - 1 : p;
                return true;
            }
            int length = p - start;
            if (!fill()) {
                next = limit;
                end = limit > start && buffer[limit - 1] == '\r' ? limit - 1 : limit;
                return limit > start;
            }
            p = start + length;
        }
    }

    /**
     * Skips what is left of the line that the reader was opened in; false when it goes on to byte {@code to} - 1 or
     * further, so that no line begins before {@code to}.
     */
    boolean skipLine(long to) throws IOException {
        while (true) {
            while (next < limit && buffer[next] != '\n') {
                next++;
            }
            if (offsetOfBuffer + next >= to - 1) {
                return false;
            }
            if (next < limit) {
                next++;
                return true;
            }
            start = next;
            if (!fill()) {
                return false;
            }
            next = start;
        }
    }

    /** The bytes that hold the line; valid until the next call of {@link #next}. */
    byte[] bytes() {
        return buffer;
    }

    /** The index of the line's first byte. */
    int start() {
        return start;
    }

    /** The index after the line's last byte, its end mark left out. */
    int end() {
        return end;
    }

    /** The line, copied. */
    byte[] copy() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** Where in the file the line begins. */
    long offset() {
        return offsetOfBuffer + start;
    }

    /** Where in the file the next line begins. */
    long nextOffset() {
        return offsetOfBuffer + next;
    }

    /** Moves what is kept of the buffer to its front, and reads more behind it. */
    private boolean fill() throws IOException {
        int kept = limit - start;
        if (kept == buffer.length) {
            if (kept >= MAX_LINE) {
                throw BadDataException.inFile(shown, "a line longer than 1 GB begins at byte " + offset());
            }
            buffer = Arrays.copyOfRange(buffer, start, start + 2 * kept);
        } else {
            System.arraycopy(buffer, start, buffer, 0, kept);
        }
        offsetOfBuffer += start;
        start = 0;
        limit = kept;
        int read = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
