package dev.kiln.runtime.codec;

import java.io.UncheckedIOException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
import org.jspecify.annotations.Nullable;

/** Reads one value: the reverse of {@link Encoder}. */
final class Decoder {

    private final Shapes shapes;
    private final LambdaForms lambdas;
    private final JavaForm javaForm;
    private final ByteSource in;
    private final List<Object> finished = new ArrayList<>();
    private final List<Class<?>> classes = new ArrayList<>(4);
    private int depth;

    Decoder(Shapes shapes, LambdaForms lambdas, JavaForm javaForm, ByteSource in) {
        this.shapes = shapes;
        this.lambdas = lambdas;
        this.javaForm = javaForm;
        this.in = in;
    }

    @Nullable Object decode() {
        try {
            int version = in.u8();
            if (version != Kind.VERSION) {
                throw new CorruptDataException("an encoded value of format " + version + ", and this Kiln reads format "
                        + Kind.VERSION + "; run one version of Kiln on all nodes");
            }
            Object value = value();
            in.end();
            return value;
        } catch (CorruptDataException | UncheckedIOException e) {
            // The second is the connection's fault, not the value's.
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // What user classes and the JDK's collections throw when they are given what was never encoded.
            throw new CorruptDataException("the encoded value is damaged: " + e, e);
        }
    }

    private @Nullable Object value() {
        Kind kind = Kind.read(in);
        return switch (kind) {
            case NULL -> null;
            case BACK -> finished.get(in.index(finished.size()));
            case BOOLEAN -> in.u8() != 0;
            case BYTE -> (byte) in.u8();
            case SHORT -> (short) in.signed();
            case CHAR -> (char) in.varint();
            case INT -> in.signedInt();
            case LONG -> in.signed();
            case FLOAT -> Float.intBitsToFloat(in.i32());
            case DOUBLE -> Double.longBitsToDouble(in.i64());
            case STRING -> in.string();
            case ENUM -> constant(classRef(), in.string());
            case CLASS -> classRef();
            default -> object(kind);
        };
    }

    private Object object(Kind kind) {
        Object object = PrimitiveArrays.read(kind, in);
        if (object == null) {
            if (++depth > Path.MOST_LEVELS) {
                throw in.corrupt("more than " + Path.MOST_LEVELS + " levels of nesting");
            }
            object = whole(kind);
            depth--;
        }
        finished.add(object);
        return object;
    }

    private Object whole(Kind kind) {
        return switch (kind) {
            case ARRAY -> array();
            case RECORD -> record();
            case LIST -> fill(new ArrayList<>(), in.count());
            case LINKED_LIST -> linkedList(in.count());
            case FIXED_LIST -> Arrays.asList(elements(in.count()));
            case IMMUTABLE_LIST -> immutableList(elements(in.count()));
            case DEQUE -> fill(new ArrayDeque<>(), in.count());
            case HASH_SET -> hashSet(in.count());
            case LINKED_SET -> fill(new LinkedHashSet<>(), in.count());
            case TREE_SET -> fill(new TreeSet<>(comparator()), in.count());
            case IMMUTABLE_SET -> Set.of(elements(in.count()));
            case HASH_MAP -> hashMap(in.count());
            case LINKED_MAP -> fill(new LinkedHashMap<>(), in.count());
            case TREE_MAP -> fill(new TreeMap<>(comparator()), in.count());
            case IMMUTABLE_MAP -> Map.copyOf(fill(new LinkedHashMap<>(), in.count()));
            case ENTRY -> new AbstractMap.SimpleImmutableEntry<>(value(), value());
            case OPTIONAL -> Optional.ofNullable(value());
            case LAMBDA -> lambda();
            case JAVA -> javaForm.read(in.block());
            default -> throw in.corrupt("the tag " + kind + " where an object belongs");
        };
    }

    private Object[] array() {
        Class<?> component = classRef();
        if (component.isPrimitive()) {
            throw in.corrupt("an array of " + component + " written as one of objects");
        }
        int count = in.count();
        Object[] array = (Object[]) Array.newInstance(component, count);
        for (int i = 0; i < count; i++) {
            in.arrived();
            Array.set(array, i, value());
        }
        return array;
    }

