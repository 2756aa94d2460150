package dev.kiln.runtime.checkpoint;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a value is, told without looking at it: a hash of what makes it. Of a task that is its method, its code, and its
 * arguments, which are literals or again the identities of values; so it stands for all that led there (Merkle, A Digital
 * Signature Based on a Conventional Encryption Function, CRYPTO 1987). The same program has the same identities in each
 * run. The first 16 bytes of a SHA-256.
 */
public record Identity(long high, long low) {

    static final int BYTES = 16;

    static Identity of(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new Identity(bytes.getLong(), bytes.getLong());
    }

    void write(ByteSink out) {
        out.i64(high);
        out.i64(low);
    }

    static Identity read(ByteSource in) {
        return new Identity(in.i64(), in.i64());
    }

    /** As 32 hexadecimal digits. */
    String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
