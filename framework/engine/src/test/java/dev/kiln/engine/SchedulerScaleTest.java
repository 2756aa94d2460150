package dev.kiln.engine;

import static dev.kiln.engine.Script.done;
import static dev.kiln.engine.Script.doneSmall;
import static dev.kiln.engine.Script.join;
import static dev.kiln.engine.Script.lose;
import static dev.kiln.engine.Script.release;
import static dev.kiln.engine.Script.task;
import static dev.kiln.engine.Script.threw;
import static dev.kiln.engine.Script.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many tasks, and deep graphs: nothing may go by the depth of the stack or the number of the ready. */
class SchedulerScaleTest {

    private static final int DEEP = 100_000;

    private final Scheduler scheduler =
            new Scheduler(SchedulerOptions.forFounders(2).withoutMessages().withStories(0));
    private final ArrayDeque<Command.RunTask> sent = new ArrayDeque<>();
    private final List<Command.ValueFailed> failed = new ArrayList<>();
    private long commands;

    private void tell(Event event) {
        scheduler.handle(event, command -> {
            commands++;
            switch (command) {
                case Command.RunTask run -> sent.add(run);
                case Command.ValueFailed value -> failed.add(value);
                default -> {}
            }
        });
    }

    private void answerAll() {
        for (Command.RunTask run = sent.poll(); run != null; run = sent.poll()) {
            tell(done(run.task(), run.attempt(), run.node(), 100_000));
        }
    }

    @Test
    void a_failure_goes_down_a_chain_of_a_hundred_thousand_dependents() {
        tell(join(0, 1));
        tell(task(0));
        for (int k = 1; k < DEEP; k++) {
            tell(task(k, k - 1));
        }
        tell(threw(0, 1, 0));
        assertEquals(DEEP, failed.size());
        assertEquals(DEEP, failed.getLast().chain().size());
        assertEquals(List.of(2L, 1L, 0L), failed.get(2).chain());
        scheduler.validate();
    }

    @Test
    void a_chain_of_a_hundred_thousand_updates_is_made_again_after_its_node_was_lost() {
        tell(join(0, 1));
        tell(task(0));
        answerAll();
        for (int k = 1; k < DEEP; k++) {
            tell(update(k, k - 1));
            answerAll();
        }
        tell(join(1, 1));
        tell(lose(0));
        tell(new Event.ValueWanted(DEEP - 1));
        answerAll();
        assertEquals(DEEP, scheduler.counts().repeated());
        assertEquals(TaskState.DONE, scheduler.state(DEEP - 1));
        scheduler.validate();
        tell(new Event.ValueDelivered(DEEP - 1));
        tell(release(DEEP - 1));
        assertEquals(0, scheduler.remembered());
    }

    /** Each task is run, announced, freed in two places and forgotten: five commands, however many are ready. */
    @Test
    void a_million_ready_tasks_take_no_more_steps_each_than_ten_thousand() {
        tell(join(0, 4));
        tell(join(1, 4));
        int tasks = 1_000_000;
        for (int k = 0; k < tasks; k++) {
            tell(task(k));
        }
        assertEquals(32, sent.size(), "sent ahead: 2 nodes, 4 slots, depth 4");
        for (Command.RunTask run = sent.poll(); run != null; run = sent.poll()) {
            tell(doneSmall(run.task(), run.attempt(), run.node()));
            tell(release(run.task()));
        }
        assertEquals(tasks, scheduler.counts().done());
        assertEquals(5L * tasks, commands);
        assertEquals(0, scheduler.remembered());
        scheduler.validate();
    }

    @Test
    void a_ready_task_takes_some_two_hundred_bytes() {
        long bytes = SchedulerCost.bytesPerTask(200_000);
        assertTrue(bytes > 50 && bytes < 400, bytes + " bytes a task");
    }
}
