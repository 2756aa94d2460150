package dev.kiln.runtime.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineLoopTest {

    private final AtomicReference<Throwable> crash = new AtomicReference<>();
    /** How many actions had run at each pause; the owner's alone. */
    private final List<Integer> pauses = new ArrayList<>();

    private final EngineLoop loop = new EngineLoop("loop", this::pause, crash::set);

    // Plain on purpose: the loop orders one owner before the next.
    private int count;

    private void pause() {
        pauses.add(count);
    }

    @Test
    void actions_of_many_threads_run_one_at_a_time() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean mayWork = t % 2 == 0;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    if (mayWork) {
                        loop.post(() -> count++);
                    } else {
                        loop.handOver(() -> count++);
                    }
                }
            }));
        }
        for (Thread each : threads) {
            each.join();
        }
        var seen = new CompletableFuture<Integer>();
        loop.post(() -> seen.complete(count));
        assertEquals(80_000, seen.join());
    }

    @Test
    void an_action_posted_to_a_loop_that_rests_runs_on_its_own_thread() {
        var ran = new CompletableFuture<Thread>();
        loop.post(() -> ran.complete(Thread.currentThread()));
        assertSame(Thread.currentThread(), ran.join());
    }

    @Test
    void the_owner_pauses_after_some_actions_and_always_before_it_lets_go() {
        loop.post(() -> count++);
        assertEquals(List.of(1), pauses);
        pauses.clear();
        loop.post(() -> {
            for (int i = 0; i < 100; i++) {
                loop.post(() -> count++);
            }
        });
        // The one that added them, then those in two portions.
        assertEquals(List.of(1, 65, 101), pauses);
    }

    @Test
    void an_action_handed_over_never_runs_on_the_thread_that_gives_it() {
        var ran = new CompletableFuture<Thread>();
        loop.handOver(() -> ran.complete(Thread.currentThread()));
        assertNotSame(Thread.currentThread(), ran.join());
    }

    @Test
    void an_action_posted_by_an_action_runs_after_it() {
        List<String> order = new ArrayList<>();
        loop.post(() -> {
            loop.post(() -> order.add("second"));
            order.add("first");
        });
        assertEquals(List.of("first", "second"), order);
    }

    @Test
    void an_owner_is_let_go_after_its_turn() {
        var go = new CountDownLatch(1);
        var last = new CompletableFuture<Thread>();
        // The first action adds more than a turn's worth; the last of them must not hold the caller.
        loop.post(() -> {
            for (int i = 0; i < 2 * EngineLoop.TURN; i++) {
                loop.post(() -> count++);
            }
            loop.post(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                last.complete(Thread.currentThread());
            });
        });
        assertFalse(last.isDone());
        go.countDown();
        assertNotSame(Thread.currentThread(), last.join());
    }

    @Test
    void after_an_action_threw_no_other_runs_and_the_reason_is_told() {
        var broken = new IllegalStateException("broken");
        loop.post(() -> {
            throw broken;
        });
        loop.post(() -> count++);
        assertSame(broken, crash.get());
        assertEquals(0, count);
    }

    @Test
    void a_stopped_loop_runs_what_is_added_on_the_thread_that_adds_it() {
        loop.post(loop::stop);
        var ran = new CompletableFuture<Thread>();
        loop.handOver(() -> ran.complete(Thread.currentThread()));
        assertSame(Thread.currentThread(), ran.join());
    }
}
