package dev.kiln.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.testing.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler itself says of a wrong call is short enough to read. */
class CompileErrorsTest {

    private static String program(String statement) {
        return """
                import static dev.kiln.tasks.Arg.*;
                import dev.kiln.tasks.*;
                import java.util.List;
                class Program {
                    @Task static double add(int a, double b) { return a + b; }
                    @Task static double sum(List<Double> all) { return 0; }
                    @Task static void scale(@InOut double[] a, double by) {}
                    static void main(Workflow wf, Ref<Integer> i, Ref<Double> d, Ref<String> s, Ref<double[]> a) {
                        %s
                    }
                }
                """.formatted(statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wf.task(Program::add).submit(i, s);",
                "wf.task(Program::add).submit(s, d);",
                "wf.task(Program::add).submit(i, value(\"x\"));",
                "wf.task(Program::add).submit(i, 3.0);",
                "wf.task(Program::sum).submit(all(List.of(s)));",
                "wf.task(Program::scale).submit(a, d);",
                "wf.update(Program::scale).submit(i, d);",
                "wf.update(Program::scale).submit(a, s);",
                "wf.update(Program::scale).submit(value(new double[1]), d);",
                "Ref<String> r = wf.task(Program::add).submit(i, d);",
            })
    void one_wrong_argument_gives_at_most_nine_lines(String statement) {
        assertShort(statement, 9);
    }

    @Test
    void a_missing_argument_gives_at_most_ten_lines() {
        assertShort("wf.task(Program::add).submit(i);", 10);
    }

    private static void assertShort(String statement, int most) {
        Javac result = Javac.compile("Program", program(statement));
        assertEquals(1, result.problems().size(), result.printed());
        assertEquals(9, result.problems().getFirst().line(), result.printed());
        long lines = result.printed().lines().count() - 1; // the last one says how many errors there are
        assertTrue(lines <= most, () -> lines + " lines:\n" + result.printed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double r = wf.task(Program::add).submit(i, d).get();",
                "wf.task(Program::add).submit(value(3), value(4.0));",
                "wf.task(Program::sum).submit(all(List.of(d, value(4.0))));",
                "a = wf.update(Program::scale).submit(a, value(0.5));",
            })
    void right_calls_compile(String statement) {
        assertEquals("", Javac.compile("Program", program(statement)).printed());
    }
}
