package dev.kiln.csvm;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One training: submits the tasks and follows the few numbers that they report. Rows, sums and support vectors stay on
 * the nodes. For one thread.
 */
final class Cascade {

    /** The first pass only has to find good candidates, so it stops this much earlier than the last round. */
    private static final double FIRST_PASS = 100;

    /** A round's solve is this much more exact than the worst violation outside of it. */
    private static final double TIGHTENING = 10;

    private final Workflow wf;
    private final CascadeSvmOptions options;
    private final Training training;
    private final List<Ref<BlockRows>> blocks;

    Cascade(Workflow wf, CascadeSvmOptions options, DsArray x, List<Ref<BlockRows>> blocks) {
        this.wf = wf;
        this.options = options;
        this.blocks = blocks;
        this.training = new Training(
                options.function(x.columns()),
                options.c(),
                options.tolerance(),
                options.kernelBytes(),
                options.seed(),
                blocks.size());
    }

    /** The machine found, which is still in the cluster, and its certificate. */
    record Trained(Ref<Machine> machine, Certificate certificate) {}

    Trained run(Consumer<Round> listener) {
        double exact = options.tolerance() / 2;
        double inner = blocks.size() == 1 ? exact : Math.min(0.1, exact * FIRST_PASS);
        Ref<Machine> machine = firstPass(inner);
        List<Ref<Scan>> scans = scan(machine);
        for (int number = 1; ; number++) {
            Scan.Found found =
                    wf.task(CascadeTasks::found).submit(all(parts(scans))).get();
            Machine.State state = machine.part(Machine::state).get();
            double violation = Math.max(found.worst(), state.violation());
            listener.accept(new Round(number, found.count(), violation, state.supportVectors(), state.objective()));
            boolean converged = violation < options.tolerance();
            if (converged || number == options.maxRounds()) {
                scans.forEach(Ref::delete);
                return new Trained(machine, certify(machine, state, number, converged, violation));
            }
            inner = Math.max(exact, Math.min(inner, violation / TIGHTENING));
            Ref<Machine> next = wf.task(CascadeTasks::resolve)
                    .on(near(machine))
                    .submit(machine, all(violators(scans)), value(training), value(inner));
            List<Ref<Scan>> rescans = rescan(scans, machine, next);
            scans.forEach(Ref::delete);
            machine.delete();
            machine = next;
            scans = rescans;
        }
    }

    /**
     * The classic cascade: blocks are solved alone, their support vectors are joined and solved again, up to one root.
     * H. P. Graf, E. Cosatto, L. Bottou, I. Durdanovic, V. Vapnik: Parallel support vector machines: the Cascade SVM,
     * NIPS 2004, figure 1. Unlike there, a joined set starts from the multipliers that its parts bring.
     */
    private Ref<Machine> firstPass(double tolerance) {
        List<Ref<Machine>> level = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            level.add(wf.task(CascadeTasks::leaf).on(near(block)).submit(block, value(training), value(tolerance)));
        }
        while (level.size() > 1) {
            List<Ref<Machine>> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += options.arity()) {
                List<Ref<Machine>> children = level.subList(i, Math.min(level.size(), i + options.arity()));
                above.add(children.size() == 1 ? children.getFirst() : merge(children, tolerance));
            }
            level = above;
        }
        return level.getFirst();
    }

    private Ref<Machine> merge(List<Ref<Machine>> children, double tolerance) {
        Ref<Machine> parent = wf.task(CascadeTasks::merge).submit(all(children), value(training), value(tolerance));
        children.forEach(Ref::delete);
        return parent;
    }

    private List<Ref<Scan>> scan(Ref<Machine> machine) {
        List<Ref<Scan>> scans = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            scans.add(wf.task(CascadeTasks::scan).on(near(block)).submit(block, machine, value(training)));
        }
        return scans;
    }

    private List<Ref<Scan>> rescan(List<Ref<Scan>> before, Ref<Machine> previous, Ref<Machine> machine) {
        List<Ref<Scan>> scans = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            scans.add(wf.task(CascadeTasks::rescan)
                    .on(near(blocks.get(i)))
                    .submit(blocks.get(i), before.get(i).part(Scan::sums), previous, machine, value(training)));
        }
        return scans;
    }

    private static List<Ref<Scan.Found>> parts(List<Ref<Scan>> scans) {
        return scans.stream().map(scan -> scan.part(Scan::found)).toList();
    }

    private static List<Ref<Violators>> violators(List<Ref<Scan>> scans) {
        return scans.stream().map(scan -> scan.part(Scan::violators)).toList();
    }

    private Certificate certify(
            Ref<Machine> machine, Machine.State state, int rounds, boolean converged, double violation) {
        List<Ref<Loss>> losses = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            losses.add(wf.task(CascadeTasks::loss).on(near(block)).submit(block, machine, value(training)));
        }
        Loss loss = wf.task(CascadeTasks::losses).submit(all(losses)).get();
        losses.forEach(Ref::delete);
        double primal = state.quadratic() / 2 + options.c() * loss.hinge();
        double accuracy = loss.correct() / (double) loss.rows();
        return new Certificate(rounds, converged, violation, state.objective(), primal, accuracy);
    }
}
