package dev.kiln.engine;

import static dev.kiln.engine.Script.done;
import static dev.kiln.engine.Script.doneSmall;
import static dev.kiln.engine.Script.gaveBack;
import static dev.kiln.engine.Script.lose;
import static dev.kiln.engine.Script.on;
import static dev.kiln.engine.Script.task;
import static dev.kiln.engine.Script.threw;
import static dev.kiln.engine.Script.update;
import static dev.kiln.engine.Script.want;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Chains of tasks on nodes that are reached by messages: events in, commands out. */
class FollowersTest {

    private static final long MB = 1 << 20;

    private static Script cluster(int nodes) {
        return Script.cluster(nodes, SchedulerOptions.forFounders(nodes));
    }

    @Test
    void a_chain_is_sent_to_its_node_without_waiting_for_answers() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(task(2, 1), "run 2.1 on n0 from coming")
                .on(task(3, 2), "run 3.1 on n0 from coming")
                .on(done(1, 1, 0, MB), "available 1")
                .on(done(2, 1, 0, MB), "available 2")
                .on(done(3, 1, 0, MB), "available 3");
    }

    @Test
    void an_update_that_follows_changes_the_result_in_place() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(update(2, 1), "run 2.1 on n0 in place from coming")
                .on(done(1, 1, 0, MB), "available 1")
                .on(done(2, 1, 0, MB), "drop 1 at n0", "available 2");
    }

    /** The driver was sent the small result, and it must stay what it was. */
    @Test
    void an_update_that_follows_a_small_result_works_on_a_copy() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(update(2, 1), "run 2.1 on n0 in place from coming")
                .on(doneSmall(1, 1, 0), "available 1")
                .on(doneSmall(2, 1, 0), "available 2", "drop 1 at n0", "drop 1 at driver", "forgotten 1");
    }

    @Test
    void an_answer_that_overtakes_the_one_before_waits_for_it() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(update(2, 1), "run 2.1 on n0 in place from coming")
                .on(task(3, 2), "run 3.1 on n0 from coming")
                .on(done(3, 1, 0, MB))
                .on(done(2, 1, 0, MB))
                .on(done(1, 1, 0, MB), "available 1", "drop 1 at n0", "available 2", "available 3");
    }

    @Test
    void what_follows_a_task_that_threw_is_given_back_and_fails_with_it() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(task(2, 1), "run 2.1 on n0 from coming")
                .on(threw(1, 1, 0), "failed 1 [1]: boom")
                .on(gaveBack(2, 1, 0), "failed 2 [2, 1]: boom");
    }

    @Test
    void what_follows_a_task_that_was_given_back_goes_where_that_goes() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(task(2, 1), "run 2.1 on n0 from coming")
                .on(gaveBack(1, 1, 0), "run 1.2 on n0")
                .on(gaveBack(2, 1, 0), "run 2.2 on n0 from coming")
                .on(done(1, 2, 0, MB), "available 1")
                .on(done(2, 2, 0, MB), "available 2");
    }

    @Test
    void a_chain_that_was_lost_with_its_node_is_sent_to_another() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(task(2, 1), "run 2.1 on n0 from coming")
                .on(lose(0), "run 1.2 on n1", "run 2.2 on n1 from coming")
                .on(done(1, 2, 1, MB), "available 1")
                .on(done(2, 2, 1, MB), "available 2");
    }

    @Test
    void a_task_with_two_readers_is_followed_by_none_as_these_may_run_apart() {
        cluster(2)
                .on(on(new Target.Node("n0"), 1), "run 1.1 on n0")
                .on(on(new Target.Node("n1"), 2), "run 2.1 on n1")
                .on(task(3, 1, 2))
                .on(task(4, 2, 1))
                .on(done(1, 1, 0, MB), "available 1")
                .on(done(2, 1, 1, MB), "available 2", "run 3.1 on n0 from here n1", "run 4.1 on n1 from here n0");
    }

    @Test
    void a_task_that_must_run_elsewhere_does_not_follow() {
        cluster(2)
                .on(task(1), "run 1.1 on n0")
                .on(on(new Target.Node("n1"), 2, 1))
                .on(done(1, 1, 0, MB), "available 1", "run 2.1 on n1 from n0");
    }

    @Test
    void a_result_that_the_program_waits_for_is_not_changed_in_place() {
        cluster(1)
                .on(task(1), "run 1.1 on n0")
                .on(want(1))
                .on(update(2, 1), "run 2.1 on n0 from coming")
                .on(done(1, 1, 0, MB), "available 1", "deliver 1 from n0");
    }

    @Test
    void no_more_follow_than_the_node_may_be_sent_and_the_rest_comes_later() {
        Script script = cluster(1).on(task(1), "run 1.1 on n0");
        int sent = 0;
        for (int k = 2; k <= 20; k++) {
            sent += script.tell(task(k, k - 1)).size();
        }
        assertEquals(4, sent);
        script.on(done(1, 1, 0, MB), "available 1", "run 6.1 on n0 from coming");
    }
}
