package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The secrets of a job, in files that only their owner may read: a token that its nodes prove to know, and a key with its
 * certificate, by which they encrypt and know each other.
 */
final class Secrets {

    private static final String OWNER_ONLY = "rw-------";

    private Secrets() {}

    static void make(Path folder, Path javaHome, Programs programs) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Path token = folder.resolve("token");
        Path keys = folder.resolve("keys.p12");
        try {
            write(token, HexFormat.of().formatHex(secret));
            Path keytool = javaHome.resolve("bin/keytool");
            // Valid from yesterday: clocks of hosts differ. The password is read from a file, for others see arguments.
            Programs.Output made = programs.run(
                    keytool.toString(),
                    List.of(
                            "-genkeypair",
                            "-alias",
                            "kiln",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=kiln",
                            "-startdate",
                            "-1d",
                            "-validity",
                            "3650",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keys.toString(),
                            "-storepass:file",
                            token.toString(),
                            "-J-XX:TieredStopAtLevel=1",
                            "-J-XX:+UseSerialGC"));
            if (made.code() != 0) {
                throw new UsageException("the key of the job cannot be made: "
                        + (made.out() + made.err()).lines().findFirst().orElse("keytool says nothing"));
            }
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(OWNER_ONLY));
        } catch (IOException e) {
            throw new UsageException("the secrets of the job cannot be written to " + folder + ": " + e.getMessage());
        }
    }

    /** Writes a file that nobody else can read, not even while it is written. */
    static void write(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(file, text);
    }
}
