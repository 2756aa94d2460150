package dev.kiln.tasks.spi;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

/**
 * Finds the method behind a serialisable method reference. The JVM makes one class for each place in the source where
 * a reference stands, so what is found is remembered by class, and is forgotten when the program's class loader goes.
 */
final class MethodReferences {

    private static final ClassValue<Target> TARGETS = new ClassValue<>() {
        @Override
        protected Target computeValue(Class<?> lambda) {
            return new Target();
        }
    };

    private MethodReferences() {}

    static TaskMethod task(Serializable reference) {
        Target target = TARGETS.get(reference.getClass());
        TaskMethod found = target.task;
        if (found == null) {
            SerializedLambda form = serialForm(reference);
            if (form.getImplMethodName().startsWith("lambda$")) {
                throw new IllegalArgumentException("a task is a reference to a method marked @Task, such as"
                        + " Kernels::multiply; found a lambda in "
                        + form.getCapturingClass().replace('/', '.'));
            }
            Method method = find(reference, form);
            found = TaskMethod.of(method, form.getImplMethodSignature());
            target.task = found;
        }
        return found;
    }

    static int recordComponent(Serializable accessor) {
        Target target = TARGETS.get(accessor.getClass());
        int index = target.component;
        if (index < 0) {
            SerializedLambda form = serialForm(accessor);
            Method method = find(accessor, form);
            index = indexOf(method);
            target.component = index;
        }
        return index;
    }

    private static int indexOf(Method accessor) {
        RecordComponent[] components = accessor.getDeclaringClass().getRecordComponents();
        if (components != null) {
            for (int i = 0; i < components.length; i++) {
                if (components[i].getAccessor().equals(accessor)) {
                    return i;
                }
            }
        }
        throw new IllegalArgumentException("part(...) takes a reference to the accessor of a record component, such as"
                + " Qr::q; found " + accessor.getDeclaringClass().getSimpleName() + "." + accessor.getName());
    }

    private static SerializedLambda serialForm(Serializable reference) {
        try {
            Method writeReplace = reference.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            SerializedLambda form = (SerializedLambda) writeReplace.invoke(reference);
            if (form.getCapturedArgCount() > 0) {
                throw new IllegalArgumentException("a task is a reference to a static method; found one bound to an"
                        + " object, " + form.getImplClass().replace('/', '.') + "::" + form.getImplMethodName());
            }
            return form;
        } catch (NoSuchMethodException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "a task is a method reference, such as Kernels::multiply; found an object of "
                            + reference.getClass().getName(),
                    e);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the method reference in " + reference.getClass() + " cannot be read", e);
        }
    }

    private static Method find(Serializable reference, SerializedLambda form) {
        ClassLoader code = reference.getClass().getClassLoader();
        try {
            Class<?> owner = Class.forName(form.getImplClass().replace('/', '.'), false, code);
            Class<?>[] parameters = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), code)
                    .parameterArray();
            return owner.getDeclaredMethod(form.getImplMethodName(), parameters);
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "the method behind the reference to " + form.getImplMethodName() + " cannot be found", e);
        }
    }

    /** What a call site refers to. Racing writers write equal values. */
    private static final class Target {
        private volatile @org.jspecify.annotations.Nullable TaskMethod task;
        private volatile int component = -1;
    }
}
