package dev.kiln.tasks.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A copy of a value that shares nothing that can change with it, as if it had travelled. */
final class DeepCopy {

    private DeepCopy() {}

    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String s -> s;
            case Number n when n.getClass().getPackageName().equals("java.lang") -> n;
            case Boolean b -> b;
            case Character c -> c;
            case Enum<?> e -> e;
            case Record r -> copyRecord(r);
            case Object array when array.getClass().isArray() -> copyArray(array);
            case List<?> list -> copyInto(new ArrayList<>(list.size()), list);
            case SortedSet<?> set -> copyInto(sorted(set), set);
            case Set<?> set -> copyInto(new LinkedHashSet<>(), set);
            case SortedMap<?, ?> map -> copyMap(sorted(map), map);
            case Map<?, ?> map -> copyMap(new LinkedHashMap<>(), map);
            case Optional<?> optional -> optional.map(DeepCopy::of);
            case Serializable object -> copySerial(object);
            default ->
                throw new IllegalArgumentException(
                        value.getClass().getName() + " cannot travel: make it a record or Serializable");
        };
    }

    @SuppressWarnings("unchecked")
    private static TreeSet<@Nullable Object> sorted(SortedSet<?> set) {
        return new TreeSet<>(((SortedSet<Object>) set).comparator());
    }

    @SuppressWarnings("unchecked")
    private static TreeMap<@Nullable Object, @Nullable Object> sorted(SortedMap<?, ?> map) {
        return new TreeMap<>(((SortedMap<Object, Object>) map).comparator());
    }

    private static <C extends java.util.Collection<@Nullable Object>> C copyInto(C copy, Iterable<?> elements) {
        elements.forEach(element -> copy.add(of(element)));
        return copy;
    }

    private static <M extends Map<@Nullable Object, @Nullable Object>> M copyMap(M copy, Map<?, ?> map) {
        map.forEach((key, entry) -> copy.put(of(key), of(entry)));
        return copy;
    }

    private static Object copyArray(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        if (array instanceof Object[] from) {
            for (int i = 0; i < length; i++) {
                Array.set(copy, i, of(from[i]));
            }
        } else {
            System.arraycopy(array, 0, copy, 0, length);
        }
        return copy;
    }

    private static Object copyRecord(Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                components[i].getAccessor().setAccessible(true);
                values[i] = of(components[i].getAccessor().invoke(value));
            }
            Constructor<?> canonical = value.getClass().getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record " + value.getClass().getName() + " cannot be copied", e);
        }
    }

    private static Object copySerial(Serializable value) {
        try {
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            }
            ClassLoader code = value.getClass().getClassLoader();
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
                @Override
                protected Class<?> resolveClass(ObjectStreamClass form) throws IOException, ClassNotFoundException {
                    return code == null ? super.resolveClass(form) : Class.forName(form.getName(), false, code);
                }
            }) {
                return in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot travel: " + e.getMessage(), e);
        }
    }
}
