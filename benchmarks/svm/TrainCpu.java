import dev.kiln.csvm.CascadeSvm;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SmoSolver;
import dev.kiln.csvm.solver.SvmProblem;
import dev.kiln.csvm.solver.SvmSolution;
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

/**
 * CPU seconds of one training in a warm JVM. It reads lines {@code whole} and {@code ROWS} (of a block) and answers each:
 * the solver alone on all rows, or the whole cascade in blocks of so many rows, with its critical path. Java's own threads,
 * the compiler's and the collector's, are not counted. Arguments: file as data.py writes it, C, gamma.
 */
final class TrainCpu {

    private final double[][] rows;
    private final byte[] labels;
    private final double c;
    private final double gamma;

    private TrainCpu(Path file, double c, double gamma) throws Exception {
        ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int n = data.getInt();
        int d = data.getInt();
        this.c = c;
        this.gamma = gamma;
        this.rows = new double[n][d];
        this.labels = new byte[n];
        for (double[] row : rows) {
            for (int f = 0; f < d; f++) {
                row[f] = data.getFloat();
            }
        }
        for (int i = 0; i < n; i++) {
            labels[i] = data.get();
        }
    }

    public static void main(String[] args) throws Exception {
        var train = new TrainCpu(Path.of(args[0]), Double.parseDouble(args[1]), Double.parseDouble(args[2]));
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(line.equals("whole") ? train.whole() : train.blocks(Integer.parseInt(line)));
        }
    }

    private String whole() {
        var problem = new SvmProblem(Points.of(rows, rows[0].length), labels, new KernelFunction.Rbf(gamma), c);
        long before = cpu();
        SvmSolution s = SmoSolver.solve(problem, null, 1e-3, 256L << 20);
        return String.format(Locale.ROOT, "%.3f %.6f %d SVs", (cpu() - before) * 1e-9, s.objective(), s.supportVectors());
    }

    private String blocks(int blockRows) {
        var backend = new TimedBackend();
        try (var wf = new Workflow(backend)) {
            DsArray x = DsArray.of(wf, rows, new BlockShape(blockRows, rows[0].length));
            double[][] signs = new double[labels.length][1];
            for (int i = 0; i < signs.length; i++) {
                signs[i][0] = labels[i];
            }
            DsArray y = DsArray.of(wf, signs, new BlockShape(blockRows, 1));
            backend.reset();
            var options = CascadeSvmOptions.builder().c(c).gamma(gamma).build();
            long before = cpu();
            CascadeSvm.Model model = new CascadeSvm(options).fit(x, y);
            return String.format(Locale.ROOT, "%.3f %.6f %d SVs, critical path %.3f, gap %.1g",
                    (cpu() - before) * 1e-9, model.certificate().dualObjective(), model.supportVectors(),
                    backend.critical(), model.certificate().relativeGap());
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
