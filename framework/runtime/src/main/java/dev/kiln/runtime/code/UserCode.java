package dev.kiln.runtime.code;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A user's jar, named by what is in it.
 *
 * @param id the SHA-256 of the jar's bytes as 64 hexadecimal digits
 * @param jar the jar's bytes; not to be changed
 */
public record UserCode(String id, byte[] jar) {

    /** The id of a node's own class path, which has no jar. */
    public static final String OWN_CLASS_PATH = "";

    /** The jar that these bytes are. */
    public static UserCode of(byte[] jar) {
        return new UserCode(idOf(jar), jar);
    }

    /** The id of the code that a class loader loads: of its jar for a {@link WorkflowLoader}, else the class path's. */
    public static String idOf(ClassLoader loader) {
        return loader instanceof WorkflowLoader own ? own.code() : OWN_CLASS_PATH;
    }

    static String idOf(byte[] jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
