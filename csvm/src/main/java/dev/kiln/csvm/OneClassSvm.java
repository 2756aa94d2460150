package dev.kiln.csvm;

import dev.kiln.csvm.internal.cascade.Aim;
import dev.kiln.csvm.internal.cascade.AimTraining;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.model.ModelFile;
import dev.kiln.csvm.internal.model.ModelPurpose;
import dev.kiln.csvm.internal.model.Prediction;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Tells outliers from rows like those it was trained on, which need no labels (B. Schoelkopf, J. C. Platt, J. Shawe-Taylor,
 * A. J. Smola, R. C. Williamson: Estimating the support of a high-dimensional distribution, Neural Computation 13, 2001;
 * libsvm's {@code -s 2}). Trained as {@link CascadeSvm} is, on an array in blocks, to the optimum of the whole set, and
 * with the same certificate.
 *
 * {@snippet :
 * OneClassSvm.Model model = new OneClassSvm(CascadeSvmOptions.builder().gamma(0.1).build(), 0.05).fit(x);
 * int[] signs = model.predict(rows); // -1 for an outlier
 * }
 *
 * <p>The same array in the same blocks with the same options gives the same bits, on any number of nodes. Stateless, so
 * thread-safe.
 */
public final class OneClassSvm {

    private final CascadeSvmOptions options;
    private final double nu;

    /**
     * Trains with these options.
     *
     * @param options of which C has no say; without class weights, and with feedback of violators
     * @param nu the part of the training rows that may become outliers, above 0 and at most 1; at least that part become
     *     support vectors
     * @throws IllegalArgumentException when nu is out of range, or an option is for classes alone
     */
    public OneClassSvm(CascadeSvmOptions options, double nu) {
        if (!(nu > 0 && nu <= 1)) {
            throw new IllegalArgumentException("nu " + nu + ": expected a number above 0 and at most 1");
        }
        this.options = AimTraining.checked(options).toBuilder().c(1).build();
        this.nu = nu;
    }

    /** As {@link #fit(DsArray, Consumer)}, without being told of rounds. */
    public Model fit(DsArray x) {
        return fit(x, round -> {});
    }

    /**
     * Trains, and waits for the result.
     *
     * @param x the rows, in blocks as wide as the array
     * @param rounds told of each round, in the calling thread
     * @throws IllegalArgumentException when a number is not finite
     */
    public Model fit(DsArray x, Consumer<Round> rounds) {
        ModelData data = new AimTraining(options, x).run(null, null, spread -> new Aim.Support(nu), rounds);
        return new Model(data.with(ModelPurpose.outliers(nu)));
    }

    /**
     * A trained machine. A row is inside when its decision value is above zero, else an outlier. Immutable and
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
         * @throws BadModelException when the file cannot be read, is not such a model, is damaged, or is of another
         *     version
         */
        public static Model load(Path file) {
            return new Model(ModelPurpose.expectOutliers(file, ModelFile.read(file)));
        }

        /**
         * Writes the model; the file appears when it is whole. The same model gives the same bytes.
         *
         * @throws BadModelException when it cannot be written
         */
        public void save(Path file) {
            ModelFile.write(file, data);
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

        /** +1 for each row inside and -1 for each outlier, one column, in the blocks of x, computed where they are. */
        public DsArray predict(DsArray x) {
            return Prediction.signs(data, x);
        }

        /** Decision values of rows held here. */
        public double[] decisionFunction(double[][] rows) {
            return Prediction.decisions(data, rows);
        }

        /** +1 for each row inside and -1 for each outlier, of rows held here. */
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

        /** How it was trained. */
        public CascadeSvmOptions options() {
            return data.header().options().toOptions();
        }

        /** The part of the training rows that might become outliers. */
        public double nu() {
            return ModelPurpose.nu(data);
        }

        /** How well training went; {@link Certificate#trainAccuracy} is the part of the training rows inside. */
        public Certificate certificate() {
            return data.header().certificate();
        }

        ModelData data() {
            return data;
        }
    }
}
