package dev.kiln.tasks.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kiln.tasks.Task;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskMarkTest {

    static final class Marked {
        @Task
        static int usual() {
            return 0;
        }

        @Task(name = "told", retries = 3, priority = -7)
        static int told(int a) {
            return a;
        }

        @Task(priority = 5)
        @Deprecated
        static int told(long a) {
            return (int) a;
        }

        static int unmarked() {
            return 0;
        }
    }

    /** As a program's that makes classes while it runs: there is no file to read. */
    private static final class WithoutFiles extends ClassLoader {
        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (!name.equals(Marked.class.getName())) {
                return super.loadClass(name);
            }
            try (InputStream in = TaskMarkTest.class.getResourceAsStream("TaskMarkTest$Marked.class")) {
                byte[] file = in.readAllBytes();
                return defineClass(name, file, 0, file.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            return null;
        }
    }

    @Test
    void a_mark_is_read_from_the_class_file_with_its_usual_values_and_with_those_given() throws Exception {
        assertEquals(new TaskMark("", 0, 0), mark(Marked.class, "usual", "()I"));
        assertEquals(new TaskMark("told", 3, -7), mark(Marked.class, "told", "(I)I", int.class));
        assertEquals(new TaskMark("", 0, 5), mark(Marked.class, "told", "(J)I", long.class));
        assertNull(mark(Marked.class, "unmarked", "()I"));
    }

    @Test
    void a_mark_is_found_where_there_is_no_class_file() throws Exception {
        Class<?> made = new WithoutFiles().loadClass(Marked.class.getName());
        assertNotSame(Marked.class, made);
        assertEquals(new TaskMark("", 0, 0), mark(made, "usual", "()I"));
        assertEquals(new TaskMark("told", 3, -7), mark(made, "told", "(I)I", int.class));
        assertNull(mark(made, "unmarked", "()I"));
    }

    @Test
    void what_a_mark_says_when_nothing_is_given_is_what_the_annotation_declares() throws Exception {
        assertEquals("", Task.class.getMethod("name").getDefaultValue());
        assertEquals(0, Task.class.getMethod("retries").getDefaultValue());
        assertEquals(0, Task.class.getMethod("priority").getDefaultValue());
        assertEquals(3, Task.class.getDeclaredMethods().length);
    }

    private static @Nullable TaskMark mark(Class<?> owner, String name, String descriptor, Class<?>... parameters)
            throws Exception {
        Method method = owner.getDeclaredMethod(name, parameters);
        return TaskMark.of(method, descriptor);
    }
}
