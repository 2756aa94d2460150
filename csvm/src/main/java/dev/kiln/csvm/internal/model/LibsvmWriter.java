package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.BadModelException;
import dev.kiln.csvm.Kernel;
import dev.kiln.csvm.LibsvmModels;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.solver.DensePoints;
import dev.kiln.csvm.solver.SparsePoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes one model in LIBSVM's format. For one thread. */
public final class LibsvmWriter {

    private static final double[] NONE = {};

    private final MultiData data;
    private final MultiHeader header;
    private final Path file;
    private final boolean linear;
    /** The classes in the order of the file: of pair (i, j), i before j, class i is the positive one. */
    private final int[] order;

    public LibsvmWriter(MultiData data, Path file) {
        this.data = data;
        this.header = data.header();
        this.file = file;
        this.linear = header.options().kernel() == Kernel.LINEAR;
        int classes = header.classes().size();
        this.order = new int[classes];
        for (int k = 0; k < classes; k++) {
            order[k] = classes == 2 ? 1 - k : k;
        }
    }

    /**
     * A row of the file.
     *
     * @param columns of its values, from 0
     * @param values none of them zero
     * @param coefficients one multiplier for each other class
     */
    private record Row(int[] columns, double[] values, double[] coefficients) {

        /** The same for rows of equal values. */
        String key() {
            return Arrays.toString(columns) + Arrays.toString(values);
        }
    }

    /** Writes a model of one machine without classes, which LIBSVM calls by this type. */
    public LibsvmModels.Exported write(String type) {
        checkKernel();
        List<Row> rows = new ArrayList<>(rowsOf(0));
        rows.addAll(rowsOf(1));
        var text = new StringBuilder("svm_type ").append(type).append('\n');
        kernel(text);
        text.append("nr_class 2\ntotal_sv ").append(rows.size());
        text.append("\nrho ").append(header.machines().getFirst().rho() + shift(0));
        text.append("\nSV\n");
        rows.forEach(row -> append(text, row));
        return new LibsvmModels.Exported(List.of(), rows.size(), save(text));
    }

    public LibsvmModels.Exported write() {
        if (header.multiclass() == MultiClass.OVR) {
            throw new BadModelException(
                    file,
                    "LIBSVM's format has no model of one class against the rest; expected one trained with"
                            + " --multiclass ovo");
        }
        checkKernel();
        int classes = order.length;
        List<List<Row>> rows = new ArrayList<>();
        int total = 0;
        for (int k = 0; k < classes; k++) {
            rows.add(rowsOf(k));
            total += rows.get(k).size();
        }
        List<Integer> labels = labels();
        var text = new StringBuilder("svm_type c_svc\n");
        kernel(text);
        text.append("nr_class ").append(classes).append("\ntotal_sv ").append(total);
        text.append("\nrho");
        for (int m = 0; m < header.machines().size(); m++) {
            text.append(' ').append(header.machines().get(m).rho() + shift(m));
        }
        text.append("\nlabel");
        for (int k : order) {
            text.append(' ').append(labels.get(k));
        }
        probabilities(text);
        text.append("\nnr_sv");
        rows.forEach(r -> text.append(' ').append(r.size()));
        text.append("\nSV\n");
        for (List<Row> part : rows) {
            part.forEach(row -> append(text, row));
        }
        return new LibsvmModels.Exported(labels, total, save(text));
    }

    private void checkKernel() {
        if (header.options().kernel() == Kernel.CUSTOM) {
            throw new BadModelException(
                    file,
                    "LIBSVM's format has no kernel of a program's own; expected a model with rbf, linear, polynomial or"
                            + " sigmoid");
        }
    }

    /** Writes the file, and where rows have to be scaled first another, which is the result. */
    private @Nullable Path save(StringBuilder text) {
        Path scale = scaleFile();
        if (scale != null) {
            ModelEnvelope.write(scale, scaleText().getBytes(StandardCharsets.US_ASCII));
        }
        ModelEnvelope.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        return scale;
    }

    private void kernel(StringBuilder text) {
        ModelHeader.Options options = header.options();
        text.append("kernel_type ")
                .append(options.kernel().name().toLowerCase(Locale.ROOT))
                .append('\n');
        if (options.degree() != null) {
            text.append("degree ").append(options.degree()).append('\n');
        }
        if (options.gamma() != null) {
            text.append("gamma ").append(options.gamma()).append('\n');
        }
        if (options.coef0() != null) {
            text.append("coef0 ").append(options.coef0()).append('\n');
        }
    }

