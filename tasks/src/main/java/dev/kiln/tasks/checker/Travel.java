package dev.kiln.tasks.checker;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Whether values of a type can travel from one node to another: primitives, strings, enums, records and arrays of what
 * can, the collections, maps and optionals of {@code java.util}, and serialisable classes. In doubt it says yes, since
 * the argument itself is checked when a task is submitted: {@code Object}, type variables, and open abstract types.
 */
final class Travel {

    /** Types of the JDK that are not Serializable themselves, but whose usual values travel. */
    private static final Set<String> OPEN = Set.of(
            "java.lang.Object",
            "java.lang.Void",
            "java.lang.Record",
            "java.lang.CharSequence",
            "java.lang.Comparable",
            "java.lang.Iterable",
            "java.util.Map.Entry",
            "java.util.Optional",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.OptionalDouble");

    /** The path to an element of the collection or array that was asked about. */
    private static final String ELEMENT = "*";

    private final Types types;
    private final Elements elements;
    private final @Nullable TypeMirror serializable;
    private final @Nullable TypeMirror collection;
    private final @Nullable TypeMirror map;
    private final @Nullable TypeMirror closeable;

    Travel(Types types, Elements elements) {
        this.types = types;
        this.elements = elements;
        this.serializable = erased("java.io.Serializable");
        this.collection = erased("java.util.Collection");
        this.map = erased("java.util.Map");
        this.closeable = erased("java.lang.AutoCloseable");
    }

    /** Inside a record, elements are named by the component that holds them. */
    private static String elementOf(String path) {
        return path.isEmpty() ? ELEMENT : path;
    }

    private @Nullable TypeMirror erased(String name) {
        TypeElement type = elements.getTypeElement(name);
        return type == null ? null : types.erasure(type.asType());
    }

    /** Why values of the type cannot travel, or null when they can. */
    @Nullable String obstacle(TypeMirror type) {
        return obstacle(type, "", new HashSet<>());
    }

    private @Nullable String obstacle(TypeMirror type, String path, Set<String> seen) {
        return switch (type.getKind()) {
            case ARRAY -> obstacle(((ArrayType) type).getComponentType(), elementOf(path), seen);
            case DECLARED -> seen.add(type.toString()) ? declared((DeclaredType) type, path, seen) : null;
            case WILDCARD -> {
                TypeMirror bound = ((WildcardType) type).getExtendsBound();
                yield bound == null ? null : obstacle(bound, path, seen);
            }
            default -> null;
        };
    }

    private @Nullable String declared(DeclaredType type, String path, Set<String> seen) {
        var element = (TypeElement) type.asElement();
        String name = element.getQualifiedName().toString();
        if (name.startsWith("dev.kiln.tasks.") && !isA(type, serializable)) {
            return found(type, path) + ": the task takes the value, the call takes the ref";
        }
        switch (element.getKind()) {
            case ENUM -> {
                return null;
            }
            case RECORD -> {
                return components(type, element, path, seen);
            }
            default -> {}
        }
        boolean ofJdk = name.startsWith("java.") || name.startsWith("javax.");
        if (ofJdk && (OPEN.contains(name) || isA(type, serializable) || isA(type, collection) || isA(type, map))) {
            return first(type.getTypeArguments(), elementOf(path), seen);
        }
        if (isA(type, serializable)) {
            return null;
        }
        if (element.getModifiers().contains(Modifier.SEALED)) {
            return first(element.getPermittedSubclasses(), path, seen);
        }
        if (ofJdk || isA(type, closeable)) {
            return found(type, path);
        }
        if (element.getKind().isInterface()) {
            return isFunctional(element)
                    ? found(type, path) + ", for lambdas of which it must extend java.io.Serializable"
                    : null;
        }
        return element.getModifiers().contains(Modifier.ABSTRACT)
                ? null
                : found(type, path) + ", neither a record nor Serializable";
    }

    private @Nullable String components(DeclaredType type, TypeElement element, String path, Set<String> seen) {
        for (RecordComponentElement component : element.getRecordComponents()) {
            var accessor = (ExecutableType) types.asMemberOf(type, component.getAccessor());
            String deeper = path.isEmpty() || path.equals(ELEMENT)
                    ? element.getSimpleName().toString()
                    : path;
            String obstacle = obstacle(accessor.getReturnType(), deeper + "." + component.getSimpleName(), seen);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private @Nullable String first(List<? extends TypeMirror> parts, String path, Set<String> seen) {
        for (TypeMirror part : parts) {
            String obstacle = obstacle(part, path, seen);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private boolean isA(TypeMirror type, @Nullable TypeMirror of) {
        return of != null && types.isSubtype(types.erasure(type), of);
    }

    private boolean isFunctional(TypeElement element) {
        List<ExecutableElement> open = ElementFilter.methodsIn(elements.getAllMembers(element)).stream()
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .toList();
        return open.size() == 1;
    }

    private static String found(DeclaredType type, String path) {
        return switch (path) {
                    case "" -> "it is a ";
                    case ELEMENT -> "it holds a ";
                    default -> path + " is a ";
                }
                + show(type);
    }

    /** The type as its author would write it: simple names, no annotations. */
    static String show(TypeMirror type) {
        return switch (type) {
            case DeclaredType declared -> {
                Element element = declared.asElement();
                List<? extends TypeMirror> arguments = declared.getTypeArguments();
                yield arguments.isEmpty()
                        ? element.getSimpleName().toString()
                        : element.getSimpleName() + "<"
                                + String.join(
                                        ", ",
                                        arguments.stream().map(Travel::show).toList()) + ">";
            }
            case ArrayType array -> show(array.getComponentType()) + "[]";
            default -> type.getKind().isPrimitive() ? type.getKind().name().toLowerCase(Locale.ROOT) : type.toString();
        };
    }
}
