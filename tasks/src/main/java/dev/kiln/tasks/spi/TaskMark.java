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

    /** Null when the method is not marked. */
    static @Nullable TaskMark of(Method method, String descriptor) {
        for (Annotation annotation : written(method, descriptor)) {
            if (annotation.className().equalsString(Task.class.descriptorString())) {
                return of(annotation.elements());
            }
        }
        // A class made at run time has no file, and one of two with the same name may have the other's.
        Task task = method.getAnnotation(Task.class);
        return task == null ? null : new TaskMark(task.name(), task.retries(), task.priority());
    }

    /** What the class file has on a method; nothing where it is not found or cannot be read. */
    private static List<Annotation> written(Method method, String descriptor) {
        Class<?> owner = method.getDeclaringClass();
        String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                return List.of();
            }
            for (MethodModel each : ClassFile.of().parse(in.readAllBytes()).methods()) {
                if (each.methodName().equalsString(method.getName())
                        && each.methodType().equalsString(descriptor)) {
                    var attribute = each.findAttribute(Attributes.runtimeVisibleAnnotations());
                    return attribute.isPresent() ? attribute.get().annotations() : List.of();
                }
            }
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // a class file of a later Java, say: the JVM may know better
        }
    }

    /** What is not given is as {@link Task} declares it. */
    private static TaskMark of(List<AnnotationElement> given) {
        String name = "";
        int retries = 0;
        int priority = 0;
        for (AnnotationElement element : given) {
            if (element.name().equalsString("name")) {
                name = ((AnnotationValue.OfString) element.value()).stringValue();
            } else if (element.name().equalsString("retries")) {
                retries = ((AnnotationValue.OfInt) element.value()).intValue();
            } else if (element.name().equalsString("priority")) {
                priority = ((AnnotationValue.OfInt) element.value()).intValue();
            }
        }
        return new TaskMark(name, retries, priority);
    }
}
