package dev.kiln.runtime.node;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.Thrown;
import dev.kiln.runtime.wire.ToNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one workflow with its code: puts their arguments together, calls the method, and makes of what
 * comes out what is kept and sent. Thread-safe; whatever user code throws fails its task and nothing else.
 */
final class TaskRunner {

    /** What travels inside messages, in bytes encoded. */
    private static final int SMALL = 1024;

    private final long workflow;
    private final ClassLoader loader;
    private final ValueCodec codec;
    private final NodeLink link;
    private final Methods methods;
    /** The workflow, and tasks that run. */
    private final AtomicInteger users = new AtomicInteger(1);

    TaskRunner(long workflow, ClassLoader loader, ValueCodec codec, NodeLink link) {
        this.workflow = workflow;
        this.loader = loader;
        this.codec = codec;
        this.link = link;
        this.methods = new Methods(loader);
    }

    /** How a run ended. */
    sealed interface Result {

        /** With a value. */
        record Made(
                @Nullable Object value,
                long bytes,
                @Nullable Payload small) implements Result {

            /** As it is kept here: one object where the driver is sent it too, since there may be millions. */
            Payload.Live kept() {
                return small instanceof Payload.Live live ? live : new Payload.Live(value, bytes);
            }
        }

        /** With an exception. */
        record Threw(String reason, @Nullable Payload exception) implements Result {}
    }

