package dev.kiln.runtime.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Objects;

/** Takes serialisable lambdas and method references apart, and makes them anew in the workflow's own classes. */
final class LambdaForms {

    private final Shapes shapes;

    LambdaForms(Shapes shapes) {
        this.shapes = shapes;
    }

    /** What the compiler's writeReplace tells of a lambda. */
    SerializedLambda takeApart(Object lambda) {
        try {
            Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return (SerializedLambda) replace.invoke(lambda);
        } catch (ReflectiveOperationException | ClassCastException | InaccessibleObjectException e) {
            throw new NotEncodableException(Advice.cannotTravel(lambda.getClass()));
        }
    }

    /** The class in whose source the lambda stands. */
    Class<?> capturingClass(SerializedLambda form, Object lambda) {
        String name = form.getCapturingClass().replace('/', '.');
        try {
            Class<?> capturing = shapes.named(name);
            if (!Objects.equals(capturing.getClassLoader(), lambda.getClass().getClassLoader())) {
                throw new NotEncodableException("is a lambda written in a " + name
                        + " from another class loader than the workflow's; load that class only once");
            }
            return capturing;
        } catch (ClassNotFoundException e) {
            throw new NotEncodableException("is a lambda written in " + name
                    + ", which the workflow's code does not have; add it to the workflow's jar");
        }
    }

    /** The lambda anew, by the method that the compiler put into the class for this. */
    Object make(Class<?> capturing, SerializedLambda form) {
        try {
            Method make = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
            make.setAccessible(true);
            return make.invoke(null, form);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new CorruptDataException(
                    "the lambda " + form.getImplMethodName() + " is not in " + capturing.getName()
                            + " as the workflow's code has it here",
                    e);
        }
    }
}
