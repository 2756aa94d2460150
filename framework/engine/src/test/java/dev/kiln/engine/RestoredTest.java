package dev.kiln.engine;

import static dev.kiln.engine.Script.delivered;
import static dev.kiln.engine.Script.done;
import static dev.kiln.engine.Script.join;
import static dev.kiln.engine.Script.missing;
import static dev.kiln.engine.Script.put;
import static dev.kiln.engine.Script.release;
import static dev.kiln.engine.Script.task;
import static dev.kiln.engine.Script.update;
import static dev.kiln.engine.Script.want;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Tasks that an earlier run has done, and what this run keeps for the next. */
class RestoredTest {

    private static final long MB = 1 << 20;

    private static Script cluster() {
        return new Script(SchedulerOptions.forFounders(1).withoutMessages()).on(join(0, 1));
    }

    private static Event restored(long id, int place, long... inputs) {
        return new Event.TaskRestored(new TaskSpec(id, "t", inputs, false, Target.Anywhere.INSTANCE, 0, 0), MB, place);
    }

    private static Event restoredUpdate(long id, int place, long... inputs) {
        return new Event.TaskRestored(new TaskSpec(id, "t", inputs, true, Target.Anywhere.INSTANCE, 0, 0), MB, place);
    }

    @Test
    void a_value_of_an_earlier_run_is_read_from_its_file() {
        Script script = cluster()
                .on(restored(1, Places.CHECKPOINT), "available 1")
                .on(task(2, 1), "run 2.1 on n0 from checkpoint")
                .on(done(2, 1, 0, MB), "available 2")
                .on(want(1), "deliver 1 from checkpoint")
                .on(delivered(1))
                .on(release(1));
        assertEquals(new Counts(2, 2, 0, 0, 0, 1), script.scheduler().counts());
    }

    @Test
    void a_small_one_is_with_the_driver() {
        cluster().on(restored(1, Places.DRIVER), "available 1").on(task(2, 1), "run 2.1 on n0 from driver");
    }

    @Test
    void tasks_whose_values_nobody_wants_do_not_run_again() {
        cluster()
                .on(restored(1, Places.NOWHERE), "available 1")
                .on(restored(2, Places.NOWHERE, 1), "available 2")
                .on(release(1))
                .on(restored(3, Places.CHECKPOINT, 2), "available 3")
                .on(release(2))
                .on(task(4, 3), "run 4.1 on n0 from checkpoint");
    }

    @Test
    void what_is_wanted_all_the_same_is_made_again_from_what_led_there() {
        Script script = cluster()
                .on(restored(1, Places.NOWHERE), "available 1")
                .on(restored(2, Places.NOWHERE, 1), "available 2")
                .on(want(2), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "run 2.1 on n0 from here")
                .on(done(2, 1, 0, MB), "deliver 2 from n0");
        assertEquals(2, script.scheduler().counts().repeated());
    }

    @Test
    void a_damaged_file_means_that_its_task_runs_again() {
        cluster()
                .on(put(1, MB, Places.DRIVER), "available 1")
                .on(restored(2, Places.CHECKPOINT, 1), "available 2")
                .on(task(3, 2), "run 3.1 on n0 from checkpoint")
                .on(missing(3, 1, 0, 2, Places.CHECKPOINT), "run 2.1 on n0 from driver")
                .on(done(2, 1, 0, MB), "run 3.2 on n0 from here");
    }

    @Test
    void an_update_of_an_earlier_run_releases_the_old_version() {
        cluster()
                .on(restored(1, Places.CHECKPOINT), "available 1")
                .on(restoredUpdate(2, Places.CHECKPOINT, 1), "available 2")
                .on(update(3, 2), "run 3.1 on n0 from checkpoint")
                .on(done(3, 1, 0, MB), "available 3");
    }

    @Test
    void a_checkpoint_needs_what_is_read_or_can_still_be_used() {
        Script script = cluster()
                .on(put(1, MB, Places.DRIVER), "available 1")
                .on(task(2, 1), "run 2.1 on n0 from driver")
                .on(done(2, 1, 0, MB), "available 2")
                .on(task(3, 2), "run 3.1 on n0 from here")
                .on(task(4), "run 4.1 on n0");
        assertArrayEquals(new long[] {2}, script.scheduler().frontier(id -> true));
        assertArrayEquals(new long[] {2}, script.scheduler().frontier(id -> false));
        script.on(release(2)).on(done(3, 1, 0, MB), "available 3", "drop 2 at n0");
        assertArrayEquals(new long[] {3}, script.scheduler().frontier(id -> true));
        assertArrayEquals(new long[] {}, script.scheduler().frontier(id -> false));
    }

    @Test
    void of_a_value_that_is_being_changed_it_needs_what_becomes_of_it() {
        Script script = cluster()
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(update(2, 1), "run 2.1 on n0 in place from here");
        assertArrayEquals(new long[] {2}, script.scheduler().frontier(id -> true));
        script.on(want(2)).on(done(2, 1, 0, MB), "drop 1 at n0", "available 2", "deliver 2 from n0");
    }

    @Test
    void it_needs_what_was_lost_and_is_being_made_again_for_a_reader() {
        Script script = cluster()
                .on(join(1, 1))
                .on(Script.on(new Target.Node("n0"), 1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(Script.on(new Target.Node("n1"), 2, 1), "run 2.1 on n1 from n0")
                .on(missing(2, 1, 1, 1, 0), "drop 1 at n0", "run 1.2 on n0");
        assertArrayEquals(new long[] {1}, script.scheduler().frontier(id -> false));
    }
}
