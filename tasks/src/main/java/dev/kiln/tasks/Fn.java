package dev.kiln.tasks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of methods that {@link Workflow#task} takes: up to eight parameters and a result. Programs never name
 * them; they write method references.
 */
public final class Fn {

    private Fn() {}

    /** A method of 0 parameters. */
    @FunctionalInterface
    public interface F0<R extends @Nullable Object> extends Serializable {
        /** Calls the method. */
        R call() throws Exception;
    }

    /** A method of 1 parameter. */
    @FunctionalInterface
    public interface F1<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
        /** Calls the method. */
        R call(A a) throws Exception;
    }

    /** A method of 2 parameters. */
    @FunctionalInterface
    public interface F2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b) throws Exception;
    }

    /** A method of 3 parameters. */
    @FunctionalInterface
    public interface F3<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b, C c) throws Exception;
    }

    /** A method of 4 parameters. */
    @FunctionalInterface
    public interface F4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b, C c, D d) throws Exception;
    }

    /** A method of 5 parameters. */
    @FunctionalInterface
    public interface F5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b, C c, D d, E e) throws Exception;
    }

    /** A method of 6 parameters. */
    @FunctionalInterface
    public interface F6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b, C c, D d, E e, F f) throws Exception;
    }

    /** A method of 7 parameters. */
    @FunctionalInterface
    public interface F7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b, C c, D d, E e, F f, G g) throws Exception;
    }

    /** A method of 8 parameters. */
    @FunctionalInterface
    public interface F8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object,
                    R extends @Nullable Object>
            extends Serializable {
        /** Calls the method. */
        R call(A a, B b, C c, D d, E e, F f, G g, H h) throws Exception;
    }
}
