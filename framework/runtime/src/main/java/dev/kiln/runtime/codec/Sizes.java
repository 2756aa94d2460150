package dev.kiln.runtime.codec;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Estimates sizes in memory with bounded work. Thread-safe. */
final class Sizes {

    private static final int HEADER = 16;
    private static final int REFERENCE = 8;
    private static final int MOST_OBJECTS = 1000;
    private static final int MOST_LEVELS = 32;

    private final Shapes shapes;
    private final ConcurrentHashMap<Class<?>, List<Field>> fields = new ConcurrentHashMap<>();

    Sizes(Shapes shapes) {
        this.shapes = shapes;
    }

    long of(@Nullable Object value) {
        return new Estimate().of(value, 0);
    }

    /** One estimate: how many objects it may still look at. */
    private final class Estimate {

        private int left = MOST_OBJECTS;

        long of(@Nullable Object value, int depth) {
            left--;
            return switch (value) {
                case null -> 0;
                case double[] a -> HEADER + 8L * a.length;
                case float[] a -> HEADER + 4L * a.length;
                case int[] a -> HEADER + 4L * a.length;
                case long[] a -> HEADER + 8L * a.length;
                case byte[] a -> HEADER + (long) a.length;
                case short[] a -> HEADER + 2L * a.length;
                case char[] a -> HEADER + 2L * a.length;
                case boolean[] a -> HEADER + (long) a.length;
                case String s -> 2L * HEADER + s.length();
                case Number n -> HEADER + REFERENCE;
                default -> depth > MOST_LEVELS || left < 0 ? HEADER : object(value, depth + 1);
            };
        }

        private long object(Object value, int depth) {
            if (value instanceof Object[] array) {
                int sampled = Math.max(1, Math.min(array.length, left));
                long sum = 0;
                int looked = 0;
                // Spread over the array, for rows at its ends may be unlike the others.
                for (; looked < sampled && looked < array.length && left >= 0; looked++) {
                    sum += of(array[(int) ((long) looked * array.length / sampled)], depth);
                }
                return HEADER + (long) REFERENCE * array.length + scaled(sum, looked, array.length);
            }
            if (value instanceof Collection<?> all) {
                return HEADER + elements(all, REFERENCE, depth);
            }
            if (value instanceof Map<?, ?> map) {
                return HEADER + elements(map.values(), 4 * REFERENCE, depth) + elements(map.keySet(), 0, depth);
            }
            if (value.getClass().isRecord()) {
                return record(value, depth);
            }
            return fields(value, depth);
        }

        private long elements(Collection<?> all, int each, int depth) {
            long sum = 0;
            int looked = 0;
            Iterator<?> next = all.iterator();
            while (left >= 0 && next.hasNext()) {
                sum += of(next.next(), depth);
                looked++;
            }
            return (long) each * all.size() + scaled(sum, looked, all.size());
        }

        private long record(Object value, int depth) {
            RecordForm form;
            try {
                form = shapes.of(value.getClass()).record();
            } catch (NotEncodableException e) {
                return HEADER;
            }
            long sum = HEADER;
            for (int i = 0; form != null && i < form.size(); i++) {
                sum += REFERENCE;
                if (!form.types[i].isPrimitive()) {
                    sum += of(form.get(value, i), depth);
                }
            }
            return sum;
        }

        private long fields(Object value, int depth) {
            long sum = HEADER;
            if (value instanceof Serializable && value.getClass().getClassLoader() != null) {
                for (Field field : fields.computeIfAbsent(value.getClass(), Sizes::referenceFields)) {
                    try {
                        sum += REFERENCE + of(field.get(value), depth);
                    } catch (IllegalAccessException e) {
                        sum += REFERENCE;
                    }
                }
            }
            return sum;
        }

        private static long scaled(long sum, int looked, int all) {
            return looked == 0 ? 0 : (long) ((double) sum / looked * all);
        }
    }

    private static List<Field> referenceFields(Class<?> type) {
        List<Field> found = new ArrayList<>();
        for (Class<?> each = type; each != null && each.getClassLoader() != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                try {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        found.add(field);
                    }
                } catch (InaccessibleObjectException closed) {
                    // Counted by its reference only.
                }
            }
        }
        return found;
    }
}
