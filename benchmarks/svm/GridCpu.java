import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.GridSearch;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * CPU seconds of a search for C and gamma in a warm JVM, all its threads counted, the compiler's and the collector's too.
 * It reads lines with the rows of a block, and answers each with the seconds and the accuracies. Arguments: file as data.py
 * writes it, values of C, values of gamma, folds.
 */
final class GridCpu {

    private GridCpu() {}

    public static void main(String[] args) throws Exception {
        ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0]))).order(ByteOrder.LITTLE_ENDIAN);
        int n = data.getInt();
        int d = data.getInt();
        double[][] rows = new double[n][d];
        double[][] labels = new double[n][1];
        for (double[] row : rows) {
            for (int f = 0; f < d; f++) {
                row[f] = data.getFloat();
            }
        }
        for (double[] label : labels) {
            label[0] = data.get();
        }
        var search = new GridSearch(CascadeSvmOptions.builder().build(), Integer.parseInt(args[3]));
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in));
        try (Workflow wf = Workflow.open()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int block = Integer.parseInt(line);
                DsArray x = DsArray.of(wf, rows, new BlockShape(block, d));
                DsArray y = DsArray.of(wf, labels, new BlockShape(block, 1));
                long before = os.getProcessCpuTime();
                var cells = search.run(x, y, numbers(args[1]), numbers(args[2]));
                var out = new StringBuilder(
                        String.format(Locale.ROOT, "%.3f", (os.getProcessCpuTime() - before) * 1e-9));
                for (var cell : cells) {
                    out.append(String.format(Locale.ROOT, " %s:%s:%.6f", cell.c(), cell.gamma(), cell.accuracy()));
                }
                System.out.println(out);
            }
        }
    }

    private static java.util.List<Double> numbers(String text) {
        return Stream.of(text.split(",")).map(Double::valueOf).toList();
    }
}
