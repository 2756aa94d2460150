package dev.kiln.runtime.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes one {@link Identity} of parts, each of which is taken in with its length. For one thread. */
public final class IdentityBuilder {

    private final MessageDigest digest = sha256();

    /** Begins with what kind of thing it is. */
    public IdentityBuilder(String kind) {
        text(kind);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes in a text. */
    public IdentityBuilder text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes in bytes. */
    public IdentityBuilder bytes(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    /** Takes in a number. */
    public IdentityBuilder number(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    /** Takes in what another identity stands for. */
    public IdentityBuilder identity(Identity other) {
        return number(other.high()).number(other.low());
    }

    /** The identity; the builder is of no use any more. */
    public Identity build() {
        return Identity.of(digest.digest());
    }
}
