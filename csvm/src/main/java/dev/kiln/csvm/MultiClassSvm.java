package dev.kiln.csvm;

import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.model.ModelHeader;
import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.csvm.internal.model.MultiFile;
import dev.kiln.csvm.internal.model.MultiHeader;
import dev.kiln.csvm.internal.model.Prediction;
import dev.kiln.csvm.internal.multi.MultiPrediction;
import dev.kiln.csvm.internal.multi.MultiTraining;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.solver.RowKernel;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains support vector machines for two classes or more: a {@link CascadeSvm} for each pair of classes, or for each
 * class against the rest, all at once on the same blocks.
 *
 * {@snippet :
 * MultiClassSvm.Model model = new MultiClassSvm(options, MultiClass.OVO).fit(x, y);
 * double accuracy = model.score(xTest, yTest);
 * }
 *
 * <p>The same array in the same blocks with the same options gives the same bits, on any number of nodes. Immutable and
 * thread-safe.
 */
public final class MultiClassSvm {

    private final CascadeSvmOptions options;
    private final MultiClass multiclass;
    private final boolean probability;

    /** Trains with these options, without probabilities. */
    public MultiClassSvm(CascadeSvmOptions options, MultiClass multiclass) {
        this(options, multiclass, false);
    }

    private MultiClassSvm(CascadeSvmOptions options, MultiClass multiclass, boolean probability) {
        this.options = options;
        this.multiclass = multiclass;
        this.probability = probability;
    }

    /**
     * The same, but models also give probabilities. For each machine five more are trained, each without a fifth of the
     * rows, drawn by the options' seed; a sigmoid is fitted to what they say of the rows left out.
     */
    public MultiClassSvm withProbability() {
        return new MultiClassSvm(options, multiclass, true);
    }

    /** As {@link #fit(DsArray, DsArray, Consumer)}, without being told of rounds. */
    public Model fit(DsArray x, DsArray y) {
        return fit(x, y, round -> {});
    }

    /**
     * Trains, and waits for the result.
     *
     * @param x the rows, in blocks as wide as the array
     * @param y one column of labels, in blocks of as many rows as those of x; each different number is a class
     * @param rounds told of each round of each machine that has not converged before, by one thread, which with
     *     probabilities is not the calling one
     * @throws IllegalArgumentException when x and y do not fit together, a number is not finite, or all labels are the
     *     same
     */
    public Model fit(DsArray x, DsArray y, Consumer<MultiRound> rounds) {
        return fit(x, y, null, rounds);
    }

    /**
     * As {@link #fit(DsArray, DsArray, Consumer)}, with rows that weigh more or less than others, as
     * {@link CascadeSvm#fit(DsArray, DsArray, DsArray, Consumer)} has it.
     *
     * @param weights one column of numbers, 0 or more, in blocks of as many rows as those of x; null if all weigh 1
     */
    public Model fit(DsArray x, DsArray y, @Nullable DsArray weights, Consumer<MultiRound> rounds) {
        return new Model(
                new MultiTraining(options, x, probability, Placer.affinity()).run(y, weights, multiclass, rounds));
    }

    /** A trained model. Immutable and thread-safe; not tied to a workflow. */
    public static final class Model {

        private final MultiData data;

        Model(MultiData data) {
            this.data = data;
        }

        /** A machine for two classes as a model of two classes, the negative one first. */
        public static Model of(CascadeSvm.Model binary) {
            return new Model(MultiData.of(binary.data()));
        }

        /**
         * Reads a model that {@link #save} or {@link CascadeSvm.Model#save} wrote.
         *
         * @throws BadModelException when the file cannot be read, is not a model, is damaged, or is of another version
         */
        public static Model load(Path file) {
            return new Model(MultiFile.read(file, null));
        }

        /**
         * Reads a model that was trained with a kernel of the program's own.
         *
         * @param kernel the same as in training
         * @throws BadModelException as {@link #load(Path)}, or when the model was trained with another kind of kernel
         */
        public static Model load(Path file, RowKernel kernel) {
            return new Model(MultiFile.read(file, kernel));
        }

        /**
         * Writes the model; the file appears when it is whole. The same model gives the same bytes.
         *
         * @throws BadModelException when it cannot be written
         */
        public void save(Path file) {
            MultiFile.write(file, data);
        }

