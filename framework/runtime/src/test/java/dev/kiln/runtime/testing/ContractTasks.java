package dev.kiln.runtime.testing;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What the contract tests run. Public, so that a node in another JVM finds it on its class path. */
public final class ContractTasks {

    private ContractTasks() {}

    /** A value that can be changed. */
    public record Block(double[] data) {}

    /** A record to take apart. */
    public record Halves(Block low, Block high, int count) {}

    /** Cannot travel: it holds a thread. */
    public record Holder(String label, Object held) {}

    /** What a program throws. */
    public static final class ModelException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        public ModelException(String message, int code) {
            super(message);
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    @Task
    public static int zero() {
        return 0;
    }

    @Task
    public static int one(int a) {
        return a + 1;
    }

    @Task
    public static int two(int a, int b) {
        return a * 10 + b;
    }

    @Task
    public static int three(int a, int b, int c) {
        return two(two(a, b), c);
    }

    @Task
    public static int four(int a, int b, int c, int d) {
        return two(three(a, b, c), d);
    }

    @Task
    public static int five(int a, int b, int c, int d, int e) {
        return two(four(a, b, c, d), e);
    }

    @Task
    public static int six(int a, int b, int c, int d, int e, int f) {
        return two(five(a, b, c, d, e), f);
    }

    @Task
    public static int seven(int a, int b, int c, int d, int e, int f, int g) {
        return two(six(a, b, c, d, e, f), g);
    }

    @Task
    public static int eight(int a, int b, int c, int d, int e, int f, int g, int h) {
        return two(seven(a, b, c, d, e, f, g), h);
    }

    @Task
    public static Block fill(int length, double with) {
        double[] data = new double[length];
        Arrays.fill(data, with);
        return new Block(data);
    }

    @Task
    public static void add(@InOut Block block, double amount) {
        for (int i = 0; i < block.data.length; i++) {
            block.data[i] += amount;
        }
    }

    @Task
    public static void addBlock(@InOut Block block, Block other) {
        for (int i = 0; i < block.data.length; i++) {
            block.data[i] = block.data[i] * 0.5 + other.data[i];
        }
    }

    @Task
    public static void addFirst(@InOut Block block, Block other) {
        for (int i = 0; i < block.data.length; i++) {
            block.data[i] += other.data[0];
        }
    }

    @Task(retries = 1)
    public static void addOrRetry(@InOut Block block, double amount, String marker) throws IOException {
        add(block, amount);
        if (Files.notExists(Path.of(marker))) {
            Files.createFile(Path.of(marker));
            throw new IllegalStateException("the first time, after the block was changed");
        }
    }

    @Task
    public static double sum(Block block) {
        double sum = 0;
        for (double each : block.data) {
            sum += each;
        }
        return sum;
    }

    @Task
    public static double first(Block block) {
        return block.data[0];
    }

    @Task
    public static double sumOf(List<Block> blocks) {
        double sum = 0;
        for (Block each : blocks) {
            sum += sum(each);
        }
        return sum;
    }

    @Task
    public static String join(List<String> words) {
        return String.join(",", words.stream().map(String::valueOf).toList());
    }

    @Task
    public static String text(String text) {
        return text;
    }

    @Task
    public static Block same(Block block) {
        return block;
    }

    @Task
    public static Halves halve(Block block) {
        int half = block.data.length / 2;
        return new Halves(
                new Block(Arrays.copyOf(block.data, half)),
                new Block(Arrays.copyOfRange(block.data, half, block.data.length)),
                block.data.length);
    }

    @Task
    public static boolean isNull(Object value) {
        return value == null;
    }

    @Task
    public static Halves noHalves() {
        return null;
    }

    @Task
    public static String nothing() {
        return null;
    }

    @Task
    public static int fail(String message) throws ModelException {
        throw new ModelException(message, 42);
    }

    /** Holds what cannot travel. */
    public static final class StuckException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // that is what it is for
        private final Object stuck = Thread.currentThread();

        StuckException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Can be written but not read. */
    public static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message, Throwable cause) {
            super(message, cause);
        }

        private void readObject(java.io.ObjectInputStream in) throws ClassNotFoundException {
            throw new ClassNotFoundException("dev.kiln.Absent");
        }
    }

    @Task
    public static int failStuck(boolean readable) {
        var cause = new IllegalStateException("the cause");
        throw readable ? new StuckException("held up", cause) : new UnreadableException("held up", cause);
    }

    @Task
    public static int failAs(String kind) {
        switch (kind) {
            case "stack" -> deep(0);
            case "class" -> throw new NoClassDefFoundError("dev/kiln/Absent");
            case "memory" -> throw new OutOfMemoryError("made up");
            default -> throw new IllegalArgumentException("several\nlines\nof " + kind);
        }
        return 0;
    }

    private static int deep(int n) {
        return n + deep(n + 1) + 1;
    }

    @Task
    public static int after(int a, String file) throws IOException {
        Files.createFile(Path.of(file));
        return a;
    }

    /** Fails until it has been called so many times. */
    @Task
    public static int flaky(String file, int succeedAt) throws IOException {
        Path path = Path.of(file);
        Files.writeString(path, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        int calls = (int) Files.size(path);
        if (calls < succeedAt) {
            throw new IllegalStateException("call " + calls);
        }
        return calls;
    }

    /** Says that it began, waits until it is let go, and tells which thread it ran on. */
    @Task
    public static String hold(String began, String go) throws Exception {
        Files.writeString(Path.of(began), "");
        Eventually.until(() -> Files.exists(Path.of(go)));
        return Thread.currentThread().getName();
    }

    /** Waits for ever; says when it is interrupted. */
    @Task
    public static int hang(String began, String interrupted) throws Exception {
        Files.writeString(Path.of(began), "");
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            Files.writeString(Path.of(interrupted), "");
            throw e;
        }
    }

    @Task
    public static int note(String file, String word) throws IOException {
        synchronized (ContractTasks.class) {
            Files.writeString(Path.of(file), word + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return 0;
    }

    @Task
    public static String thread() {
        return Thread.currentThread().getName();
    }

    @Task
    public static String threadReading(Block block) {
        return Thread.currentThread().getName();
    }

    /** Mixes blocks so that order matters. */
    @Task
    public static Block mix(List<Block> blocks, long salt) {
        double[] data = new double[blocks.isEmpty() ? 64 : blocks.getFirst().data.length];
        for (int i = 0; i < data.length; i++) {
            double x = Math.sin(salt + i);
            for (Block each : blocks) {
                x = x * 0.7 + each.data[i];
            }
            data[i] = x;
        }
        return new Block(data);
    }
}
