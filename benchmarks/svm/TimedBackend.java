import dev.kiln.tasks.Arg;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.WorkflowStats;
import dev.kiln.tasks.spi.TaskCall;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Runs each task in its caller and takes its CPU time. From these times it knows when each value would be there, were
 * there a processor for every task: the critical path.
 */
final class TimedBackend implements WorkflowBackend {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    // When the value that the program asked for last is there: what it submits afterwards may depend on it.
    private long base;
    private long critical;
    private long spent;
    private long tasks;

    /** Forgets what was measured so far. */
    void reset() {
        base = 0;
        critical = 0;
        spent = 0;
    }

    /** CPU seconds of all tasks. */
    double spent() {
        return spent * 1e-9;
    }

    /** CPU seconds of the longest chain of tasks that wait for each other. */
    double critical() {
        return critical * 1e-9;
    }

    private final class Timed<T> implements Ref<T> {
        private final T value;
        private final long ready;

        Timed(T value, long ready) {
            this.value = value;
            this.ready = ready;
        }

        @Override
        public T get() {
            base = Math.max(base, ready);
            return value;
        }

        @Override
        public T get(Duration atMost) {
            return get();
        }

        @Override
        public void await() {
            get();
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public <P> Ref<P> part(Accessor<T, P> accessor) {
            return new Timed<>(accessor.of(value), ready);
        }

        @Override
        public List<String> where() {
            return List.of("here");
        }

        @Override
        public void delete() {}
    }

    private Object value(Arg<?> arg, long[] ready) {
        return switch (arg) {
            case Arg.Value<?>(Object value) -> value;
            case Timed<?> ref -> {
                ready[0] = Math.max(ready[0], ref.ready);
                yield ref.value;
            }
            case Arg.All<?>(var elements) -> {
                List<Object> values = new ArrayList<>();
                elements.forEach(e -> values.add(value(e, ready)));
                yield values;
            }
            default -> throw new IllegalArgumentException();
        };
    }

    @Override
    public Ref<?> submit(TaskCall call) {
        if (call.update()) {
            throw new UnsupportedOperationException("update");
        }
        long[] ready = {base};
        Object[] args = new Object[call.args().size()];
        for (int i = 0; i < args.length; i++) {
            args[i] = value(call.args().get(i), ready);
        }
        try {
            long before = THREADS.getCurrentThreadCpuTime();
            Object result = call.method().method().invoke(null, args);
            long took = THREADS.getCurrentThreadCpuTime() - before;
            spent += took;
            tasks++;
            critical = Math.max(critical, ready[0] + took);
            return new Timed<>(result, ready[0] + took);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(call.name(), e);
        }
    }

    @Override
    public <T> Ref<T> put(T value, Placement placement) {
        return new Timed<>(value, base);
    }

    @Override
    public <T> List<Ref<T>> awaitAny(Collection<? extends Ref<T>> refs, int count) {
        return List.copyOf(refs);
    }

    @Override
    public void barrier() {}

    @Override
    public List<NodeInfo> nodes() {
        return List.of(new NodeInfo("here", 1));
    }

    @Override
    public WorkflowStats stats() {
        return new WorkflowStats(tasks, tasks, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
}
