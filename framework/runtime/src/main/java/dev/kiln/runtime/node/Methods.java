package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToNode.MethodName;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The task methods of one workflow, as handles that take their arguments in one array. Thread-safe. */
final class Methods {

    private static final MethodType SHAPE = MethodType.methodType(Object.class, Object[].class);

    private final ClassLoader loader;
    private final Map<MethodName, MethodHandle> found = new ConcurrentHashMap<>();

    Methods(ClassLoader loader) {
        this.loader = loader;
    }

    /** Finds a method; throws with one line when the workflow's code has none such. */
    MethodHandle find(MethodName name) {
        MethodHandle handle = found.get(name);
        if (handle == null) {
            handle = look(name);
            found.put(name, handle);
        }
        return handle;
    }

    private MethodHandle look(MethodName name) {
        try {
            Class<?> owner = Class.forName(name.className(), true, loader);
            Class<?>[] parameters = MethodType.fromMethodDescriptorString(name.descriptor(), loader)
                    .parameterArray();
            Method method = owner.getDeclaredMethod(name.method(), parameters);
            method.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(method)
                    .asSpreader(Object[].class, parameters.length)
                    .asType(SHAPE);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(
                    "this node does not find the method " + name.className() + "." + name.method() + name.descriptor()
                            + ": it needs the same program as the driver",
                    e);
        }
    }
}
