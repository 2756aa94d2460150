package dev.kiln.cli;

import dev.kiln.command.UsageException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The method that a program begins with, found as {@code java} finds it (JLS 12.1.4): {@code main(String[])} before
 * {@code main()}, static or of an instance, not private, of the class or of one that it extends.
 */
final class MainMethod {

    private final Method method;
    private final boolean takesArguments;
    private final @Nullable Constructor<?> constructor;

    private MainMethod(Method method, boolean takesArguments, @Nullable Constructor<?> constructor) {
        this.method = method;
        this.takesArguments = takesArguments;
        this.constructor = constructor;
    }

    /** Finds it; the class is loaded and not yet initialised. */
    static MainMethod of(Class<?> type) {
        Method method = find(type, String[].class);
        boolean takesArguments = method != null;
        if (method == null) {
            method = find(type);
        }
        if (method == null) {
            throw new UsageException(
                    type.getName() + " has no main method: expected static void main(String[] args), or void main()");
        }
        method.setAccessible(true);
        if (Modifier.isStatic(method.getModifiers())) {
            return new MainMethod(method, takesArguments, null);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            if (Modifier.isPrivate(constructor.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
                throw new NoSuchMethodException();
            }
            constructor.setAccessible(true);
            return new MainMethod(method, takesArguments, constructor);
        } catch (NoSuchMethodException e) {
            throw new UsageException(
                    "main of " + type.getName()
                            + " is not static: expected a constructor without parameters that is not private, or a static main");
        }
    }

    private static @Nullable Method find(Class<?> type, Class<?>... parameters) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals("main")
                        && Arrays.equals(method.getParameterTypes(), parameters)
                        && !Modifier.isPrivate(method.getModifiers())
                        && method.getReturnType() == void.class) {
                    return method;
                }
            }
        }
        return null;
    }

    /** Runs the program; throws what it throws. */
    void run(String[] args) throws Throwable {
        try {
            Object on = constructor == null ? null : constructor.newInstance();
            if (takesArguments) {
                method.invoke(on, (Object) args);
            } else {
                method.invoke(on);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
