package dev.kiln.runtime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The identities of the tasks that are done, in a file that only grows: with each checkpoint by a batch of their number,
 * their CRC-32C, and 16 bytes for each. The index says how much of the file counts.
 */
final class DoneLog {

    private static final int HEAD = 8;

    private DoneLog() {}

    /** Adds a batch behind what counts so far, and returns how much counts then. */
    static long append(Path file, long counts, Collection<Identity> done) throws IOException {
        byte[] body = new byte[Math.multiplyExact(done.size(), Identity.BYTES)];
        ByteBuffer identities = ByteBuffer.wrap(body);
        done.forEach(each -> identities.putLong(each.high()).putLong(each.low()));
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .putInt(done.size())
                .putInt(ValueFile.sum(body))
                .flip();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.truncate(counts);
            out.position(counts);
            if (!done.isEmpty()) {
                ValueFile.writeAll(out, head);
                ValueFile.writeAll(out, identities.flip());
            }
            out.force(true);
            return out.position();
        }
    }

    /**
     * What was found.
     *
     * @param done the tasks
     * @param whole whether it was all there
     * @param counts how much of the file is good
     */
    record Found(Set<Identity> done, boolean whole, long counts) {}

    /** Reads what counts, up to the first batch that is damaged. */
    static Found read(Path file, long counts) {
        Set<Identity> done = new HashSet<>();
        long good = 0;
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (IOException gone) {
            return new Found(done, counts == 0, 0);
        }
        ByteBuffer in = ByteBuffer.wrap(all, 0, (int) Math.min(counts, all.length));
        while (in.remaining() >= HEAD) {
            int count = in.getInt();
            int expected = in.getInt();
            if (count < 0 || (long) count * Identity.BYTES > in.remaining()) {
                break;
            }
            byte[] body = new byte[count * Identity.BYTES];
            in.get(body);
            if (ValueFile.sum(body) != expected) {
                break;
            }
            ByteBuffer identities = ByteBuffer.wrap(body);
            for (int i = 0; i < count; i++) {
                done.add(new Identity(identities.getLong(), identities.getLong()));
            }
            good = in.position();
        }
        return new Found(done, good == counts, good);
    }
}
