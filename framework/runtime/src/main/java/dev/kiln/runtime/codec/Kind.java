package dev.kiln.runtime.codec;

/**
 * How a value is written. The place of a constant in this list is its tag byte, so the list is the format: add at the
 * end, or raise {@link #VERSION}. "value" means a tag and what belongs to it; "class" a number into the classes named
 * so far in this encoding, or 0 and a new class's name.
 */
enum Kind {
    /** Nothing follows. */
    NULL,
    /** The number of an object written before, in the order in which they were finished. */
    BACK,
    /** A byte, 0 or 1. */
    BOOLEAN,
    /** A byte. */
    BYTE,
    /** A signed varint. */
    SHORT,
    /** A varint. */
    CHAR,
    /** A signed varint. */
    INT,
    /** A signed varint. */
    LONG,
    /** Four bytes. */
    FLOAT,
    /** Eight bytes. */
    DOUBLE,
    /** Twice its length, plus one when characters take two bytes; the characters. */
    STRING,
    /** Its class, its constant's name. */
    ENUM,
    /** A class. */
    CLASS,
    /** Length, a byte each; so all to DOUBLES, in their own widths. */
    BOOLEANS,
    BYTES,
    CHARS,
    SHORTS,
    INTS,
    LONGS,
    FLOATS,
    DOUBLES,
    /** Its elements' class, length, values. */
    ARRAY,
    /** Its class, components: primitive ones without a tag, others as values. */
    RECORD,
    /** ArrayList: length, values; so all lists and sets. */
    LIST,
    LINKED_LIST,
    /** Arrays.asList. */
    FIXED_LIST,
    IMMUTABLE_LIST,
    DEQUE,
    HASH_SET,
    LINKED_SET,
    /** Comparator or null, length, values. */
    TREE_SET,
    IMMUTABLE_SET,
    /** Number of entries, key and value of each; so all maps. */
    HASH_MAP,
    LINKED_MAP,
    /** Comparator or null, then as the others. */
    TREE_MAP,
    IMMUTABLE_MAP,
    /** Key, value. */
    ENTRY,
    /** What is in it, or null. */
    OPTIONAL,
    /** A SerializedLambda's parts, number of captured values, these. */
    LAMBDA,
    /** Java's own serialised form, with its length before it. */
    JAVA;

    /** The first byte of every encoded value. */
    static final int VERSION = 1;

    private static final Kind[] ALL = values();

    @SuppressWarnings("EnumOrdinal") // The order of the list is the format, as its Javadoc says.
    void write(ByteSink out) {
        out.u8(ordinal());
    }

    static Kind read(ByteSource in) {
        int tag = in.u8();
        if (tag >= ALL.length) {
            throw in.corrupt("the unknown tag " + tag);
        }
        return ALL[tag];
    }
}
