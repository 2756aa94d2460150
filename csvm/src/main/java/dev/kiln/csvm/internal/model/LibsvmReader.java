package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.BadModelException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.Kernel;
import dev.kiln.csvm.ModelKind;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.solver.DensePoints;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SparsePoints;
import dev.kiln.dislib.data.Sparsity;
import dev.kiln.dislib.data.TextFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads one model in LIBSVM's format. For one thread. */
public final class LibsvmReader {

    /** What LIBSVM calls a model that predicts numbers. */
    public static final String NUMBERS = "epsilon_svr";

    /** What LIBSVM calls a model that finds outliers. */
    public static final String OUTLIERS = "one_class";

    private final Path file;
    private final int leastFeatures;
    private final Map<String, String[]> fields = new HashMap<>();
    private List<String> lines = List.of();
    private int line;

    public LibsvmReader(Path file, int leastFeatures) {
        this.file = file;
        this.leastFeatures = leastFeatures;
    }

    /** What the model is for. */
    public ModelKind kind() {
        open();
        return switch (field("svm_type", 1)[0]) {
            case NUMBERS -> ModelKind.NUMBERS;
            case OUTLIERS -> ModelKind.OUTLIERS;
            default -> ModelKind.CLASSES;
        };
    }

    /** Reads a model without classes, which LIBSVM calls by this type. */
    public ModelData read(String type, ModelPurpose purpose) {
        open();
        String found = field("svm_type", 1)[0];
        if (!found.equals(type)) {
            throw bad("svm_type " + found + ": expected " + type);
        }
        int total = integer("total_sv", field("total_sv", 1)[0]);
        if (total < 0) {
            throw bad("total_sv " + total + ": expected 0 or more");
        }
        double[][] coefficients = new double[total][1];
        Points points = rows(coefficients);
        double[] beta = Arrays.stream(coefficients).mapToDouble(own -> own[0]).toArray();
        double most = Arrays.stream(beta).map(Math::abs).max().orElse(0);
        var header = new ModelHeader(
                ModelData.version(),
                points.features(),
                total,
                numbers("rho", 1)[0],
                "1",
                "-1",
                ModelHeader.Options.of(options(most > 0 ? most : 1), points.features()),
                0,
                0,
                new Certificate(0, false, 0, 0, 0, 0),
                null,
                purpose);
        return new ModelData(
                header, points, beta, IntStream.range(0, total).asLongStream().toArray());
    }

