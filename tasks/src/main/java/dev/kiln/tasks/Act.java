package dev.kiln.tasks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of methods that {@link Workflow#update} takes: {@code void}, with a first parameter that they change.
 * Programs never name them; they write method references.
 */
public final class Act {

    private Act() {}

    /** A method of 1 parameter that changes the first. */
    @FunctionalInterface
    public interface A1<A extends @Nullable Object> extends Serializable {
        /** Calls the method. */
        void call(A a) throws Exception;
    }

    /** A method of 2 parameters that changes the first. */
    @FunctionalInterface
    public interface A2<A extends @Nullable Object, B extends @Nullable Object> extends Serializable {
        /** Calls the method. */
        void call(A a, B b) throws Exception;
    }

    /** A method of 3 parameters that changes the first. */
    @FunctionalInterface
    public interface A3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        void call(A a, B b, C c) throws Exception;
    }

    /** A method of 4 parameters that changes the first. */
    @FunctionalInterface
    public interface A4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        void call(A a, B b, C c, D d) throws Exception;
    }

    /** A method of 5 parameters that changes the first. */
    @FunctionalInterface
    public interface A5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        void call(A a, B b, C c, D d, E e) throws Exception;
    }

    /** A method of 6 parameters that changes the first. */
    @FunctionalInterface
    public interface A6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        void call(A a, B b, C c, D d, E e, F f) throws Exception;
    }

    /** A method of 7 parameters that changes the first. */
    @FunctionalInterface
    public interface A7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        void call(A a, B b, C c, D d, E e, F f, G g) throws Exception;
    }

    /** A method of 8 parameters that changes the first. */
    @FunctionalInterface
    public interface A8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        void call(A a, B b, C c, D d, E e, F f, G g, H h) throws Exception;
    }
}
