package dev.kiln.ignite;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one cluster. A node that joins proves that it knows it by an HMAC-SHA256 (RFC 2104) over its own id, so
 * the secret itself never travels, and a proof seen on its way is of no use to a node with another id.
 */
final class ClusterToken {

    private final byte[] secret;

    private ClusterToken(byte[] secret) {
        this.secret = secret;
    }

    static ClusterToken random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new ClusterToken(secret);
    }

    static ClusterToken parse(String text) {
        return new ClusterToken(HexFormat.of().parseHex(text));
    }

    /** For the pipe to a further node, and nowhere else. */
    String secretText() {
        return HexFormat.of().formatHex(secret);
    }

    /** The token of one run of a job that may run more than once, or several times at once. */
    ClusterToken of(String run) {
        return new ClusterToken(hmac(run));
    }

    /** Another secret made from this one, for the connections that carry values. */
    byte[] dataSecret() {
        return hmac("data");
    }

    byte[] proof(UUID node) {
        return hmac(node.toString());
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    boolean accepts(UUID node, @Nullable Object proof) {
        return proof instanceof byte[] given && MessageDigest.isEqual(given, proof(node));
    }

    @Override
    public String toString() {
        return "ClusterToken";
    }
}
