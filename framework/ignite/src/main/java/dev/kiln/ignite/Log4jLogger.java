package dev.kiln.ignite;

import org.apache.ignite.IgniteLogger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Sends what Ignite logs to Log4j 2, and nothing anywhere else. */
final class Log4jLogger implements IgniteLogger {

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
        logger.warn(message, cause);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        logger.error(message, cause);
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
