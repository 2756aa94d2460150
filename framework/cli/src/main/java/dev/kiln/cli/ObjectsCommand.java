package dev.kiln.cli;

import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.runtime.remote.RemoteAccess;
import dev.kiln.tasks.ObjectInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln objects}: the active objects of a running cluster. */
@Command(
        name = "objects",
        description = "Lists the active objects of a running cluster: where they are, how large, how much called.",
        footer = {"", "Examples:", "  kiln objects", "  kiln objects --why pump-7", "  kiln objects --balance off"})
final class ObjectsCommand implements Callable<Integer> {

    private static final long MEASURED_MILLIS = 500;

    private final StandardConsole console;

    @Mixin
    private RunningCluster remote = new RunningCluster();

    @Option(names = "--why", paramLabel = "ALIAS", description = "Say of one object why it is where it is.")
    private @Nullable String why;

    @Option(
            names = "--balance",
            paramLabel = "on|off",
            description = "Whether objects that are read much get copies, and full nodes fewer objects, by themselves.")
    private @Nullable String balance;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** As --json prints it. */
    private record Listing(List<ObjectInfo> objects) {}

    ObjectsCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (balance != null && !balance.equals("on") && !balance.equals("off")) {
            throw new UsageException("--balance " + balance + ": expected on or off");
        }
        try (RemoteAccess cluster = Remote.connect(remote)) {
            if (balance != null) {
                Remote.checked(cluster.ask(new ObjectRequest.Balance(balance.equals("on")))
                        .join());
            } else if (why != null) {
                ObjectReply reply =
                        Remote.checked(cluster.ask(new ObjectRequest.Why(why)).join());
                console.out().println(reply instanceof ObjectReply.Text(String text) ? text : reply.toString());
            } else if (json) {
                console.json(new Listing(list(cluster)));
            } else {
                table(cluster);
            }
        }
        return Exit.DONE;
    }

    private static List<ObjectInfo> list(RemoteAccess cluster) {
        ObjectReply reply =
                Remote.checked(cluster.ask(new ObjectRequest.ListAll()).join());
        return reply instanceof ObjectReply.Infos(var all) ? all : List.of();
    }

    private void table(RemoteAccess cluster) {
        Map<Long, Long> before =
                list(cluster).stream().collect(Collectors.toMap(ObjectInfo::id, ObjectInfo::calls, (a, b) -> a));
        try {
            TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        List<ObjectInfo> now = list(cluster);
        if (now.isEmpty()) {
            console.out().println("there are no objects");
            return;
        }
        String form = "%-20s %-20s %-10s %-20s %10s %9s %9s%n";
        console.out().printf(form, "ALIAS", "TYPE", "NODE", "COPIES", "BYTES", "CALLS/S", "MEAN US");
        for (ObjectInfo each : now) {
            long calls = each.calls() - before.getOrDefault(each.id(), each.calls());
            console.out()
                    .printf(
                            Locale.ROOT,
                            form,
                            each.alias(),
                            each.type().substring(each.type().lastIndexOf('.') + 1),
                            each.node(),
                            each.replicas().isEmpty() ? "-" : String.join(",", each.replicas()),
                            each.bytes(),
                            calls * 1000 / MEASURED_MILLIS,
                            Math.round(each.meanMicros()));
        }
    }
}
