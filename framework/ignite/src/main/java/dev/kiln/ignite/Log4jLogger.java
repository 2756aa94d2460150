package dev.kiln.ignite;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.ignite.IgniteLogger;
import org.apache.ignite.internal.IgniteInterruptedCheckedException;
import org.apache.ignite.internal.cluster.ClusterTopologyCheckedException;
import org.apache.ignite.internal.util.typedef.X;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what Ignite logs to Log4j 2, and nothing anywhere else. Of nodes that come and go Ignite complains as if
 * something had broken, though Kiln itself says which nodes are lost: that is logged for debugging only. Thread-safe.
 */
final class Log4jLogger implements IgniteLogger {

    /** What Ignite advises against, and Kiln has chosen: see {@link NodeConfiguration}, and the options of its JVMs. */
    private static final List<String> CHOSEN = List.of(
            "Message queue limit is set to 0 ", "Initial heap size is ", "Default local host is a loopback address");

    /**
     * Ignite shuts a TLS socket down before the other end has said goodbye, which the JDK takes for an error. Nothing is lost
     * by it: each message has its length, and was answered.
     */
    private static final String NO_GOODBYE = "closing inbound before receiving peer's close_notify";

    /** What it says of a message that found its node gone, where the type of the exception does not. */
    private static final String GONE = "node has left the grid";

    private final Logger logger;
    /** Of all loggers of a node. */
    private final AtomicBoolean stopping;

    Log4jLogger() {
        this(LogManager.getLogger("org.apache.ignite"), new AtomicBoolean());
    }

    private Log4jLogger(Logger logger, AtomicBoolean stopping) {
        this.logger = logger;
        this.stopping = stopping;
    }

    /** The node is to stop: its threads are interrupted and its messages fail from now on, as they should. */
    void stopping() {
        stopping.set(true);
    }

    @Override
    public IgniteLogger getLogger(@Nullable Object category) {
        return switch (category) {
            case null -> this;
            case Class<?> c -> new Log4jLogger(LogManager.getLogger(c.getName()), stopping);
            default -> new Log4jLogger(LogManager.getLogger(category.toString()), stopping);
        };
    }

    @Override
    public void trace(String message) {
        logger.trace(message);
    }

    @Override
    public void debug(String message) {
        logger.debug(message);
    }

    @Override
    public void info(String message) {
        logger.info(message);
    }

    @Override
    public void warning(String message, @Nullable Throwable cause) {
        complain(Level.WARN, message, cause);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        complain(Level.ERROR, message, cause);
    }

    private void complain(Level level, String message, @Nullable Throwable cause) {
        logger.log(stopping.get() || isUsual(message, cause) ? Level.DEBUG : level, message, cause);
    }

    /** Whether it complains of what is as it should be. */
    private static boolean isUsual(String message, @Nullable Throwable cause) {
        return switch (cause) {
            case null -> CHOSEN.stream().anyMatch(message::startsWith);
            case SSLException tls -> NO_GOODBYE.equals(tls.getMessage());
            // Nobody interrupts Ignite's threads but Ignite, when it stops.
            case IgniteInterruptedCheckedException _ -> true;
            default ->
                X.hasCause(cause, ClusterTopologyCheckedException.class)
                        || String.valueOf(cause.getMessage()).contains(GONE);
        };
    }

    @Override
    public boolean isTraceEnabled() {
        return logger.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isInfoEnabled();
    }

    /** Not quiet: Ignite would print to the console by itself what it does not log. */
    @Override
    public boolean isQuiet() {
        return false;
    }

    @Override
    public @Nullable String fileName() {
        return null;
    }
}
