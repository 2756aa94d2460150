package dev.kiln.runtime.codec;

import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back. One is made for the class loader of each workflow, and classes are found through
 * that loader alone, so that two versions of a program can run side by side.
 *
 * <p>What can travel: null, boxed primitives, strings, enums, classes, arrays, records of any visibility, the
 * collections of java.util, Optional, serialisable lambdas and method references, exceptions, and whatever else is
 * Serializable. Lists, sets and maps come out as the class they were, immutable ones immutable; views, such as sublists
 * and key sets, come out as plain collections with the same elements in the same order. The order in which a HashMap,
 * a HashSet or an immutable set or map is gone through can differ after decoding, as it can between any two JVMs: what
 * has to give the same bits on any number of nodes uses linked or sorted ones.
 *
 * <p>An object that a value holds twice is written once and is again one object after decoding. Cycles are kept inside
 * Serializable classes, which Java serialisation writes; through records, arrays and collections they are refused. An
 * object shared between the inside and the outside of such a Serializable object becomes two. Values nested more than
 * a thousand levels deep are refused.
 *
 * <p>Encoded values are trusted as the nodes of a cluster trust each other: damage is detected as far as it disturbs
 * decoding, and never makes the decoder take more memory than the bytes account for, but there is no checksum.
 *
 * <p>Thread-safe. A value must not be changed while it is being encoded.
 */
public final class ValueCodec {

    /** The number of the format; what was written in another is not read. */
    public static final int VERSION = Kind.VERSION;

    private final Shapes shapes;
    private final LambdaForms lambdas;
    private final JavaForm javaForm;
    private final Sizes sizes;
    private final Copier copier;

    /** For the classes that this loader finds. */
    public ValueCodec(ClassLoader loader) {
        this.shapes = new Shapes(loader);
        this.lambdas = new LambdaForms(shapes);
        this.javaForm = new JavaForm(this, shapes);
        this.sizes = new Sizes(shapes);
        this.copier = new Copier(this, shapes);
    }

    /**
     * The value as bytes.
     *
     * @throws NotEncodableException when it holds something that cannot travel; the message names the field
     */
    public byte[] encode(@Nullable Object value) {
        return encodeInPlace(value).toBytes();
    }

    /**
     * The value as bytes to be {@linkplain ByteSink#writeTo sent} at once: large arrays of primitives are not copied, so
     * what they hold when they are sent counts.
     *
     * @throws NotEncodableException as {@link #encode}
     */
    public ByteSink encodeInPlace(@Nullable Object value) {
        var out = new ByteSink();
        encoder(out).encode(value);
        return out;
    }

    /**
     * The value anew, from its first byte to the end of the source.
     *
     * @throws CorruptDataException as {@link #decode(byte[])}
     * @throws java.io.UncheckedIOException when the source's channel fails
     */
    public @Nullable Object decode(ByteSource in) {
        return new Decoder(shapes, lambdas, javaForm, in).decode();
    }

    /**
     * Bytes that stand for the value and are not decoded: those of the same value are the same in every JVM, also where
     * it holds hashed collections. What Java serialisation writes is taken as it comes.
     *
     * @throws NotEncodableException as {@link #encode}
     */
    public byte[] canonical(@Nullable Object value) {
        var out = new ByteSink();
        new Encoder(shapes, lambdas, javaForm, out, true).encode(value);
        return out.toBytes();
    }

    /**
     * The value anew.
     *
     * @throws CorruptDataException when the bytes are damaged, or name a class that the loader does not find
     */
    public @Nullable Object decode(byte[] data) {
        return decode(new ByteSource(data));
    }

    /**
     * One component of a record, the object itself.
     *
     * @param component its index in the order of the record's declaration
     * @throws IllegalArgumentException when it is no record, or has no such component
     */
    public @Nullable Object part(Object record, int component) {
        RecordForm form =
                record.getClass().isRecord() ? shapes.of(record.getClass()).record() : null;
        if (form == null || component < 0 || component >= form.size()) {
            throw new IllegalArgumentException("expected a record of more than " + component + " components, found a "
                    + record.getClass().getName());
        }
        return form.get(record, component);
    }

    /**
     * Does nothing when the value can travel; costs about as much as encoding it, less the copying of large arrays.
     *
     * @throws NotEncodableException as {@link #encode}
     */
    public void check(@Nullable Object value) {
        encoder(new ByteSink()).encode(value);
    }

    /**
     * A deep copy: what is mutable in it, or might be, is another object than in the value. Immutable leaves such as
     * strings are shared.
     *
     * @throws NotEncodableException as {@link #encode}, when a part can be copied only by encoding and cannot be
     */
    public @Nullable Object copy(@Nullable Object value) {
        return copier.copy(value);
    }

    /**
     * Roughly how many bytes the value takes, for weighing where to run what reads it. Looks at no more than about a
     * thousand objects, and takes the rest of large collections for alike.
     */
    public long sizeOf(@Nullable Object value) {
        return sizes.of(value);
    }

    private Encoder encoder(ByteSink out) {
        return new Encoder(shapes, lambdas, javaForm, out);
    }
}
