package shawk.store.pg;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Connects pgjdbc with a server by its Unix socket: {@code socketFactory} names this class, {@code socketFactoryArg}
 * the socket's file. Any thread may use it.
 */
public final class UnixSocketFactory extends SocketFactory {
    private final Path file;

    /** By the name of the socket's file, as pgjdbc hands it over. */
    public UnixSocketFactory(String file) {
        this.file = Path.of(file);
    }

    /** Connected already, so that pgjdbc connects it nowhere else. */
    @Override
    public Socket createSocket() throws IOException {
        return UnixSocket.connect(file);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket();
    }
}
