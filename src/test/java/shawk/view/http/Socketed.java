package shawk.view.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes. */
final class Socketed implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    final Socket socket = new Socket();
    final int port;

    Socketed(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress(), 0);
    }

    /** {@code buffer} bytes of what comes are taken by the kernel; 0 = as many as it likes. */
    Socketed(int port, InetAddress address, int buffer) throws IOException {
        this.port = port;
        if (buffer > 0) {
            socket.setReceiveBufferSize(buffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
    }

    Socketed send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** All until the server closes; what it sent before it cut the connection. */
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException e) {
            // Cut, which is an end too.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** One answer with a body as long as its head says. */
    String answer() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return head.toString();
            }
            head.append((char) octet);
        }
        int at = head.indexOf("Content-Length: ") + 16;
        int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** The answer to a request for {@code target}, with further lines of a head. */
    static String get(int port, String target, String... lines) throws IOException {
        return ask(
                port,
                "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                        + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n") + "\r\n");
    }

    /** All that comes for this. */
    static String ask(int port, String text) throws IOException {
        try (Socketed client = new Socketed(port)) {
            return client.send(text).rest();
        }
    }

    /** The body of an answer. */
    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
