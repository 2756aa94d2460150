package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class IgniteClusterTest {

    private static IgniteClusterOptions two() {
        return IgniteClusterOptions.of(2, 1)
                .withMemory(64L << 20)
                .withHeap(256L << 20)
                .withFailureDetection(Machine.STALL);
    }

    /** What the task called two makes of 1 and 2. */
    private static int sum(IgniteCluster cluster) {
        try (var wf = new Workflow(cluster.open(IgniteClusterTest.class.getClassLoader()))) {
            return wf.task(ContractTasks::two)
                    .submit(Arg.value(1), Arg.value(2))
                    .get();
        }
    }

    /** The folders of this JVM's runs; others come and go. */
    private static Set<Path> runs() throws IOException {
        String ours = "kiln-run-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new HashSet<>(
                    files.filter(file -> file.getFileName().toString().startsWith(ours))
                            .toList());
        }
    }

    @Test
    void one_node_listens_nowhere() throws Exception {
        List<Machine.Listening> before =
                Machine.listening(ProcessHandle.current().pid());
        try (var cluster = IgniteCluster.start(IgniteClusterOptions.of(1, 2).withMemory(64L << 20))) {
            List<Machine.Listening> more =
                    new ArrayList<>(Machine.listening(ProcessHandle.current().pid()));
            more.removeAll(before);
            assertEquals(List.of(), more);
            assertEquals(12, sum(cluster));
        }
    }

    @Test
    void two_clusters_at_once_listen_on_loopback_alone_and_do_not_meet() throws Exception {
        try (var one = IgniteCluster.start(two());
                var other = IgniteCluster.start(two())) {
            assertEquals(12, sum(one));
            assertEquals(12, sum(other));
            for (IgniteCluster cluster : List.of(one, other)) {
                assertEquals(2, cluster.node().ignite().cluster().nodes().size());
                for (var node : cluster.node().ignite().cluster().nodes()) {
                    assertFalse(node.attributes().containsKey("PATH"));
                    assertFalse(node.attributes().containsKey("java.class.path"));
                }
                List<Long> pids = new ArrayList<>(cluster.processIds());
                pids.add(ProcessHandle.current().pid());
                for (long pid : pids) {
                    for (Machine.Listening socket : Machine.listening(pid)) {
                        assertTrue(socket.loopback(), pid + " listens on " + socket);
                        assertNotEquals(10800, socket.port());
                        assertNotEquals(11211, socket.port());
                    }
                }
            }
            assertEquals(3, Machine.listening(one.processIds().getFirst()).size());
            Path folder = one.folder();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            String secret = one.node().settings().token().secretText();
            assertFalse(Machine.commandLine(one.processIds().getFirst()).contains(secret));
        }
    }

    @Test
    void closing_ends_every_jvm_and_removes_the_folder() throws Exception {
        IgniteCluster cluster = IgniteCluster.start(two());
        long child = cluster.processIds().getFirst();
        Path folder = cluster.folder();
        cluster.close();
        cluster.close();
        assertFalse(Machine.runs(child));
        assertFalse(Files.exists(folder));
        assertThrows(IllegalStateException.class, () -> sum(cluster));
    }

    @Test
    void a_taken_port_is_one_clear_line_and_nothing_is_left() throws Exception {
        Set<Path> before = runs();
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            var refused = assertThrows(PortTakenException.class, () -> IgniteCluster.start(two().withPort(port)));
            assertEquals(
                    "port " + port + " is taken; choose another with --port or leave it out", refused.getMessage());
        }
        assertEquals(before, runs());
    }

    @Test
    void a_node_that_cannot_start_is_named_with_its_reason_and_nothing_is_left() throws Exception {
        Set<Path> before = runs();
        Set<Long> children = children();
        var refused = assertThrows(
                ClusterStartException.class,
                () -> IgniteCluster.start(two().withClassPath(List.of("/nonexistent.jar"))));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("node-1 cannot start: "), message);
        assertTrue(message.contains("NodeMain"), message);
        assertTrue(message.endsWith("(exit code 1)"), message);
        assertFalse(message.contains("\n"), message);
        assertEquals(before, runs());
        assertEquals(children, children());
    }

    @Test
    void a_node_that_is_killed_while_it_starts_is_one_line() throws Exception {
        Set<Path> before = runs();
        Set<Long> children = children();
        var start = CompletableFuture.supplyAsync(
                () -> IgniteCluster.start(two()), command -> Thread.ofPlatform().start(command));
        Eventually.until(() -> children().stream().anyMatch(child -> !children.contains(child) && isNode(child)));
        ProcessHandle.current()
                .children()
                .filter(child -> !children.contains(child.pid()))
                .forEach(ProcessHandle::destroyForcibly);
        var refused = assertThrows(ExecutionException.class, start::get).getCause();
        // Behind it stands what the JVM may have warned of.
        assertTrue(
                refused.getMessage()
                        .startsWith("node-1 cannot start: it was killed (signal 9), by somebody or for want of memory"),
                refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        assertEquals(before, runs());
        assertEquals(children, children());
    }

    @Test
    void a_heap_in_which_no_node_can_start_is_refused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> two().withHeap(6L << 20));
        assertEquals(
                "a heap of 6 MB for a node: expected at least 64 MB, or 0 for its share of the machine's memory",
                refused.getMessage());
    }

    @Test
    void a_node_starts_in_the_least_heap() {
        try (IgniteCluster cluster = IgniteCluster.start(two().withHeap(64L << 20))) {
            assertEquals(1, cluster.processIds().size());
        }
    }

    private static Set<Long> children() {
        Set<Long> pids = new HashSet<>();
        ProcessHandle.current().children().forEach(child -> pids.add(child.pid()));
        return pids;
    }

    /** And not yet the program of the JDK that becomes one: killed then, the node would not have been started. */
    private static boolean isNode(long pid) {
        try {
            return Machine.commandLine(pid).contains(NodeMain.class.getName());
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void nodes_end_and_their_folder_goes_when_their_starter_is_killed() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.required());
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(String.join(System.getProperty("path.separator"), JvmFlags.classPath()));
        command.add(ParentMain.class.getName());
        Process parent = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var printed = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            String[] where = String.valueOf(printed.readLine()).split(" ", 2);
            long child = Long.parseLong(where[0]);
            assertTrue(Machine.runs(child));
            parent.destroyForcibly();
            Eventually.until(() -> !Machine.runs(child) && !Files.exists(Path.of(where[1])));
        } finally {
            parent.destroyForcibly();
        }
    }
}
