package dev.kiln.csvm.internal.linear;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One training by dual coordinate descent: submits the tasks and follows the few numbers that they report. The blocks are
 * dealt out to lanes. In a round each lane visits its blocks one after the other, in an order drawn anew, and hands on the
 * weights, which are all that travels; then the changes of all lanes are added.
 *
 * <p>A threshold that costs nothing is the multiplier of the constraint {@code sum y alpha = 0}: it is found by the method
 * of multipliers (M. R. Hestenes: Multiplier and gradient methods, JOTA 4, 1969), with a step after each round. For one
 * thread.
 */
public final class LinearTraining {

    /** Rounds between two measurements of the whole, each of which costs as much as two passes. */
    private static final int MEASURE_EVERY = 10;

    /** Passes of a visit when the lane's other blocks wait for it, and when it has no others. */
    private static final int FEW_PASSES = 2;

    private static final int MANY_PASSES = 10;

    /** The penalty of the constraint, as a part of the mean squared norm: more, and blocks fight over the threshold. */
    private static final double STIFFNESS = 0.01;

    /** Where the optimality conditions hold within the tolerance, the gap is mostly below this part of it. */
    private static final double GAP = 100;

    /** How many parts a task adds up. */
    private static final int FAN_IN = 8;

    private final Workflow wf;
    private final LinearGoal goal;
    private final Plan plan;
    private final int lanes;
    private final SplittableRandom random;
    private final List<Ref<LinearBlock>> blocks;
    private final List<Ref<Duals>> duals = new ArrayList<>();

    private LinearTraining(Workflow wf, LinearGoal goal, List<Ref<LinearBlock>> blocks, Plan plan) {
        this.wf = wf;
        this.goal = goal;
        this.blocks = blocks;
        this.plan = plan;
        this.lanes = Math.min(plan.lanes, blocks.size());
        this.random = new SplittableRandom(plan.seed);
    }

    /**
     * How to train.
     *
     * @param tolerance training ends when the duality gap is below a hundredth of this part of the objective
     * @param maxRounds it ends after so many in any case
     * @param lanes how many blocks are visited at once
     * @param seed draws the orders of blocks and rows
     */
    public record Plan(double tolerance, int maxRounds, int lanes, long seed) {}

    /** What is minimised, once it is known how many rows have each label. */
    public interface Goals {
        /** The goal; may throw {@link IllegalArgumentException}. */
        LinearGoal of(long negatives, long positives);
    }

