package dev.kiln.runtime.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeStoreTest {

    private final ClassLoader own = CodeStoreTest.class.getClassLoader();
    private final Path folder;
    private final CodeStore store;

    CodeStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = new CodeStore(own, folder);
    }

    private static final String V1 = """
            package app;
            import java.io.Serializable;
            import java.util.function.Function;
            import java.util.function.Supplier;
            public class Model implements Serializable {
                private static final long serialVersionUID = 1L;
                public static int calls;
                public record Point(int x, double y) {}
                public enum Mode { FAST }
                public static Object value() {
                    double[] w = {1, 2};
                    Function<Integer, String> f = (Function<Integer, String> & Serializable) i -> "v1:" + w[i];
                    return new Object[] {new Point(3, 4), Mode.FAST, f, new Model(), new IllegalStateException("v1")};
                }
                public Object[] inside = {
                    new Model[0], Mode.FAST, new Point[1], Model.class,
                    (Supplier<String> & Serializable) () -> "model of v1"
                };
                public String toString() { calls++; return (String) ((Supplier<?>) inside[4]).get(); }
            }
            """;

    private static final String V2 = V1.replace("v1", "v2")
            .replace("int x, double y", "String x, double y, long z")
            .replace("new Point(3, 4)", "new Point(\"three\", 4, 5)");

    private static byte[] jar(String source) {
        return Jars.jar(Jars.compile(Map.of("app.Model", source)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Object valueMadeIn(ClassLoader loader) throws ReflectiveOperationException {
        return Class.forName("app.Model", true, loader).getMethod("value").invoke(null);
    }

    @SuppressWarnings("unchecked")
    private static String roundTrip(ClassLoader loader) throws ReflectiveOperationException {
        var codec = new ValueCodec(loader);
        var back = (Object[]) codec.decode(codec.encode(valueMadeIn(loader)));
        for (Object each : List.of(back[0], back[1], back[3])) {
            assertSame(loader, each.getClass().getClassLoader());
        }
        return back[0] + " " + back[1] + " " + ((Function<Integer, String>) back[2]).apply(1) + " " + back[3];
    }

    @Test
    void two_versions_of_a_class_run_side_by_side_and_both_are_unloaded_after() throws Exception {
        byte[] one = jar(V1);
        byte[] two = jar(V2);
        var first = new WeakReference<>(store.load(UserCode.of(one).id(), () -> one));
        var second = new WeakReference<>(store.load(UserCode.of(two).id(), () -> two));
        useBoth(first.get(), second.get());
        WorkflowLoader.release(first.get());
        WorkflowLoader.release(second.get());
        assertTrue(isUnloaded(first), "version 1 is still loaded");
        assertTrue(isUnloaded(second), "version 2 is still loaded");
    }

    private static void useBoth(ClassLoader first, ClassLoader second) throws ReflectiveOperationException {
        for (int i = 0; i < 3; i++) {
            assertEquals("Point[x=3, y=4.0] FAST v1:2.0 model of v1", roundTrip(first));
            assertEquals("Point[x=three, y=4.0, z=5] FAST v2:2.0 model of v2", roundTrip(second));
        }
        Object ofFirst = valueMadeIn(first);
        var refused = assertThrows(NotEncodableException.class, () -> new ValueCodec(second).encode(ofFirst));
        assertEquals(
                "array[0] is a app.Model$Point from another class loader than the workflow's; load that class only once",
                refused.getMessage());
        Object[] parts = (Object[]) ofFirst;
        for (Object each : List.of(
                parts[1], parts[2], parts[3], parts[3].getClass(), new ConcurrentHashMap<>(Map.of(1, parts[3])))) {
            var mixed = assertThrows(NotEncodableException.class, () -> new ValueCodec(second).encode(each));
            assertTrue(mixed.getMessage().contains("from another class loader"), mixed.getMessage());
        }
        byte[] encoded = new ValueCodec(first).encode(ofFirst);
        assertThrows(CorruptDataException.class, () -> new ValueCodec(second).decode(encoded));
        assertThrows(
                CorruptDataException.class, () -> new ValueCodec(CodeStoreTest.class.getClassLoader()).decode(encoded));
    }

    /** Asks for collection again and again, for at most a minute. */
    private static boolean isUnloaded(WeakReference<?> reference) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        var queue = new java.lang.ref.ReferenceQueue<Object>();
        while (reference.get() != null && System.nanoTime() < end) {
            var marker = new WeakReference<>(new Object(), queue);
            System.gc();
            queue.remove(200);
            assertNull(marker.get());
        }
        return reference.get() == null;
    }

    @Test
    void each_workflow_has_its_own_statics_over_one_file() throws Exception {
        byte[] bytes = jar(V1);
        String id = UserCode.of(bytes).id();
        var first = (WorkflowLoader) store.load(id, () -> bytes);
        var second = (WorkflowLoader) store.load(id, () -> {
            throw new AssertionError("fetched again");
        });
        assertNotSame(first.loadClass("app.Model"), second.loadClass("app.Model"));
        assertEquals(first.getURLs()[0], second.getURLs()[0]);
        assertEquals(id, UserCode.idOf((ClassLoader) first));
        Path file = Path.of(first.getURLs()[0].toURI());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        first.close();
        first.close();
        assertTrue(Files.exists(file), "the second workflow still reads it");
        second.close();
        assertFalse(Files.exists(file));
        store.close();
        assertFalse(Files.exists(file.getParent()));
    }

    @Test
    void a_jar_that_is_not_the_one_asked_for_is_refused() {
        byte[] bytes = jar(V1);
        var refused = assertThrows(IllegalStateException.class, () -> store.load("0".repeat(64), () -> bytes));
        assertTrue(refused.getMessage().startsWith("the jar of this workflow is damaged: expected SHA-256 0000"));
    }

    @Test
    void the_class_path_of_the_node_is_its_own_loader() {
        ClassLoader loader = store.load(UserCode.OWN_CLASS_PATH, () -> new byte[0]);
        assertSame(own, loader);
        WorkflowLoader.release(loader);
        assertEquals(UserCode.OWN_CLASS_PATH, UserCode.idOf(loader));
    }

    @Test
    void users_see_the_tasks_and_the_jdk_but_nothing_else_of_kiln() throws Exception {
        byte[] bytes = jar(V1);
        ClassLoader loader = store.load(UserCode.of(bytes).id(), () -> bytes);
        assertSame(dev.kiln.tasks.Ref.class, loader.loadClass("dev.kiln.tasks.Ref"));
        assertSame(java.sql.Timestamp.class, loader.loadClass("java.sql.Timestamp"));
        for (String hidden : List.of(
                "dev.kiln.runtime.codec.ValueCodec",
                "dev.kiln.engine.Places",
                "dev.kiln.csvm.cli.Any",
                "org.junit.jupiter.api.Test")) {
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass(hidden));
        }
        assertNull(loader.getResource("dev/kiln/engine/Places.class"));
        assertNull(loader.getResource("META-INF/services/dev.kiln.tasks.spi.WorkflowProvider"));
        assertFalse(loader.getResources("org/junit/jupiter/api/Test.class").hasMoreElements());
        WorkflowLoader.release(loader);
    }

    @Test
    void a_jar_may_bring_its_own_copy_of_a_library_that_kiln_uses() throws Exception {
        byte[] bytes = Jars.jar(
                Jars.compile(
                        Map.of(
                                "org.junit.jupiter.api.Test",
                                "package org.junit.jupiter.api; public class Test { public static String whose() { return \"mine\"; } }")));
        ClassLoader loader = store.load(UserCode.of(bytes).id(), () -> bytes);
        assertEquals(
                "mine",
                loader.loadClass("org.junit.jupiter.api.Test")
                        .getMethod("whose")
                        .invoke(null));
        WorkflowLoader.release(loader);
    }

    @Test
    void a_copy_of_the_tasks_in_a_jar_is_passed_over() throws Exception {
        byte[] bytes =
                Jars.jar(Jars.compile(Map.of("dev.kiln.tasks.Act", "package dev.kiln.tasks; public class Act {}")));
        ClassLoader loader = store.load(UserCode.of(bytes).id(), () -> bytes);
        assertSame(dev.kiln.tasks.Act.class, loader.loadClass("dev.kiln.tasks.Act"));
        WorkflowLoader.release(loader);
    }

    @Test
    void a_launched_program_finds_its_cluster_by_its_class_loader() throws Exception {
        WorkflowProvider provider = code -> {
            throw new AssertionError("nobody opens a workflow here");
        };
        try (var loader = store.launch(UserCode.of(jar(V1)), provider)) {
            assertSame(
                    provider,
                    assertInstanceOf(WorkflowProvider.Source.class, loader).workflows());
        }
    }
}
