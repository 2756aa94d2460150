package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The nodes of jobs on a real Slurm: what they have, where they listen, and how they come and go. */
final class SlurmNodesIT extends OnSlurm {

    @Test
    void nodes_join_a_running_job_and_leave_it_and_none_outlives_it() throws Exception {
        String elastic =
                Program.jar(folder, "Elastic", Elastic.SOURCE, "Elastic").toString();
        Path end = folder.resolve("end");
        Slurm.Job job = slurm.submit(elastic, "--", end.toString());
        Ran more = slurm.kiln("scale", job.id, "+2");
        assertEquals(0, more.code(), more.err());
        assertEquals(
                2,
                more.out()
                        .lines()
                        .filter(l -> l.contains("joins when Slurm has a node"))
                        .count());
        job.happened("node-1 on ", " has joined");
        job.happened("node-2 on ", " has joined");
        Elastic.sees(3, end);
        Ran fewer = slurm.kiln("scale", job.id, "-1");
        assertEquals("node-2 leaves when it has finished what it runs\n", fewer.out(), fewer.err());
        job.happened("node-2 on ", " has left");
        Process attached = slurm.begin("attach", job.id);
        Files.createFile(end);
        ended(job, "done", 0);
        assertEquals("nodes 1\nright true, repeated 0, most 3\n", job.printed(0));
        Ran watched = Ran.end(attached);
        assertEquals(0, watched.code(), watched.err());
        assertTrue(watched.out().contains("has left"), watched.out());
        slurm.leftNothing();
        RankLogs.areQuiet(job.run);
    }

    @Test
    void nodes_join_one_task_of_an_array() throws Exception {
        String elastic =
                Program.jar(folder, "Elastic", Elastic.SOURCE, "Elastic").toString();
        Path end = folder.resolve("end-of-task");
        Ran array = slurm.kiln("submit", "--array", "7", elastic, "--", end.toString());
        String task = array.out().strip() + "_7";
        Path status = run(array).resolve("task-7/status");
        Path printed = run(array).resolve("task-7/logs/rank-0.out");
        Slurm.until("task 7 to run", () -> nodes(status) == 1 && OnSlurm.hasLine(printed));
        Ran more = slurm.kiln("scale", task, "+1");
        assertEquals(0, more.code(), more.err());
        Slurm.until("a node to join it", () -> nodes(status) == 2);
        Elastic.sees(2, end);
        Files.createFile(end);
        Ran logs = slurm.kiln("logs", task, "--follow");
        assertEquals("nodes 1\nright true, repeated 0, most 2\n", logs.out(), logs.err());
        assertTrue(slurm.kiln("status", task).out().contains("\nstate   done\n"));
        slurm.leftNothing();
    }

