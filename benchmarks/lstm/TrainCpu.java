import com.sun.management.OperatingSystemMXBean;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.worker.Engines;
import dev.kiln.lstm.worker.LstmForecaster;
import dev.kiln.lstm.SeriesCsv;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Answers each line {@code train} with the CPU seconds of 100 epochs more on the same network, and of 100 evaluations:
 * of the whole process, so that the compiler and the collector count. Arguments: the series, the engine. See compare.sh.
 */
final class TrainCpu {

    public static void main(String[] args) throws Exception {
        Series all = SeriesCsv.read(Path.of(args[0]), List.of("CPU", "MEM"));
        int split = (int) (0.8 * all.rows());
        Series train = all.slice(0, split);
        Series test = all.slice(split, all.rows());
        var forecaster = new LstmForecaster(Engines.named(args[1]));
        forecaster.configure(LstmOptions.builder().build());
        var in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        while (in.readLine() != null) {
            long before = cpu();
            forecaster.train(train, 100);
            long trained = cpu();
            for (int i = 0; i < 100; i++) {
                forecaster.evaluate(test);
            }
            System.out.printf(Locale.ROOT, "%.3f %.3f%n", (trained - before) * 1e-9, (cpu() - trained) * 1e-9);
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private TrainCpu() {}
}