        /** The same model, with names for the classes, in the order of {@link #classValues}. */
        public Model named(List<String> classes) {
            if (classes.size() != data.header().classes().size()) {
                throw new IllegalArgumentException(
                        "expected names for " + data.header().classes().size() + " classes; found " + classes.size());
            }
            return new Model(data.with(data.header().withClasses(classes)));
        }

        /** The same model for rows that are not standardised yet: it will do that itself, in every prediction. */
        public Model scaledBy(StandardScaler.Model scaler) {
            Shapes.checkColumns(scaler.means().length, data.header().features());
            return new Model(data.with(data.header()
                    .withScaling(new ModelHeader.Scaling(
                            scaler.means().clone(), scaler.deviations().clone()))));
        }

        /** Decision values, a column a machine, in the blocks of x, computed where they are. */
        public DsArray decisionFunction(DsArray x) {
            return MultiPrediction.predict(data, x, MultiPrediction.Answer.DECISIONS);
        }

        /** The number of each row's class, one column, in the blocks of x, computed where they are. */
        public DsArray predict(DsArray x) {
            return MultiPrediction.predict(data, x, MultiPrediction.Answer.CLASSES);
        }

        /**
         * Probabilities, a column a class, in the blocks of x, computed where they are.
         *
         * @throws IllegalStateException when the model was trained without them
         */
        public DsArray probabilities(DsArray x) {
            checkProbability();
            return MultiPrediction.predict(data, x, MultiPrediction.Answer.PROBABILITIES);
        }

        /** The part of the rows whose label is predicted; y is in blocks of as many rows as those of x. */
        public double score(DsArray x, DsArray y) {
            Shapes.checkLabels(x, y);
            return Prediction.share(predict(x), y);
        }

        /** Decision values of rows held here: for each row, one a machine. */
        public double[][] decisionFunction(double[][] rows) {
            for (double[] row : rows) {
                Shapes.checkColumns(row.length, data.header().features());
            }
            return rows.length == 0 ? rows : MultiPrediction.decisions(DenseBlock.of(rows), data, 0);
        }

        /** The index of the class that decision values of one row speak for. */
        public int winner(double[] decisions) {
            return MultiPrediction.winner(decisions, data.header());
        }

        /** For each of some rows held here, the probability of each class. */
        public double[][] probabilities(double[][] rows) {
            return probabilitiesOf(decisionFunction(rows));
        }

        /** For the decision values of each row, the probability of each class. */
        public double[][] probabilitiesOf(double[][] decisions) {
            checkProbability();
            return MultiPrediction.answers(decisions, data.header(), MultiPrediction.Answer.PROBABILITIES);
        }

        /** The number of the class of each of some rows held here. */
        public double[] predict(double[][] rows) {
            double[][] decisions = decisionFunction(rows);
            double[] found = new double[rows.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = data.header().values()[winner(decisions[i])];
            }
            return found;
        }

        /** How many columns a row has. */
        public int features() {
            return data.header().features();
        }

        /** How many different rows are support vectors of any machine. */
        public int supportVectors() {
            return data.ids().length;
        }

        /** How many machines there are. */
        public int machines() {
            return data.header().machines().size();
        }

        /** What the classes are called, in the order of {@link #classValues}. */
        public List<String> classes() {
            return data.header().classes();
        }

        /** The label that stands for each class, ascending. */
        public double[] classValues() {
            return data.header().values().clone();
        }

        /** Whether the model gives probabilities. */
        public boolean hasProbabilities() {
            return data.header().machines().getFirst().probability() != null;
        }

        /** How it was trained. */
        public CascadeSvmOptions options() {
            return data.header().options().toOptions();
        }

        /** How well that went, for each machine; of none for an imported model. */
        public List<Certificate> certificates() {
            return data.header().machines().stream()
                    .map(MultiHeader.Part::certificate)
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** The part of the training rows whose class is predicted; NaN for an imported model. */
        public double trainAccuracy() {
            Double accuracy = data.header().trainAccuracy();
            return accuracy == null ? Double.NaN : accuracy;
        }

        MultiData data() {
            return data;
        }

        private void checkProbability() {
            if (!hasProbabilities()) {
                throw new IllegalStateException(
                        "the model gives no probabilities; expected one trained withProbability (kiln csvm train"
                                + " --probability)");
            }
        }
    }
}
