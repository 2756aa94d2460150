package dev.kiln.tasks.spi;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * A method marked {@link Task}, as a cluster needs to know it: to call it here, or to name it to another JVM.
 *
 * @param method the method, made accessible
 * @param name what to call it in messages
 * @param descriptor its descriptor in the form of the class file, {@code (I)V}; with class and name it names the method
 * @param retries as declared
 * @param priority as declared
 */
public record TaskMethod(Method method, String name, String descriptor, int retries, int priority) {

    /**
     * The task method that a method reference names.
     *
     * @throws IllegalArgumentException when it is not a plain reference to a static method marked {@link Task}
     */
    public static TaskMethod of(java.io.Serializable reference) {
        return MethodReferences.task(reference);
    }

    static TaskMethod of(Method method, String descriptor) {
        String where = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        Task task = method.getAnnotation(Task.class);
        if (task == null) {
            throw new IllegalArgumentException(where + " is not a task: mark the method @Task");
        }
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException(where + " is an instance method: a @Task method is static");
        }
        method.setAccessible(true);
        String name = task.name().isEmpty() ? method.getName() : task.name();
        return new TaskMethod(method, name, descriptor, task.retries(), task.priority());
    }

    /** Whether the first parameter is marked {@link InOut}. */
    public boolean updates() {
        return method.getParameterCount() > 0 && method.getParameters()[0].isAnnotationPresent(InOut.class);
    }
}
