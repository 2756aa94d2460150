package dev.kiln.csvm.internal.linear;

import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.List;

/** The tasks of training. Each result depends on the arguments alone, and lists are in the order of the blocks. */
final class LinearTasks {

    private LinearTasks() {}

    @Task(name = "linearRows")
    static LinearBlock rows(Block x, Block y, long firstRow) {
        return LinearBlock.of(x, y, firstRow);
    }

    @Task(name = "census")
    static LinearBlock.Census census(LinearBlock block) {
        return block.census();
    }

    @Task(name = "censuses")
    static LinearBlock.Census censuses(List<LinearBlock.Census> blocks) {
        return blocks.stream().reduce(LinearBlock.Census.NOTHING, LinearBlock.Census::and);
    }

    /** Multipliers to begin with. */
    @Task(name = "zero")
    static Duals zero(LinearBlock block) {
        return Duals.zero(block.count());
    }

    /** The first visit of a lane in a round. */
    @Task(name = "enter")
    static Descent.Visit enter(LinearBlock block, Duals duals, Plane plane, LinearGoal goal, Descent.Manner manner) {
        return Descent.visit(block, duals, plane, Front.of(plane), goal, manner);
    }

    /** A further visit, from where the lane stands. */
    @Task(name = "visit")
    static Descent.Visit visit(
            LinearBlock block, Duals duals, Plane plane, Front front, LinearGoal goal, Descent.Manner manner) {
        return Descent.visit(block, duals, plane, front, goal, manner);
    }

    /** Adds up a round. */
    @Task(name = "round")
    static Plane round(Plane plane, List<Front> lanes, LinearGoal goal) {
        Plane after = plane.after(lanes);
        return goal.bias() == LinearGoal.Bias.FREE ? after.recentred() : after;
    }

    @Task(name = "measure")
    static Measure measure(LinearBlock block, Duals duals, Plane plane, LinearGoal goal) {
        return Measure.of(block, duals.alpha(), plane, goal);
    }

    @Task(name = "measures")
    static Measure measures(List<Measure> parts) {
        Measure sum = parts.getFirst();
        for (Measure part : parts.subList(1, parts.size())) {
            sum = sum.and(part);
        }
        return sum;
    }

    @Task(name = "report")
    static LinearReport report(Measure all, Plane plane, LinearGoal goal) {
        return LinearReport.of(all, plane, goal);
    }

    /** The plane without the rounding errors of steps. */
    @Task(name = "refresh")
    static Plane refresh(Measure all, Plane plane) {
        return all.refresh(plane);
    }
}
