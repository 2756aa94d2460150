package dev.kiln.ignite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The programs' jars, kept in the cluster's cache in pieces under the name {@code code/SHA-256}, so that they have
 * backups as blocks do. Each workflow gets a class loader of its own on each node; the one in the driver's JVM is the
 * program's, so that values there are of its own classes. Thread-safe.
 */
final class CodeCache {

    /** Reserved for what belongs to no workflow; workflows begin at 1. */
    private static final long NO_WORKFLOW = 0;

    private static final int PIECE = 1 << 20;

    private final IgniteBlockCache cache;
    private final ShardAffinity shards;
    private final Path folder;
    private final AtomicLong opened = new AtomicLong();
    private final Map<String, ClassLoader> programs = new ConcurrentHashMap<>();

    CodeCache(IgniteBlockCache cache, NodeSettings node) {
        this.cache = cache;
        this.shards = new ShardAffinity(node.founders());
        this.folder = node.workFolder().resolve("code");
    }

    /**
     * Makes a program's code known to the cluster.
     *
     * @param program its class loader in this JVM
     * @param jar its jar, or null when further nodes have its classes on their own class path
     * @return what nodes call it; different for each call, so that workflows do not share class loaders
     */
    String publish(ClassLoader program, byte @Nullable [] jar) {
        String content = "";
        if (jar != null) {
            content = sha256(jar);
            String name = "code/" + content;
            if (cache.load(name) == null) {
                int pieces = Math.ceilDiv(jar.length, PIECE);
                for (int i = 0; i < pieces; i++) {
                    byte[] piece = Arrays.copyOfRange(jar, i * PIECE, Math.min(jar.length, (i + 1) * PIECE));
                    store(name + "/" + i, piece);
                }
                store(name, ByteBuffer.allocate(4).putInt(jar.length).array());
            }
        }
        String code = content + "#" + opened.incrementAndGet();
        programs.put(code, program);
        return code;
    }

    private void store(String key, byte[] data) {
        cache.store(NO_WORKFLOW, key, shards.partition(key), data);
    }

    /** Takes back what was published for a workflow that is closed, or was never opened. */
    void forget(String code) {
        programs.remove(code);
    }

    ClassLoader load(String code) {
        @Nullable ClassLoader program = programs.get(code);
        if (program != null) {
            return program;
        }
        ClassLoader own = CodeCache.class.getClassLoader();
        String content = code.substring(0, Math.max(0, code.indexOf('#')));
        if (content.isEmpty()) {
            return own;
        }
        try {
            return new URLClassLoader(
                    "program", new URL[] {file(content).toUri().toURL()}, own);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's jar cannot be kept in " + folder, e);
        }
    }

    private synchronized Path file(String content) throws IOException {
        Path jar = folder.resolve(content + ".jar");
        if (!Files.exists(jar)) {
            Files.createDirectories(folder);
            Path draft = folder.resolve(content + ".part");
            Files.write(draft, bytes(content));
            Files.move(draft, jar);
        }
        return jar;
    }

    private byte[] bytes(String content) {
        String name = "code/" + content;
        byte @Nullable [] length = cache.load(name);
        if (length == null) {
            throw new IllegalStateException("the cluster has no code " + content);
        }
        ByteBuffer jar = ByteBuffer.allocate(ByteBuffer.wrap(length).getInt());
        for (int i = 0; jar.hasRemaining(); i++) {
            byte @Nullable [] piece = cache.load(name + "/" + i);
            if (piece == null) {
                throw new IllegalStateException("the cluster lost a part of code " + content);
            }
            jar.put(piece);
        }
        if (!sha256(jar.array()).equals(content)) {
            throw new IllegalStateException("code " + content + " arrived damaged");
        }
        return jar.array();
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
