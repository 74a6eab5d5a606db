package shawk.support;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A process with one listener and one connection to it, accepted; prints the port and lives until its input ends. */
public final class SocketHolder {
    private SocketHolder() {}

    public static void main(String[] args) throws IOException {
        try (PrintStream out =
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
                FileInputStream in = new FileInputStream(FileDescriptor.in);
                ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket server = listener.accept()) {
            out.println(listener.getLocalPort() + " " + server.getPort() + " " + client.isConnected());
            out.flush();
            while (in.read() >= 0) {
                // until the end of input
            }
        }
    }
}
