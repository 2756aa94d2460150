package dev.kiln.tasks;

import dev.kiln.tasks.spi.TaskMethod;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The first step of calling a task, returned by {@link Workflow#task}: options may be set, then {@code submit} gives
 * it its arguments. Programs do not name these types.
 */
public final class TaskStep {

    private TaskStep() {}

    /** Has no submit: what {@link Workflow#task} makes of a method that is called through {@link Workflow#update}. */
    public static final class CallItThroughUpdate {
        /** Refuses the method, with the reason. */
        CallItThroughUpdate(Serializable method) {
            TaskMethod.of(method).checkCalledAs(false);
        }
    }

    /** A call with 0 arguments. */
    public static final class T0<R extends @Nullable Object> extends CallOptions<T0<R>> {
        T0(Workflow workflow, Fn.F0<R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit() {
            return submitTask();
        }
    }

    /** A call with 1 argument. */
    public static final class T1<A extends @Nullable Object, R extends @Nullable Object> extends CallOptions<T1<A, R>> {
        T1(Workflow workflow, Fn.F1<A, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a) {
            return submitTask(a);
        }
    }

    /** A call with 2 arguments. */
    public static final class T2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            extends CallOptions<T2<A, B, R>> {
        T2(Workflow workflow, Fn.F2<A, B, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a, Arg<? extends B> b) {
            return submitTask(a, b);
        }
    }

    /** A call with 3 arguments. */
    public static final class T3<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            extends CallOptions<T3<A, B, C, R>> {
        T3(Workflow workflow, Fn.F3<A, B, C, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c) {
            return submitTask(a, b, c);
        }
    }

    /** A call with 4 arguments. */
    public static final class T4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            extends CallOptions<T4<A, B, C, D, R>> {
        T4(Workflow workflow, Fn.F4<A, B, C, D, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d) {
            return submitTask(a, b, c, d);
        }
    }

    /** A call with 5 arguments. */
    public static final class T5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            extends CallOptions<T5<A, B, C, D, E, R>> {
        T5(Workflow workflow, Fn.F5<A, B, C, D, E, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(
                Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d, Arg<? extends E> e) {
            return submitTask(a, b, c, d, e);
        }
    }

    /** A call with 6 arguments. */
    public static final class T6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    R extends @Nullable Object>
            extends CallOptions<T6<A, B, C, D, E, F, R>> {
        T6(Workflow workflow, Fn.F6<A, B, C, D, E, F, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(
                Arg<? extends A> a,
                Arg<? extends B> b,
                Arg<? extends C> c,
                Arg<? extends D> d,
                Arg<? extends E> e,
                Arg<? extends F> f) {
            return submitTask(a, b, c, d, e, f);
        }
    }

    /** A call with 7 arguments. */
    public static final class T7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    R extends @Nullable Object>
            extends CallOptions<T7<A, B, C, D, E, F, G, R>> {
        T7(Workflow workflow, Fn.F7<A, B, C, D, E, F, G, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(
                Arg<? extends A> a,
                Arg<? extends B> b,
                Arg<? extends C> c,
                Arg<? extends D> d,
                Arg<? extends E> e,
                Arg<? extends F> f,
                Arg<? extends G> g) {
            return submitTask(a, b, c, d, e, f, g);
        }
    }

    /** A call with 8 arguments. */
    public static final class T8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object,
                    R extends @Nullable Object>
            extends CallOptions<T8<A, B, C, D, E, F, G, H, R>> {
        T8(Workflow workflow, Fn.F8<A, B, C, D, E, F, G, H, R> method) {
            super(workflow, method, false);
        }

        /** Submits the task; its value will be named by the ref returned. */
        public Ref<R> submit(
                Arg<? extends A> a,
                Arg<? extends B> b,
                Arg<? extends C> c,
                Arg<? extends D> d,
                Arg<? extends E> e,
                Arg<? extends F> f,
                Arg<? extends G> g,
                Arg<? extends H> h) {
            return submitTask(a, b, c, d, e, f, g, h);
        }
    }
}
