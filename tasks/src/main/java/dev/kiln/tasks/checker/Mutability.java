package dev.kiln.tasks.checker;

import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Whether no value of a type can ever change, so that a method cannot update it. In doubt it says no. */
final class Mutability {

    private static final Set<String> IMMUTABLE = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.String",
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.util.UUID",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.OptionalDouble");

    private final Types types;

    Mutability(Types types) {
        this.types = types;
    }

    boolean isImmutable(TypeMirror type) {
        return isImmutable(type, new HashSet<>());
    }

    private boolean isImmutable(TypeMirror type, Set<String> seen) {
        if (type.getKind().isPrimitive()) {
            return true;
        }
        if (type.getKind() != TypeKind.DECLARED || !seen.add(type.toString())) {
            return seen.contains(type.toString());
        }
        var declared = (DeclaredType) type;
        var element = (TypeElement) declared.asElement();
        String name = element.getQualifiedName().toString();
        return switch (element.getKind()) {
            case ENUM -> true;
            case RECORD ->
                element.getRecordComponents().stream()
                        .map(component -> (ExecutableType) types.asMemberOf(declared, component.getAccessor()))
                        .allMatch(accessor -> isImmutable(accessor.getReturnType(), seen));
            default ->
                IMMUTABLE.contains(name)
                        || name.startsWith("java.time.")
                        || (name.equals("java.util.Optional")
                                && declared.getTypeArguments().stream().allMatch(a -> isImmutable(a, seen)));
        };
    }
}
