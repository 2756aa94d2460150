package dev.kiln.tasks.spi;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;

/**
 * A method marked {@link Task}, as a cluster needs to know it: to call it here, or to name it to another JVM.
 *
 * @param method the method, made accessible
 * @param name what to call it in messages
 * @param descriptor its descriptor in the form of the class file, {@code (I)V}; with class and name it names the method
 * @param updates whether its first parameter is marked {@link InOut}
 * @param retries as declared
 * @param priority as declared
 */
public record TaskMethod(Method method, String name, String descriptor, boolean updates, int retries, int priority) {

    /**
     * The task method that a method reference names. Costs a look-up after the first call from one place in the source.
     *
     * @throws IllegalArgumentException when it is not a plain reference to a static method marked {@link Task}
     */
    public static TaskMethod of(Serializable reference) {
        return MethodReferences.task(reference);
    }

    /** Checks again what the compile-time checker checks, since a program may be compiled without it. */
    static TaskMethod of(Method method, String descriptor) {
        String where = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        TaskMark task = TaskMark.of(method, descriptor);
        if (task == null) {
            throw new IllegalArgumentException(where + " is not a task: mark the method @Task");
        }
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException(
                    where + " is an instance method: make it static and pass what it needs as parameters");
        }
        if (task.retries() < 0) {
            throw new IllegalArgumentException(
                    where + " has @Task(retries = " + task.retries() + "): expected 0 or more");
        }
        boolean updates = updates(method, where);
        if (!updates && method.getReturnType() == void.class) {
            throw new IllegalArgumentException(
                    where + " makes and changes nothing: return a value, or mark its first parameter @InOut");
        }
        method.setAccessible(true);
        String name = task.name().isEmpty() ? method.getName() : task.name();
        return new TaskMethod(method, name, descriptor, updates, task.retries(), task.priority());
    }

    private static boolean updates(Method method, String where) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isAnnotationPresent(InOut.class) && (i > 0 || method.getReturnType() != void.class)) {
                throw new IllegalArgumentException(
                        where + ": @InOut marks the first parameter of a void method, and no other");
            }
        }
        return parameters.length > 0 && parameters[0].isAnnotationPresent(InOut.class);
    }

    /**
     * Checks that the method was called as it is declared: through {@code update} when it changes its first parameter.
     *
     * @throws IllegalArgumentException when it was not
     */
    public void checkCalledAs(boolean update) {
        if (update != updates) {
            String where = method.getDeclaringClass().getSimpleName() + "::" + method.getName();
            throw new IllegalArgumentException(
                    update
                            ? "update(" + where + "): the method changes nothing; call it through task(...), or mark"
                                    + " its first parameter @InOut"
                            : "task(" + where + "): the method changes its first parameter; call it through"
                                    + " update(...)");
        }
    }
}
