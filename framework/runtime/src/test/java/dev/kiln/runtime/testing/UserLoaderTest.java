package dev.kiln.runtime.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.kiln.runtime.code.Jars;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs whose classes only a class loader of their own finds. */
class UserLoaderTest {

    private static final String PROGRAM = """
            package app;
            import dev.kiln.tasks.*;
            import static dev.kiln.tasks.Arg.value;
            public class Program {
              public static class Overheated extends RuntimeException {
                public final Reading reading;
                public Overheated(Reading reading) { super("too hot"); this.reading = reading; }
              }
              public record Reading(String pump, double celsius) implements java.io.Serializable {}
              @Task static Reading read(String pump, double celsius) { return new Reading(pump, celsius); }
              @Task static double check(Reading reading) {
                if (reading.celsius() > 90) throw new Overheated(reading);
                return reading.celsius();
              }
              @Task static String loader() {
                return Thread.currentThread().getContextClassLoader() == Program.class.getClassLoader() ? "mine" : "other";
              }
              public static String run(Workflow wf) {
                Ref<Reading> hot = wf.task(Program::read).submit(value("p7"), value(95.5));
                Ref<Double> checked = wf.task(Program::check).submit(hot);
                try {
                  return "no failure: " + checked.get();
                } catch (TaskFailedException e) {
                  Overheated cause = (Overheated) e.getCause();
                  return cause.getMessage() + " " + cause.reading.pump() + " "
                      + hot.get().celsius() + " " + wf.task(Program::loader).submit().get();
                }
              }
            }
            """;

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes = Jars.compile(Map.of("app.Program", PROGRAM));

        Loader() {
            super(UserLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static Object run(WorkflowProvider cluster, ClassLoader loader) throws Exception {
        try (var wf = new Workflow(cluster.open(loader))) {
            return loader.loadClass("app.Program")
                    .getMethod("run", Workflow.class)
                    .invoke(null, wf);
        }
    }

    @Test
    void an_exception_of_the_programs_own_class_comes_back_inside_one_jvm() throws Exception {
        try (var cluster = LocalCluster.start(2)) {
            assertEquals("too hot p7 95.5 mine", run(cluster, new Loader()));
        }
    }

    @Test
    void an_exception_of_the_programs_own_class_comes_back_encoded() throws Exception {
        try (var cluster = FaultyCluster.start(2, 1, 3, 0)) {
            var first = new Loader();
            var second = new Loader();
            assertEquals("too hot p7 95.5 mine", run(cluster, first));
            assertEquals("too hot p7 95.5 mine", run(cluster, second));
            assertNotSame(first.loadClass("app.Program"), second.loadClass("app.Program"));
        }
    }
}
