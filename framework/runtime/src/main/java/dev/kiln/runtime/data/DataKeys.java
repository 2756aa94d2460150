package dev.kiln.runtime.data;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of one cluster know and nobody else does.
 *
 * @param secret both ends of a connection prove that they know it
 * @param tls encrypts, with the key and the certificate that the nodes share; null on loopback
 */
public record DataKeys(byte[] secret, @Nullable SSLContext tls) {
    @Override
    public String toString() {
        return "DataKeys";
    }
}
