package dev.kiln.lstm.worker.cli;

/** Has something done when the JVM ends before it is closed, as by an interrupt. */
final class AtExit implements AutoCloseable {

    private final Thread hook;

    AtExit(Runnable work) {
        hook = new Thread(work, "kiln-at-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It runs already.
            return;
        }
    }
}
