package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.objects.ObjectMessage.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Keeps states in a folder that one cluster at a time uses: for each object a folder {@code objects/ID} with its card,
 * the state after its last update and its snapshots, and the jars that were deployed in {@code jars}. A file is written
 * beside its place, forced to disk and renamed, so a crash leaves the old one or the new one; each carries a CRC-32C.
 * Thread-safe: all under its lock.
 */
public final class FolderStates implements StateStore, AutoCloseable {

    private static final String CARD = "card";
    private static final String CURRENT = "current";
    private static final String SNAPSHOT = ".snapshot";
    private static final int FORM = 1;

    private final Path objects;
    private final Path jars;
    private final FileChannel lock;

    private FolderStates(Path folder, FileChannel lock) {
        this.objects = folder.resolve("objects");
        this.jars = folder.resolve("jars");
        this.lock = lock;
    }

    /**
     * Opens a folder, and makes it where it is not there.
     *
     * @throws IOException when it cannot be used, or another cluster uses it; one line
     */
    public static FolderStates open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean free;
        try {
            free = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            free = false;
        }
        if (!free) {
            channel.close();
            throw new IOException("another cluster uses " + folder + ": stop it, or give another folder");
        }
        var states = new FolderStates(folder, channel);
        Files.createDirectories(states.objects);
        Files.createDirectories(states.jars);
        return states;
    }

    @Override
    public synchronized void snapshot(Card card, long version, byte[] state) throws IOException {
        put(card, version + SNAPSHOT, version, state);
    }

    @Override
    public synchronized void current(Card card, long version, byte[] state) throws IOException {
        put(card, CURRENT, version, state);
    }

    private void put(Card card, String name, long version, byte[] state) throws IOException {
        Path folder = folder(card.id());
        Files.createDirectories(folder);
        Path described = folder.resolve(CARD);
        if (!Files.exists(described)) {
            write(described, 0, encoded(card));
        }
        write(folder.resolve(name), version, state);
    }

    private Path folder(long object) {
        return objects.resolve(Long.toString(object));
    }

    private static void write(Path file, long version, byte[] data) throws IOException {
        var sum = new CRC32C();
        sum.update(data);
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                made, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(16)
                    .putInt(FORM)
                    .putLong(version)
                    .putInt((int) sum.getValue())
                    .flip();
            ByteBuffer body = ByteBuffer.wrap(data);
            while (head.hasRemaining()) {
                out.write(head);
            }
            while (body.hasRemaining()) {
                out.write(body);
            }
            out.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static @Nullable Kept read(Path file) throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (all.length < 16 || ByteBuffer.wrap(all).getInt() != FORM) {
            throw new IOException(file + " is damaged: it has no head");
        }
        ByteBuffer head = ByteBuffer.wrap(all, 4, 12);
        long version = head.getLong();
        int expected = head.getInt();
        byte[] data = java.util.Arrays.copyOfRange(all, 16, all.length);
        var sum = new CRC32C();
        sum.update(data);
        if ((int) sum.getValue() != expected) {
            throw new IOException(file + " is damaged: its checksum is wrong");
        }
        return new Kept(version, data);
    }

    @Override
    public synchronized @Nullable Kept latest(long object) {
        Kept best = null;
        List<Path> files = new ArrayList<>(List.of(folder(object).resolve(CURRENT)));
        versions(object).reversed().forEach(v -> files.add(folder(object).resolve(v + SNAPSHOT)));
        for (Path file : files) {
            try {
                Kept found = read(file);
                if (found != null && (best == null || found.version() > best.version())) {
                    best = found;
                }
            } catch (IOException damaged) {
                // An older one has to do.
            }
            if (best != null && !file.endsWith(CURRENT)) {
                break;
            }
        }
        return best;
    }

    @Override
    public synchronized byte @Nullable [] snapshot(long object, long version) throws IOException {
        Kept kept = read(folder(object).resolve(version + SNAPSHOT));
        return kept == null ? null : kept.state();
    }

    @Override
    public synchronized List<Long> versions(long object) {
        try (Stream<Path> files = Files.list(folder(object))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d{1,18}\\" + SNAPSHOT))
                    .map(name -> Long.parseLong(name.substring(0, name.length() - SNAPSHOT.length())))
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    @Override
    public synchronized void forget(long object) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(object))) {
            // The card last: what is left when this is interrupted is still known for what it is.
            for (Path file : files) {
                if (!file.endsWith(CARD)) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder(object).resolve(CARD));
            Files.deleteIfExists(folder(object));
        } catch (IOException none) {
            // It was not kept.
        }
    }

    @Override
    public synchronized List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        try (Stream<Path> folders = Files.list(objects)) {
            for (Path folder : folders.sorted().toList()) {
                Kept card = read(folder.resolve(CARD));
                if (card != null) {
                    cards.add(decoded(new ByteSource(card.state())));
                }
            }
        } catch (IOException | CorruptDataException e) {
            throw new IllegalStateException("what was kept in " + objects + " cannot be read: " + e.getMessage(), e);
        }
        return cards;
    }

    private static byte[] encoded(Card card) {
        var out = new ByteSink();
        out.varint(card.id());
        ObjectWire.origin(card.origin(), out);
        out.varint(card.wanted());
        out.u8(card.persistent() ? 1 : 0);
        out.u8(card.lastSnapshotWillDo() ? 1 : 0);
        return out.toBytes();
    }

    private static Card decoded(ByteSource in) {
        long id = in.varint();
        Origin origin = ObjectWire.origin(in);
        if (origin == null) {
            throw in.corrupt("an object of no origin");
        }
        return new Card(id, origin, (int) in.varint(), in.u8() == 1, in.u8() == 1);
    }

    @Override
    public synchronized void jar(String name, byte[] jar) throws IOException {
        long next = 1
                + names().stream()
                        .mapToLong(each -> Long.parseLong(each.substring(0, each.indexOf('-'))))
                        .max()
                        .orElse(0);
        for (String other : names()) {
            if (other.substring(other.indexOf('-') + 1).equals(name)) {
                Files.deleteIfExists(jars.resolve(other));
            }
        }
        write(jars.resolve(String.format(java.util.Locale.ROOT, "%06d-%s", next, name)), 0, jar);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d+-.*") && !name.endsWith(".new"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public synchronized List<Jar> jars() throws IOException {
        List<Jar> all = new ArrayList<>();
        for (String name : names()) {
            Kept kept = read(jars.resolve(name));
            if (kept != null) {
                all.add(new Jar(name.substring(name.indexOf('-') + 1), kept.state()));
            }
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
