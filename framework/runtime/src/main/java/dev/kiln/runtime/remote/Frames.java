package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What goes over a connection: frames, each with its length in front. The client's first says who it is, and is answered
 * by a frame that is empty, or says why not. All others begin with a number, by which a request and its reply belong
 * together, and a byte for what follows.
 */
final class Frames {

    /** Of the protocol; both ends must be of the same. */
    static final String VERSION = "kiln 2";

    static final byte OBJECTS = 1;
    static final byte STATUS = 2;
    static final byte STOP = 3;
    static final byte SCALE = 4;

    /** Turns the connection into a {@link Channel}. */
    static final byte WORKFLOW = 5;

    /** What is longer than that in a first frame comes from somebody else. */
    static final int LONGEST_HELLO = 4096;

    static final int LONGEST = Integer.MAX_VALUE - 64;

    private Frames() {}

    static void write(DataOutputStream out, byte[] frame) throws IOException {
        out.writeInt(frame.length);
        out.write(frame);
    }

    static byte[] read(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > longest) {
            throw new IOException("a frame of " + length + " bytes");
        }
        // Read before it is allocated as a whole: the length alone is not to cost memory.
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new IOException("the connection ended in a frame");
        }
        return frame;
    }

    static byte[] hello(String token) {
        var out = new ByteSink();
        out.string(VERSION);
        out.string(token);
        return out.toBytes();
    }

    static byte[] workflow() {
        var out = new ByteSink(16);
        out.i64(0);
        out.u8(WORKFLOW);
        return out.toBytes();
    }

    static boolean isWorkflow(byte[] request) {
        return java.util.Arrays.equals(request, workflow());
    }

    /** What is wrong with a first frame; empty when nothing is. */
    static String refused(byte[] hello, String token) {
        try {
            var in = new ByteSource(hello);
            String version = in.string();
            if (!version.equals(VERSION)) {
                return "this cluster speaks " + VERSION + ", the client speaks another version; use the same version of"
                        + " Kiln on both sides";
            }
            byte[] given = in.string().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            boolean right =
                    java.security.MessageDigest.isEqual(given, token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return right ? "" : "wrong token; use the token file of the cluster that runs now";
        } catch (CorruptDataException e) {
            return "this is a Kiln cluster, and the client is something else";
        }
    }
}
