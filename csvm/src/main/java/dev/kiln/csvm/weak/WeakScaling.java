package dev.kiln.csvm.weak;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.TwoClassTraining;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.csvm.internal.model.Prediction;
import dev.kiln.csvm.internal.multi.MultiPrediction;
import dev.kiln.csvm.internal.multi.MultiTraining;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The workload of the Cascade SVM's weak scaling: as many blocks for each processor, however many there are, on
 * generated rows around 15 centres. For one thread.
 */
public final class WeakScaling {

    private final Spec spec;
    private final LongSupplier nanos;

    /** Runs this, by this clock. */
    public WeakScaling(Spec spec, LongSupplier nanos) {
        this.spec = spec;
        this.nanos = nanos;
    }

    /**
     * What is run.
     *
     * @param options of the machine
     * @param blockRows rows of a block
     * @param random whether tasks go to random nodes instead of to their data
     * @param binary whether classes 0 to 7 are told from the others, instead of each from each
     * @param repeats how many runs there are, after one pass that does not count
     */
    public record Spec(CascadeSvmOptions options, int blockRows, boolean random, boolean binary, int repeats) {}

    /**
     * What a run took.
     *
     * @param seconds the median of the repeats
     * @param tasks of one run
     * @param bytesMoved between nodes, in one run
     * @param rounds or passes
     * @param supportVectors rows
     * @param accuracy on one more block, which was not trained on
     */
    public record Measured(
            double seconds, long tasks, long bytesMoved, int rounds, int supportVectors, double accuracy) {}

    /** Makes the rows, then trains on so many blocks. */
    public Measured run(Workflow wf, int blocks) {
        Blobs.Target target = spec.binary() ? Blobs.Target.BINARY : Blobs.Target.CLASSES;
        Blobs.Data train = Blobs.generate(wf, 0, blocks, spec.blockRows(), target);
        Blobs.Data test = Blobs.generate(wf, blocks, 1, spec.blockRows(), target);
        train.x().await();
        test.x().await();
        Once once = spec.binary() ? this::two : this::many;
        once.run(wf, train, test, spec.options().toBuilder().maxRounds(1).build());
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < spec.repeats(); i++) {
            runs.add(once.run(wf, train, test, spec.options()));
        }
        train.delete();
        test.delete();
        Measured last = runs.getLast();
        double[] seconds = runs.stream().mapToDouble(Measured::seconds).sorted().toArray();
        return new Measured(
                seconds[seconds.length / 2],
                last.tasks(),
                last.bytesMoved(),
                last.rounds(),
                last.supportVectors(),
                last.accuracy());
    }

    private Measured two(Workflow wf, Blobs.Data train, Blobs.Data test, CascadeSvmOptions options) {
        var watch = new Watch(wf);
        ModelData model = new TwoClassTraining(options, placer(wf), train.x()).run(train.y(), null, round -> {});
        return watch.measured(
                model.header().certificate().rounds(),
                model.ids().length,
                () -> Prediction.score(model, test.x(), test.y()));
    }

    private Measured many(Workflow wf, Blobs.Data train, Blobs.Data test, CascadeSvmOptions options) {
        var watch = new Watch(wf);
        MultiData data = new MultiTraining(options, train.x(), false, placer(wf))
                .run(train.y(), null, MultiClass.OVO, round -> {});
        int rounds = data.header().machines().stream()
                .map(part -> Objects.requireNonNull(part.certificate()))
                .mapToInt(Certificate::rounds)
                .max()
                .orElse(0);
        return watch.measured(
                rounds,
                data.ids().length,
                () -> Prediction.share(
                        MultiPrediction.predict(data, test.x(), MultiPrediction.Answer.CLASSES), test.y()));
    }

    private Placer placer(Workflow wf) {
        return spec.random() ? Placer.random(wf.nodes(), spec.options().seed()) : Placer.affinity();
    }

    private interface Once {
        Measured run(Workflow wf, Blobs.Data train, Blobs.Data test, CascadeSvmOptions options);
    }

    /** Runs from its making until something is measured. */
    private final class Watch {
        private final Workflow wf;
        private final WorkflowStats before;
        private final long start;

        Watch(Workflow wf) {
            this.wf = wf;
            this.before = wf.stats();
            this.start = nanos.getAsLong();
        }

        Measured measured(int rounds, int supportVectors, DoubleSupplier accuracy) {
            double seconds = (nanos.getAsLong() - start) * 1e-9;
            WorkflowStats after = wf.stats();
            return new Measured(
                    seconds,
                    after.done() - before.done(),
                    after.bytesMoved() - before.bytesMoved(),
                    rounds,
                    supportVectors,
                    accuracy.getAsDouble());
        }
    }
}
