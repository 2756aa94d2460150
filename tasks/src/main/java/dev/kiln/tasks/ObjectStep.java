package dev.kiln.tasks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The first step of calling an {@linkplain ActiveObject active object}: options may be set, then {@code submit} gives
 * it its arguments. Programs do not name these types.
 */
public final class ObjectStep {

    private ObjectStep() {}

    /** A call with 0 arguments. */
    public static final class C0<R extends @Nullable Object> extends ObjectCallOptions<C0<R>> {
        C0(ActiveObject<?> object, Serializable method, boolean update) {
            super(object, method, update);
        }

        /** Sends the call; its result will be named by the ref returned. */
        public Ref<R> submit() {
            return send();
        }
    }

    /** A call with 1 argument. */
    public static final class C1<A extends @Nullable Object, R extends @Nullable Object>
            extends ObjectCallOptions<C1<A, R>> {
        C1(ActiveObject<?> object, Serializable method, boolean update) {
            super(object, method, update);
        }

        /** Sends the call; its result will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a) {
            return send(a);
        }
    }

    /** A call with 2 arguments. */
    public static final class C2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            extends ObjectCallOptions<C2<A, B, R>> {
        C2(ActiveObject<?> object, Serializable method, boolean update) {
            super(object, method, update);
        }

        /** Sends the call; its result will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a, Arg<? extends B> b) {
            return send(a, b);
        }
    }

    /** A call with 3 arguments. */
    public static final class C3<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            extends ObjectCallOptions<C3<A, B, C, R>> {
        C3(ActiveObject<?> object, Serializable method, boolean update) {
            super(object, method, update);
        }

        /** Sends the call; its result will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c) {
            return send(a, b, c);
        }
    }

    /** A call with 4 arguments. */
    public static final class C4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            extends ObjectCallOptions<C4<A, B, C, D, R>> {
        C4(ActiveObject<?> object, Serializable method, boolean update) {
            super(object, method, update);
        }

        /** Sends the call; its result will be named by the ref returned. */
        public Ref<R> submit(Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d) {
            return send(a, b, c, d);
        }
    }

    /** A call with 5 arguments. */
    public static final class C5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            extends ObjectCallOptions<C5<A, B, C, D, E, R>> {
        C5(ActiveObject<?> object, Serializable method, boolean update) {
            super(object, method, update);
        }

        /** Sends the call; its result will be named by the ref returned. */
        public Ref<R> submit(
                Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d, Arg<? extends E> e) {
            return send(a, b, c, d, e);
        }
    }
}