    /**
     * Trains, and waits for the result.
     *
     * @param x the rows, in blocks as wide as the array
     * @param y one column of +1 and -1, in blocks of as many rows as those of x
     * @throws IllegalArgumentException when a number is not finite, or a label is neither +1 nor -1
     */
    public static Trained train(DsArray x, DsArray y, Goals goals, Plan plan, Listener listener) {
        Workflow wf = x.workflow();
        List<Ref<LinearBlock>> blocks = new ArrayList<>();
        List<Ref<LinearBlock.Census>> counts = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> rows = x.rowBlocks().get(i);
            Ref<LinearBlock> block = wf.task(LinearTasks::rows)
                    .on(near(rows))
                    .submit(rows, y.block(i, 0), value(x.rowRange(i).from()));
            blocks.add(block);
            counts.add(wf.task(LinearTasks::census).on(near(block)).submit(block));
        }
        try {
            LinearBlock.Census census =
                    wf.task(LinearTasks::censuses).submit(all(counts)).get();
            LinearGoal goal = goals.of(census.negatives(), census.positives());
            return new LinearTraining(wf, goal, blocks, plan).run(census, Math.toIntExact(x.columns()), listener);
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        } finally {
            counts.forEach(Ref::delete);
            blocks.forEach(Ref::delete);
        }
    }

    /**
     * The machine found.
     *
     * @param plane weights and threshold
     * @param report how good it is
     * @param rounds that were made
     * @param converged whether the tolerance was reached
     */
    public record Trained(Plane plane, LinearReport report, int rounds, boolean converged) {}

    /** Told of measurements, in the calling thread. */
    public interface Listener {
        /** After so many rounds the machine is as the report says. */
        void measured(int round, LinearReport report);
    }

    private Trained run(LinearBlock.Census census, int features, Listener listener) {
        long rows = census.negatives() + census.positives();
        double sigma = switch (goal.bias()) {
            case FREE -> {
                double mean = census.squaredNorms() / rows;
                yield mean > 0 ? STIFFNESS * mean : 1;
            }
            case PENALISED -> 1;
            case NONE -> 0;
        };
        Ref<Plane> plane = wf.put(new Plane(new double[features], 0, 0, sigma));
        for (Ref<LinearBlock> block : blocks) {
            duals.add(wf.task(LinearTasks::zero).on(near(block)).submit(block));
        }
        for (int number = 1; ; number++) {
            Ref<Plane> after = round(plane, number % MEASURE_EVERY == 1);
            plane.delete();
            plane = after;
            boolean last = number == plan.maxRounds;
            if (!last && number % MEASURE_EVERY != 0) {
                continue;
            }
            Ref<Measure> measure = measure(plane);
            LinearReport report = wf.task(LinearTasks::report)
                    .on(near(measure))
                    .submit(measure, plane, value(goal))
                    .get();
            listener.measured(number, report);
            boolean converged = report.relativeGap() < plan.tolerance / GAP;
            if (last || converged) {
                Plane found = plane.get();
                plane.delete();
                measure.delete();
                duals.forEach(Ref::delete);
                return new Trained(found, report, number, converged);
            }
            Ref<Plane> fresh = wf.task(LinearTasks::refresh).on(near(measure)).submit(measure, plane);
            measure.delete();
            plane.delete();
            plane = fresh;
        }
    }

    /** One round, of all rows or of those that the last one did not find idle. */
    private Ref<Plane> round(Ref<Plane> plane, boolean all) {
        List<Ref<Front>> fronts = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            fronts.add(pass(plane, shuffled(lane), all));
        }
        Ref<Plane> after = wf.task(LinearTasks::round).submit(plane, all(fronts), value(goal));
        fronts.forEach(Ref::delete);
        return after;
    }

    /** One lane's visits in a round. */
    private Ref<Front> pass(Ref<Plane> plane, List<Integer> order, boolean all) {
        @Nullable Ref<Front> front = null;
        int passes = order.size() == 1 ? MANY_PASSES : FEW_PASSES;
        for (int k : order) {
            var manner = value(
                    new Descent.Manner(lanes, passes, all || order.size() == 1, plan.tolerance, random.nextLong()));
            Ref<LinearBlock> block = blocks.get(k);
            Ref<Descent.Visit> visit = front == null
                    ? wf.task(LinearTasks::enter)
                            .on(near(block))
                            .submit(block, duals.get(k), plane, value(goal), manner)
                    : wf.task(LinearTasks::visit)
                            .on(near(block))
                            .submit(block, duals.get(k), plane, front, value(goal), manner);
            if (front != null) {
                front.delete();
            }
            front = visit.part(Descent.Visit::front);
            duals.get(k).delete();
            duals.set(k, visit.part(Descent.Visit::duals));
            visit.delete();
        }
        return Objects.requireNonNull(front);
    }

    /** The blocks of a lane in a new order. */
    private List<Integer> shuffled(int lane) {
        List<Integer> order = new ArrayList<>();
        for (int k = lane; k < blocks.size(); k += lanes) {
            order.add(random.nextInt(order.size() + 1), k);
        }
        return order;
    }

    private Ref<Measure> measure(Ref<Plane> plane) {
        List<Ref<Measure>> level = new ArrayList<>();
        for (int k = 0; k < blocks.size(); k++) {
            level.add(wf.task(LinearTasks::measure)
                    .on(near(blocks.get(k)))
                    .submit(blocks.get(k), duals.get(k), plane, value(goal)));
        }
        while (level.size() > 1) {
            List<Ref<Measure>> above = new ArrayList<>();
            for (int from = 0; from < level.size(); from += FAN_IN) {
                List<Ref<Measure>> parts = level.subList(from, Math.min(level.size(), from + FAN_IN));
                above.add(wf.task(LinearTasks::measures)
                        .on(near(parts.getFirst()))
                        .submit(all(parts)));
                parts.forEach(Ref::delete);
            }
            level = above;
        }
        return level.getFirst();
    }
}
