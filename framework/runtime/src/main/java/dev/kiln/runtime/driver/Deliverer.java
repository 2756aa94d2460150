package dev.kiln.runtime.driver;

import dev.kiln.engine.Event;
import dev.kiln.engine.Places;
import dev.kiln.runtime.checkpoint.ValueFile;
import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings values that the program waits for. One delivery of a value is under way at a time; who asks meanwhile is
 * served by the next. Its state belongs to the owner of the driver's loop; calls that wait for the cache run on virtual
 * threads of their own.
 */
final class Deliverer {

    private static final int MOST_FAILURES = 10;

    private final ClusterLink link;
    private final EngineLoop loop;
    private final DriverOptions options;
    private final ValueCodec codec;
    private final Consumer<Event> scheduler;
    private final Consumer<ValueState> damaged;
    private final Executor waiting =
            task -> Thread.ofVirtual().name("kiln-driver-io").start(task);
    private final Map<Long, Delivery> deliveries = new HashMap<>();
    private long workflow = -1;

    Deliverer(
            ClusterLink link,
            EngineLoop loop,
            DriverOptions options,
            ValueCodec codec,
            Consumer<Event> scheduler,
            Consumer<ValueState> damaged) {
        this.damaged = damaged;
        this.link = link;
        this.codec = codec;
        this.loop = loop;
        this.options = options;
        this.scheduler = scheduler;
    }

    void attached(long number) {
        workflow = number;
    }

    void want(ValueState value, Delivery.Want want) {
        Delivery delivery = deliveries.get(value.id);
        if (delivery == null) {
            delivery = new Delivery(value);
            delivery.add(want);
            deliveries.put(value.id, delivery);
            scheduler.accept(new Event.ValueWanted(value.id));
        } else {
            delivery.add(want);
        }
    }

    void deliver(ValueState value, int from) {
        Delivery delivery = deliveries.get(value.id);
        if (delivery == null) {
            return;
        }
        delivery.underWay = true;
        if (from == Places.DRIVER) {
            Payload small = Objects.requireNonNull(value.small, "a small value that the driver has");
            // The scheduler is just giving this command, and may be told the next event only when it has ended.
            later(() -> arrived(delivery, from, List.of(new Delivery.Arrived(small, true))));
        } else if (from == Places.CHECKPOINT) {
            var _ = CompletableFuture.supplyAsync(() -> fromFile(value), waiting)
                    .whenComplete((payload, problem) -> later(() -> arrived(
                            delivery, from, payload == null ? null : List.of(new Delivery.Arrived(payload, true)))));
        } else if (from == Places.CACHE) {
            BlockCache cache = Objects.requireNonNull(link.cache(), "a cache that values are in");
            var _ = CompletableFuture.supplyAsync(() -> cache.get(workflow, value.id, value.shard), waiting)
                    .whenComplete((data, problem) -> later(() -> arrived(
                            delivery,
                            from,
                            data == null ? null : List.of(new Delivery.Arrived(new Payload.Encoded(data), true)))));
        } else {
            fetch(delivery, from);
        }
    }

    private static @Nullable Payload fromFile(ValueState value) {
        try {
            return new Payload.Encoded(ValueFile.read(Path.of(Objects.requireNonNull(value.file, "a file"))));
        } catch (IOException damaged) {
            return null;
        }
    }

    private void fetch(Delivery delivery, int node) {
        boolean whole = delivery.current.stream().anyMatch(want -> want.part() == DriverRef.WHOLE);
        List<CompletableFuture<@Nullable Payload>> parts = new ArrayList<>();
        if (whole && delivery.current.size() > 1) {
            // Bytes, of which each makes an object of its own.
            parts.add(link.fetch(node, workflow, delivery.value.id, DriverRef.WHOLE));
        } else {
            for (Delivery.Want want : delivery.current) {
                parts.add(link.fetch(node, workflow, delivery.value.id, want.part(), codec));
            }
        }
        var _ = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, problem) -> later(() -> {
                    boolean hopeless = problem != null && problem.getCause() instanceof CorruptDataException;
                    if (hopeless || (problem != null && ++delivery.failures == MOST_FAILURES)) {
                        giveUp(delivery, problem);
                        return;
                    }
                    List<Delivery.Arrived> found = new ArrayList<>();
                    for (CompletableFuture<@Nullable Payload> part : parts) {
                        Payload payload = problem == null ? part.join() : null;
                        if (payload == null) {
                            arrived(delivery, node, null);
                            return;
                        }
                        found.add(new Delivery.Arrived(payload, whole));
                    }
                    arrived(delivery, node, found);
                }));
    }

    /** Nodes come and go, but a value that fails to be sent again and again never will be. */
    private void giveUp(Delivery delivery, Throwable problem) {
        if (deliveries.remove(delivery.value.id, delivery)) {
            delivery.fail(
                    problem.getCause() instanceof CorruptDataException corrupt
                            ? corrupt
                            : new IllegalStateException(
                                    delivery.value.title() + " could not be brought here in " + MOST_FAILURES
                                            + " tries: " + problem,
                                    problem));
            scheduler.accept(new Event.ValueDelivered(delivery.value.id));
        }
    }

    /** Null tells that the value was not there; else one for each who waits, or the whole for all of them. */
    private void arrived(Delivery delivery, int from, @Nullable List<Delivery.Arrived> found) {
        long id = delivery.value.id;
        if (deliveries.get(id) != delivery) {
            return;
        }
        delivery.underWay = false;
        if (found == null) {
            if (from == Places.CHECKPOINT) {
                damaged.accept(delivery.value);
            }
            scheduler.accept(new Event.DeliveryFailed(id, from));
            return;
        }
        for (int i = 0; i < delivery.current.size(); i++) {
            delivery.current.get(i).arrived().complete(found.get(found.size() == 1 ? 0 : i));
        }
        deliveries.remove(id);
        scheduler.accept(new Event.ValueDelivered(id));
        for (Delivery.Want want : delivery.later) {
            want(delivery.value, want);
        }
    }

    void fail(ValueState value, Outcome.Failed outcome) {
        Delivery delivery = deliveries.remove(value.id);
        if (delivery != null) {
            delivery.fail(new ValueFailed(outcome));
        }
    }

    void dropFromCache(long value, int shard) {
        BlockCache cache = link.cache();
        if (cache != null && shard >= 0) {
            waiting.execute(() -> cache.drop(workflow, value, shard));
        }
    }

    void later(Runnable action) {
        loop.take(action, options.callbacksMayWork());
    }

    /** Carries how a value failed to the thread that waits for it, which makes the exception. */
    static final class ValueFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final transient Outcome.Failed outcome;

        ValueFailed(Outcome.Failed outcome) {
            super(outcome.reason(), null, false, false);
            this.outcome = outcome;
        }
    }
}