    private Object record() {
        Shape shape = shapes.of(classRef());
        RecordForm form = shape.record();
        if (form == null) {
            throw in.corrupt("a record of " + shape.type().getName() + ", which is none");
        }
        @Nullable Object[] values = new @Nullable Object[form.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = form.types[i].isPrimitive() ? primitive(form.types[i]) : value();
        }
        try {
            return form.make(values);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new CorruptDataException(
                    "a " + shape.type().getName() + " was not made: its constructor threw " + e
                            + ", given the components of an encoded one",
                    e);
        }
    }

    private Object primitive(Class<?> type) {
        return switch (type.descriptorString().charAt(0)) {
            case 'D' -> Double.longBitsToDouble(in.i64());
            case 'I' -> in.signedInt();
            case 'J' -> in.signed();
            case 'Z' -> in.u8() != 0;
            case 'F' -> Float.intBitsToFloat(in.i32());
            case 'C' -> (char) in.varint();
            case 'B' -> (byte) in.u8();
            default -> (short) in.signed();
        };
    }

    private @Nullable Object[] elements(int count) {
        @Nullable Object[] elements = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            in.arrived();
            elements[i] = value();
        }
        return elements;
    }

    private <C extends Collection<@Nullable Object>> C fill(C empty, int count) {
        if (empty instanceof ArrayList<?> list) {
            list.ensureCapacity(count);
        }
        for (int i = 0; i < count; i++) {
            in.arrived();
            empty.add(value());
        }
        return empty;
    }

    @SuppressWarnings("JdkObsolete") // A user's LinkedList comes back as one.
    private Collection<@Nullable Object> linkedList(int count) {
        return fill(new LinkedList<>(), count);
    }

    private Set<@Nullable Object> hashSet(int count) {
        return fill(HashSet.newHashSet(count), count);
    }

    private Map<@Nullable Object, @Nullable Object> hashMap(int count) {
        return fill(HashMap.newHashMap(count), count);
    }

    private <M extends Map<@Nullable Object, @Nullable Object>> M fill(M empty, int count) {
        for (int i = 0; i < count; i++) {
            in.arrived();
            Object key = value();
            empty.put(key, value());
        }
        return empty;
    }

    private static List<?> immutableList(@Nullable Object[] elements) {
        for (Object element : elements) {
            if (element == null) {
                // As Stream.toList makes them; List.of refuses null.
                return Collections.unmodifiableList(Arrays.asList(elements));
            }
        }
        return List.of(elements);
    }

    @SuppressWarnings("unchecked") // The comparator stood in the set or map that was encoded.
    private @Nullable Comparator<@Nullable Object> comparator() {
        return (Comparator<@Nullable Object>) value();
    }

    private Object lambda() {
        Class<?> capturing = classRef();
        String type = in.string();
        String method = in.string();
        String signature = in.string();
        int implKind = in.u8();
        String implClass = in.string();
        String implMethod = in.string();
        String implSignature = in.string();
        String instantiated = in.string();
        @Nullable Object[] captured = elements(in.count());
        return lambdas.make(
                capturing,
                new SerializedLambda(
                        capturing,
                        type,
                        method,
                        signature,
                        implKind,
                        implClass,
                        implMethod,
                        implSignature,
                        instantiated,
                        captured));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Enum.valueOf itself checks.
    private Object constant(Class<?> type, String name) {
        if (!type.isEnum()) {
            throw in.corrupt("a constant of " + type.getName() + ", which is no enum");
        }
        return Enum.valueOf((Class) type, name);
    }

    private Class<?> classRef() {
        int number = in.index(classes.size() + 1);
        if (number > 0) {
            return classes.get(number - 1);
        }
        String name = in.string();
        try {
            Class<?> type = shapes.named(name);
            classes.add(type);
            return type;
        } catch (ClassNotFoundException e) {
            throw new CorruptDataException(
                    "the class " + name + " is not in the workflow's code here; add it to the workflow's jar", e);
        }
    }
}
