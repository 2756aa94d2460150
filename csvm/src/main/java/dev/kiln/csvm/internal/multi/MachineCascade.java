package dev.kiln.csvm.internal.multi;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.MultiRound;
import dev.kiln.csvm.Round;
import dev.kiln.csvm.internal.cascade.Cascade;
import dev.kiln.csvm.internal.cascade.ClassicPasses;
import dev.kiln.csvm.internal.cascade.Loss;
import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.Scan;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One training of several machines on the same blocks, as {@link Cascade} is of one: each task is about all of them, so
 * that rows travel once and kernel values are shared, and there are no more tasks than for one machine. A machine that has
 * converged costs nothing any more. For one thread.
 */
final class MachineCascade {

    /**
     * Below its root the first pass only has to find good candidates, so it stops this much earlier. The root does not: a
     * look through all blocks for all machines costs more than an exact solve.
     */
    private static final double FIRST_PASS = 20;

    /** The same in cross-validation, where machines of a high C take long to solve in every node of the tree. */
    private static final double ROUGH_PASS = 200;

    /** Leaves room for the rounding of sums, in cross-validation, where nobody asks for more than the tolerance. */
    private static final double ALONE = 0.9;

    private final Workflow wf;
    private final CascadeSvmOptions options;
    private final Contest contest;
    private final Training training;
    private final Placer placer;
    private final List<Ref<ClassRows>> blocks;
    private final List<Duel> duels;
    // What is known of each machine.
    private final double[] violation;
    private final int[] rounds;
    private final boolean[] converged;
    // Whether a solve ran to its limit of steps, as a further one would.
    private final boolean[] stuck;

    MachineCascade(
            Workflow wf,
            CascadeSvmOptions options,
            Contest contest,
            Training training,
            Placer placer,
            List<Ref<ClassRows>> blocks) {
        this.wf = wf;
        this.options = options;
        this.contest = contest;
        this.training = training;
        this.placer = placer;
        this.blocks = blocks;
        this.duels = contest.duels();
        this.violation = new double[duels.size()];
        this.rounds = new int[duels.size()];
        this.converged = new boolean[duels.size()];
        this.stuck = new boolean[duels.size()];
    }

    /**
     * What was found, still in the cluster.
     *
     * @param machines trained
     * @param scans of the blocks, by these machines
     */
    record Trained(Ref<Machines> machines, List<Ref<MachineScan>> scans) {
        void delete() {
            machines.delete();
            scans.forEach(Ref::delete);
        }
    }

    /** Trains. */
    Trained run(Consumer<MultiRound> listener) {
        return options.feedback() == Feedback.CLASSIC ? classic(listener) : violators(listener);
    }

    private Trained violators(Consumer<MultiRound> listener) {
        double exact = options.tolerance() / 2;
        // Of one block no rows are left out that a looser solve would have to be looked through for.
        double alone = contest.folds() > 1 ? options.tolerance() * ALONE : exact;
        double loose =
                blocks.size() == 1 ? alone : Math.min(0.1, exact * (contest.folds() > 1 ? ROUGH_PASS : FIRST_PASS));
        Ref<Machines> machines = join(leaves(loose), loose, exact);
        List<Ref<MachineScan>> scans = scan(machines);
        for (int number = 1; ; number++) {
            report(number, scans, machines, number == 1 && blocks.size() == 1 ? loose : exact, listener);
            if (number == options.maxRounds() || done()) {
                return new Trained(machines, scans);
            }
            double[] inner = new double[duels.size()];
            for (int d = 0; d < inner.length; d++) {
                inner[d] = converged[d] || stuck[d] ? Double.POSITIVE_INFINITY : exact;
            }
            Ref<Machines> next = wf.task(MachineTasks::resolve)
                    .on(placer.near(machines))
                    .submit(
                            machines,
                            all(scans.stream()
                                    .map(scan -> scan.part(MachineScan::candidates))
                                    .toList()),
                            value(inner),
                            value(contest),
                            value(training));
            List<Ref<MachineScan>> rescans = rescan(scans, machines, next);
            scans.forEach(Ref::delete);
            machines.delete();
            machines = next;
            scans = rescans;
        }
    }

    private Trained classic(Consumer<MultiRound> listener) {
        double inner = options.tolerance() / 2;
        Ref<Machines> machines = join(leaves(inner), inner, inner);
        for (int number = 1; ; number++) {
            boolean last = number == options.maxRounds();
            if (last || options.check()) {
                List<Ref<MachineScan>> scans = scan(machines);
                report(number, scans, machines, inner, listener);
                if (last || done()) {
                    return new Trained(machines, scans);
                }
                scans.forEach(Ref::delete);
            }
            List<Ref<Machines>> again = new ArrayList<>();
            for (Ref<ClassRows> block : blocks) {
                again.add(wf.task(MachineTasks::leafAgain)
                        .on(placer.near(block))
                        .submit(
                                block,
                                machines,
                                value(contest),
                                value(training),
                                value(inner),
                                value(blocks.size() == 1)));
            }
            machines.delete();
            machines = join(again, inner, inner);
        }
    }

