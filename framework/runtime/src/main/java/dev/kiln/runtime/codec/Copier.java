package dev.kiln.runtime.codec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies values deeply: arrays by cloning, records and plain lists by parts, all else by encoding and decoding. An
 * object that is reached twice by parts is copied once.
 */
final class Copier {

    private static final Object OPEN = new Object();

    private final ValueCodec codec;
    private final Shapes shapes;

    Copier(ValueCodec codec, Shapes shapes) {
        this.codec = codec;
        this.shapes = shapes;
    }

    @Nullable Object copy(@Nullable Object value) {
        if (value == null || !byParts(value, 0)) {
            return codec.decode(codec.encode(value));
        }
        return part(value, new IdentityHashMap<>());
    }

    /** Whether all of it can be copied by parts; a look at the first elements decides for the larger lists. */
    private boolean byParts(@Nullable Object value, int depth) {
        if (value == null) {
            return true;
        }
        Shape shape = shapes.of(value.getClass());
        return switch (shape.kind()) {
            case RECORD -> depth < 20 && componentsByParts(value, shape, depth);
            case ARRAY ->
                depth < 20 && java.util.Arrays.stream((Object[]) value).allMatch(e -> byParts(e, depth + 1));
            case LIST ->
                depth < 20
                        && value instanceof ArrayList<?> list
                        && list.stream().allMatch(e -> byParts(e, depth + 1));
            default -> isLeaf(shape.kind()) || isPrimitiveArray(shape.kind());
        };
    }

    private boolean componentsByParts(Object value, Shape shape, int depth) {
        RecordForm form = shape.record();
        for (int i = 0; form != null && i < form.size(); i++) {
            if (!form.types[i].isPrimitive() && !byParts(form.get(value, i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object part(@Nullable Object value, IdentityHashMap<Object, Object> copies) {
        if (value == null) {
            return null;
        }
        Shape shape = shapes.of(value.getClass());
        if (isLeaf(shape.kind())) {
            return value;
        }
        Object before = copies.put(value, OPEN);
        if (before != null) {
            copies.put(value, before);
            return before;
        }
        Object copy = PrimitiveArrays.copy(shape.kind(), value);
        if (copy == null) {
            copy = whole(value, shape, copies);
        }
        copies.put(value, copy);
        return copy;
    }

    private Object whole(Object value, Shape shape, IdentityHashMap<Object, Object> copies) {
        if (value instanceof Object[] array) {
            Object[] copy = array.clone();
            for (int i = 0; i < copy.length; i++) {
                java.lang.reflect.Array.set(copy, i, part(array[i], copies));
            }
            return copy;
        }
        if (value instanceof ArrayList<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(part(element, copies));
            }
            return copy;
        }
        RecordForm form = java.util.Objects.requireNonNull(shape.record());
        @Nullable Object[] components = new @Nullable Object[form.size()];
        for (int i = 0; i < components.length; i++) {
            Object component = form.get(value, i);
            components[i] = form.types[i].isPrimitive() ? component : part(component, copies);
        }
        try {
            return form.make(components);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + shape.type().getName() + " threw " + e, e);
        }
    }

    private static boolean isLeaf(Kind kind) {
        return kind.compareTo(Kind.BOOLEAN) >= 0 && kind.compareTo(Kind.CLASS) <= 0;
    }

    private static boolean isPrimitiveArray(Kind kind) {
        return kind.compareTo(Kind.BOOLEANS) >= 0 && kind.compareTo(Kind.DOUBLES) <= 0;
    }
}
