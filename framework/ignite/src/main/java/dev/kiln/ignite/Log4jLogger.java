package dev.kiln.ignite;

import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.ignite.IgniteLogger;
import org.apache.ignite.internal.IgniteInterruptedCheckedException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Sends what Ignite logs to Log4j 2, and nothing anywhere else. */
final class Log4jLogger implements IgniteLogger {

    /** What Ignite advises against, and Kiln has chosen: see {@link NodeConfiguration}, and the options of its JVMs. */
    private static final List<String> CHOSEN = List.of(
            "Message queue limit is set to 0 ", "Initial heap size is ", "Default local host is a loopback address");

    /**
     * Ignite shuts a TLS socket down before the other end has said goodbye, which the JDK takes for an error. Nothing is lost
     * by it: each message has its length, and was answered.
     */
    private static final String NO_GOODBYE = "closing inbound before receiving peer's close_notify";

    /** Of a message that found its node gone. Whoever sent it is told so, and Kiln itself says which nodes are lost. */
    private static final String GONE = "node has left the grid";

    private final Logger logger;

    Log4jLogger() {
        this(LogManager.getLogger("org.apache.ignite"));
    }

    private Log4jLogger(Logger logger) {
        this.logger = logger;
    }

    @Override
    public IgniteLogger getLogger(@Nullable Object category) {
        return switch (category) {
            case null -> this;
            case Class<?> c -> new Log4jLogger(LogManager.getLogger(c.getName()));
            default -> new Log4jLogger(LogManager.getLogger(category.toString()));
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
        logger.log(isUsual(message, cause) ? Level.DEBUG : Level.WARN, message, cause);
    }

    /** Whether it warns of what is as it should be. */
    private static boolean isUsual(String message, @Nullable Throwable cause) {
        return switch (cause) {
            case null -> CHOSEN.stream().anyMatch(message::startsWith);
            case SSLException tls -> NO_GOODBYE.equals(tls.getMessage());
            // Nobody interrupts Ignite's threads but Ignite, when it stops.
            case IgniteInterruptedCheckedException _ -> true;
            default -> false;
        };
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        logger.log(isOfNodeGone(cause) ? Level.DEBUG : Level.ERROR, message, cause);
    }

    private static boolean isOfNodeGone(@Nullable Throwable cause) {
        return cause != null && String.valueOf(cause.getMessage()).contains(GONE);
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