    private static long nodes(Path status) {
        try {
            return Files.readString(status)
                    .lines()
                    .filter(line -> line.startsWith("node "))
                    .count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    @Test
    void a_program_has_what_slurm_gave_and_sees_nothing_else_of_it() throws Exception {
        String looks = Program.jar(folder, "Looks", """
                import dev.kiln.tasks.*;
                import java.util.*;
                public class Looks {
                    @Task static String look() {
                        long heap = Runtime.getRuntime().maxMemory() >> 20;
                        var names = new TreeSet<>(System.getenv().keySet());
                        names.removeIf(name -> !name.matches("(SLURM|SBATCH|SRUN|PMI).*"));
                        return (heap > 400 && heap <= 496 ? "heap right " : "heap " + heap + " ") + names;
                    }
                    public static void main(String[] args) {
                        try (var wf = Workflow.open()) {
                            for (var node : wf.nodes()) System.out.println(node.slots() + " slots");
                            for (int i = 0; i < 2; i++) {
                                System.out.println(wf.task(Looks::look).on(Placement.shard(i)).submit().get());
                            }
                        }
                    }
                }
                """, "Looks").toString();
        Path site = Files.writeString(folder.resolve("copies.yaml"), """
                shared: [/]
                mem-per-node: 1000m
                cpus-per-node: 2
                environment: {KILN_STAGE: "yes"}
                """);
        Ran ran = slurm.kiln("submit", "--profile", site.toString(), "--nodes", "2", "--follow", looks);
        assertEquals(0, ran.code(), ran.err());
        assertEquals("2 slots\n2 slots\n" + "heap right [SLURM_CONF]\n".repeat(2), ran.out());
        try (var events = Files.list(run(ran).resolve("events"))) {
            int copies = 0;
            for (Path each : events.toList()) {
                copies += Files.readString(each).contains("starts from a copy of Kiln in ") ? 1 : 0;
            }
            assertEquals(2, copies);
        }
        RankLogs.areQuiet(run(ran));
        slurm.leftNothing();
    }

    @Test
    void nodes_of_a_job_need_not_be_alike() throws Exception {
        Ran ran = slurm.kiln(
                "submit", "--het", "nodes=2,cpus-per-node=2,mem-per-node=1200m", "--follow", program, "--", "mixed");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("nodes 3\nright true mixed\n", ran.out());
        String job =
                ran.err().substring(ran.err().indexOf("job ") + 4, ran.err().indexOf(" in "));
        String status = slurm.kiln("status", job).out();
        assertEquals(1, status.lines().filter(l -> l.contains(": 1 slots, ")).count(), status);
        assertEquals(2, status.lines().filter(l -> l.contains(": 2 slots, ")).count(), status);
        assertTrue(
                Pattern.compile("(?m)^begun   first task after \\d+\\.\\d s$")
                        .matcher(status)
                        .find(),
                status);
        slurm.leftNothing();
    }

    @Test
    void a_job_begins_with_fewer_nodes_where_more_are_not_to_be_had() throws Exception {
        slurm.ask("scontrol", "update", "NodeName=n[3-4]", "State=DRAIN", "Reason=test");
        try {
            Ran ran = slurm.kiln("submit", "--nodes", "4", "--min-nodes", "2", "--follow", program, "--", "few");
            assertEquals(0, ran.code(), ran.err());
            assertEquals("nodes 2\nright true few\n", ran.out());
        } finally {
            slurm.ask("scontrol", "update", "NodeName=n[3-4]", "State=RESUME");
        }
        slurm.leftNothing();
    }

    @Test
    void nodes_listen_on_the_interface_that_is_named() throws Exception {
        String why = secondInterface();
        if (why != null) {
            String skipped =
                    "NO SECOND NETWORK INTERFACE CAN BE MADE HERE, SO --interface IS NOT TESTED ON ONE: " + why;
            System.err.println(skipped);
            Assumptions.abort(skipped);
        }
        try {
            Ran ran = slurm.kiln(
                    "submit",
                    "--nodes",
                    "2",
                    "--interface",
                    "kiln0",
                    "--follow",
                    "--on-worker-loss",
                    "fail",
                    program,
                    "--",
                    "there");
            assertEquals(0, ran.code(), ran.err());
            assertEquals("nodes 2\nright true there\n", ran.out());
            String job =
                    ran.err().substring(ran.err().indexOf("job ") + 4, ran.err().indexOf(" in "));
            String status = slurm.kiln("status", job).out();
            assertTrue(status.contains("the cluster is up: 2 nodes, the first on 10.231.17.1"), status);
        } finally {
            slurm.ask("ip", "link", "del", "kiln0");
        }
        slurm.leftNothing();
    }

    /** Makes an interface of that name; returns why it cannot be made, or null. */
    private @Nullable String secondInterface() throws Exception {
        for (String step : List.of(
                "link add kiln0 type veth peer name kiln1", "addr add 10.231.17.1/24 dev kiln0", "link set kiln0 up")) {
            try {
                Ran ran = slurm.ask("ip", step.split(" "));
                if (ran.code() != 0) {
                    return ran.err().strip();
                }
            } catch (IOException e) {
                return e.getMessage();
            }
        }
        return null;
    }

    @Test
    void cancelling_a_job_ends_the_nodes_that_were_added_to_it() throws Exception {
        Slurm.Job job = slurm.submit(program);
        assertEquals(0, slurm.kiln("scale", job.id, "+1").code());
        job.happened("node-1 on ", " has joined");
        List<ProcessHandle> jvms = job.jvms();
        assertEquals(2, jvms.size());
        assertEquals(0, slurm.kiln("cancel", job.id).code());
        Slurm.Job.ended(jvms);
        ended(job, "cancelled", 130);
        slurm.leftNothingRunning();
    }

    @Test
    void a_port_that_is_taken_is_passed_over() throws Exception {
        int next = number(slurm.kiln("submit", "--wait", program, "--", "before")) + 1;
        // Where the script of that job has its nodes look for free ports first.
        try (var taken = new ServerSocket()) {
            take(taken, 20_000 + next * 37 % 12_000);
            Ran ran = slurm.kiln("submit", "--nodes", "2", "--follow", program, "--", "port");
            assertEquals(0, ran.code(), ran.err());
            assertEquals("nodes 2\nright true port\n", ran.out());
            assertEquals(next, number(ran));
        }
        slurm.leftNothing();
    }

    private static void take(ServerSocket socket, int port) throws IOException {
        try {
            socket.bind(new InetSocketAddress(port));
        } catch (BindException others) {
            // Then it is taken as well.
        }
    }

    private static int number(Ran submitted) {
        return Integer.parseInt(submitted.err().replaceFirst("(?s)kiln: job (\\d+) in .*", "$1"));
    }
}
