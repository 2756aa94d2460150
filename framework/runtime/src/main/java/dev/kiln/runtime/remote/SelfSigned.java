package dev.kiln.runtime.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate of its own for one run of a cluster. Clients know the certificate by its SHA-256, which stands
 * beside the token, so that nobody has to sign it. The JDK has no public way to write a certificate; its form is that of
 * RFC 5280, with an ECDSA key on P-256.
 */
final class SelfSigned {

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    // The DER form of the object identifiers 1.2.840.10045.4.3.2 and 2.5.4.3.
    private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("06082a8648ce3d040302");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int UTF8 = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;

    private final KeyPair keys;
    private final X509Certificate certificate;

    private SelfSigned(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** A new one, valid from an hour ago, since clocks differ, for ten years. */
    static SelfSigned create(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text(UTF8, "Kiln cluster"))));
            byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
            byte[] body = der(
                    SEQUENCE,
                    der(VERSION, der(INTEGER, new byte[] {2})),
                    der(
                            INTEGER,
                            new BigInteger(64, new SecureRandom())
                                    .add(BigInteger.ONE)
                                    .toByteArray()),
                    algorithm,
                    name,
                    der(
                            SEQUENCE,
                            text(GENERALIZED_TIME, TIME.format(now.minus(Duration.ofHours(1)))),
                            text(GENERALIZED_TIME, TIME.format(now.plus(Duration.ofDays(3650))))),
                    name,
                    keys.getPublic().getEncoded());
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.getPrivate());
            signature.update(body);
            byte[] whole = der(SEQUENCE, body, algorithm, der(BITS, new byte[] {0}, signature.sign()));
            Certificate made =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
            return new SelfSigned(keys, (X509Certificate) made);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes ECDSA certificates", e);
        }
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A tag, a length, and parts (X.690). */
    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >>> 8);
            whole.write(length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    /** What a server shows this certificate with. */
    SSLContext serverContext() {
        try {
            char[] password = HexFormat.of().formatHex(SecureRandom.getSeed(16)).toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("kiln", keys.getPrivate(), password, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has TLS 1.3", e);
        }
    }

    String fingerprint() {
        return fingerprint(certificate);
    }

    /** The SHA-256 of a certificate, as hexadecimal digits. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