    /**
     * Runs a task that has begun; leaves it when the user's method has been left, however.
     */
    Result run(NodeTask task) {
        users.incrementAndGet();
        try {
            return runIt(task);
        } finally {
            release();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // user code may throw anything, errors of the machine included
    private Result runIt(NodeTask task) {
        Object result;
        @Nullable Object[] args;
        boolean wanted = false;
        try {
            useLoader();
            args = arguments(task);
            try {
                result = methods.find(task.order.method()).invokeExact(args);
            } finally {
                wanted = task.leave();
            }
            if (!wanted) {
                return new Result.Threw("cancelled", null);
            }
            if (task.order.update()) {
                result = args[0];
            }
            return made(task, args, result);
        } catch (Throwable thrown) {
            var _ = task.leave();
            return threw(thrown);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a loader is what it is
    private void useLoader() {
        Thread current = Thread.currentThread();
        if (current.getContextClassLoader() != loader) {
            current.setContextClassLoader(loader);
        }
    }

    private @Nullable Object[] arguments(NodeTask task) {
        List<ToNode.Arg> given = task.order.args();
        @Nullable Object[] args = new Object[given.size()];
        for (int i = 0; i < args.length; i++) {
            args[i] = argument(task, given.get(i));
        }
        if (task.order.update() && !task.order.inPlace()) {
            args[0] = codec.copy(args[0]);
        }
        return args;
    }

    private @Nullable Object argument(NodeTask task, ToNode.Arg arg) {
        return switch (arg) {
            case ToNode.Arg.Literal literal -> literal.value().decoded(codec);
            case ToNode.Arg.Read read -> read(task, read.index(), read.part());
            case ToNode.Arg.Many many -> {
                @Nullable Object[] all = new Object[many.args().size()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = argument(task, many.args().get(i));
                }
                yield Collections.unmodifiableList(Arrays.asList(all));
            }
        };
    }

    private @Nullable Object read(NodeTask task, int index, int part) {
        Payload small = task.order.inputs().get(index).small();
        Object whole;
        if (small != null) {
            whole = small.decoded(codec);
        } else if (task.present[index]) {
            whole = task.inputs[index];
        } else {
            return task.part(index, part);
        }
        return part == Fetch.WHOLE ? whole : part(whole, part);
    }

    private Result made(NodeTask task, @Nullable Object[] args, @Nullable Object result) {
        Object value = PlainValues.immutable(result) || !isInput(task, args, result) ? result : codec.copy(result);
        BlockCache cache = link.cache();
        if (!link.encodes()) {
            long bytes = codec.sizeOf(value);
            return new Result.Made(value, bytes, PlainValues.small(value) ? new Payload.Live(value, bytes) : null);
        }
        try {
            long bytes = codec.sizeOf(value);
            byte[] encoded = null;
            if (bytes <= 2 * SMALL || (task.order.shard() >= 0 && cache != null)) {
                encoded = codec.encode(value);
                bytes = encoded.length;
            } else if (!PlainValues.travels(value)) {
                codec.check(value);
            }
            if (encoded != null && task.order.shard() >= 0 && cache != null) {
                cache.put(workflow, task.id, task.order.shard(), encoded);
            }
            Payload small = encoded != null && bytes <= SMALL ? new Payload.Encoded(encoded) : null;
            return new Result.Made(value, bytes, small);
        } catch (NotEncodableException e) {
            throw e.in("the result of " + task.order.name());
        }
    }

    /** Whether a result is the very object that was read, which would then be two values in one. */
    @SuppressWarnings("ReferenceEquality") // that is the question
    private static boolean isInput(NodeTask task, @Nullable Object[] args, @Nullable Object result) {
        for (int i = task.order.update() ? 1 : 0; i < args.length; i++) {
            if (args[i] == result || (args[i] instanceof List<?> many && contains(many, result))) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static boolean contains(List<?> many, @Nullable Object result) {
        for (Object each : many) {
            if (each == result) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("CatchingUnchecked") // describing a failure must not fail, not even for want of memory
    private Result threw(Throwable thrown) {
        Payload exception = null;
        try {
            exception =
                    link.encodes() ? new Payload.Encoded(Thrown.encode(thrown, codec)) : new Payload.Live(thrown, 0);
        } catch (Throwable cannot) {
            exception = null;
        }
        return new Result.Threw(oneLine(thrown), exception);
    }

    /** A payload as a live value. */
    Payload.Live open(Payload payload) {
        return switch (payload) {
            case Payload.Live live -> live;
            case Payload.Encoded encoded -> new Payload.Live(codec.decode(encoded.data()), encoded.data().length);
        };
    }

    /** A live value, encoded wherever it is. */
    byte[] encoded(Payload.Live found) {
        return codec.encode(found.value());
    }

    /** A live value, or a part of it, as it is sent to others. */
    Payload payload(Payload.Live found, int part) {
        Object value = part == Fetch.WHOLE ? found.value() : part(found.value(), part);
        if (link.encodes()) {
            return new Payload.Encoded(codec.encode(value));
        }
        return new Payload.Live(value, part == Fetch.WHOLE ? found.bytes() : codec.sizeOf(value));
    }

    /** The same, to be sent at once. */
    ByteSink encoded(Payload.Live found, int part) {
        return codec.encodeInPlace(part == Fetch.WHOLE ? found.value() : part(found.value(), part));
    }

    /** The workflow has ended; its code goes with the last task that runs. Nothing happens where there is none. */
    static void release(@Nullable TaskRunner code) {
        if (code != null) {
            code.release();
        }
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            link.unload(loader);
        }
    }

    /** What reads values of this workflow. */
    ValueCodec codec() {
        return codec;
    }

    /** A part of null is null, wherever it is taken. */
    private @Nullable Object part(@Nullable Object whole, int part) {
        return whole == null ? null : codec.part(whole, part);
    }

    /** An exception in one line; never throws. */
    @SuppressWarnings("CatchingUnchecked") // a user's getMessage may throw
    static String oneLine(Throwable thrown) {
        try {
            String text = String.valueOf(thrown.getMessage());
            int end = text.indexOf('\n');
            String name = thrown.getClass().getSimpleName();
            return thrown.getMessage() == null ? name : name + ": " + (end < 0 ? text : text.substring(0, end));
        } catch (Throwable again) {
            return "an exception without a message";
        }
    }
}
