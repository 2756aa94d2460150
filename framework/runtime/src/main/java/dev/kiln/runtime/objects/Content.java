package dev.kiln.runtime.objects;

import org.jspecify.annotations.Nullable;

/**
 * The state of an object at one version: the live object, its encoded form, or both where they are alike. A copy is
 * decoded only when it is first read. Which thread may touch the live object is decided by its {@link Seat}; the lock
 * of the content guards the first decoding.
 */
final class Content {

    private @Nullable Object live;
    private byte @Nullable [] bytes;

    private Content(@Nullable Object live, byte @Nullable [] bytes) {
        this.live = live;
        this.bytes = bytes;
    }

    static Content live(Object object) {
        return new Content(object, null);
    }

    static Content encoded(byte[] state) {
        return new Content(null, state);
    }

    /** Makes the live object of the encoded form. */
    interface Decoder {
        Object decode(byte[] state);
    }

    synchronized Object open(Decoder decoder) {
        Object object = live;
        if (object == null) {
            byte[] state = bytes;
            if (state == null) {
                throw new IllegalStateException("an object without a state");
            }
            object = decoder.decode(state);
            live = object;
        }
        return object;
    }

    /** The encoded form, when it is that of the live object as it is. */
    synchronized byte @Nullable [] bytes() {
        return bytes;
    }

    /** The live object was changed; this is its new form, or null when nobody has asked for it. */
    synchronized void changed(byte @Nullable [] state) {
        bytes = state;
    }
}
