package dev.kiln.runtime.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a cluster that has been let in. For one thread at each end of it.
 *
 * @param socket to close it
 * @param in what the cluster sends
 * @param out to the cluster
 */
record Dial(Socket socket, DataInputStream in, DataOutputStream out) {

    private static final int CONNECT_MILLIS = 10_000;

    /**
     * Connects and shows the token.
     *
     * @throws RefusedException when to try again is of no use
     * @throws IOException when nobody listens there; one line that says what to do
     */
    static Dial to(Contact contact) throws IOException {
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(CONNECT_MILLIS);
            plain.connect(new InetSocketAddress(contact.host(), contact.port()), CONNECT_MILLIS);
            var socket = (SSLSocket) Pinned.context(contact.certificate())
                    .getSocketFactory()
                    .createSocket(plain, contact.host(), contact.port(), true);
            socket.startHandshake();
            var dial = new Dial(
                    socket,
                    new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16)),
                    new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16)));
            dial.greet(contact);
            socket.setSoTimeout(0);
            return dial;
        } catch (UnknownHostException e) {
            plain.close();
            throw new RefusedException(
                    "there is no host " + contact.host() + ": give the address that `kiln cluster" + " start` printed");
        } catch (ConnectException e) {
            plain.close();
            throw new IOException("nobody listens at " + contact.address()
                    + ": is the cluster up? `kiln cluster status` tells, `kiln cluster start` starts one");
        } catch (SSLException e) {
            plain.close();
            throw new RefusedException("no connection to " + contact.address() + ": " + reason(e));
        } catch (RefusedException e) {
            plain.close();
            throw e;
        } catch (IOException e) {
            plain.close();
            throw new IOException("no connection to " + contact.address() + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }

    private void greet(Contact contact) throws IOException {
        Frames.write(out, Frames.hello(contact.token()));
        out.flush();
        byte[] answer = Frames.read(in, Frames.LONGEST_HELLO);
        if (answer.length > 0) {
            throw new RefusedException(
                    "no connection to " + contact.address() + ": " + new String(answer, StandardCharsets.UTF_8));
        }
    }
}
