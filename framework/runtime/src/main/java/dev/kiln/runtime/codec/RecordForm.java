package dev.kiln.runtime.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of one class apart and puts them together. It reads fields rather than accessors, because accessors
 * of arrays are often written to return a copy; it builds by the canonical constructor, so its checks hold.
 */
final class RecordForm {

    final Class<?> type;
    final String[] names;
    final Class<?>[] types;
    private final MethodHandle[] getters;
    private final MethodHandle constructor;

    private RecordForm(
            Class<?> type, String[] names, Class<?>[] types, MethodHandle[] getters, MethodHandle constructor) {
        this.type = type;
        this.names = names;
        this.types = types;
        this.getters = getters;
        this.constructor = constructor;
    }

    /** Whichever access modifiers the class has; fails only for one in a named module that is not open. */
    static RecordForm of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        int n = components.length;
        String[] names = new String[n];
        Class<?>[] types = new Class<?>[n];
        MethodHandle[] getters = new MethodHandle[n];
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < n; i++) {
                names[i] = components[i].getName();
                types[i] = components[i].getType();
                Field field = type.getDeclaredField(names[i]);
                field.setAccessible(true);
                getters[i] = lookup.unreflectGetter(field).asType(MethodType.methodType(Object.class, Object.class));
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            MethodHandle constructor = lookup.unreflectConstructor(canonical)
                    .asFixedArity()
                    .asType(MethodType.genericMethodType(n))
                    .asSpreader(Object[].class, n);
            return new RecordForm(type, names, types, getters, constructor);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new NotEncodableException(
                    "the record " + type.getName() + " cannot be read: its module does not open "
                            + type.getPackageName() + " (" + e.getMessage() + ")");
        }
    }

    int size() {
        return names.length;
    }

    @Nullable Object get(Object instance, int component) {
        try {
            return (Object) getters[component].invokeExact(instance);
        } catch (Throwable e) {
            throw new IllegalStateException("field " + names[component] + " of " + type.getName() + " was not read", e);
        }
    }

    /** What the constructor throws is thrown as it is. */
    Object make(@Nullable Object[] values) throws Throwable {
        return (Object) constructor.invokeExact(values);
    }
}
