package dev.kiln.ignite;

/** A port that the cluster was told to use is taken. */
public final class PortTakenException extends ClusterStartException {

    private static final long serialVersionUID = 1L;

    private final int port;

    /** For this port. */
    public PortTakenException(int port) {
        super("port " + port + " is taken; choose another with --port or leave it out");
        this.port = port;
    }

    /** The port. */
    public int port() {
        return port;
    }
}
