package dev.kiln.csvm.internal.cascade;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.Round;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.SideWeights;
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
public final class Cascade {

    /** The first pass only has to find good candidates, so it stops this much earlier than the last round. */
    private static final double FIRST_PASS = 100;

    /** A round's solve is this much more exact than the worst violation outside of it. */
    private static final double TIGHTENING = 10;

    private final Workflow wf;
    private final CascadeSvmOptions options;
    private final Training training;
    private final List<Ref<BlockRows>> blocks;
    private final Placer placer;

    /** For two classes. */
    Cascade(
            Workflow wf,
            CascadeSvmOptions options,
            SideWeights sides,
            DsArray x,
            List<Ref<BlockRows>> blocks,
            Placer placer) {
        this(wf, options, sides, new Aim.Classes(), x, blocks, placer);
    }

    Cascade(
            Workflow wf,
            CascadeSvmOptions options,
            SideWeights sides,
            Aim aim,
            DsArray x,
            List<Ref<BlockRows>> blocks,
            Placer placer) {
        this.wf = wf;
        this.options = options;
        this.placer = placer;
        this.blocks = blocks;
        this.training = new Training(
                options.function(x.columns()),
                options.c(),
                sides,
                options.tolerance(),
                options.kernelBytes(),
                options.seed(),
                blocks.size(),
                aim);
    }

    /** The machine found, which is still in the cluster, and its certificate. */
    record Trained(Ref<Machine> machine, Certificate certificate) {

        /** The model of the machine, which then leaves the cluster. */
        ModelData model(CascadeSvmOptions options, DsArray x) {
            ModelData model = machine.get().model(options, x, certificate);
            machine.delete();
            return model;
        }
    }

    Trained run(Consumer<Round> listener) {
        return options.feedback() == Feedback.CLASSIC ? classic(listener) : violators(listener);
    }

    private Trained classic(Consumer<Round> listener) {
        double inner = options.tolerance() / 2;
        var passes = new ClassicPasses(wf, options.arity(), training, placer, blocks);
        Ref<Machine> machine = passes.first(inner);
        for (int number = 1; ; number++) {
            boolean last = number == options.maxRounds();
            if (last || options.check()) {
                List<Ref<Scan>> scans = scan(machine);
                Machine.State state = machine.part(Machine::state).get();
                double violation = report(number, scans, state, listener);
                boolean converged = violation < options.tolerance();
                if (last || converged) {
                    return new Trained(machine, certify(scans, machine, state, number, converged, violation));
                }
                scans.forEach(Ref::delete);
            }
            machine = passes.next(machine, inner);
        }
    }

    /** Tells the listener of a round; returns by how much the optimality conditions are broken. */
    private double report(int number, List<Ref<Scan>> scans, Machine.State state, Consumer<Round> listener) {
        Scan.Found found = wf.task(CascadeTasks::found)
                .on(placer.anywhere())
                .submit(all(parts(scans)))
                .get();
        double violation = found.violation(state);
        double gap = Certificate.relativeGap(primal(state, found.penalty()), state.objective());
        listener.accept(new Round(number, found.count(), violation, state.supportVectors(), state.objective(), gap));
        return violation;
    }

    private double primal(Machine.State state, double penalty) {
        return state.quadratic() / 2 + penalty + training.aim().constant(state.rho(), state.sum());
    }

    private Trained violators(Consumer<Round> listener) {
        double exact = options.tolerance() / 2;
        double inner = blocks.size() == 1 ? exact : Math.min(0.1, exact * FIRST_PASS);
        Ref<Machine> machine = new ClassicPasses(wf, options.arity(), training, placer, blocks).first(inner);
        List<Ref<Scan>> scans = scan(machine);
        for (int number = 1; ; number++) {
            Machine.State state = machine.part(Machine::state).get();
            double violation = report(number, scans, state, listener);
            boolean converged = violation < options.tolerance();
            if (converged || state.violation() >= inner || number == options.maxRounds()) {
                // A solve that ran to its limit of steps would do so again.
                return new Trained(machine, certify(scans, machine, state, number, converged, violation));
            }
            inner = Math.max(exact, Math.min(inner, violation / TIGHTENING));
            Ref<Machine> next = wf.task(CascadeTasks::resolve)
                    .on(placer.near(machine))
                    .submit(machine, all(violators(scans)), value(training), value(inner));
            List<Ref<Scan>> rescans = rescan(scans, machine, next);
            scans.forEach(Ref::delete);
            machine.delete();
            machine = next;
            scans = rescans;
        }
    }

    private List<Ref<Scan>> scan(Ref<Machine> machine) {
        List<Ref<Scan>> scans = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            scans.add(wf.task(CascadeTasks::scan).on(placer.near(block)).submit(block, machine, value(training)));
        }
        return scans;
    }

    private List<Ref<Scan>> rescan(List<Ref<Scan>> before, Ref<Machine> previous, Ref<Machine> machine) {
        List<Ref<Scan>> scans = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            scans.add(wf.task(CascadeTasks::rescan)
                    .on(placer.near(blocks.get(i)))
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

    /** The certificate, by the last look through the blocks, which is then let go of. */
    private Certificate certify(
            List<Ref<Scan>> scans,
            Ref<Machine> machine,
            Machine.State state,
            int rounds,
            boolean converged,
            double violation) {
        List<Ref<Loss>> losses = new ArrayList<>();
        Ref<Machine.State> told = machine.part(Machine::state);
        for (int i = 0; i < blocks.size(); i++) {
            Ref<BlockRows> block = blocks.get(i);
            losses.add(wf.task(CascadeTasks::lossBySums)
                    .on(placer.near(block))
                    .submit(block, scans.get(i).part(Scan::sums), told, value(training)));
        }
        told.delete();
        scans.forEach(Ref::delete);
        Loss loss = wf.task(CascadeTasks::losses)
                .on(placer.anywhere())
                .submit(all(losses))
                .get();
        losses.forEach(Ref::delete);
        return new Certificate(
                rounds,
                converged,
                violation,
                state.objective(),
                primal(state, loss.penalty()),
                training.aim().score(loss));
    }
}