    /** The support vectors of the class at this place of the order; equal ones are one, with their multipliers added. */
    private List<Row> rowsOf(int place) {
        Map<Integer, double[]> coefficients = new java.util.TreeMap<>();
        for (int m = 0; m < data.uses().size(); m++) {
            MultiHeader.Part part = header.machines().get(m);
            boolean first = part.first() == order[place];
            if (!first && part.second() != order[place]) {
                continue;
            }
            int other = placeOf(first ? part.second() : part.first());
            MultiData.Use use = data.uses().get(m);
            for (int s = 0; s < use.rows().length; s++) {
                double beta = use.beta()[s];
                // The sign of a multiplier tells the class of its row.
                if (beta > 0 == first && beta != 0) {
                    coefficients
                            .computeIfAbsent(use.rows()[s], r -> new double[order.length - 1])[
                            other < place ? other : other - 1] = beta;
                }
            }
        }
        Map<String, Row> merged = new LinkedHashMap<>();
        coefficients.forEach((row, own) -> {
            Row made = row(row, own);
            Row same = merged.putIfAbsent(made.key(), made);
            for (int j = 0; same != null && j < own.length; j++) {
                same.coefficients[j] += own[j];
            }
        });
        return List.copyOf(merged.values());
    }

    private int placeOf(int code) {
        return order.length == 2 ? 1 - code : code;
    }

    private Row row(int row, double[] coefficients) {
        int[] columns = switch (data.points()) {
            case DensePoints dense -> IntStream.range(0, dense.features()).toArray();
            case SparsePoints sparse ->
                Arrays.copyOfRange(sparse.columns(), sparse.starts()[row], sparse.starts()[row + 1]);
        };
        columns = Arrays.stream(columns)
                .filter(f -> data.points().get(row, f) != 0)
                .toArray();
        ModelHeader.Scaling scaling = linear ? header.scaling() : null;
        double[] values = new double[columns.length];
        for (int i = 0; i < values.length; i++) {
            double value = data.points().get(row, columns[i]);
            values[i] = scaling == null ? value : value / divisor(scaling, columns[i]);
        }
        return new Row(columns, values, coefficients);
    }

    /** What folding the means into a linear machine adds to its threshold. */
    private double shift(int machine) {
        ModelHeader.Scaling scaling = header.scaling();
        if (!linear || scaling == null) {
            return 0;
        }
        MultiData.Use use = data.uses().get(machine);
        double sum = 0;
        for (int s = 0; s < use.rows().length; s++) {
            Row row = row(use.rows()[s], NONE);
            for (int i = 0; i < row.values.length; i++) {
                sum += use.beta()[s] * row.values[i] * scaling.means()[row.columns[i]];
            }
        }
        return sum;
    }

    private static double divisor(ModelHeader.Scaling scaling, int f) {
        return scaling.deviations()[f] == 0 ? 1 : scaling.deviations()[f];
    }

    private void probabilities(StringBuilder text) {
        var a = new StringBuilder("\nprobA");
        var b = new StringBuilder("\nprobB");
        for (MultiHeader.Part part : header.machines()) {
            Sigmoid sigmoid = part.probability();
            if (sigmoid == null) {
                return;
            }
            a.append(' ').append(sigmoid.a());
            b.append(' ').append(sigmoid.b());
        }
        text.append(a).append(b);
    }

    private void append(StringBuilder text, Row row) {
        for (double coefficient : row.coefficients) {
            text.append(coefficient).append(' ');
        }
        for (int i = 0; i < row.values.length; i++) {
            text.append(row.columns[i] + 1).append(':').append(row.values[i]).append(' ');
        }
        text.append('\n');
    }

    private List<Integer> labels() {
        List<Integer> own = new ArrayList<>();
        for (String name : header.classes()) {
            try {
                own.add(Integer.parseInt(name));
            } catch (NumberFormatException e) {
                return numbered();
            }
        }
        return own;
    }

    private List<Integer> numbered() {
        List<Integer> labels = new ArrayList<>();
        for (int k = 0; k < order.length; k++) {
            labels.add(order.length == 2 ? 2 * k - 1 : k);
        }
        return labels;
    }

    private @Nullable Path scaleFile() {
        return linear || header.scaling() == null ? null : file.resolveSibling(file.getFileName() + ".scale");
    }

    /** Ranges that svm-scale brings to -1 and 1, so that the mean goes to 0 and one deviation to 1. */
    private String scaleText() {
        ModelHeader.Scaling scaling = header.scaling();
        if (scaling == null) {
            return "";
        }
        var text = new StringBuilder("x\n-1 1\n");
        for (int f = 0; f < header.features(); f++) {
            double mean = scaling.means()[f];
            double by = divisor(scaling, f);
            text.append(f + 1)
                    .append(' ')
                    .append(mean - by)
                    .append(' ')
                    .append(mean + by)
                    .append('\n');
        }
        return text.toString();
    }
}
