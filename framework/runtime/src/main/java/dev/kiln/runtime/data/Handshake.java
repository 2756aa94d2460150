package dev.kiln.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How both ends of a connection prove that they know the cluster's secret, which itself never travels: each sends 32
 * random bytes and answers with an HMAC-SHA256 (RFC 2104) over those of both. The proofs name the node that is called, so
 * that nobody who took the port of a lost node can pass them on to another, and who gives them, so that none can be sent
 * back. Until it has the proof, neither end reads more than so many bytes, or makes anything of them.
 */
final class Handshake {

    private static final int MAGIC = 0x4B4C4E01;
    private static final int NONCE = 32;
    private static final int PROOF = 32;
    private static final byte CALLER = 'c';
    private static final byte CALLED = 's';

    private Handshake() {}

    /** The caller's side. */
    static void call(InputStream in, OutputStream out, byte[] secret, int called, SecureRandom random)
            throws IOException {
        byte[] mine = nonce(random);
        out.write(ByteBuffer.allocate(4 + NONCE).putInt(MAGIC).put(mine).array());
        out.flush();
        byte[] theirs = exactly(in, NONCE);
        byte[] proof = exactly(in, PROOF);
        if (!MessageDigest.isEqual(proof, proof(secret, CALLED, called, mine, theirs))) {
            throw new IOException("who answered is not node-" + called + " of this cluster");
        }
        out.write(proof(secret, CALLER, called, mine, theirs));
        out.flush();
    }

    /** The side of the node that is called. */
    static void answer(InputStream in, OutputStream out, byte[] secret, int self, SecureRandom random)
            throws IOException {
        ByteBuffer hello = ByteBuffer.wrap(exactly(in, 4 + NONCE));
        if (hello.getInt() != MAGIC) {
            throw new IOException("the caller is not of this version of Kiln");
        }
        byte[] theirs = new byte[NONCE];
        hello.get(theirs);
        byte[] mine = nonce(random);
        out.write(ByteBuffer.allocate(NONCE + PROOF)
                .put(mine)
                .put(proof(secret, CALLED, self, theirs, mine))
                .array());
        out.flush();
        if (!MessageDigest.isEqual(exactly(in, PROOF), proof(secret, CALLER, self, theirs, mine))) {
            throw new IOException("the caller is not of this cluster");
        }
    }

    private static byte[] nonce(SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return nonce;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("the other end hung up");
        }
        return bytes;
    }

    private static byte[] proof(byte[] secret, byte who, int called, byte[] callers, byte[] calleds) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(who);
            mac.update(ByteBuffer.allocate(4).putInt(called).flip());
            mac.update(callers);
            return mac.doFinal(calleds);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
