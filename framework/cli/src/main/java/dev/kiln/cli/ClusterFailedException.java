package dev.kiln.cli;

/** The cluster could not start, or this machine is not fit for one. */
final class ClusterFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClusterFailedException(String line, Throwable cause) {
        super(line, cause);
    }
}
