package dev.kiln.runtime.codec;

import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of classes, found once each. It keeps only classes that the codec's own class loader reaches, so it keeps
 * no other workflow's loader alive. Thread-safe.
 */
final class Shapes {

    private static final Map<Class<?>, Kind> EXACT = Map.ofEntries(
            Map.entry(Boolean.class, Kind.BOOLEAN),
            Map.entry(Byte.class, Kind.BYTE),
            Map.entry(Short.class, Kind.SHORT),
            Map.entry(Character.class, Kind.CHAR),
            Map.entry(Integer.class, Kind.INT),
            Map.entry(Long.class, Kind.LONG),
            Map.entry(Float.class, Kind.FLOAT),
            Map.entry(Double.class, Kind.DOUBLE),
            Map.entry(String.class, Kind.STRING),
            Map.entry(Class.class, Kind.CLASS),
            Map.entry(boolean[].class, Kind.BOOLEANS),
            Map.entry(byte[].class, Kind.BYTES),
            Map.entry(char[].class, Kind.CHARS),
            Map.entry(short[].class, Kind.SHORTS),
            Map.entry(int[].class, Kind.INTS),
            Map.entry(long[].class, Kind.LONGS),
            Map.entry(float[].class, Kind.FLOATS),
            Map.entry(double[].class, Kind.DOUBLES),
            Map.entry(ArrayList.class, Kind.LIST),
            Map.entry(LinkedList.class, Kind.LINKED_LIST),
            Map.entry(Arrays.asList().getClass(), Kind.FIXED_LIST),
            Map.entry(ArrayDeque.class, Kind.DEQUE),
            Map.entry(HashSet.class, Kind.HASH_SET),
            Map.entry(LinkedHashSet.class, Kind.LINKED_SET),
            Map.entry(TreeSet.class, Kind.TREE_SET),
            Map.entry(HashMap.class, Kind.HASH_MAP),
            Map.entry(LinkedHashMap.class, Kind.LINKED_MAP),
            Map.entry(TreeMap.class, Kind.TREE_MAP),
            Map.entry(Optional.class, Kind.OPTIONAL));

    private final ClassLoader loader;
    private final ConcurrentHashMap<Class<?>, Shape> known = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Class<?>> byName = new ConcurrentHashMap<>();

    Shapes(ClassLoader loader) {
        this.loader = loader;
    }

    ClassLoader loader() {
        return loader;
    }

    /**
     * The shape of a class.
     *
     * @throws NotEncodableException when its objects cannot travel; the message begins with "is", for after a path
     */
    Shape of(Class<?> type) {
        Shape shape = known.get(type);
        if (shape == null) {
            shape = find(type);
            known.put(type, shape);
        }
        return shape;
    }

    /** The class of a name, as the workflow's class loader knows it; arrays too. Does not initialise it. */
    Class<?> named(String name) throws ClassNotFoundException {
        Class<?> found = byName.get(name);
        if (found == null) {
            found = primitive(name);
            if (found == null) {
                found = Class.forName(name, false, loader);
            }
            byName.put(name, found);
        }
        return found;
    }

    private Shape find(Class<?> type) {
        Kind exact = EXACT.get(type);
        if (exact != null) {
            return new Shape(type, exact, null);
        }
        if (Enum.class.isAssignableFrom(type)) {
            Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
            return new Shape(reachable(declaring), Kind.ENUM, null);
        }
        if (type.isArray()) {
            return new Shape(reachable(type), Kind.ARRAY, null);
        }
        if (type.isRecord()) {
            return new Shape(reachable(type), Kind.RECORD, RecordForm.of(type));
        }
        boolean serializable = Serializable.class.isAssignableFrom(type);
        if (serializable && type.isHidden()) {
            return new Shape(type, type.getClassLoader() == null ? Kind.JAVA : Kind.LAMBDA, null);
        }
        if (type.getName().startsWith("java.")) {
            Kind collection = collection(type, serializable);
            if (collection != null) {
                return new Shape(type, collection, null);
            }
        }
        if (!serializable) {
            throw new NotEncodableException(Advice.cannotTravel(type));
        }
        return new Shape(Proxy.isProxyClass(type) ? type : reachable(type), Kind.JAVA, null);
    }

    /** Views such as sublists and key sets are not serialisable: they travel as plain collections. */
    private static @Nullable Kind collection(Class<?> type, boolean serializable) {
        boolean immutable = type.getName().startsWith("java.util.ImmutableCollections$");
        if (serializable && !immutable) {
            return null;
        }
        if (List.class.isAssignableFrom(type)) {
            return immutable ? Kind.IMMUTABLE_LIST : Kind.LIST;
        }
        if (Set.class.isAssignableFrom(type)) {
            return immutable ? Kind.IMMUTABLE_SET : Kind.LINKED_SET;
        }
        if (Map.class.isAssignableFrom(type)) {
            return immutable ? Kind.IMMUTABLE_MAP : Kind.LINKED_MAP;
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return Kind.ENTRY;
        }
        return Collection.class.isAssignableFrom(type) ? Kind.LIST : null;
    }

    /** A class of another loader than the one values are decoded by would come out as another class, or not at all. */
    Class<?> reachable(Class<?> type) {
        try {
            if (named(type.getName()) == type) {
                return type;
            }
            throw new NotEncodableException("is a " + type.getName()
                    + " from another class loader than the workflow's; load that class only once");
        } catch (ClassNotFoundException e) {
            throw new NotEncodableException("is a " + type.getName()
                    + ", which the workflow's code does not have; add it to the workflow's jar");
        }
    }

    private static @Nullable Class<?> primitive(String name) {
        return switch (name) {
            case "boolean" -> boolean.class;
            case "byte" -> byte.class;
            case "short" -> short.class;
            case "char" -> char.class;
            case "int" -> int.class;
            case "long" -> long.class;
            case "float" -> float.class;
            case "double" -> double.class;
            case "void" -> void.class;
            default -> null;
        };
    }
}
