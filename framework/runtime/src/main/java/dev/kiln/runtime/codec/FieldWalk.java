package dev.kiln.runtime.codec;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a Serializable object for what Java serialisation refused, to name its field. Fields of the JDK's own classes
 * are mostly closed; its collections are gone through by their elements, others are passed over.
 */
final class FieldWalk {

    private static final int MOST_OBJECTS = 100_000;
    private static final int MOST_LEVELS = 200;

    private final Predicate<Object> wanted;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Class<?> found;

    private FieldWalk(Predicate<Object> wanted) {
        this.wanted = wanted;
    }

    /** The path to an object, such as ".cache[3]"; null when it is not found. */
    static @Nullable String pathTo(Object wanted, Object from) {
        return new FieldWalk(at -> isSame(at, wanted)).search(from, 0);
    }

    @SuppressWarnings("ReferenceEquality") // The very object is looked for.
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }

    /** A predicate that begins with the path from the object: ".cache.owner is a java.lang.Thread, which ...". */
    static String pathTo(String refused, Object from, Shapes shapes) {
        var walk = new FieldWalk(at -> at.getClass().getName().equals(refused) && !(at instanceof Serializable));
        String path = walk.search(from, 0);
        if (path == null || walk.found == null) {
            return "is a " + from.getClass().getName() + ", which holds a " + refused
                    + ", which cannot travel; make it transient, or leave it out";
        }
        if (path.startsWith(".this$")) {
            return "is a " + from.getClass().getName() + ", an inner class that holds its outer " + refused
                    + ", which cannot travel; make it a static class or a record";
        }
        String advice = Advice.cannotTravel(walk.found);
        // A record that the codec could write fails only for its own class; then its own reason is the better one.
        try {
            shapes.of(walk.found);
        } catch (NotEncodableException e) {
            advice = String.valueOf(e.getMessage());
        }
        return "is a " + from.getClass().getName() + " whose field " + path.substring(1) + " " + advice;
    }

    private @Nullable String search(@Nullable Object at, int depth) {
        if (at == null || depth > MOST_LEVELS || seen.size() > MOST_OBJECTS || !seen.add(at)) {
            return null;
        }
        if (wanted.test(at)) {
            found = at.getClass();
            return "";
        }
        if (at instanceof Object[] array) {
            return elements(java.util.Arrays.asList(array), depth);
        }
        if (at.getClass().getName().startsWith("java.")) {
            return switch (at) {
                case Map<?, ?> map -> entries(map, depth);
                case Collection<?> all -> elements(all, depth);
                case Throwable thrown -> step(".getCause()", thrown.getCause(), depth);
                default -> null;
            };
        }
        if (at instanceof Enum<?> || at instanceof Class<?>) {
            return null;
        }
        for (Class<?> type = at.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            String path = fields(at, type, depth);
            if (path != null) {
                return path;
            }
        }
        return at instanceof Throwable thrown ? step(".getCause()", thrown.getCause(), depth) : null;
    }

    private @Nullable String fields(Object at, Class<?> type, int depth) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    || Modifier.isTransient(field.getModifiers())
                    || field.getType().isPrimitive()) {
                continue;
            }
            try {
                field.setAccessible(true);
                String path = step("." + field.getName(), field.get(at), depth);
                if (path != null) {
                    return path;
                }
            } catch (IllegalAccessException | InaccessibleObjectException closed) {
                // A closed module: the message then names the object without this field.
            }
        }
        return null;
    }

    private @Nullable String elements(Collection<?> all, int depth) {
        int i = 0;
        for (Object element : all) {
            String path = step("[" + i++ + "]", element, depth);
            if (path != null) {
                return path;
            }
        }
        return null;
    }

    private @Nullable String entries(Map<?, ?> map, int depth) {
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String path = step(".key " + i, entry.getKey(), depth);
            if (path == null) {
                Object key = entry.getKey();
                boolean plain = key instanceof String || key instanceof Number;
                path = step(plain ? "[" + key + "]" : ".value " + i, entry.getValue(), depth);
            }
            if (path != null) {
                return path;
            }
            i++;
        }
        return null;
    }

    private @Nullable String step(String name, @Nullable Object to, int depth) {
        String rest = search(to, depth + 1);
        return rest == null ? null : name + rest;
    }
}
