package dev.kiln.lstm.torch;

import dev.kiln.lstm.worker.engine.Descent;
import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.lstm.worker.engine.EngineException;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkShape;
import dev.kiln.lstm.worker.engine.NetworkState;
import org.bytedeco.pytorch.global.torch;

/**
 * The engine {@code torch}: LibTorch on one thread for each network, or on a GPU where the installed libraries have one
 * to use. Thread-safe. It never draws random numbers: LibTorch's generator belongs to the whole process.
 */
public final class TorchEngine implements Engine {

    /** For the service loader; nothing is loaded yet. */
    public TorchEngine() {}

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public Network open(NetworkShape shape, NetworkState state, Descent descent) {
        try {
            Libraries.load();
            return new TorchNetwork(shape, state, descent, Libraries.cuda());
        } catch (LinkageError e) {
            throw new EngineException("the torch engine cannot load LibTorch on this machine ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
                    + "); expected Linux on x86-64 with the engine's jars for it, see docs/lstm.md");
        }
    }

    /** The native libraries, loaded once. */
    private static final class Libraries {

        private static final boolean CUDA = prepare();

        static void load() {
            // Done by the class's initialisation.
        }

        static boolean cuda() {
            return CUDA;
        }

        private static boolean prepare() {
            // Without this the bindings compare the memory of the whole process, Ignite's included, with four heaps,
            // and throw.
            System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
            torch.set_num_threads(1);
            return torch.cuda_is_available();
        }
    }
}
