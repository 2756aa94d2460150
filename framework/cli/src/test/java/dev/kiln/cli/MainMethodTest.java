package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.UsageException;
import org.junit.jupiter.api.Test;

final class MainMethodTest {

    private static final class Ran extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ran(String what) {
            super(what);
        }
    }

    static class Usual {
        public static void main(String[] args) {
            throw new Ran("usual " + String.join(" ", args));
        }

        static void main() {
            throw new Ran("must not be chosen");
        }
    }

    static class WithoutArguments {
        static void main() {
            throw new Ran("without arguments");
        }
    }

    static class OfAnInstance {
        void main(String[] args) {
            throw new Ran("of an instance " + args.length);
        }
    }

    static class Inherits extends OfAnInstance {}

    static class None {
        private static void main(String[] args) {
            throw new Ran("must not be chosen");
        }
    }

    static class NeedsMore {
        NeedsMore(int much) {
            assertTrue(much > 0);
        }

        void main() {}
    }

    private static String run(Class<?> type, String... args) {
        return assertThrows(Ran.class, () -> MainMethod.of(type).run(args)).getMessage();
    }

    @Test
    void main_is_found_as_java_finds_it() {
        assertEquals("usual a b", run(Usual.class, "a", "b"));
        assertEquals("without arguments", run(WithoutArguments.class, "a"));
        assertEquals("of an instance 1", run(OfAnInstance.class, "a"));
        assertEquals("of an instance 0", run(Inherits.class));
    }

    @Test
    void what_main_throws_is_thrown_as_it_is() {
        Error error = new AssertionError("x");
        class Throws {
            static Error what;

            static void main() {
                throw what;
            }
        }
        Throws.what = error;
        assertSame(
                error,
                assertThrows(
                        AssertionError.class, () -> MainMethod.of(Throws.class).run(new String[0])));
    }

    @Test
    void a_class_without_one_is_refused_with_what_was_expected() {
        assertTrue(refused(None.class).contains("has no main method: expected static void main(String[] args)"));
        assertTrue(refused(NeedsMore.class).contains("expected a constructor without parameters"));
    }

    private static String refused(Class<?> type) {
        return assertThrows(UsageException.class, () -> MainMethod.of(type)).getMessage();
    }
}
