package dev.kiln.csvm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.csvm.ClassWeights;
import dev.kiln.dislib.data.LabelColumn;
import dev.kiln.dislib.data.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that let classes and rows weigh more than others. */
final class WeightOptions {

    @Option(
            names = "--class-weight",
            paramLabel = "LABEL=W,...",
            description = "What the price of a row is multiplied by for its label, 1 for those left out; or balanced:"
                    + " number of rows / (number of classes * number of the class's rows).")
    private @Nullable String classWeight;

    @Option(
            names = "--weight",
            paramLabel = "COL",
            description = "A column of CSV with what the price of each row is multiplied by, 0 or more; its name or its"
                    + " number from 1. It is no feature.")
    private @Nullable String weight;

    /** The same, checked as far as it can be before the data are read. */
    WeightSpec checked() {
        LabelColumn column = weight == null ? LabelColumn.none() : Inputs.column("--weight", weight);
        if (classWeight == null) {
            return new WeightSpec(column, false, Map.of());
        }
        return classWeight.equals("balanced")
                ? new WeightSpec(column, true, Map.of())
                : new WeightSpec(column, false, parsed(classWeight));
    }

    /** Adds the options to a command, as they were given. */
    void appendTo(StringBuilder line) {
        if (classWeight != null) {
            line.append(" --class-weight ").append(TuneCommand.quoted(classWeight));
        }
        if (weight != null) {
            line.append(" --weight ").append(TuneCommand.quoted(weight));
        }
    }

    private static Map<String, Double> parsed(String text) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.lastIndexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "--class-weight " + text + ": found '" + part + "'; expected balanced, or LABEL=WEIGHT,...");
            }
            String label = Labels.canonical(part.substring(0, equals));
            double value = Inputs.number(part.substring(equals + 1));
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new UsageException("--class-weight " + part + ": expected a weight above 0");
            }
            if (weights.put(label, value) != null) {
                throw new UsageException("--class-weight " + text + ": '" + label + "' has two weights; expected one");
            }
        }
        return weights;
    }

    /**
     * What is asked for.
     *
     * @param column of the rows' weights; none if they have none
     * @param balanced whether classes weigh the less the more rows they have
     * @param given the weights of labels
     */
    record WeightSpec(LabelColumn column, boolean balanced, Map<String, Double> given) {

        /** Nothing. */
        static final WeightSpec NONE = new WeightSpec(LabelColumn.none(), false, Map.of());

        /** Whether anything is asked for that only classes have. */
        boolean isForClasses() {
            return balanced || !given.isEmpty();
        }

        /** Whether rows have weights of their own. */
        boolean isForRows() {
            return !column.equals(LabelColumn.none());
        }

        /** The weights of classes that are known by numbers: number {@code values[i]} is called {@code names[i]}. */
        ClassWeights of(List<String> names, double[] values) {
            if (balanced) {
                return ClassWeights.byBalance();
            }
            Map<Double, Double> weights = new LinkedHashMap<>();
            given.forEach((label, weight) -> {
                int at = names.indexOf(label);
                if (at < 0) {
                    throw new UsageException("--class-weight " + label + "=" + Labels.canonical(weight.toString())
                            + ": there is no such class; the classes are " + String.join(", ", names));
                }
                weights.put(values[at], weight);
            });
            return ClassWeights.of(weights);
        }
    }
}
