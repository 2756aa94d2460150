package dev.kiln.tasks.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.testing.Javac;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Each sample marks the lines that must be refused with the code in a comment, {@code // KILN-001}; nothing else may be
 * said of it.
 */
class TaskCheckerTest {

    private static final String HEAD = """
            import dev.kiln.tasks.*;
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;
            """;

    private static Javac check(String body) {
        String source = HEAD + body;
        Javac result = Javac.compile("Sample", source, new TaskChecker());
        assertEquals(
                marked(source),
                result.problems().stream()
                        .map(p -> p.line() + " "
                                + p.text().substring(0, Math.min(8, p.text().length())))
                        .sorted()
                        .toList(),
                () -> result.problems().toString());
        result.problems().forEach(p -> assertEquals(1, p.text().lines().count(), p.text()));
        return result;
    }

    private static List<String> marked(String source) {
        List<String> lines = source.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("// KILN-"))
                .mapToObj(i -> i + 1 + " " + lines.get(i).substring(lines.get(i).indexOf("KILN-")))
                .sorted()
                .toList();
    }

    private static void check(String body, String message) {
        Javac result = check(body);
        assertTrue(
                result.problems().stream().anyMatch(p -> p.text().equals(message)),
                () -> result.problems().toString());
    }

    @Test
    void a_clean_program_gives_nothing() {
        check("""
                class Sample {
                    enum Color { RED }
                    record Block(double[] data, List<int[]> index, Map<String, Color> names) {}
                    record Tree<T>(T value, Optional<Tree<T>> next) {}
                    sealed interface Shape permits Disc {}
                    record Disc(double r) implements Shape {}
                    static class Old implements java.io.Serializable { Thread t; }
                    interface Kernel extends java.io.Serializable { double apply(double a); }
                    interface Marker {}
                    static abstract class Open {}
                    @Task static int none() { return 1; }
                    @Task private static Block block(Block b, Color c, int[][] grid, Old o) { return b; }
                    @Task public static Tree<String> tree(Tree<String> t, Shape s, Kernel k, Marker m, Open o) { return t; }
                    @Task static List<? extends Block> list(Set<Integer> a, SortedMap<String, long[]> b, Object any) { return null; }
                    @Task(retries = 2) static void update(@InOut Block b, Map.Entry<String, Block> e, CharSequence c) {}
                    @Task static Void nothing(Deque<Integer> d, BitSet bits, java.time.Duration t, Class<?> type) { return null; }
                    @Task static int eight(int a, int b, int c, int d, int e, int f, int g, int h) { return a; }
                    static void run(Workflow wf, Ref<Block> b) {
                        wf.task(Sample::none).submit();
                        Fn.F0<Integer> held = Sample::none;
                        wf.task(held).submit();
                        wf.task((Fn.F0<Integer>) Sample::none).submit();
                        wf.update(Sample::update).submit(b, Arg.value(null), Arg.value(""));
                        Stream.of(1).map(x -> wf.task(Sample::none).submit()).toList();
                    }
                }
                """);
    }

    @Test
    void kiln_001_an_instance_method() {
        check(
                """
                class Sample {
                    int state;
                    @Task
                    int add(int a) { // KILN-001
                        return a + state;
                    }
                }
                """,
                "KILN-001: a @Task method runs on any node, without an object; found the instance method Sample.add;"
                        + " make it static and pass what it reads of the object as parameters");
    }

    @Test
    void kiln_002_a_protected_method() {
        check("""
                class Sample {
                    @Task protected static int f(int a) { return a; } // KILN-002
                }
                """);
    }

    @Test
    void kiln_003_an_overloaded_method() {
        check(
                """
                class Sample {
                    @Task static int f(int a) { return a; } // KILN-003
                    static int f(String a) { return 0; }
                    @Task static int wait(int a) { return a; } // KILN-003
                    static class Base { @Task static int g(int a) { return a; } static int h(int a) { return a; } }
                    static class Sub extends Base {
                        @Task static int g(int a) { return 2 * a; }
                        @Task static int h(int[] a) { return a[0]; } // KILN-003
                    }
                }
                """,
                "KILN-003: a method reference must tell which @Task method it means; found another Sample.f; give it"
                        + " a name of its own");
    }

    @Test
    void kiln_004_a_parameter_that_cannot_travel() {
        check("""
                class Sample {
                    record Job(String name, Thread thread) {}
                    record Jobs(List<Job> all) {}
                    static class Plain {}
                    interface Kernel { double apply(double a); }
                    sealed interface Shape permits Disc {}
                    static final class Disc implements Shape {}
                    interface Source extends AutoCloseable { int read(); int skip(); }
                    @Task
                    static int f(
                            int fine,
                            Thread a, // KILN-004
                            Jobs b, // KILN-004
                            Plain[] c, // KILN-004
                            Kernel d, // KILN-004
                            Shape e, // KILN-004
                            Map<String, List<? extends Plain>> f, // KILN-004
                            Source g) { // KILN-004
                        return 1;
                    }
                    @Task
                    static int g(
                            Ref<Integer> a, // KILN-004
                            Stream<Integer> b, // KILN-004
                            Function<Integer, Integer> c, // KILN-004
                            Workflow d, // KILN-004
                            java.nio.file.Path e, // KILN-004
                            java.io.InputStream f, // KILN-004
                            Optional<Thread> g) { // KILN-004
                        return 1;
                    }
                }
                """);
    }

    @Test
    void kiln_004_names_the_path_to_the_obstacle_and_a_ref_has_its_own_cure() {
        check(
                """
                class Sample {
                    record Job(String name, Thread thread) {}
                    record Jobs(List<Job> all) {}
                    @Task static int f(Jobs jobs) { return 1; } // KILN-004
                }
                """,
                "KILN-004: a parameter of a @Task method travels between nodes; 'jobs' cannot: Jobs.all.thread is a"
                        + " Thread; use a record, an array, a collection, or a class that is Serializable");
        check(
                """
                class Sample {
                    @Task static int f(List<Ref<Integer>> all) { return 1; } // KILN-004
                }
                """,
                "KILN-004: a parameter of a @Task method travels between nodes; 'all' cannot: it holds a"
                        + " Ref<Integer>: the task takes the value, the call takes the ref; use a record, an array, a collection,"
                        + " or a class that is Serializable");
    }

    @Test
    void kiln_005_a_result_that_cannot_travel() {
        check("""
                class Sample {
                    @Task static Stream<Integer> f() { return null; } // KILN-005
                    @Task static Ref<Integer> g(int a) { return null; } // KILN-005
                    @Task
                    static Thread[] h() { // KILN-005
                        return null;
                    }
                }
                """);
    }

    @Test
    void kiln_006_007_008_in_out_in_the_wrong_place() {
        check(
                """
                class Sample {
                    record Fixed(int a, String b, java.time.Duration c, Optional<Long> d) {}
                    enum Color { RED }
                    @Task static void a(int[] a, @InOut int[] b) {} // KILN-006
                    @Task static int b(@InOut int[] a) { return 1; } // KILN-007
                    @Task static void c(@InOut String a) {} // KILN-008
                    @Task static void d(@InOut int a) {} // KILN-008
                    @Task static void e(@InOut Fixed a) {} // KILN-008
                    @Task static void f(@InOut Color a) {} // KILN-008
                    @Task
                    static void g(
                            @InOut int[] a,
                            @InOut int[] b) { // KILN-006
                    }
                }
                """,
                "KILN-006: @InOut marks the first parameter alone; found it on 'b', number 2; make it the first"
                        + " parameter; a method that changes two takes them as one record");
    }

    @Test
    void kiln_009_a_task_without_effect() {
        check("""
                class Sample {
                    @Task static void f(int[] a) {} // KILN-009
                    @Task static void g() {} // KILN-009
                }
                """);
    }

    @Test
    void kiln_010_011_012_013_shape_and_options() {
        check("""
                class Sample {
                    @Task static int a(int a, int b, int c, int d, int e, int f, int g, int h, int i) { return a; } // KILN-010
                    @Task(
                        name = "b",
                        retries = -1) // KILN-011
                    static int b() { return 1; }
                    @Task static int c(int... a) { return 1; } // KILN-012
                    @Task static <T> T d(T a) { return a; } // KILN-013
                }
                """);
    }

    @Test
    void kiln_014_in_out_outside_a_task() {
        check("""
                class Sample {
                    static void f(@InOut int[] a) {} // KILN-014
                }
                """);
    }

    @Test
    void kiln_020_to_023_calls() {
        check(
                """
                class Sample {
                    static int unmarked(int a) { return a; }
                    int bound(int a) { return a; }
                    @Task static int good(int a) { return a; }
                    @Task static void change(@InOut int[] a, int by) {}
                    static void run(Workflow wf, Sample s) {
                        wf.task(() -> 3); // KILN-020
                        wf.task((Integer a, Integer b) -> a + b); // KILN-020
                        wf.update((int[] a) -> { a[0]++; }); // KILN-020
                        wf.task((Fn.F0<Integer>) (() -> 3)); // KILN-020
                        wf.task(Sample::unmarked); // KILN-021
                        wf.task(s::bound); // KILN-021
                        wf.task(Sample::new); // KILN-021
                        wf.task(String::length); // KILN-021
                        wf.update(Sample::good); // KILN-022
                        wf.task(Sample::change); // KILN-023
                        Runnable inner = () -> {
                            wf.task(
                                Sample::unmarked); // KILN-021
                        };
                    }
                    static class Nested {
                        Object o = new Object() {
                            void f(Workflow wf) {
                                wf.task(Sample::unmarked); // KILN-021
                            }
                        };
                    }
                }
                class Second {
                    void f(Workflow wf) {
                        wf.task(() -> 1); // KILN-020
                    }
                }
                """,
                "KILN-020: expected a reference to a @Task method, found a lambda, which has no name on another"
                        + " node; move its body to a static @Task method and name that, as in Kernels::multiply");
    }

    @Test
    void it_adds_nothing_to_an_error_of_the_compilers_own() {
        Javac result = Javac.compile("Sample", HEAD + """
                class Sample {
                    @Task static Unknown f(Missing a) { return null; }
                }
                """, new TaskChecker());
        assertEquals(2, result.problems().size(), result.problems().toString());
        assertTrue(result.problems().stream().noneMatch(p -> p.text().contains("KILN")));
    }
}
