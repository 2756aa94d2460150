package dev.kiln.lstm.worker.engine;

/**
 * The engine in Java: no native code, one thread for each network. Same state, same batches: same bits, on any
 * processor, with the Vector API or without. Fused multiply-adds are slow, though right, on the few processors that
 * have no instruction for them.
 */
public final class JavaEngine implements Engine {

    /** Stateless. */
    public JavaEngine() {}

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Network open(NetworkShape shape, NetworkState state, Descent descent) {
        return new JavaNetwork(shape, state, descent, Kernels.forThisJvm(shape.hidden()));
    }
}
