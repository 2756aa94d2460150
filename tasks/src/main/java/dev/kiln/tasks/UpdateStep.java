package dev.kiln.tasks;

import org.jspecify.annotations.Nullable;

/**
 * The first step of updating a value, returned by {@link Workflow#update}: options may be set, then {@code submit}
 * gives the ref to update and the other arguments. Programs do not name these types.
 */
public final class UpdateStep {

    private UpdateStep() {}

    /** An update with 0 further arguments. */
    public static final class U1<A extends @Nullable Object> extends CallOptions<U1<A>> {
        U1(Workflow workflow, Act.A1<A> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(Ref<A> a) {
            return submitUpdate(a);
        }
    }

    /** An update with 1 further argument. */
    public static final class U2<A extends @Nullable Object, B extends @Nullable Object> extends CallOptions<U2<A, B>> {
        U2(Workflow workflow, Act.A2<A, B> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(Ref<A> a, Arg<? extends B> b) {
            return submitUpdate(a, b);
        }
    }

    /** An update with 2 further arguments. */
    public static final class U3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            extends CallOptions<U3<A, B, C>> {
        U3(Workflow workflow, Act.A3<A, B, C> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(Ref<A> a, Arg<? extends B> b, Arg<? extends C> c) {
            return submitUpdate(a, b, c);
        }
    }

    /** An update with 3 further arguments. */
    public static final class U4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            extends CallOptions<U4<A, B, C, D>> {
        U4(Workflow workflow, Act.A4<A, B, C, D> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(Ref<A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d) {
            return submitUpdate(a, b, c, d);
        }
    }

    /** An update with 4 further arguments. */
    public static final class U5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            extends CallOptions<U5<A, B, C, D, E>> {
        U5(Workflow workflow, Act.A5<A, B, C, D, E> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(Ref<A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d, Arg<? extends E> e) {
            return submitUpdate(a, b, c, d, e);
        }
    }

    /** An update with 5 further arguments. */
    public static final class U6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            extends CallOptions<U6<A, B, C, D, E, F>> {
        U6(Workflow workflow, Act.A6<A, B, C, D, E, F> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(
                Ref<A> a,
                Arg<? extends B> b,
                Arg<? extends C> c,
                Arg<? extends D> d,
                Arg<? extends E> e,
                Arg<? extends F> f) {
            return submitUpdate(a, b, c, d, e, f);
        }
    }

    /** An update with 6 further arguments. */
    public static final class U7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>
            extends CallOptions<U7<A, B, C, D, E, F, G>> {
        U7(Workflow workflow, Act.A7<A, B, C, D, E, F, G> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(
                Ref<A> a,
                Arg<? extends B> b,
                Arg<? extends C> c,
                Arg<? extends D> d,
                Arg<? extends E> e,
                Arg<? extends F> f,
                Arg<? extends G> g) {
            return submitUpdate(a, b, c, d, e, f, g);
        }
    }

    /** An update with 7 further arguments. */
    public static final class U8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>
            extends CallOptions<U8<A, B, C, D, E, F, G, H>> {
        U8(Workflow workflow, Act.A8<A, B, C, D, E, F, G, H> method) {
            super(workflow, method, true);
        }

        /** Submits the update; the ref returned is the next version, and {@code a} can no longer be used. */
        public Ref<A> submit(
                Ref<A> a,
                Arg<? extends B> b,
                Arg<? extends C> c,
                Arg<? extends D> d,
                Arg<? extends E> e,
                Arg<? extends F> f,
                Arg<? extends G> g,
                Arg<? extends H> h) {
            return submitUpdate(a, b, c, d, e, f, g, h);
        }
    }
}
