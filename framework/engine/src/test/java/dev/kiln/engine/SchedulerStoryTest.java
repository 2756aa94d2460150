package dev.kiln.engine;

import static dev.kiln.engine.Script.*;

import org.junit.jupiter.api.Test;

/** Events in, commands out; each test is one thing that really happens to a cluster. */
class SchedulerStoryTest {

    private static final long MB = 1 << 20;

    private static Script cluster(int nodes) {
        var script = new Script(SchedulerOptions.forFounders(nodes));
        for (int n = 0; n < nodes; n++) {
            script.on(join(n, 1));
        }
        return script;
    }

    /** Two halves of a matrix product are summed once both exist. */
    @Test
    void a_task_runs_once_both_of_its_inputs_exist() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(task(2), "run 2.1 on n1")
                .on(task(3, 1, 2))
                .on(done(1, 1, 0, MB), "available 1")
                .on(done(2, 1, 1, 2 * MB), "available 2", "run 3.1 on n1 from n0 here")
                .on(done(3, 1, 1, MB), "available 3");
    }

    /** The old version of an accumulator is nobody else's, so it is changed where it is. */
    @Test
    void an_update_by_the_last_reader_changes_the_value_in_place() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(update(2, 1), "run 2.1 on n0 in place from here")
                .on(done(2, 1, 0, MB), "drop 1 at n0", "available 2");
    }

    /** A node dies with the only copy of a block: who needs it has it made again. */
    @Test
    void a_value_lost_with_its_node_is_made_again_for_its_readers() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(task(2, 1), "run 2.1 on n0 from here")
                .on(lose(0), "run 1.2 on n1")
                .on(done(1, 2, 1, MB), "run 2.2 on n1 from here")
                .on(done(2, 2, 1, MB), "available 2");
    }

    @Test
    void a_failure_reaches_all_dependents_with_the_chain_to_its_origin() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(task(2, 1))
                .on(task(3, 2))
                .on(threw(1, 1, 0), "failed 1 [1]: boom", "failed 2 [2, 1]: boom", "failed 3 [3, 2, 1]: boom")
                .on(task(4, 3), "failed 4 [4, 3, 2, 1]: boom");
    }
}
