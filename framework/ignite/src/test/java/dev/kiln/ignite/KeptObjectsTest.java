package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.code.Jars;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.runtime.testing.Ledger;
import dev.kiln.runtime.testing.Tally;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.Workflow;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a cluster, and implementations that are brought to one. */
@Timeout(180)
class KeptObjectsTest {

    private static final String GREETER =
            "package app; public interface Greeter { @dev.kiln.tasks.ReadOnly String greet(String name); }";

    @TempDir
    private Path folder;

    private IgniteCluster start() {
        return IgniteCluster.start(IgniteClusterOptions.of(1, 2).withMemory(64L << 20), folder.resolve("data"));
    }

    private static Workflow workflow(IgniteCluster cluster) {
        return new Workflow(cluster.open(KeptObjectsTest.class.getClassLoader()));
    }

    @Test
    void persistent_objects_and_those_with_a_snapshot_come_back_with_the_next_cluster() {
        long kept;
        try (var cluster = start();
                var wf = workflow(cluster)) {
            Tally tally =
                    wf.object(Tally.class).as("tally").persistent().create().stub();
            for (int i = 0; i < 10; i++) {
                tally.increment();
            }
            ActiveObject<Ledger> ledger = wf.object(Ledger.class).as("ledger").create(1);
            ledger.stub().add(2);
            kept = ledger.snapshot();
            ledger.stub().add(3);
            wf.object(Ledger.class).as("forgotten").create(1);
            ActiveObject<Tally> deleted =
                    wf.object(Tally.class).as("deleted").persistent().create();
            deleted.stub().increment();
            deleted.delete();
        }
        try (var cluster = start();
                var wf = workflow(cluster)) {
            ActiveObject<Tally> tally = wf.object(Tally.class).named("tally");
            assertEquals(10, tally.stub().value());
            assertEquals(11, tally.stub().increment());
            assertEquals(11, tally.version());
            ActiveObject<Ledger> ledger = wf.object(Ledger.class).named("ledger");
            assertEquals(List.of(1, 2), ledger.stub().numbers());
            ledger.stub().add(4);
            ledger.restore(kept);
            assertEquals(List.of(1, 2), ledger.stub().numbers());
            assertEquals(2, wf.objects().size());
            var inUse = assertThrows(ClusterStartException.class, this::start);
            assertTrue(inUse.getMessage().contains("another cluster uses"), inUse.getMessage());
        }
    }

    @Test
    void two_versions_of_an_implementation_are_side_by_side_and_come_back_too() throws Exception {
        byte[] one = jar("one");
        byte[] two = jar("two");
        Path api = folder.resolve("api.jar");
        Files.write(api, Jars.jar(Jars.compile(Map.of("app.Greeter", GREETER))));
        try (var loader = new URLClassLoader(new URL[] {api.toUri().toURL()}, KeptObjectsTest.class.getClassLoader())) {
            Class<?> greeter = loader.loadClass("app.Greeter");
            try (var cluster = start();
                    var wf = new Workflow(cluster.open(loader))) {
                var none = assertThrows(
                        ActiveObjectException.class, () -> wf.object(greeter).create());
                assertEquals(Reason.NO_IMPLEMENTATION, none.reason());
                deploy(cluster, "one.jar", one);
                ActiveObject<?> old = wf.object(greeter).as("old").create();
                assertEquals("one: you", greet(greeter, old));
                deploy(cluster, "two.jar", two);
                assertEquals("two: you", greet(greeter, wf.object(greeter).create()));
                assertEquals(
                        "one: you",
                        greet(
                                greeter,
                                wf.object(greeter).implementation("one.jar").create()));
                assertEquals("one: you", greet(greeter, old));
                old.snapshot();
                ObjectReply empty = cluster.objects()
                        .ask(new ObjectRequest.Deploy("x.jar", Jars.jar(Map.of())))
                        .join();
                assertTrue(empty instanceof ObjectReply.Failed, empty.toString());
            }
            try (var cluster = start();
                    var wf = new Workflow(cluster.open(loader))) {
                assertEquals("one: you", greet(greeter, wf.object(greeter).named("old")));
                assertEquals("two: you", greet(greeter, wf.object(greeter).create()));
            }
        }
    }

    private static void deploy(IgniteCluster cluster, String name, byte[] jar) {
        ObjectReply reply =
                cluster.objects().ask(new ObjectRequest.Deploy(name, jar)).join();
        assertTrue(
                reply instanceof ObjectReply.Text(String text) && text.endsWith("implements app.Greeter"),
                reply.toString());
    }

    private static Object greet(Class<?> greeter, ActiveObject<?> object) throws ReflectiveOperationException {
        return greeter.getMethod("greet", String.class).invoke(object.stub(), "you");
    }

    private static byte[] jar(String version) {
        Map<String, byte[]> entries = new LinkedHashMap<>(Jars.compile(Map.of(
                "app.Greeter",
                GREETER,
                "app.PlainGreeter",
                "package app; public final class PlainGreeter implements Greeter, java.io.Serializable {"
                        + " @Override public String greet(String name) { return \"" + version + ": \" + name; } }")));
        entries.put(
                "META-INF/services/app.Greeter", "app.PlainGreeter # the only one\n".getBytes(StandardCharsets.UTF_8));
        return Jars.jar(entries);
    }
}
