package dev.kiln.runtime.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in a value the encoder is, kept cheaply and turned into text only for an error. For one thread. */
final class Path {

    /** Deeper values are refused: they would overflow the stack of the thread that decodes them. */
    static final int MOST_LEVELS = 1000;

    private static final int SHOWN_LEVELS = 12;

    private @Nullable Object[] wholes = new @Nullable Object[8];
    private int[] parts = new int[8];
    private @Nullable Object[] keys = new @Nullable Object[0];
    private int depth;

    /** Goes into an object; its shape, or another word for it, is kept for the error. */
    void enter(Object whole) {
        if (depth == parts.length) {
            if (depth >= MOST_LEVELS) {
                throw new NotEncodableException("is nested " + MOST_LEVELS
                        + " levels deep, more than can travel; use a list or an array in place of linked objects");
            }
            int more = Math.min(MOST_LEVELS, 2 * depth);
            wholes = Arrays.copyOf(wholes, more);
            parts = Arrays.copyOf(parts, more);
        }
        wholes[depth] = whole;
        parts[depth] = -1;
        depth++;
    }

    /** Goes on to a component, an element, or an entry of the object entered last. */
    void part(int index) {
        parts[depth - 1] = index;
    }

    /** Goes on to the value that a map has for this key. */
    void valueOf(int entry, @Nullable Object key) {
        if (keys.length < depth) {
            keys = Arrays.copyOf(keys, parts.length);
        }
        keys[depth - 1] = key == null ? "null" : key;
        parts[depth - 1] = entry;
    }

    /** Goes on to a map's key. */
    void keyOf(int entry) {
        valueOf(entry, this);
    }

    /** Comes back from the object entered last. */
    void leave() {
        depth--;
        wholes[depth] = null;
        if (depth < keys.length) {
            keys[depth] = null;
        }
    }

    /** Such as {@code Model.cache[3].lock}. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (i == SHOWN_LEVELS && depth > 2 * SHOWN_LEVELS) {
                text.append("...");
                i = depth - SHOWN_LEVELS;
            }
            step(text, i);
        }
        return text.isEmpty() ? "the value" : text.toString();
    }

    private void step(StringBuilder text, int level) {
        int part = parts[level];
        if (!(wholes[level] instanceof Shape shape)) {
            text.append(wholes[level]);
            return;
        }
        RecordForm record = shape.record();
        if (text.isEmpty()) {
            text.append(record == null ? word(shape.kind()) : shape.type().getSimpleName());
        }
        if (part < 0) {
            return;
        }
        switch (shape.kind()) {
            case RECORD -> text.append('.').append(record == null ? "?" : record.names[part]);
            case OPTIONAL -> text.append(".get()");
            case LAMBDA -> text.append(" captured variable ").append(part + 1);
            case HASH_MAP, LINKED_MAP, TREE_MAP, IMMUTABLE_MAP, ENTRY -> mapStep(text, level, part);
            default -> text.append('[').append(part).append(']');
        }
    }

    private void mapStep(StringBuilder text, int level, int entry) {
        Object key = level < keys.length ? keys[level] : null;
        if (key == this) {
            text.append(".key ").append(entry);
        } else if (key instanceof String || key instanceof Number || key instanceof Enum<?>) {
            text.append('[').append(key).append(']');
        } else {
            text.append(".value ").append(entry);
        }
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case ARRAY -> "array";
            case LIST, LINKED_LIST, FIXED_LIST, IMMUTABLE_LIST, DEQUE -> "list";
            case HASH_SET, LINKED_SET, TREE_SET, IMMUTABLE_SET -> "set";
            case HASH_MAP, LINKED_MAP, TREE_MAP, IMMUTABLE_MAP -> "map";
            case ENTRY -> "entry";
            case OPTIONAL -> "optional";
            case LAMBDA -> "lambda";
            default -> "the value";
        };
    }
}
