package dev.kiln.csvm;

import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.TwoClassTraining;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.model.ModelFile;
import dev.kiln.csvm.internal.model.ModelPurpose;
import dev.kiln.csvm.internal.model.Prediction;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.solver.RowKernel;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a support vector machine for two classes on an array in blocks. The first pass is the cascade of Graf et al.
 * (NIPS 2004); then each block is looked through, where it lies, for rows that break the optimality conditions, and the
 * worst of them are solved again together with the support vectors, until none is left. The result is the optimum of the
 * whole set within the tolerance, not an approximation.
 *
 * {@snippet :
 * var options = CascadeSvmOptions.builder().c(10).gamma(0.1).build();
 * CascadeSvm.Model model = new CascadeSvm(options).fit(x, y);
 * double accuracy = model.score(xTest, yTest);
 * }
 *
 * <p>The same array in the same blocks with the same options gives the same bits, on any number of nodes. Stateless, so
 * thread-safe.
 */
public final class CascadeSvm {

    private final CascadeSvmOptions options;

    /** Trains with these options. */
    public CascadeSvm(CascadeSvmOptions options) {
        this.options = options;
    }

    /** As {@link #fit(DsArray, DsArray, Consumer)}, without being told of rounds. */
    public Model fit(DsArray x, DsArray y) {
        return fit(x, y, round -> {});
    }

    /**
     * Trains, and waits for the result.
     *
     * @param x the rows, in blocks as wide as the array
     * @param y one column of labels, +1 or -1, in blocks of as many rows as those of x
     * @param rounds told of each round, in the calling thread
     * @throws IllegalArgumentException when x and y do not fit together, a number is not finite, a label is neither +1
     *     nor -1, all labels are the same, or class weights are given for a label that does not occur
     */
    public Model fit(DsArray x, DsArray y, Consumer<Round> rounds) {
        return fit(x, y, null, rounds);
    }

    /**
     * As {@link #fit(DsArray, DsArray, Consumer)}, with rows that weigh more or less than others: the price of a row on
     * the wrong side is C times its weight. A row of weight 2 is as good as two equal rows, one of weight 0 as good as
     * none.
     *
     * @param weights one column of numbers, 0 or more, in blocks of as many rows as those of x; null if all weigh 1
     */
    public Model fit(DsArray x, DsArray y, @Nullable DsArray weights, Consumer<Round> rounds) {
        return new Model(new TwoClassTraining(options, Placer.affinity(), x).run(y, weights, rounds));
    }

    /**
     * A trained machine. A row belongs to the positive class when its decision value is above zero. Immutable and
     * thread-safe; not tied to a workflow.
     */
    public static final class Model {

        private final ModelData data;

        Model(ModelData data) {
            this.data = data;
        }

        /**
         * Reads a model that {@link #save} wrote.
         *
         * @throws BadModelException when the file cannot be read, is not a model, is damaged, or is of another version
         */
        public static Model load(Path file) {
            return new Model(ModelPurpose.expectClasses(file, ModelFile.read(file, null)));
        }

        /**
         * Reads a model that was trained with a kernel of the program's own.
         *
         * @param kernel the same as in training
         * @throws BadModelException as {@link #load(Path)}, or when the model was trained with another kind of kernel
         */
        public static Model load(Path file, RowKernel kernel) {
            return new Model(ModelPurpose.expectClasses(file, ModelFile.read(file, kernel)));
        }

        /**
         * Writes the model; the file appears when it is whole. The same model gives the same bytes.
         *
         * @throws BadModelException when it cannot be written
         */
        public void save(Path file) {
            ModelFile.write(file, data);
        }

        /** The same model, with names for the two classes. */
        public Model named(String positive, String negative) {
            return new Model(data.withLabels(positive, negative));
        }

        /** The same model for rows that are not standardised yet: it will do that itself, in every prediction. */
        public Model scaledBy(StandardScaler.Model scaler) {
            Shapes.checkColumns(scaler.means().length, data.header().features());
            return new Model(data.withScaling(scaler));
        }

        /** Decision values, one column, in the blocks of x, computed where they are. */
        public DsArray decisionFunction(DsArray x) {
            return Prediction.decisions(data, x);
        }

        /** +1 or -1 for each row, one column, in the blocks of x, computed where they are. */
        public DsArray predict(DsArray x) {
            return Prediction.signs(data, x);
        }

        /** The part of the rows whose label is predicted; y is +1 or -1, in blocks of as many rows as those of x. */
        public double score(DsArray x, DsArray y) {
            return Prediction.score(data, x, y);
        }

        /** Decision values of rows held here. */
        public double[] decisionFunction(double[][] rows) {
            return Prediction.decisions(data, rows);
        }

        /** +1 or -1 for each of some rows held here. */
        public int[] predict(double[][] rows) {
            double[] decisions = decisionFunction(rows);
            int[] signs = new int[decisions.length];
            for (int i = 0; i < signs.length; i++) {
                signs[i] = decisions[i] > 0 ? 1 : -1;
            }
            return signs;
        }

        /** How many columns a row has. */
        public int features() {
            return data.header().features();
        }

        /** How many support vectors there are. */
        public int supportVectors() {
            return data.ids().length;
        }

        /** What the positive class is called; {@code 1} if nobody named it. */
        public String positiveLabel() {
            return data.header().positive();
        }

        /** What the negative class is called; {@code -1} if nobody named it. */
        public String negativeLabel() {
            return data.header().negative();
        }

        /** How it was trained. */
        public CascadeSvmOptions options() {
            return data.header().options().toOptions();
        }

        /** How well that went. */
        public Certificate certificate() {
            return data.header().certificate();
        }

        ModelData data() {
            return data;
        }
    }
}
