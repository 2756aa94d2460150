package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.IgniteLogger;
import org.apache.ignite.internal.cluster.ClusterTopologyCheckedException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of Ignite's complaints reaches the log. */
final class Log4jLoggerTest {

    private static final String FAILED = "Failed to send message to remote node [node=…, msg=…]";

    private final Kept kept = new Kept();
    private final Logger logger = (Logger) LogManager.getLogger(Log4jLoggerTest.class);
    private final Log4jLogger ignite = new Log4jLogger();

    /** Keeps the level and message of what is logged. */
    private static final class Kept extends AbstractAppender {
        private final List<String> lines = new ArrayList<>();

        Kept() {
            super("kept", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }

    @BeforeEach
    void listen() {
        kept.start();
        logger.addAppender(kept);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeAppender(kept);
    }

    @Test
    void a_message_that_finds_its_node_gone_is_not_an_error() {
        ignite.getLogger(Log4jLoggerTest.class)
                .error(
                        FAILED,
                        new IgniteCheckedException(
                                "Failed to send message to remote node (node has left the grid): 7"));
        assertEquals(List.of(), kept.lines);
    }

    @Test
    void a_message_to_a_node_that_is_gone_is_not_an_error_either() {
        var gone = new ClusterTopologyCheckedException("Failed to send message (node left topology)");
        ignite.getLogger(Log4jLoggerTest.class).error(FAILED, new IgniteCheckedException(gone));
        ignite.getLogger(Log4jLoggerTest.class).warning(FAILED, gone);
        assertEquals(List.of(), kept.lines);
    }

    @Test
    void a_node_that_stops_does_not_complain_of_it() {
        IgniteLogger before = ignite.getLogger(Log4jLoggerTest.class);
        before.warning("Stop waiting for partitions release latch: Got interrupted", null);
        ignite.stopping();
        before.warning("Stop waiting for partitions release latch: Got interrupted", null);
        assertEquals(List.of("WARN Stop waiting for partitions release latch: Got interrupted"), kept.lines);
    }

    @Test
    void a_message_that_fails_otherwise_is_an_error() {
        ignite.getLogger(Log4jLoggerTest.class).error(FAILED, new IgniteCheckedException("No space left"));
        ignite.getLogger(Log4jLoggerTest.class).error(FAILED, null);
        assertEquals(List.of("ERROR " + FAILED, "ERROR " + FAILED), kept.lines);
    }
}
