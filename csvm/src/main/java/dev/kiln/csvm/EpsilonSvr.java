package dev.kiln.csvm;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.csvm.internal.cascade.Aim;
import dev.kiln.csvm.internal.cascade.AimTasks;
import dev.kiln.csvm.internal.cascade.AimTraining;
import dev.kiln.csvm.internal.cascade.Fit;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.model.ModelFile;
import dev.kiln.csvm.internal.model.ModelPurpose;
import dev.kiln.csvm.internal.model.Prediction;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Predicts numbers: support vector regression, in which a prediction costs nothing while it is within epsilon of its
 * target, and C for each unit beyond (H. Drucker and others, NIPS 1996; libsvm's {@code -s 3}). Trained as
 * {@link CascadeSvm} is, on an array in blocks, to the optimum of the whole set, and with the same certificate.
 *
 * {@snippet :
 * var options = CascadeSvmOptions.builder().c(10).gamma(0.1).build();
 * EpsilonSvr.Model model = new EpsilonSvr(options, 0.1).fit(x, y);
 * double r2 = model.score(xTest, yTest);
 * }
 *
 * <p>The same array in the same blocks with the same options gives the same bits, on any number of nodes. Stateless, so
 * thread-safe.
 */
public final class EpsilonSvr {

    private final CascadeSvmOptions options;
    private final double epsilon;

    /**
     * Trains with these options.
     *
     * @param options without class weights, and with feedback of violators
     * @param epsilon by how much a prediction may be off at no cost, 0 or more, in the unit of the targets
     * @throws IllegalArgumentException when epsilon is out of range, or an option is for classes alone
     */
    public EpsilonSvr(CascadeSvmOptions options, double epsilon) {
        if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon " + epsilon + ": expected a number, 0 or more");
        }
        this.options = AimTraining.checked(options);
        this.epsilon = epsilon;
    }

    /** As {@link #fit(DsArray, DsArray, DsArray, Consumer)}, of rows of equal weight, without being told of rounds. */
    public Model fit(DsArray x, DsArray y) {
        return fit(x, y, null, round -> {});
    }

    /**
     * Trains, and waits for the result.
     *
     * @param x the rows, in blocks as wide as the array
     * @param y one column of targets, in blocks of as many rows as those of x
     * @param weights what C is multiplied by for each row, one column of numbers, 0 or more, in blocks of as many rows as
     *     those of x; null if all weigh 1
     * @param rounds told of each round, in the calling thread
     * @throws IllegalArgumentException when the arrays do not fit together, or a number is not finite
     */
    public Model fit(DsArray x, DsArray y, @Nullable DsArray weights, Consumer<Round> rounds) {
        Shapes.checkTargets(x, y);
        if (weights != null) {
            Shapes.checkWeights(x, weights);
        }
        ModelData data = new AimTraining(options, x)
                .run(y, weights, spread -> new Aim.Numbers(epsilon, spread.spread()), rounds);
        return new Model(data.with(ModelPurpose.numbers(epsilon)));
    }

    /** A trained machine. Immutable and thread-safe; not tied to a workflow. */
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
            return new Model(ModelPurpose.expectNumbers(file, ModelFile.read(file)));
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

        /** A number for each row, one column, in the blocks of x, computed where they are. */
        public DsArray predict(DsArray x) {
            return Prediction.decisions(data, x);
        }

        /** A number for each of some rows held here. */
        public double[] predict(double[][] rows) {
            return Prediction.decisions(data, rows);
        }

        /**
         * R^2: 1 less the squares of what predictions miss, as a part of those of the targets less their mean. 1 is best;
         * below 0 the mean alone would be better.
         *
         * @param y one column of targets, in blocks of as many rows as those of x
         */
        public double score(DsArray x, DsArray y) {
            Shapes.checkTargets(x, y);
            DsArray predicted = predict(x);
            Workflow wf = x.workflow();
            List<Ref<Fit>> fits = new ArrayList<>();
            for (int i = 0; i < x.blockRows(); i++) {
                Ref<Block> found = predicted.block(i, 0);
                fits.add(wf.task(AimTasks::fit).on(near(found)).submit(found, y.block(i, 0)));
            }
            predicted.delete();
            try {
                return wf.task(AimTasks::fits).submit(all(fits)).get().share();
            } catch (TaskFailedException e) {
                throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
            } finally {
                fits.forEach(Ref::delete);
            }
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

        /** By how much a prediction might be off at no cost. */
        public double epsilon() {
            return ModelPurpose.epsilon(data);
        }

        /** How well training went; {@link Certificate#trainAccuracy} is R^2 on the training rows. */
        public Certificate certificate() {
            return data.header().certificate();
        }

        ModelData data() {
            return data;
        }
    }
}
