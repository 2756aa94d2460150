package dev.kiln.tasks.spi;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Finds the method behind a serialisable method reference. The JVM makes one class for each place in the source where
 * a reference stands, so what is found is remembered by class, and is forgotten when the program's class loader goes.
 */
final class MethodReferences {

    private static final String TASK = "a task is a reference to a method marked @Task, such as Kernels::multiply";
    private static final String PART =
            "part(...) takes a reference to the accessor of a record component, such as Qr::q";

    private static final String OBJECT =
            "a call of an active object names a method of its interface, such as Forecaster::predict";

    private static final ClassValue<Target> TARGETS = new ClassValue<>() {
        @Override
        protected Target computeValue(Class<?> reference) {
            return new Target();
        }
    };

    private MethodReferences() {}

    static TaskMethod task(Serializable reference) {
        Target target = TARGETS.get(reference.getClass());
        TaskMethod found = target.task;
        if (found == null) {
            SerializedLambda form = serialForm(reference, TASK);
            found = TaskMethod.of(find(reference, form, TASK), form.getImplMethodSignature());
            target.task = found;
        }
        return found;
    }

    static ObjectMethod objectMethod(Serializable reference) {
        Target target = TARGETS.get(reference.getClass());
        ObjectMethod found = target.ofObject;
        if (found == null) {
            SerializedLambda form = serialForm(reference, OBJECT);
            found = ObjectMethod.of(find(reference, form, OBJECT));
            target.ofObject = found;
        }
        return found;
    }

    static int recordComponent(Serializable accessor) {
        Target target = TARGETS.get(accessor.getClass());
        int index = target.component;
        if (index < 0) {
            index = indexOf(find(accessor, serialForm(accessor, PART), PART));
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
        throw new IllegalArgumentException(
                PART + "; found " + accessor.getDeclaringClass().getSimpleName() + "::" + accessor.getName());
    }

    /** What the JDK would write of a reference: the names of its method. */
    private static SerializedLambda serialForm(Serializable reference, String expected) {
        try {
            Method writeReplace = reference.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            if (!(writeReplace.invoke(reference) instanceof SerializedLambda form)) {
                throw notAReference(reference, expected);
            }
            // The compiler turns some references into lambdas: to a protected method of another package, say.
            if (form.getImplMethodName().startsWith("lambda$")) {
                throw new IllegalArgumentException(expected + "; found a lambda in "
                        + form.getCapturingClass().replace('/', '.')
                        + ", or a reference to a method that is not accessible there by its own class");
            }
            if (form.getCapturedArgCount() > 0) {
                throw new IllegalArgumentException(expected + "; found one bound to an object, of "
                        + simpleName(form.getImplClass()) + "::" + form.getImplMethodName()
                        + ": make that static and pass the object as an argument");
            }
            return form;
        } catch (NoSuchMethodException e) {
            throw notAReference(reference, expected);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the method reference in " + reference.getClass() + " cannot be read", e);
        }
    }

    private static IllegalArgumentException notAReference(Serializable reference, String expected) {
        return new IllegalArgumentException(
                expected + "; found an object of " + reference.getClass().getName());
    }

    private static Method find(Serializable reference, SerializedLambda form, String expected) {
        if (form.getImplMethodName().equals("<init>")) {
            throw new IllegalArgumentException(
                    expected + "; found the constructor " + simpleName(form.getImplClass()) + "::new");
        }
        ClassLoader code = reference.getClass().getClassLoader();
        try {
            Class<?> owner = Class.forName(form.getImplClass().replace('/', '.'), false, code);
            Class<?>[] parameters = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), code)
                    .parameterArray();
            return declared(owner, form.getImplMethodName(), parameters);
        } catch (ClassNotFoundException | NoSuchMethodException | TypeNotPresentException e) {
            throw new IllegalArgumentException(
                    "the method behind the reference to " + simpleName(form.getImplClass()) + "::"
                            + form.getImplMethodName() + " cannot be found",
                    e);
        }
    }

    /** A reference may name a method by a subclass of the class that declares it. */
    private static Method declared(Class<?> owner, String name, Class<?>[] parameters) throws NoSuchMethodException {
        for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
            try {
                return c.getDeclaredMethod(name, parameters);
            } catch (NoSuchMethodException e) {
                // it may be inherited
            }
        }
        if (owner.isInterface()) {
            return owner.getMethod(name, parameters); // of an interface that it extends
        }
        throw new NoSuchMethodException(owner.getName() + "." + name);
    }

    private static String simpleName(String internalName) {
        return internalName.substring(Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$')) + 1);
    }

    /** What a place in the source refers to. Racing writers write equal values. */
    private static final class Target {
        private volatile @Nullable TaskMethod task;
        private volatile @Nullable ObjectMethod ofObject;
        private volatile int component = -1;
    }
}
