package dev.kiln.engine;

import static dev.kiln.engine.Script.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Events in, commands out; each test is one thing that really happens to a cluster. */
class SchedulerStoryTest {

    private static final long MB = 1 << 20;

    private static Script cluster(int nodes) {
        return Script.cluster(nodes, SchedulerOptions.forFounders(nodes).withoutMessages());
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

    /** A get hands out the very object in a cluster inside one JVM, so it must not change afterwards. */
    @Test
    void a_value_that_the_program_has_seen_is_not_changed_in_place() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(want(1), "deliver 1 from n0")
                .on(delivered(1))
                .on(update(2, 1), "run 2.1 on n0 from here")
                .on(done(2, 1, 0, MB), "available 2", "drop 1 at n0");
    }

    /** Another task still reads the old version, so the update works on a copy. */
    @Test
    void an_update_leaves_the_old_version_to_those_who_still_read_it() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(task(2, 1), "run 2.1 on n0 from here")
                .on(update(3, 1), "run 3.1 on n0 from here")
                .on(done(3, 1, 0, MB), "available 3")
                .on(done(2, 1, 0, MB), "available 2", "drop 1 at n0");
    }

    /** An update that may be tried again must find the old version as it was. */
    @Test
    void an_update_that_may_be_retried_is_not_done_in_place() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(submit(2, true, Target.Anywhere.INSTANCE, 1, 0, 1), "run 2.1 on n0 from here")
                .on(threw(2, 1, 0), "run 2.2 on n0 from here");
    }

    /** The node died half-way through changing the only copy: both versions are made again from the beginning. */
    @Test
    void an_update_in_place_that_was_lost_with_its_node_starts_from_a_new_old_version() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(update(2, 1), "run 2.1 on n0 in place from here")
                .on(lose(0), "run 1.2 on n1")
                .on(done(1, 2, 1, MB), "run 2.2 on n1 in place from here")
                .on(done(2, 2, 1, MB), "drop 1 at n1", "available 2");
    }

    @Test
    void a_task_that_threw_is_tried_on_another_node() {
        cluster(2)
                .on(retried(1, 1), "run 1.1 on n0")
                .on(threw(1, 1, 0), "run 1.2 on n1")
                .on(threw(1, 2, 1), "failed 1 [1]: boom");
    }

    /** The answer of a node that was given up arrives late; the value was made elsewhere meanwhile. */
    @Test
    void a_late_answer_of_a_lost_node_changes_nothing() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(lose(0), "run 1.2 on n1")
                .on(done(1, 1, 0, MB))
                .on(done(1, 2, 1, MB), "available 1")
                .on(done(1, 2, 1, MB));
    }

    @Test
    void a_doubled_small_answer_does_not_leave_the_value_at_the_driver() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(release(1))
                .on(doneSmall(1, 1, 0), "available 1", "drop 1 at n0", "drop 1 at driver", "forgotten 1")
                .on(doneSmall(1, 1, 0), "drop 1 at n0", "drop 1 at driver");
    }

    /** The node had freed its copy; another still has one. */
    @Test
    void a_missing_input_is_fetched_from_elsewhere() {
        cluster(2)
                .on(put(1, MB, 0), "available 1")
                .on(new Event.ReplicaStored(1, 1))
                .on(task(2, 1), "run 2.1 on n0 from here")
                .on(missing(2, 1, 0, 1, Places.HERE), "drop 1 at n0", "run 2.2 on n1 from here");
    }

    /** Nobody can make a put value again. */
    @Test
    void readers_of_a_put_value_that_was_lost_fail_and_say_so() {
        cluster(2)
                .on(put(1, MB, 1), "available 1")
                .on(task(2, 1), "run 2.1 on n1 from here")
                .on(
                        lose(1),
                        "failed 1 [1]: the value put as #1 was lost with node n1",
                        "failed 2 [2, 1]: the value put as #1 was lost with node n1");
    }

    @Test
    void a_lost_value_is_made_again_only_when_it_is_needed() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(lose(0))
                .on(want(1), "run 1.2 on n1")
                .on(done(1, 2, 1, MB), "deliver 1 from n1")
                .on(delivered(1));
    }

    @Test
    void a_task_for_an_unknown_node_fails_and_names_those_there_are() {
        cluster(2).on(Script.on(new Target.Node("gpu"), 1), "failed 1 [1]: no node named gpu; there are n0, n1");
    }

    @Test
    void tasks_wait_for_the_first_node() {
        new Script(SchedulerOptions.forFounders(1)).on(task(1)).on(join(0, 1), "run 1.1 on n0");
    }

    @Test
    void a_task_of_a_shard_runs_on_its_owner_and_survives_that_in_the_cache() {
        cluster(2)
                .on(Script.on(new Target.Shard(1), 1), "run 1.1 on n1")
                .on(done(1, 1, 1, MB), "available 1")
                .on(lose(1))
                .on(task(2, 1), "run 2.1 on n0 from cache");
    }

    @Test
    void a_task_that_takes_down_node_after_node_is_given_up() {
        cluster(4)
                .on(task(1), "run 1.1 on n0")
                .on(lose(0), "run 1.2 on n1")
                .on(lose(1), "run 1.3 on n2")
                .on(
                        lose(2),
                        "failed 1 [1]: lost with its node 3 times, the last time with node n2; it is not tried again,"
                                + " as it may be what takes the nodes down");
    }

    /** Two nodes are up and cannot reach each other: what is made on one never gets to the other. */
    @Test
    void a_task_whose_input_cannot_be_brought_to_its_node_fails_in_the_end() {
        var script = cluster(2);
        script.on(submit(1, false, new Target.Node("n0"), 0, 0), "run 1.1 on n0")
                .on(submit(2, false, new Target.Node("n1"), 0, 0, 1))
                .on(done(1, 1, 0, MB), "available 1", "run 2.1 on n1 from n0");
        for (int again = 1; again < 10; again++) {
            script.on(missing(2, again, 1, 1, 0), "drop 1 at n0", "run 1." + (again + 1) + " on n0")
                    .on(done(1, again + 1, 0, MB), "run 2." + (again + 1) + " on n1 from n0");
        }
        script.on(
                missing(2, 10, 1, 1, 0),
                "drop 1 at n0",
                "failed 2 [2]: its input #1 could not be brought to node n1; that was tried 10 times");
    }

    @Test
    void higher_priority_goes_first_and_then_the_order_of_submission() {
        var script = new Script(SchedulerOptions.forFounders(1).withDepth(1));
        script.on(join(0, 1))
                .on(task(1), "run 1.1 on n0")
                .on(task(2))
                .on(task(3))
                .on(submit(4, false, Target.Anywhere.INSTANCE, 0, 5))
                .on(done(1, 1, 0, 8), "available 1", "run 4.1 on n0")
                .on(done(4, 1, 0, 8), "available 4", "run 2.1 on n0")
                .on(done(2, 1, 0, 8), "available 2", "run 3.1 on n0");
    }

    /** A big block stays where it is although another node is idle; a small one is worth moving. */
    @Test
    void bytes_are_weighed_against_the_queue() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, 100 * MB), "available 1")
                .on(task(2, 1), "run 2.1 on n0 from here")
                .on(task(3, 1), "run 3.1 on n0 from here")
                .on(done(2, 1, 0, 1024), "available 2")
                .on(task(4, 2), "run 4.1 on n1 from n0");
    }

    /** A node that joins takes what others have queued. */
    @Test
    void a_new_node_takes_over_from_the_longest_queue() {
        var script = new Script(SchedulerOptions.forFounders(1).withDepth(1));
        script.on(join(0, 1))
                .on(task(1), "run 1.1 on n0")
                .on(task(2))
                .on(task(3))
                .on(join(1, 1), "run 2.1 on n1");
    }

    @Test
    void what_nobody_can_need_again_is_forgotten() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(done(1, 1, 0, MB), "available 1")
                .on(task(2, 1), "run 2.1 on n0 from here")
                .on(release(1))
                .on(done(2, 1, 0, MB), "available 2", "drop 1 at n0")
                .on(release(2), "drop 2 at n0", "forgotten 2", "forgotten 1");
    }

    @Test
    void the_scheduler_may_be_told_of_events_from_within_a_command() {
        var script = cluster(1);
        var texts = new java.util.ArrayList<String>();
        script.scheduler().handle(task(1), command -> {
            texts.add(text(command));
            if (command instanceof Command.RunTask) {
                script.scheduler().handle(done(1, 1, 0, 8), never -> texts.add("wrong way"));
            }
        });
        script.scheduler().validate();
        assertEquals(List.of("run 1.1 on n0", "available 1"), texts);
    }

    @Test
    void the_story_of_a_task_tells_what_happened_to_it() {
        var script = cluster(2).on(task(1), "run 1.1 on n0").on(lose(0), "run 1.2 on n1");
        String story = script.scheduler().story(1);
        for (String part : List.of("t#1 is RUNNING", "sent to node n0", "lost", "attempt 2 sent to node n1")) {
            assertTrue(story.contains(part), story);
        }
    }

    /** Eight tasks, four to each node, and one of the nodes is much faster. */
    private static Script oneIsDone() {
        Script script = cluster(2);
        for (int k = 1; k <= 8; k++) {
            script.on(task(k), "run " + k + ".1 on n" + (k - 1) % 2);
        }
        return script.on(done(2, 1, 1, MB), "available 2")
                .on(done(4, 1, 1, MB), "available 4")
                .on(done(6, 1, 1, MB), "available 6")
                .on(done(8, 1, 1, MB), "available 8", "take back 7.1 from n0", "take back 5.1 from n0");
    }

    @Test
    void a_node_with_nothing_to_do_gets_what_waits_for_a_slot_elsewhere() {
        oneIsDone()
                .on(gaveBack(7, 1, 0), "run 7.2 on n1")
                .on(gaveBack(5, 1, 0), "run 5.2 on n1")
                .on(gaveBack(5, 1, 0)) // said twice
                .on(done(7, 2, 1, MB), "available 7")
                .on(done(5, 2, 1, MB), "available 5", "take back 3.1 from n0");
    }

    @Test
    void what_has_begun_is_not_given_back_and_not_asked_for_again() {
        oneIsDone()
                .on(done(1, 1, 0, MB), "available 1")
                .on(done(7, 1, 0, MB), "available 7")
                .on(done(5, 1, 0, MB), "available 5")
                .on(done(3, 1, 0, MB), "available 3");
    }

    @Test
    void what_was_asked_for_back_and_lost_with_its_node_runs_elsewhere() {
        oneIsDone()
                .on(lose(0), "run 1.2 on n1", "run 3.2 on n1", "run 5.2 on n1", "run 7.2 on n1")
                .on(gaveBack(7, 1, 0))
                .on(done(7, 2, 1, MB), "available 7");
    }

    @Test
    void of_short_tasks_as_many_are_sent_ahead_as_a_message_takes_time_for() {
        Script script = cluster(1);
        long next = 1;
        int most = 0;
        for (int k = 1; k <= 2_000; k++) {
            script.tell(task(k));
        }
        int sent = 4;
        for (; next <= 1_000; next++) {
            for (Command command : script.tell(took(next, 1, 0, 10_000))) {
                sent += command instanceof Command.RunTask ? 1 : 0;
            }
            most = Math.max(most, sent - (int) next);
        }
        assertEquals(100, most, 5); // 1 ms of tasks of 10 us
    }

    @Test
    void short_tasks_stay_in_the_drivers_own_jvm_until_its_queue_is_longer_than_the_way_to_another() {
        var script = new Script(SchedulerOptions.forFounders(2).withOwnNode(0))
                .on(join(0, 1))
                .on(join(1, 1));
        for (int k = 1; k <= 200; k++) {
            script.tell(on(new Target.Node("n" + k % 2), k));
            script.tell(took(k, 1, k % 2, 1_000));
        }
        for (int k = 201; k <= 290; k++) {
            script.on(task(k), "run " + k + ".1 on n0");
        }
        int elsewhere = 0;
        for (int k = 291; k <= 400; k++) {
            for (Command command : script.tell(task(k))) {
                elsewhere += command instanceof Command.RunTask run && run.node() == 1 ? 1 : 0;
            }
        }
        assertTrue(elsewhere > 10 && elsewhere < 100, elsewhere + " elsewhere");
    }

    /** Work that waited for another node goes to one that joins, without being asked for. */
    @Test
    void a_node_that_joins_gets_work_at_once() {
        var script = new Script(SchedulerOptions.forFounders(1));
        script.on(join(0, 1))
                .on(task(1), "run 1.1 on n0")
                .on(task(2), "run 2.1 on n0")
                .on(task(3), "run 3.1 on n0")
                .on(task(4), "run 4.1 on n0")
                .on(task(5))
                .on(join(1, 1), "run 5.1 on n1");
    }

    @Test
    void what_a_node_has_not_begun_is_asked_back_for_one_that_joins() {
        var script = new Script(SchedulerOptions.forFounders(1));
        script.on(join(0, 1))
                .on(task(1), "run 1.1 on n0")
                .on(task(2), "run 2.1 on n0")
                .on(task(3), "run 3.1 on n0")
                .on(join(1, 1), "take back 3.1 from n0")
                .on(gaveBack(3, 1, 0), "run 3.2 on n1");
    }

    /** It finishes what it runs, its values go to others, and then it is gone without a task being repeated. */
    @Test
    void a_node_that_leaves_hands_over_what_only_it_holds() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(task(2), "run 2.1 on n1")
                .on(done(2, 1, 1, MB), "available 2")
                .on(task(3), "run 3.1 on n1")
                .on(leave(1), "take back 3.1 from n1", "copy 2 to n0 from n1")
                .on(task(4), "run 4.1 on n0")
                .on(done(3, 1, 1, MB), "available 3")
                .on(copied(2, 0), "copy 3 to n0 from n1")
                .on(copied(3, 0), "left n1")
                .on(lose(1))
                .on(task(5, 2, 3), "run 5.1 on n0 from here here");
    }

    @Test
    void a_task_that_names_the_node_that_leaves_runs_there_first() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(on(new Target.Node("n1"), 2, 1))
                .on(leave(1))
                .on(doneSmall(1, 1, 0), "available 1", "run 2.1 on n1 from driver")
                .on(doneSmall(2, 1, 1), "available 2", "left n1");
    }

    @Test
    void shards_of_a_node_that_leaves_are_served_by_their_backup() {
        cluster(2).on(leave(1), "left n1").on(on(new Target.Shard(1), 1), "run 1.1 on n0");
    }

    @Test
    void a_value_that_cannot_be_copied_keeps_no_node_from_leaving() {
        cluster(2)
                .on(on(new Target.Node("n1"), 1), "run 1.1 on n1")
                .on(done(1, 1, 1, MB), "available 1")
                .on(leave(1), "copy 1 to n0 from n1")
                .on(notCopied(1, 0, 1), "copy 1 to n0 from n1")
                .on(notCopied(1, 0, 1), "copy 1 to n0 from n1")
                .on(notCopied(1, 0, 1), "left n1");
    }

    @Test
    void what_was_on_its_way_to_a_node_that_is_lost_goes_elsewhere() {
        cluster(3)
                .on(on(new Target.Node("n2"), 1), "run 1.1 on n2")
                .on(done(1, 1, 2, MB), "available 1")
                .on(leave(2), "copy 1 to n0 from n2")
                .on(lose(0), "copy 1 to n1 from n2")
                .on(copied(1, 1), "left n2");
    }

    @Test
    void two_nodes_leave_of_which_one_was_to_take_what_the_other_has() {
        cluster(3)
                .on(on(new Target.Node("n2"), 1), "run 1.1 on n2")
                .on(on(new Target.Node("n2"), 2), "run 2.1 on n2")
                .on(done(1, 1, 2, MB), "available 1")
                .on(done(2, 1, 2, MB), "available 2")
                .on(leave(2), "copy 1 to n0 from n2", "copy 2 to n1 from n2")
                .on(leave(1), "left n1")
                .on(copied(1, 0), "copy 2 to n0 from n2")
                .on(copied(2, 0), "left n2");
    }
}
