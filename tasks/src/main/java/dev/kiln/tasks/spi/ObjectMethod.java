package dev.kiln.tasks.spi;

import dev.kiln.tasks.Idempotent;
import dev.kiln.tasks.ReadOnly;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * A method of an active object's interface.
 *
 * @param method the method
 * @param descriptor its descriptor in the form of the class file
 * @param readOnly whether it is marked {@link ReadOnly}
 * @param idempotent whether it is marked {@link Idempotent}
 */
public record ObjectMethod(Method method, String descriptor, boolean readOnly, boolean idempotent) {

    /**
     * The method that a reference such as {@code Forecaster::predict} names.
     *
     * @throws IllegalArgumentException when it is no reference to a method of that interface
     */
    public static ObjectMethod of(Serializable reference, Class<?> type) {
        ObjectMethod found = MethodReferences.objectMethod(reference);
        if (!found.method.getDeclaringClass().isAssignableFrom(type)) {
            throw new IllegalArgumentException("expected a method of " + type.getSimpleName() + ", found "
                    + found.method.getDeclaringClass().getSimpleName() + "::" + found.method.getName());
        }
        return found;
    }

    /** A method of an interface. */
    public static ObjectMethod of(Method method) {
        if (Modifier.isStatic(method.getModifiers())
                || !method.getDeclaringClass().isInterface()) {
            throw new IllegalArgumentException(method.getDeclaringClass().getSimpleName() + "::" + method.getName()
                    + ": expected an instance method of the object's interface");
        }
        return new ObjectMethod(
                method,
                MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString(),
                method.isAnnotationPresent(ReadOnly.class),
                method.isAnnotationPresent(Idempotent.class));
    }

    /** For messages. */
    public String title() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
