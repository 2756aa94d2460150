package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.ObjectInfo;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What is promised of tasks and of active objects, by every cluster that keeps them. A {@link FaultyCluster} keeps none:
 * messages to objects that are late, doubled or lost have a simulation of their own.
 */
public abstract class ObjectContract extends ClusterContract {

    private ActiveObject<Ledger> ledger() {
        return wf.object(Ledger.class).create();
    }

    private static ActiveObjectException refused(Reason reason, Executable what) {
        var e = assertThrows(ActiveObjectException.class, what);
        assertEquals(reason, e.reason(), e.getMessage());
        return e;
    }

    @Test
    void an_object_is_created_under_a_name_and_found_by_another_program() {
        wf.object(Ledger.class)
                .as("found")
                .create(5)
                .update(Ledger::add)
                .submit(value(6))
                .await();
        try (Workflow other = open()) {
            ActiveObject<Ledger> same = other.object(Ledger.class).named("found");
            assertEquals(List.of(5, 6), same.task(Ledger::numbers).submit().get());
            assertEquals(List.of(5, 6), same.stub().numbers());
            same.delete();
        }
    }

    @Test
    void updates_run_in_the_order_in_which_they_were_submitted_and_a_read_sees_those_before_it() {
        ActiveObject<Ledger> ledger = ledger();
        List<Ref<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            counts.add(ledger.update(Ledger::add).submit(value(i)));
        }
        Ref<List<Integer>> all = ledger.task(Ledger::numbers).submit();
        assertEquals(IntStream.range(0, 50).boxed().toList(), all.get());
        for (int i = 0; i < 50; i++) {
            assertEquals(i + 1, counts.get(i).get());
        }
        assertEquals(50, ledger.version());
    }

    @Test
    void a_stub_waits_for_each_call_and_sees_what_was_submitted_before() {
        ActiveObject<Ledger> ledger = ledger();
        ledger.update(Ledger::add).submit(value(1));
        Ledger plain = ledger.stub();
        assertEquals(2, plain.add(2));
        assertEquals(List.of(1, 2), plain.numbers());
        assertEquals(new Ledger.Totals(2, 3), plain.totals());
        assertEquals("Ledger " + ledger.alias(), plain.toString());
        assertEquals(plain, plain);
        assertNotEquals(plain, ledger.stub());
    }

    @Test
    void a_stub_throws_what_the_method_threw() {
        Ledger plain = ledger().stub();
        var thrown = assertThrows(Ledger.LedgerException.class, () -> plain.spoil("for a reason"));
        assertEquals("for a reason", thrown.getMessage());
        assertEquals(List.of(-1), plain.numbers());
    }

    @Test
    void the_ref_of_a_call_that_threw_says_which_and_why() {
        ActiveObject<Ledger> ledger = wf.object(Ledger.class).as("thrower").create();
        Ref<Void> spoilt = ledger.update(Ledger::spoil).submit(value("no"));
        var failed = assertThrows(TaskFailedException.class, spoilt::get);
        assertTrue(failed.getCause() instanceof Ledger.LedgerException, failed.toString());
        assertTrue(failed.getMessage().contains("Ledger.spoil of thrower"), failed.getMessage());
        ledger.delete();
    }

    @Test
    void many_callers_lose_no_update() throws Exception {
        ActiveObject<Ledger> ledger = ledger();
        List<CompletableFuture<Set<Integer>>> callers = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            callers.add(CompletableFuture.supplyAsync(() -> {
                Ledger plain = ledger.stub();
                Set<Integer> counts = new HashSet<>();
                for (int i = 0; i < 50; i++) {
                    counts.add(plain.add(i));
                }
                return counts;
            }));
        }
        Set<Integer> all = new HashSet<>();
        for (CompletableFuture<Set<Integer>> caller : callers) {
            all.addAll(caller.get());
        }
        assertEquals(200, all.size());
        assertEquals(200, ledger.stub().size());
    }

    @Test
    void reads_run_beside_each_other() {
        ActiveObject<Ledger> ledger = ledger();
        Ref<String> one = ledger.task(Ledger::meet).submit(value(file("one")), value(file("two")));
        Ref<String> two = ledger.task(Ledger::meet).submit(value(file("two")), value(file("one")));
        assertEquals(file("one"), one.get());
        assertEquals(file("two"), two.get());
    }

    @Test
    void an_update_runs_alone() throws InterruptedException {
        ActiveObject<Ledger> ledger = ledger();
        Ref<Void> slow = ledger.update(Ledger::addWhen).submit(value(file("go")), value(1));
        Eventually.until(() -> exists(file("go-awaited")));
        CompletableFuture<Integer> size = CompletableFuture.supplyAsync(
                () -> wf.object(Ledger.class).named(ledger.alias()).stub().add(2));
        touch("go");
        slow.await();
        assertEquals(2, size.join());
    }

    @Test
    void results_of_tasks_are_arguments_of_objects_and_the_other_way_round() {
        ActiveObject<Ledger> ledger = ledger();
        Ref<Integer> made = wf.task(ContractTasks::one).submit(value(4));
        Ref<Integer> count = ledger.update(Ledger::add).submit(made);
        assertEquals(
                wf.task(ContractTasks::one).submit(value(1)).get(),
                wf.task(ContractTasks::one).submit(count).get());
        assertEquals(List.of(made.get()), ledger.stub().numbers());
        Ref<Long> sum = ledger.task(Ledger::totals).submit().part(Ledger.Totals::sum);
        assertEquals((long) made.get(), sum.get());
    }

    @Test
    void large_values_go_both_ways() {
        byte[] data = new byte[3 << 20];
        new java.util.Random(7).nextBytes(data);
        assertArrayEquals(data, ledger().stub().echo(data));
    }

    @Test
    void what_is_given_and_got_is_not_shared_with_the_object() {
        Ledger plain = ledger().stub();
        List<Integer> mine = new ArrayList<>(List.of(1));
        plain.set(mine);
        mine.add(2);
        plain.numbers().add(3);
        assertEquals(List.of(1), plain.numbers());
    }

    @Test
    void an_object_lives_where_it_was_placed() {
        ActiveObject<Ledger> there =
                wf.object(Ledger.class).on(node(nameOf(nodes() - 1))).create();
        assertEquals(nameOf(nodes() - 1), there.info().node());
        assertTrue(there.stub().process() > 0);
    }

    @Test
    void wrong_use_is_one_clear_error() {
        ActiveObject<Ledger> ledger = wf.object(Ledger.class).as("used").create();
        String taken = refused(
                        Reason.ALIAS_TAKEN,
                        () -> wf.object(Ledger.class).as("used").create())
                .getMessage();
        assertTrue(taken.contains("named(\"used\")"), taken);
        refused(Reason.NOT_FOUND, () -> wf.object(Ledger.class).named("nowhere"));
        refused(Reason.WRONG_TYPE, () -> wf.object(Runnable.class).named("used"));
        String missing = refused(
                        Reason.NO_IMPLEMENTATION,
                        () -> wf.object(Comparable.class).create())
                .getMessage();
        assertEquals(
                "no implementation of java.lang.Comparable on any node; add the jar that declares it in"
                        + " META-INF/services",
                missing);
        refused(Reason.NO_NODE, () -> wf.object(Ledger.class).on(node("gpu")).create());
        refused(Reason.NO_NODE, () -> ledger.move("gpu"));
        refused(Reason.NOT_CREATED, () -> wf.object(Ledger.class).create("text"));
        String negative = refused(
                        Reason.NOT_CREATED, () -> wf.object(Ledger.class).create(-1))
                .getMessage();
        assertTrue(negative.endsWith("first is -1"), negative);
        refused(Reason.NO_SNAPSHOT, () -> ledger.restore(17));
        assertThrows(IllegalArgumentException.class, () -> wf.object(PlainLedger.class));
        assertThrows(IllegalArgumentException.class, () -> ledger.task(Ledger::add));
        assertThrows(IllegalArgumentException.class, () -> ledger.update(Ledger::size));
        ledger.delete();
    }

    @Test
    void what_cannot_travel_fails_in_the_callers_line_and_a_result_that_cannot_fails_the_call() {
        ActiveObject<Ledger> ledger = ledger();
        List<Integer> bad = new ArrayList<>();
        @SuppressWarnings("unchecked")
        List<Object> raw = (List<Object>) (List<?>) bad;
        raw.add(Thread.currentThread());
        var e = assertThrows(
                IllegalArgumentException.class, () -> ledger.update(Ledger::set).submit(value(bad)));
        assertTrue(e.getMessage().startsWith("argument 1 of Ledger.set: "), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ledger.stub().unsendable());
    }

    @Test
    void a_deleted_object_answers_no_calls_and_its_name_is_free() {
        ActiveObject<Ledger> old = wf.object(Ledger.class).as("phoenix").create(1);
        Ref<Void> waits = old.update(Ledger::addWhen).submit(value(file("deleted")), value(1));
        old.delete();
        refused(Reason.DELETED, waits::get);
        touch("deleted");
        ActiveObject<Ledger> young = wf.object(Ledger.class).as("phoenix").create(2);
        refused(Reason.DELETED, () -> old.stub().numbers());
        refused(Reason.DELETED, old::delete);
        assertEquals(List.of(2), young.stub().numbers());
        young.delete();
    }

    @Test
    void a_call_that_runs_out_of_time_fails_and_nothing_hangs() throws InterruptedException {
        ActiveObject<Ledger> ledger = ledger();
        Ref<Void> slow =
                ledger.update(Ledger::addWhen).timeout(Duration.ofMillis(50)).submit(value(file("late")), value(1));
        String late = refused(Reason.TIMED_OUT, slow::get).getMessage();
        assertTrue(late.contains("not answered within 0.05s; whether it took place is not known"), late);
        refused(
                Reason.TIMED_OUT,
                () -> ledger.timeout(Duration.ofMillis(20)).stub().size());
        touch("late");
        // It may still take place, and even arrive, later.
        Eventually.until(() -> ledger.stub().numbers().equals(List.of(1)));
    }

    @Test
    void a_snapshot_is_brought_back_as_one_more_update() {
        ActiveObject<Ledger> ledger = ledger();
        Ledger plain = ledger.stub();
        plain.add(1);
        long kept = ledger.snapshot();
        assertEquals(1, kept);
        plain.add(2);
        ledger.restore(kept);
        assertEquals(List.of(1), plain.numbers());
        assertEquals(3, ledger.version());
    }

    @Test
    void copies_show_every_answered_update() {
        ActiveObject<Ledger> ledger = wf.object(Ledger.class).backups(2).create();
        assertEquals(Math.min(2, nodes() - 1), ledger.info().replicas().size());
        Ledger plain = ledger.stub();
        for (int i = 1; i <= 30; i++) {
            assertEquals(i, plain.add(i));
            List<Ref<Integer>> sizes = new ArrayList<>();
            for (int r = 0; r < 6; r++) {
                sizes.add(ledger.task(Ledger::size).submit());
            }
            for (Ref<Integer> size : sizes) {
                assertEquals(i, size.get());
            }
        }
        ledger.replicate(0);
        assertEquals(List.of(), ledger.info().replicas());
        assertEquals(31, plain.add(31));
        ledger.replicate(1);
        assertEquals(31, plain.size());
        assertEquals(Math.min(1, nodes() - 1), ledger.info().replicas().size());
    }

    @Test
    void an_object_moves_with_its_state_and_calls_follow_it() {
        ActiveObject<Ledger> ledger =
                wf.object(Ledger.class).on(node(nameOf(0))).create();
        Ledger plain = ledger.stub();
        for (int i = 0; i < 9; i++) {
            plain.add(i);
            ledger.move(nameOf(i));
            assertEquals(nameOf(i), ledger.info().node());
            assertEquals(i + 1, plain.size());
        }
        assertEquals(9, ledger.version());
    }

    @Test
    void a_state_that_cannot_travel_is_not_copied_and_the_update_that_made_it_does_not_take_place() {
        ActiveObject<Ledger> ledger = ledger();
        ledger.stub().hold(true);
        refused(Reason.NOT_ENCODABLE, ledger::snapshot);
        ledger.stub().hold(false);
        if (nodes() > 1) {
            ledger.replicate(1);
            refused(Reason.NOT_ENCODABLE, () -> ledger.stub().hold(true));
            assertEquals(2, ledger.stub().size());
        }
    }

    @Test
    void objects_are_listed_by_name() {
        ActiveObject<Ledger> b = wf.object(Ledger.class).as("list-b").create();
        ActiveObject<Ledger> a = wf.object(Ledger.class).as("list-a").create();
        a.stub().add(1);
        List<ObjectInfo> both = wf.objects().stream()
                .filter(each -> each.alias().startsWith("list-"))
                .toList();
        assertEquals(
                List.of("list-a", "list-b"),
                both.stream().map(ObjectInfo::alias).toList());
        assertEquals(Ledger.class.getName(), both.getFirst().type());
        assertEquals(PlainLedger.class.getName(), both.getFirst().implementation());
        assertTrue(both.getFirst().calls() > 0);
        a.delete();
        b.delete();
    }
}
