import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Benches of {@code kiln bench tasks} on Spark with two executors in JVMs of their own: engine,bench,n,seconds.
 *
 * <p>A Spark task is a partition of a stage. A step of a chain is a job, since Spark fuses what need not be shuffled.
 */
public final class SparkTasks {

    private static final int REPEATS = 3;
    private static final int MEGABYTE = 1 << 20;

    private SparkTasks() {}

    /** Runs them; the argument is how many independent tasks. */
    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        SparkConf conf = new SparkConf()
                .setMaster("local-cluster[2,1,1024]")
                .setAppName("tasks")
                .set("spark.ui.enabled", "false");
        try (var spark = new JavaSparkContext(conf)) {
            report("independent", n, () -> numbers(spark, n).foreach(i -> {}));
            report("chain", 50, () -> chain(spark, 50));
            double[] calls = new double[100];
            for (int i = 0; i < 2 * calls.length; i++) { // the first half warms up
                calls[i % calls.length] = seconds(() -> chain(spark, 1));
            }
            print("call", 1, calls);
            blocksLocal(spark, 64);
        }
    }

    /** One partition each, as Spark's way of saying one task each. */
    private static JavaRDD<Integer> numbers(JavaSparkContext spark, int n) {
        return spark.parallelize(IntStream.range(0, n).boxed().toList(), n);
    }

    private static void chain(JavaSparkContext spark, int steps) {
        int value = 0;
        for (int i = 0; i < steps; i++) {
            value = spark.parallelize(List.of(value), 1).map(v -> v + 1).collect().get(0);
        }
        if (value != steps) {
            throw new IllegalStateException("expected " + steps + ", found " + value);
        }
    }

    private static void blocksLocal(JavaSparkContext spark, int count) {
        JavaRDD<byte[]> blocks = numbers(spark, count).map(i -> {
            byte[] block = new byte[MEGABYTE];
            Arrays.fill(block, (byte) 1);
            return block;
        });
        blocks.persist(StorageLevel.MEMORY_ONLY());
        blocks.count();
        report("blocks-local", count, () -> blocks.map(SparkTasks::sum).collect());
    }

    private static int sum(byte[] block) {
        int sum = 0;
        for (byte value : block) {
            sum += value;
        }
        return sum;
    }

    private static void report(String bench, int n, Runnable run) {
        run.run();
        run.run();
        double[] times = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            times[i] = seconds(run);
        }
        print(bench, n, times);
    }

    private static double seconds(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String bench, int n, double[] times) {
        Arrays.sort(times);
        System.out.printf("spark-2,%s,%d,%.9f%n", bench, n, times[times.length / 2]);
    }
}
