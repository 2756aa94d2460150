package dev.kiln.runtime.driver;

import dev.kiln.runtime.checkpoint.CheckpointFolder;
import dev.kiln.runtime.checkpoint.Identity;
import dev.kiln.runtime.checkpoint.Kept;
import dev.kiln.runtime.checkpoint.Key;
import dev.kiln.runtime.checkpoint.ValueFile;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow has kept, in this run and in earlier ones.
 *
 * <p>{@code values} and {@code writing} are for all threads. The rest belongs to the owner of the driver's loop, since it
 * changes in step with what the scheduler is told: a value is at every moment one that an earlier run left and nobody has
 * claimed, or one that the scheduler knows.
 */
final class Checkpoint implements AutoCloseable {

    /** What is no larger stands in the index. */
    private static final int SMALL = 1024;
    /** Of what the program got, so many kilobytes may be on their way to files; who gets more waits. */
    private static final int MOST_WRITING_KB = 64 << 10;

    private final CheckpointFolder folder;
    private final ValueCodec codec;
    private final Consumer<String> notes;

    /** All that is in the folder or on its way there. */
    private final Map<Key, Kept> values;
    /** What is on its way. */
    private final Set<Key> writing = ConcurrentHashMap.newKeySet();

    private final Semaphore room = new Semaphore(MOST_WRITING_KB);
    private volatile @Nullable String writeProblem;

    /** Done in an earlier run and not submitted in this one. */
    private final Set<Identity> unclaimed;
    /** Done, and not in the last checkpoint. */
    private List<Identity> done = new ArrayList<>();

    Checkpoint(CheckpointFolder folder, ValueCodec codec, Consumer<String> notes) {
        this.folder = folder;
        this.codec = codec;
        this.notes = notes;
        CheckpointFolder.Found found = folder.found();
        this.values = new ConcurrentHashMap<>(found.values());
        this.unclaimed = new HashSet<>(found.done());
        found.values().keySet().forEach(key -> {
            // Its task was done, even if the list of those that are was damaged.
            if (key.part() == Key.WHOLE && unclaimed.add(key.identity())) {
                done.add(key.identity());
            }
        });
    }

    /** What an earlier run left of a task. */
    record Claim(@Nullable Kept kept) {}

    /** The loop's owner: what there is of a task that is submitted now; null when it was not done. */
    @Nullable Claim claim(Identity identity) {
        return unclaimed.remove(identity) ? new Claim(values.get(Key.of(identity))) : null;
    }

    /** The loop's owner: a task is done that was not before. */
    void done(Identity identity) {
        done.add(identity);
    }

    /** What the program got in this run or an earlier one, and gets again. */
    byte @Nullable [] answer(Key key) {
        Kept kept = values.get(key);
        if (kept == null || !kept.answered() || writing.contains(key)) {
            return null;
        }
        try {
            return kept.small() != null ? kept.small() : ValueFile.read(folder.file(key));
        } catch (IOException e) {
            damaged(key, e);
            return null;
        }
    }

    /** The program got a value: it will want it again when it runs again. Writes it, in time, if it is not there. */
    void answered(Key key, Delivery.Arrived arrived, @Nullable Object value) {
        if (values.computeIfPresent(key, (k, kept) -> kept.toAnswer()) != null) {
            return;
        }
        boolean same = arrived.whole() == (key.part() == Key.WHOLE);
        byte[] data =
                same && arrived.payload() instanceof Payload.Encoded encoded ? encoded.data() : codec.encode(value);
        if (data.length <= SMALL) {
            values.put(key, new Kept(data.length, data, true));
            return;
        }
        int kilobytes = Math.min(MOST_WRITING_KB, data.length >> 10);
        room.acquireUninterruptibly(kilobytes);
        writing.add(key);
        values.put(key, new Kept(data.length, null, true));
        Thread.ofVirtual().name("kiln-save").start(() -> {
            try {
                ValueFile.write(folder.file(key), data);
            } catch (IOException e) {
                values.remove(key);
                writeProblem = e.getMessage();
            } finally {
                writing.remove(key);
                room.release(kilobytes);
            }
        });
    }

    /** Waits until all that the program got so far is written; why that failed, or null. */
    @Nullable String settle() throws InterruptedException {
        room.acquire(MOST_WRITING_KB);
        room.release(MOST_WRITING_KB);
        String problem = writeProblem;
        writeProblem = null;
        return problem;
    }

    /** A value is kept now. */
    void kept(Key key, Kept kept) {
        values.merge(key, kept, (old, now) -> old.answered() ? now.toAnswer() : now);
    }

    /** A value that is small is kept from now on. */
    void keep(Key key, byte[] data) {
        kept(key, new Kept(data.length, data, false));
    }

    boolean keeps(Key key) {
        return values.containsKey(key);
    }

    byte[] encoded(Payload payload) {
        return switch (payload) {
            case Payload.Encoded bytes -> bytes.data();
            case Payload.Live live -> codec.encode(live.value());
        };
    }

    /** The file of a value. */
    Path file(Key key) {
        return folder.file(key);
    }

    void note(String text) {
        notes.accept(text);
    }

    /** A value turned out not to be there. */
    void damaged(Key key, @Nullable IOException why) {
        if (values.remove(key) != null) {
            folder.delete(key);
            note("a value of the checkpoint is made again: "
                    + (why == null || why instanceof NoSuchFileException
                            ? folder.file(key) + " is not there, or is damaged"
                            : why.getMessage()));
        }
    }

    /** The loop's owner: the values that nobody has asked for yet. */
    Set<Key> unclaimedValues() {
        Set<Key> keys = new HashSet<>();
        for (Key key : values.keySet()) {
            if (key.part() == Key.WHOLE && unclaimed.contains(key.identity())) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The loop's owner: the tasks that were done since this was asked last. */
    List<Identity> takeDone() {
        List<Identity> taken = done;
        done = new ArrayList<>();
        return taken;
    }

    /** The loop's owner: nothing came of the checkpoint that these were taken for. */
    void giveBack(Collection<Identity> taken) {
        done.addAll(taken);
    }

    /** Completes a checkpoint with these values and all that the program got; forgets every other. */
    void commit(Collection<Identity> tasks, Set<Key> needed) throws IOException {
        Map<Key, Kept> chosen = new LinkedHashMap<>();
        List<Key> obsolete = new ArrayList<>();
        values.forEach((key, kept) -> {
            if (!writing.contains(key)) {
                if (kept.answered() || needed.contains(key)) {
                    chosen.put(key, kept);
                } else {
                    obsolete.add(key);
                }
            }
        });
        folder.commit(tasks, chosen);
        for (Key key : obsolete) {
            // Under the lock of its place, so that nobody begins to write the file meanwhile.
            values.computeIfPresent(key, (k, kept) -> {
                if (kept.answered()) {
                    return kept;
                }
                if (kept.small() == null) {
                    folder.delete(k);
                }
                return null;
            });
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
