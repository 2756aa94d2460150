package dev.kiln.lstm.worker.engine;

/**
 * Makes networks. Thread-safe. The engine {@code java} is part of this module; others are found by
 * {@link java.util.ServiceLoader}, so an engine has a public constructor without parameters that does no work.
 */
public interface Engine {

    /** As it is called on the command line: {@code java}. */
    String name();

    /**
     * A network that goes on from a state.
     *
     * @throws EngineException when it cannot run on this machine
     */
    Network open(NetworkShape shape, NetworkState state, Descent descent);
}
