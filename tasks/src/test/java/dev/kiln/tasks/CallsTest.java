package dev.kiln.tasks;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.testing.InlineBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of every shape compile, and arrive. */
class CallsTest {

    sealed interface Shape permits Square, Disc {}

    record Square(double side) implements Shape {}

    record Disc(double radius) implements Shape {}

    static final class K {
        @Task
        static int f0() {
            return 0;
        }

        @Task
        static int f1(int a) {
            return a;
        }

        @Task
        static int f2(int a, Integer b) {
            return a + b;
        }

        @Task
        static long f3(int a, long b, byte c) {
            return a + b + c;
        }

        @Task
        static double f4(int a, double b, float c, short d) {
            return a + b + c + d;
        }

        @Task
        static String f5(int a, char b, boolean c, String d, Optional<String> e) {
            return a + "" + b + c + d + e.orElse("-");
        }

        @Task
        static int f6(int a, int b, int c, int d, int e, int f) {
            return a + b + c + d + e + f;
        }

        @Task
        static int f7(int a, int b, int c, int d, int e, int f, int g) {
            return a + b + c + d + e + f + g;
        }

        @Task
        static int f8(int a, int b, int c, int d, int e, int f, int g, int h) {
            return a + b + c + d + e + f + g + h;
        }

        @Task
        static void u1(@InOut int[] a) {
            a[0]++;
        }

        @Task
        static void u2(@InOut int[] a, int b) {
            a[0] += b;
        }

        @Task
        static void u4(@InOut int[] a, int b, int c, List<Integer> d) {
            a[0] += b + c + d.size();
        }

        @Task
        static void u8(@InOut int[] a, int b, int c, int d, int e, int f, int g, int h) {
            a[0] += b + c + d + e + f + g + h;
        }

        @Task
        static double area(List<Shape> shapes) {
            return shapes.stream().mapToDouble(K::areaOf).sum();
        }

        @Task
        static double areaOf(Shape shape) {
            return switch (shape) {
                case Square(double side) -> side * side;
                case Disc(double radius) -> 3 * radius * radius;
            };
        }

        @Task
        static Square square(double side) {
            return new Square(side);
        }

        @Task
        static int rows(List<List<int[]>> grid) {
            return grid.stream().flatMap(List::stream).mapToInt(cell -> cell[0]).sum();
        }

        @Task
        private static int hidden(int a) {
            return -a;
        }

        @Task
        static String nullable(String a) {
            return String.valueOf(a);
        }
    }

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void zero_to_eight_parameters_boxed_and_primitive() {
        Ref<Integer> one = wf.put(1);
        assertEquals(0, wf.task(K::f0).submit().get());
        assertEquals(1, wf.task(K::f1).submit(one).get());
        assertEquals(3, wf.task(K::f2).submit(one, value(2)).get());
        assertEquals(6L, wf.task(K::f3).submit(one, value(2L), value((byte) 3)).get());
        assertEquals(
                10.0,
                wf.task(K::f4)
                        .submit(one, value(2.0), value(3f), value((short) 4))
                        .get());
        assertEquals(
                "1xtrueyz",
                wf.task(K::f5)
                        .submit(one, value('x'), value(true), value("y"), value(Optional.of("z")))
                        .get());
        assertEquals(6, wf.task(K::f6).submit(one, one, one, one, one, one).get());
        assertEquals(7, wf.task(K::f7).submit(one, one, one, one, one, one, one).get());
        assertEquals(
                8, wf.task(K::f8).submit(one, one, one, one, one, one, one, one).get());
    }

    @Test
    void updates_take_up_to_seven_further_arguments() {
        Ref<Integer> one = wf.put(1);
        Ref<int[]> cell = wf.put(new int[1]);
        cell = wf.update(K::u1).submit(cell);
        cell = wf.update(K::u2).submit(cell, one);
        cell = wf.update(K::u4).submit(cell, one, one, all(List.of(one, one)));
        cell = wf.update(K::u8).submit(cell, one, one, one, one, one, one, one);
        assertEquals(1 + 1 + 4 + 7, cell.get()[0]);
    }

    @Test
    void a_subclass_is_an_argument_for_its_superclass() {
        Ref<Square> square = wf.task(K::square).submit(value(2.0));
        assertEquals(4.0, wf.task(K::areaOf).submit(square).get());
        assertEquals(
                16.0,
                wf.task(K::area)
                        .submit(all(List.of(square, value(new Disc(2)))))
                        .get());
    }

    @Test
    void lists_of_lists_are_alls_of_alls() {
        Ref<int[]> cell = wf.put(new int[] {2});
        var grid = List.of(all(List.of(cell, cell)), all(List.of(cell)));
        assertEquals(6, wf.task(K::rows).submit(all(grid)).get());
    }

    @Test
    void private_methods_and_null_literals_work() {
        assertEquals(-1, wf.task(K::hidden).submit(value(1)).get());
        assertEquals("null", wf.task(K::nullable).submit(value(null)).get());
    }

    @Test
    void a_missing_argument_is_named() {
        Ref<Integer> one = wf.put(1);
        Ref<Integer> none = null;
        assertEquals(
                "argument 2 of f2 is null: expected a ref, or value(null) for a null literal",
                assertThrows(NullPointerException.class, () -> wf.task(K::f2).submit(one, none))
                        .getMessage());
        assertEquals(
                "all(...): element 1 is null: expected a ref, or value(null) for a null literal",
                assertThrows(NullPointerException.class, () -> all(Arrays.asList(one, none)))
                        .getMessage());
    }

    @Test
    void options_stand_between_the_steps_and_are_checked() {
        assertThrows(IllegalArgumentException.class, () -> wf.task(K::f0).retries(-1));
        assertThrows(IllegalArgumentException.class, () -> wf.task(K::f0).named(" "));
        assertThrows(IllegalArgumentException.class, () -> wf.task(K::f0).on(Placement.shard(1024)));
        Ref<Integer> named = wf.task(K::f0)
                .on(Placement.shard(3))
                .named("zero")
                .retries(1)
                .priority(9)
                .submit();
        assertTrue(named.toString().startsWith("zero#"), named.toString());
    }
}
