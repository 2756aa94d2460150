package dev.kiln.tasks.spi;

import dev.kiln.tasks.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Task} says of a method. It is read from the class file where that is at hand: asked for an annotation, the
 * JVM first makes classes for it and for those on it, which takes a fifth of the time to a program's first result.
 */
record TaskMark(String name, int retries, int priority) {

    private static final TaskMark USUAL = new TaskMark("", 0, 0);

    /** Null when the method is not marked. */
    static @Nullable TaskMark of(Method method, String descriptor) {
        List<Annotation> written = written(method, descriptor);
        if (written == null) {
            return reflected(method);
        }
        for (Annotation annotation : written) {
            if (annotation.className().equalsString(Task.class.descriptorString())) {
                return USUAL.with(annotation.elements());
            }
        }
        return null;
    }

    /** What the class file has on a method; null when there is none to read, as of classes made at run time. */
    private static @Nullable List<Annotation> written(Method method, String descriptor) {
        Class<?> owner = method.getDeclaringClass();
        String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                return null;
            }
            for (MethodModel each : ClassFile.of().parse(in.readAllBytes()).methods()) {
                if (each.methodName().equalsString(method.getName())
                        && each.methodType().equalsString(descriptor)) {
                    var attribute = each.findAttribute(Attributes.runtimeVisibleAnnotations());
                    return attribute.isPresent() ? attribute.get().annotations() : List.of();
                }
            }
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return null; // a class file of a later Java, say: the JVM may know better
        }
    }

    private TaskMark with(List<AnnotationElement> elements) {
        String named = name;
        int retried = retries;
        int first = priority;
        for (AnnotationElement element : elements) {
            AnnotationValue value = element.value();
            if (value instanceof AnnotationValue.OfString text) {
                named = text.stringValue();
            } else if (value instanceof AnnotationValue.OfInt number) {
                if (element.name().equalsString("retries")) {
                    retried = number.intValue();
                } else {
                    first = number.intValue();
                }
            }
        }
        return new TaskMark(named, retried, first);
    }

    private static @Nullable TaskMark reflected(Method method) {
        Task task = method.getAnnotation(Task.class);
        return task == null ? null : new TaskMark(task.name(), task.retries(), task.priority());
    }
}