    private void open() {
        lines = new String(ModelEnvelope.read(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        head();
    }

    public MultiData read() {
        open();
        if (!field("svm_type", 1)[0].equals("c_svc")) {
            throw bad("svm_type " + field("svm_type", 1)[0] + ": expected c_svc");
        }
        int classes = integer("nr_class", field("nr_class", 1)[0]);
        int total = integer("total_sv", field("total_sv", 1)[0]);
        if (classes < 2 || total < 0) {
            throw bad("nr_class " + classes + ", total_sv " + total + ": expected two classes or more");
        }
        int[] labels = integers("label", classes);
        int[] counts = integers("nr_sv", classes);
        if (Arrays.stream(counts).sum() != total || Arrays.stream(counts).anyMatch(n -> n < 0)) {
            throw bad("nr_sv: expected numbers that add up to total_sv " + total);
        }
        double[][] coefficients = new double[total][classes - 1];
        Points points = rows(coefficients);
        return build(labels, counts, coefficients, points);
    }

    private void head() {
        for (; line < lines.size(); line++) {
            String[] words = lines.get(line).trim().split("\\s+", -1);
            if (words[0].equals("SV")) {
                line++;
                return;
            }
            fields.put(words[0], Arrays.copyOfRange(words, 1, words.length));
        }
        throw bad("expected a model of LIBSVM, with a line SV before its support vectors; found none");
    }

    private Points rows(double[][] coefficients) {
        List<int[]> indexes = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        int features = Math.max(1, leastFeatures);
        for (double[] own : coefficients) {
            if (line >= lines.size()) {
                throw bad("the file is cut short: " + indexes.size() + " support vectors of " + coefficients.length);
            }
            String[] words = lines.get(line++).trim().split("\\s+", -1);
            if (words.length < own.length) {
                throw bad("line " + line + ": expected " + own.length + " multipliers");
            }
            int[] at = new int[words.length - own.length];
            float[] value = new float[at.length];
            int last = 0;
            for (int w = 0; w < words.length; w++) {
                if (w < own.length) {
                    own[w] = number("line " + line, words[w]);
                    continue;
                }
                int colon = words[w].indexOf(':');
                int index = colon < 1 ? 0 : integer("line " + line, words[w].substring(0, colon));
                if (index <= last) {
                    throw bad("line " + line + ": found " + words[w] + "; expected index:value, indexes from 1 that"
                            + " ascend");
                }
                at[w - own.length] = index - 1;
                value[w - own.length] = (float) number("line " + line, words[w].substring(colon + 1));
                features = Math.max(features, index);
                last = index;
            }
            indexes.add(at);
            values.add(value);
        }
        long stored = indexes.stream().mapToLong(at -> at.length).sum();
        if (Sparsity.AUTO.isSparse(TextFormat.LIBSVM, stored, coefficients.length, features)) {
            return sparse(indexes, values, features);
        }
        float[][] columns = new float[features][coefficients.length];
        for (int s = 0; s < coefficients.length; s++) {
            for (int i = 0; i < indexes.get(s).length; i++) {
                columns[indexes.get(s)[i]][s] = values.get(s)[i];
            }
        }
        return new DensePoints(coefficients.length, columns);
    }

    private static SparsePoints sparse(List<int[]> indexes, List<float[]> values, int features) {
        int[] starts = new int[indexes.size() + 1];
        for (int s = 0; s < indexes.size(); s++) {
            starts[s + 1] = Math.addExact(starts[s], indexes.get(s).length);
        }
        int[] columns = new int[starts[indexes.size()]];
        float[] stored = new float[columns.length];
        for (int s = 0; s < indexes.size(); s++) {
            System.arraycopy(indexes.get(s), 0, columns, starts[s], indexes.get(s).length);
            System.arraycopy(values.get(s), 0, stored, starts[s], indexes.get(s).length);
        }
        return new SparsePoints(features, stored, columns, starts);
    }

    private MultiData build(int[] labels, int[] counts, double[][] coefficients, Points points) {
        int classes = labels.length;
        int machines = classes * (classes - 1) / 2;
        double[] rho = numbers("rho", machines);
        double[] a = fields.containsKey("probA") ? numbers("probA", machines) : null;
        double[] b = fields.containsKey("probB") ? numbers("probB", machines) : null;
        int[] sorted = Arrays.stream(labels).sorted().distinct().toArray();
        if (sorted.length != classes) {
            throw bad("label: expected different labels");
        }
        int[] starts = new int[classes + 1];
        for (int k = 0; k < classes; k++) {
            starts[k + 1] = starts[k] + counts[k];
        }
        List<MultiHeader.Part> parts = new ArrayList<>();
        List<MultiData.Use> uses = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            for (int j = i + 1; j < classes; j++) {
                int m = parts.size();
                int positive = i;
                int negative = j;
                int[] rows = IntStream.concat(
                                IntStream.range(starts[i], starts[i + 1])
                                        .filter(s -> coefficients[s][negative - 1] != 0),
                                IntStream.range(starts[j], starts[j + 1]).filter(s -> coefficients[s][positive] != 0))
                        .toArray();
                double[] beta = Arrays.stream(rows)
                        .mapToDouble(s ->
                                s < starts[positive + 1] ? coefficients[s][negative - 1] : coefficients[s][positive])
                        .toArray();
                Sigmoid sigmoid = a == null || b == null ? null : new Sigmoid(a[m], b[m]);
                parts.add(new MultiHeader.Part(
                        Arrays.binarySearch(sorted, labels[i]),
                        Arrays.binarySearch(sorted, labels[j]),
                        rows.length,
                        rho[m],
                        sigmoid,
                        null));
                uses.add(new MultiData.Use(rows, beta));
            }
        }
        double most = Arrays.stream(coefficients)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(1);
        var header = new MultiHeader(
                ModelData.version(),
                points.features(),
                points.rows(),
                MultiClass.OVO,
                Arrays.stream(sorted).asDoubleStream().toArray(),
                Arrays.stream(sorted).mapToObj(Integer::toString).toList(),
                parts,
                ModelHeader.Options.of(options(most > 0 ? most : 1), points.features()),
                0,
                0,
                null,
                null);
        long[] ids = IntStream.range(0, points.rows()).asLongStream().toArray();
        return new MultiData(header, points, ids, uses);
    }

    private CascadeSvmOptions options(double c) {
        String name = field("kernel_type", 1)[0];
        Kernel kernel = switch (name) {
            case "rbf" -> Kernel.RBF;
            case "linear" -> Kernel.LINEAR;
            case "polynomial" -> Kernel.POLYNOMIAL;
            case "sigmoid" -> Kernel.SIGMOID;
            default -> throw bad("kernel_type " + name + ": expected rbf, linear, polynomial or sigmoid");
        };
        CascadeSvmOptions.Builder builder = CascadeSvmOptions.builder().c(c).kernel(kernel);
        if (kernel.hasGamma()) {
            builder.gamma(number("gamma", field("gamma", 1)[0]));
        }
        if (kernel.hasCoef0()) {
            builder.coef0(number("coef0", field("coef0", 1)[0]));
        }
        if (kernel == Kernel.POLYNOMIAL) {
            builder.degree(integer("degree", field("degree", 1)[0]));
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private String[] field(String name, int count) {
        String @Nullable [] words = fields.get(name);
        if (words == null || words.length != count) {
            throw bad("expected a line " + name + " with " + count + (count == 1 ? " value" : " values") + "; found "
                    + (words == null ? "none" : words.length + " values"));
        }
        return words;
    }

    private int[] integers(String name, int count) {
        return Arrays.stream(field(name, count))
                .mapToInt(word -> integer(name, word))
                .toArray();
    }

    private double[] numbers(String name, int count) {
        return Arrays.stream(field(name, count))
                .mapToDouble(word -> number(name, word))
                .toArray();
    }

    private int integer(String where, String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw bad(where + ": found " + word + "; expected an integer");
        }
    }

    private double number(String where, String word) {
        try {
            double value = Double.parseDouble(word);
            if (Float.isFinite((float) value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad(where + ": found " + word + "; expected a number");
        }
        throw bad(where + ": found " + word + "; expected a finite number of at most 3.4e38");
    }

    private BadModelException bad(String what) {
        return new BadModelException(file, what);
    }
}
