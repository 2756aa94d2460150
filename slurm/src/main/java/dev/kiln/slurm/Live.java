package dev.kiln.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a running job is, as its first node wrote it a moment ago.
 *
 * @param submitted tasks so far
 * @param done of those, the ones that are done
 * @param failed the ones that failed
 * @param running the ones with a node
 * @param repeated runs beyond a task's first
 * @param restored of those done, the ones that an earlier run had done
 * @param moved bytes between nodes
 * @param nodes those that are up
 */
public record Live(
        long submitted,
        long done,
        long failed,
        long running,
        long repeated,
        long restored,
        long moved,
        List<Node> nodes) {

    /** One node: what it does, and what it uses of its host. */
    record Node(
            int rank,
            String host,
            int slots,
            int running,
            int waiting,
            long finished,
            int cpuPercent,
            long heap,
            long largestHeap,
            boolean leaving) {}

    /** Reads what was written; empty where that is nothing of the kind. */
    static Optional<Live> parse(String text) {
        try {
            Map<String, String> first = text.lines()
                    .filter(line -> !line.startsWith("node "))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(' ')),
                            line -> line.substring(line.indexOf(' ') + 1),
                            (one, other) -> other));
            String[] tasks = first.getOrDefault("tasks", "").split(" ", -1);
            List<Node> nodes = new ArrayList<>();
            text.lines().filter(line -> line.startsWith("node ")).forEach(line -> nodes.add(node(line.split(" ", -1))));
            return Optional.of(new Live(
                    Long.parseLong(tasks[0]),
                    Long.parseLong(tasks[1]),
                    Long.parseLong(tasks[2]),
                    Long.parseLong(tasks[3]),
                    Long.parseLong(tasks[4]),
                    Long.parseLong(tasks[5]),
                    Long.parseLong(first.getOrDefault("moved", "0")),
                    List.copyOf(nodes)));
        } catch (IndexOutOfBoundsException | NumberFormatException other) {
            return Optional.empty();
        }
    }

    private static Node node(String[] words) {
        return new Node(
                Integer.parseInt(words[1]),
                words[2],
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Long.parseLong(words[6]),
                Integer.parseInt(words[7]),
                Long.parseLong(words[8]),
                Long.parseLong(words[9]),
                words.length > 10 && words[10].equals("leaving"));
    }

    /** All of it in one line. */
    public String line() {
        long ended = done + failed;
        int slots = nodes.stream().mapToInt(Node::slots).sum();
        int busy = nodes.stream().mapToInt(Node::running).sum();
        return nodes.size() + (nodes.size() == 1 ? " node, " : " nodes, ") + slots + " slots, " + busy
                + " busy; tasks: "
                + Math.max(0, submitted - ended - busy) + " waiting, " + busy + " running, " + done + " done"
                + (restored > 0 ? " (" + restored + " before)" : "")
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (repeated > 0 ? ", " + repeated + " repeated" : "")
                + "; " + bytes(moved) + " moved";
    }

    /** A line for each node, under a line of titles. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-24s %5s %7s %7s %9s %5s %17s",
                "NODE",
                "SLOTS",
                "RUNNING",
                "WAITING",
                "DONE",
                "CPU",
                "HEAP"));
        for (Node node : nodes) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-24s %5d %7d %7d %9d %4d%% %17s%s",
                    "node-" + node.rank() + " on " + node.host(),
                    node.slots(),
                    node.running(),
                    node.waiting(),
                    node.finished(),
                    node.cpuPercent(),
                    bytes(node.heap()) + " of " + bytes(node.largestHeap()),
                    node.leaving() ? "  leaving" : ""));
        }
        return lines;
    }

    private static String bytes(long count) {
        if (count < 1024) {
            return count + " B";
        }
        double size = count;
        String unit = "";
        for (String next : new String[] {"KB", "MB", "GB", "TB"}) {
            if (size < 1024) {
                break;
            }
            size /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, unit);
    }
}
