package dev.kiln.tasks.spi;

import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.Fn;
import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A program compiled without the checker is told at the call, in one line and with the cure. */
class WrongReferencesTest {

    record Pair(int left, int right) {
        int both() {
            return left + right;
        }
    }

    static class Base {
        @Task
        static int inherited(int a) {
            return a;
        }
    }

    static final class K extends Base {
        private final int offset = 1;

        @Task
        static int good(int a) {
            return a;
        }

        static int unmarked(int a) {
            return a;
        }

        @Task
        int bound(int a) {
            return a + offset;
        }

        @Task
        static int unbound(K self) {
            return self.offset;
        }

        @Task(retries = -1)
        static int negative() {
            return 0;
        }

        @Task
        static void increment(@InOut int[] a) {
            a[0]++;
        }

        @Task
        static int incrementAndReturn(@InOut int[] a) {
            return ++a[0];
        }

        @Task
        static void second(int[] a, @InOut int[] b) {
            b[0] = a[0];
        }

        @Task
        static void nothing(int[] a) {}
    }

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    private static void refused(String message, Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertEquals(1, found.lines().count());
        assertTrue(found.contains(message), found);
    }

    @Test
    void what_is_no_reference_to_a_task_is_refused() {
        K object = new K();
        refused("found a lambda in dev.kiln.tasks.spi.WrongReferencesTest", () -> wf.task(() -> 3));
        refused("K.unmarked is not a task: mark the method @Task", () -> wf.task(K::unmarked));
        refused("of K::bound: make that static and pass the object as an argument", () -> wf.task(object::bound));
        refused("K.bound is an instance method: make it static", () -> wf.task(K::bound));
        refused("found the constructor K::new", () -> wf.task(K::new));
        refused(
                "found an object of ",
                () -> wf.task(new Fn.F0<Integer>() {
                    @Override
                    public Integer call() {
                        return 1;
                    }
                }));
    }

    @Test
    void wrong_declarations_are_refused() {
        refused("K.negative has @Task(retries = -1): expected 0 or more", () -> wf.task(K::negative));
        refused("@InOut marks the first parameter of a void method", () -> wf.task(K::incrementAndReturn));
        refused("@InOut marks the first parameter of a void method", () -> wf.update(K::second));
    }

    @Test
    void task_and_update_take_what_returns_and_what_changes() {
        refused("update(K::good): the method changes nothing; call it through task(...)", () -> wf.update(K::good));
        refused(
                "task(K::increment): the method changes its first parameter; call it through update(...)",
                () -> wf.task(K::increment));
        refused("K.nothing makes and changes nothing: return a value", () -> wf.task(K::nothing));
        refused("K.nothing makes and changes nothing: return a value", () -> wf.update(K::nothing));
    }

    @Test
    void a_part_is_named_by_the_accessor_of_a_component() {
        Ref<Pair> pair = wf.put(new Pair(1, 2));
        assertEquals(2, pair.part(Pair::right).get());
        refused(
                "part(...) takes a reference to the accessor of a record component, such as Qr::q; found Pair::both",
                () -> pair.part(Pair::both));
        refused("part(...) takes a reference to the accessor", () -> pair.part(p -> p.left()));
    }

    @Test
    void a_reference_is_looked_up_once_and_may_name_an_inherited_method() {
        Fn.F1<Integer, Integer> reference = K::inherited;
        assertSame(TaskMethod.of(reference), TaskMethod.of(reference));
        assertEquals("inherited", TaskMethod.of(reference).name());
        assertEquals(7, wf.task(K::inherited).submit(value(7)).get());
    }
}
