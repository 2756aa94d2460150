package dev.kiln.runtime.codec;

import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes one value. An object that it meets again is written as a number; one that holds itself is refused. */
final class Encoder {

    private final Shapes shapes;
    private final LambdaForms lambdas;
    private final JavaForm javaForm;
    private final ByteSink out;
    private final Identities seen = new Identities();
    private final Path path = new Path();
    private @Nullable IdentityHashMap<Class<?>, Integer> classes;
    /** Whether equal values are to give equal bytes, which nobody will decode. */
    private final boolean canonical;

    Encoder(Shapes shapes, LambdaForms lambdas, JavaForm javaForm, ByteSink out) {
        this(shapes, lambdas, javaForm, out, false);
    }

    Encoder(Shapes shapes, LambdaForms lambdas, JavaForm javaForm, ByteSink out, boolean canonical) {
        this.shapes = shapes;
        this.lambdas = lambdas;
        this.javaForm = javaForm;
        this.out = out;
        this.canonical = canonical;
    }

    /** Writes the whole. Errors name the path. */
    void encode(@Nullable Object whole) {
        out.u8(Kind.VERSION);
        try {
            value(whole);
        } catch (NotEncodableException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith("is ")) {
                throw new NotEncodableException(path.text() + " " + message);
            }
            if (message.startsWith(".") || message.startsWith("[")) {
                throw new NotEncodableException(path.text() + message);
            }
            throw e;
        } catch (StackOverflowError e) {
            throw new NotEncodableException(
                    path.text() + " is nested too deep to travel; use a list or an array in place of linked objects");
        }
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            tag(Kind.NULL);
            return;
        }
        Shape shape = shapes.of(value.getClass());
        switch (shape.kind()) {
            case BOOLEAN -> {
                tag(Kind.BOOLEAN);
                out.u8((Boolean) value ? 1 : 0);
            }
            case BYTE -> {
                tag(Kind.BYTE);
                out.u8((Byte) value);
            }
            case CHAR -> {
                tag(Kind.CHAR);
                out.varint((Character) value);
            }
            case SHORT, INT, LONG -> {
                tag(shape.kind());
                out.signed(((Number) value).longValue());
            }
            case FLOAT -> {
                tag(Kind.FLOAT);
                out.i32(Float.floatToRawIntBits((Float) value));
            }
            case DOUBLE -> {
                tag(Kind.DOUBLE);
                out.i64(Double.doubleToRawLongBits((Double) value));
            }
            case STRING -> {
                tag(Kind.STRING);
                out.string((String) value);
            }
            case ENUM -> {
                tag(Kind.ENUM);
                classRef(shape.type());
                out.string(((Enum<?>) value).name());
            }
            case CLASS -> {
                tag(Kind.CLASS);
                classRef(named((Class<?>) value));
            }
            default -> object(value, shape);
        }
    }

    private void object(Object value, Shape shape) {
        int number = seen.open(value);
        if (number >= 0) {
            tag(Kind.BACK);
            out.varint(number);
            return;
        }
        if (number == Identities.OPEN) {
            throw new NotEncodableException("is part of a cycle: it holds itself; values that travel are trees, so"
                    + " refer to it by an index or a name, or make it a Serializable class");
        }
        tag(shape.kind());
        if (!PrimitiveArrays.write(shape.kind(), value, out)) {
            path.enter(shape);
            contents(value, shape);
            path.leave();
        }
        seen.finish(value);
    }

    private void contents(Object value, Shape shape) {
        switch (shape.kind()) {
            case HASH_SET, IMMUTABLE_SET -> {
                if (canonical) {
                    inOrderOfBytes((Collection<?>) value);
                } else {
                    elements((Collection<?>) value);
                }
            }
            case HASH_MAP, IMMUTABLE_MAP -> {
                if (canonical) {
                    inOrderOfBytes(((Map<?, ?>) value)
                            .entrySet().stream()
                                    .map(e -> Arrays.asList(e.getKey(), e.getValue()))
                                    .toList());
                } else {
                    entries((Map<?, ?>) value);
                }
            }
            case ARRAY -> {
                Object[] array = (Object[]) value;
                classRef(array.getClass().getComponentType());
                out.varint(array.length);
                for (int i = 0; i < array.length; i++) {
                    path.part(i);
                    value(array[i]);
                }
            }
            case RECORD -> record(value, shape);
            case TREE_SET -> {
                value(((SortedSet<?>) value).comparator());
                elements((Collection<?>) value);
            }
            case TREE_MAP -> {
                value(((SortedMap<?, ?>) value).comparator());
                entries((Map<?, ?>) value);
            }
            case LINKED_MAP -> entries((Map<?, ?>) value);
            case ENTRY -> entry(0, (Map.Entry<?, ?>) value);
            case OPTIONAL -> {
                path.part(0);
                value(((Optional<?>) value).orElse(null));
            }
            case LAMBDA -> lambda(value);
            case JAVA -> out.block(javaForm.write(value));
            default -> elements((Collection<?>) value);
        }
    }

    private void record(Object value, Shape shape) {
        RecordForm form = java.util.Objects.requireNonNull(shape.record());
        classRef(shape.type());
        for (int i = 0; i < form.size(); i++) {
            path.part(i);
            Object component = form.get(value, i);
            if (component != null && form.types[i].isPrimitive()) {
                primitive(component);
            } else {
                value(component);
            }
        }
    }

    private void primitive(Object boxed) {
        switch (boxed) {
            case Double d -> out.i64(Double.doubleToRawLongBits(d));
            case Integer i -> out.signed(i);
            case Long l -> out.signed(l);
            case Boolean b -> out.u8(b ? 1 : 0);
            case Float f -> out.i32(Float.floatToRawIntBits(f));
            case Character c -> out.varint(c);
            case Byte b -> out.u8(b);
            case Short s -> out.signed(s);
            default -> throw new IllegalStateException("no primitive: " + boxed.getClass());
        }
    }

    private void elements(Collection<?> all) {
        // By an array, so that the number written is the number of elements even if another thread adds one.
        @Nullable Object[] elements = all.toArray();
        out.varint(elements.length);
        for (int i = 0; i < elements.length; i++) {
            path.part(i);
            value(elements[i]);
        }
    }

    /** The order of hashed collections differs from one JVM to the next. */
    private void inOrderOfBytes(Collection<?> all) {
        List<byte[]> parts = new ArrayList<>();
        for (Object each : all) {
            var part = new ByteSink();
            new Encoder(shapes, lambdas, javaForm, part, true).encode(each);
            parts.add(part.toBytes());
        }
        parts.sort(Arrays::compareUnsigned);
        out.varint(parts.size());
        parts.forEach(out::block);
    }

    private void entries(Map<?, ?> map) {
        int size = map.size();
        out.varint(size);
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            entry(i++, entry);
        }
        if (i != size) {
            throw new java.util.ConcurrentModificationException("a map changed while it was being encoded");
        }
    }

    private void entry(int i, Map.Entry<?, ?> entry) {
        path.keyOf(i);
        value(entry.getKey());
        path.valueOf(i, entry.getKey());
        value(entry.getValue());
    }

    private void lambda(Object value) {
        SerializedLambda form = lambdas.takeApart(value);
        classRef(lambdas.capturingClass(form, value));
        out.string(form.getFunctionalInterfaceClass());
        out.string(form.getFunctionalInterfaceMethodName());
        out.string(form.getFunctionalInterfaceMethodSignature());
        out.u8(form.getImplMethodKind());
        out.string(form.getImplClass());
        out.string(form.getImplMethodName());
        out.string(form.getImplMethodSignature());
        out.string(form.getInstantiatedMethodType());
        out.varint(form.getCapturedArgCount());
        for (int i = 0; i < form.getCapturedArgCount(); i++) {
            path.part(i);
            value(form.getCapturedArg(i));
        }
    }

    private Class<?> named(Class<?> type) {
        Class<?> leaf = type;
        while (leaf.isArray()) {
            leaf = leaf.getComponentType();
        }
        if (!leaf.isPrimitive()) {
            shapes.reachable(leaf);
        }
        return type;
    }

    private void classRef(Class<?> type) {
        if (classes == null) {
            classes = new IdentityHashMap<>(4);
        }
        Integer number = classes.putIfAbsent(type, classes.size() + 1);
        if (number == null) {
            out.u8(0);
            out.string(type.getName());
        } else {
            out.varint(number);
        }
    }

    private void tag(Kind kind) {
        kind.write(out);
    }
}