    private List<Ref<Machines>> leaves(double tolerance) {
        List<Ref<Machines>> leaves = new ArrayList<>();
        for (Ref<ClassRows> block : blocks) {
            leaves.add(wf.task(MachineTasks::leaf)
                    .on(placer.near(block))
                    .submit(block, value(contest), value(training), value(tolerance), value(blocks.size() == 1)));
        }
        return leaves;
    }

    private Ref<Machines> join(List<Ref<Machines>> leaves, double tolerance, double atRoot) {
        return ClassicPasses.join(
                leaves,
                options.arity(),
                (children, root) -> wf.task(MachineTasks::merge)
                        .on(placer.anywhere())
                        .submit(
                                all(children),
                                value(contest),
                                value(training),
                                value(root ? atRoot : tolerance),
                                value(root)));
    }

    private List<Ref<MachineScan>> scan(Ref<Machines> machines) {
        List<Ref<MachineScan>> scans = new ArrayList<>();
        for (Ref<ClassRows> block : blocks) {
            scans.add(wf.task(MachineTasks::scan)
                    .on(placer.near(block))
                    .submit(block, machines, value(contest), value(training)));
        }
        return scans;
    }

    private List<Ref<MachineScan>> rescan(
            List<Ref<MachineScan>> before, Ref<Machines> previous, Ref<Machines> machines) {
        List<Ref<MachineScan>> scans = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            scans.add(wf.task(MachineTasks::rescan)
                    .on(placer.near(blocks.get(i)))
                    .submit(
                            blocks.get(i),
                            before.get(i).part(MachineScan::sums),
                            previous,
                            machines,
                            value(contest),
                            value(training)));
        }
        return scans;
    }

    /** Notes where each machine stands, and tells the listener of those that have not converged before. */
    private void report(
            int number,
            List<Ref<MachineScan>> scans,
            Ref<Machines> machines,
            double solvedTo,
            Consumer<MultiRound> listener) {
        List<Scan.Found> found = wf.task(MachineTasks::found)
                .on(placer.anywhere())
                .submit(all(scans.stream()
                        .map(scan -> scan.part(MachineScan::found))
                        .toList()))
                .get();
        List<Machine.State> states = machines.part(Machines::states).get();
        for (int d = 0; d < violation.length; d++) {
            if ((converged[d] || stuck[d]) && options.feedback() == Feedback.VIOLATORS) {
                continue; // nobody has touched it since
            }
            Machine.State state = states.get(d);
            violation[d] = found.get(d).violation(state);
            rounds[d] = number;
            converged[d] = violation[d] < options.tolerance();
            stuck[d] = state.violation() >= solvedTo;
            listener.accept(new MultiRound(
                    duels.get(d).first(),
                    duels.get(d).second(),
                    new Round(number, found.get(d).count(), violation[d], state.supportVectors(), state.objective())));
        }
    }

    private boolean done() {
        for (int d = 0; d < converged.length; d++) {
            if (!converged[d] && !stuck[d]) {
                return false;
            }
        }
        return true;
    }

    /** How good the machines are, and how many rows get their class from all of them. */
    record Judged(List<Certificate> certificates, double accuracy) {}

    /** Measures the machines that {@link #run} gave. */
    Judged judge(Trained trained) {
        List<Ref<MachineTasks.Losses>> asked = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            asked.add(wf.task(MachineTasks::loss)
                    .on(placer.near(blocks.get(i)))
                    .submit(
                            blocks.get(i),
                            trained.scans.get(i).part(MachineScan::sums),
                            trained.machines,
                            value(contest),
                            value(training)));
        }
        MachineTasks.Losses losses = wf.task(MachineTasks::losses)
                .on(placer.anywhere())
                .submit(all(asked))
                .get();
        asked.forEach(Ref::delete);
        List<Machine.State> states = trained.machines.part(Machines::states).get();
        List<Certificate> certificates = new ArrayList<>();
        for (int d = 0; d < rounds.length; d++) {
            Loss loss = losses.machines().get(d);
            Machine.State state = states.get(d);
            certificates.add(new Certificate(
                    rounds[d],
                    converged[d],
                    violation[d],
                    state.objective(),
                    state.quadratic() / 2 + loss.penalty(),
                    loss.correct() / (double) loss.rows()));
        }
        return new Judged(certificates, losses.correct() / (double) losses.rows());
    }
}
