package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that outlives the command that starts it. */
final class ClusterIT {

    private final Distribution kiln = Distribution.built();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        if (Files.exists(token())) {
            run(0, "cluster", "stop");
        }
    }

    private Path token() {
        return folder.resolve("token");
    }

    private Ran run(int expected, String... command) throws Exception {
        String[] args = new String[command.length + 2];
        System.arraycopy(command, 0, args, 0, command.length);
        args[command.length] = "--token-file";
        args[command.length + 1] = token().toString();
        Ran ran = kiln.run(args);
        assertEquals(expected, ran.code(), ran.err());
        assertEquals(expected == 0 ? 0 : 1, ran.err().lines().count(), ran.err());
        return ran;
    }

    @Test
    void a_cluster_is_started_shown_used_and_stopped_and_wrong_use_is_one_line() throws Exception {
        assertTrue(run(3, "cluster", "status").err().contains("there is no token file"));
        String started =
                run(0, "cluster", "start", "--nodes", "2", "--memory", "64m").out();
        assertTrue(started.startsWith("cluster of 2 nodes at 127.0.0.1:"), started);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token())));
        assertTrue(run(2, "cluster", "start").err().contains("is up already"));
        String status = run(0, "cluster", "status").out();
        assertTrue(status.contains("node-1: "), status);
        assertEquals("node-2 has joined\n", run(0, "cluster", "scale", "+1").out());
        assertTrue(run(0, "cluster", "status").out().contains("node-2: "));
        assertEquals("node-2 has left\n", run(0, "cluster", "scale", "-1").out());
        assertTrue(run(3, "cluster", "scale", "-1").err().contains("those it began with stay"));
        assertTrue(run(2, "cluster", "scale", "1").err().contains("expected +N or -N"));
        assertEquals("there are no objects\n", run(0, "objects").out());
        assertTrue(run(3, "objects", "--why", "nobody").err().contains("there is no object nobody"));
        assertEquals("", run(0, "objects", "--balance", "off").out());
        assertTrue(run(2, "objects", "--balance", "maybe").err().contains("--balance maybe: expected on or off"));
        assertTrue(run(2, "deploy", "none.jar").err().contains("cannot be read"));
        assertTrue(run(2, "deploy", Distribution.example().toString()).err().contains("declares no implementation"));
        long process = Long.parseLong(started.replaceAll("(?s).*process (\\d+).*", "$1"));
        run(0, "cluster", "stop");
        assertFalse(Files.exists(token()));
        // Whoever started it may not have asked for its end yet, but it does nothing any more.
        assertEquals("", ProcessHandle.of(process).map(Ran::commandLine).orElse(""));
    }
}
