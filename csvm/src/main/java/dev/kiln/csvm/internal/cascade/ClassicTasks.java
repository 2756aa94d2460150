package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.solver.SvmStart;
import dev.kiln.tasks.Task;
import java.util.List;

/** The tasks that the classic feedback adds. Each result depends on the arguments alone. */
final class ClassicTasks {

    private ClassicTasks() {}

    /** Solves the rows of one block together with the support vectors of the pass before, from where these stand. */
    @Task(name = "leafAgain")
    static Machine leafAgain(BlockRows block, Machine found, Training t, double tolerance) {
        Machine rows = CascadeTasks.unsolved(block, found.state());
        return solve(List.of(found, rows), t, tolerance);
    }

    /** Solves the support vectors of several nodes of the tree together; a row that several bring counts once. */
    @Task(name = "merge")
    static Machine merge(List<Machine> children, Training t, double tolerance) {
        return solve(children, t, tolerance);
    }

    private static Machine solve(List<Machine> parts, Training t, double tolerance) {
        Machine all = WorkingSet.union(parts);
        int most = Math.max(1, all.size() / 2);
        var start = new SvmStart(all.beta(), null);
        return CascadeTasks.solve(all.points(), all.labels(), all.terms(), all.ids(), start, t, tolerance, most);
    }
}
