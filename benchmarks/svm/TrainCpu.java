import dev.kiln.csvm.CascadeSvm;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SmoSolver;
import dev.kiln.csvm.solver.SvmProblem;
import dev.kiln.csvm.solver.SvmSolution;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * CPU seconds of one training in a warm JVM: of the solver alone on all rows, and of the whole cascade in blocks. Java
 * threads only; the compiler's and the collector's are not counted. Arguments: training file, test file, rows of a
 * block, C, gamma, runs that do not count, runs that do.
 *
 * <p>With the word {@code serve} first it reads lines {@code whole} and {@code blocks} and answers each with the seconds,
 * so that a script can take turns with another program.
 */
final class TrainCpu {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public static void main(String[] args) throws Exception {
        boolean serve = args[0].equals("serve");
        int at = serve ? 1 : 0;
        Path train = Path.of(args[at]);
        Path test = Path.of(args[at + 1]);
        int blockRows = Integer.parseInt(args[at + 2]);
        double c = Double.parseDouble(args[at + 3]);
        double gamma = Double.parseDouble(args[at + 4]);
        int warm = Integer.parseInt(args[at + 5]);
        SvmProblem problem = problem(train, c, gamma);
        try (LocalCluster cluster = LocalCluster.start(1, 1);
                Workflow wf = new Workflow(cluster.open(TrainCpu.class.getClassLoader()))) {
            Loaded loaded = DataFile.at(train).blockRows(blockRows).load(wf);
            Loaded tested = DataFile.at(test).blockRows(blockRows).load(wf);
            StandardScaler.Model scaler = new StandardScaler().fit(loaded.x());
            DsArray x = scaler.transform(loaded.x());
            DsArray y = loaded.labels().signs("g");
            x.await();
            y.await();
            for (int i = 0; i < warm; i++) {
                whole(problem);
                blocks(x, y, c, gamma, null, null);
            }
            if (serve) {
                System.out.println("ready");
                for (String line : (Iterable<String>) new java.io.BufferedReader(
                                new java.io.InputStreamReader(System.in)).lines()::iterator) {
                    System.out.println(line.equals("whole") ? whole(problem) : blocks(x, y, c, gamma, null, null));
                }
                return;
            }
            for (int i = 0; i < Integer.parseInt(args[at + 6]); i++) {
                System.out.println(whole(problem));
                System.out.println(blocks(x, y, c, gamma, scaler.transform(tested.x()), tested.labels().signs("g")));
            }
        }
    }

    private static String whole(SvmProblem problem) {
        long before = cpu();
        SvmSolution s = SmoSolver.solve(problem, null, 1e-3, 256L << 20);
        long after = cpu();
        return String.format(Locale.ROOT, "whole %.3f s, dual %.4f, %d SVs, %d steps",
                (after - before) * 1e-9, s.objective(), s.supportVectors(), s.iterations());
    }

    private static String blocks(DsArray x, DsArray y, double c, double gamma, DsArray xTest, DsArray yTest) {
        long before = cpu();
        var options = CascadeSvmOptions.builder().c(c).gamma(gamma).build();
        CascadeSvm.Model model = new CascadeSvm(options).fit(x, y);
        long after = cpu();
        return String.format(Locale.ROOT, "blocks %.3f s, dual %.4f, %d SVs, %d rounds, gap %.2g%s",
                (after - before) * 1e-9, model.certificate().dualObjective(), model.supportVectors(),
                model.certificate().rounds(), model.certificate().relativeGap(),
                xTest == null ? "" : String.format(Locale.ROOT, ", test %.4f %%", 100 * model.score(xTest, yTest)));
    }

    private static long cpu() {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            sum += Math.max(0, THREADS.getThreadCpuTime(id));
        }
        return sum;
    }

    private static SvmProblem problem(Path file, double c, double gamma) throws Exception {
        List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank() && l.matches(".*[0-9].*,[gh]")).toList();
        int d = lines.getFirst().split(",").length - 1;
        double[][] rows = new double[lines.size()][d];
        byte[] labels = new byte[lines.size()];
        for (int i = 0; i < rows.length; i++) {
            String[] parts = lines.get(i).split(",");
            for (int f = 0; f < d; f++) {
                rows[i][f] = Double.parseDouble(parts[f]);
            }
            labels[i] = (byte) (parts[d].equals("g") ? 1 : -1);
        }
        for (int f = 0; f < d; f++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : rows) {
                sum += row[f];
            }
            double mean = sum / rows.length;
            for (double[] row : rows) {
                squares += (row[f] - mean) * (row[f] - mean);
            }
            double deviation = Math.sqrt(squares / rows.length);
            for (double[] row : rows) {
                row[f] = (row[f] - mean) / deviation;
            }
        }
        return new SvmProblem(Points.of(rows, d), labels, new KernelFunction.Rbf(gamma), c);
    }

    private TrainCpu() {}
}
