package dev.kiln.runtime.driver;

import dev.kiln.runtime.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Those of the program who wait for one value. Not thread-safe: the owner of the driver's loop has it. */
final class Delivery {

    /** What arrived: the part that was wanted, or the whole to take it from. */
    record Arrived(Payload payload, boolean whole) {}

    /** One who waits; fails when the value does. */
    record Want(int part, CompletableFuture<Arrived> arrived) {}

    final ValueState value;
    /** Answered by the {@code Deliver} that was asked for. */
    List<Want> current = new ArrayList<>(2);
    /** Came while that was being brought; they ask again afterwards. */
    List<Want> later = new ArrayList<>(0);
    /** How often it was asked for and an error came back. */
    int failures;
    /** Whether the value is being brought. */
    boolean underWay;

    Delivery(ValueState value) {
        this.value = value;
    }

    void add(Want want) {
        (underWay ? later : current).add(want);
    }

    void fail(Throwable why) {
        current.forEach(want -> want.arrived.completeExceptionally(why));
        later.forEach(want -> want.arrived.completeExceptionally(why));
    }
}
