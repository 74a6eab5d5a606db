package shawk.store.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a program and a server on 127.0.0.1, and cuts: after so many bytes one way or the other both
 * connections are gone, and what was behind these bytes never arrives. Or it keeps what comes from the program back.
 */
final class CutProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();
    private volatile long cutToServer = Long.MAX_VALUE;
    private volatile long cutToClient = Long.MAX_VALUE;
    private volatile boolean held;

    CutProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Counts anew, and cuts after so many bytes from now on. */
    void cutAfter(long bytesToServer, long bytesToClient) {
        toServer.set(0);
        toClient.set(0);
        cutToServer = bytesToServer;
        cutToClient = bytesToClient;
    }

    /** Bytes that went by since {@link #cutAfter}. */
    long toServer() {
        return toServer.get();
    }

    long toClient() {
        return toClient.get();
    }

    /** Keeps back what comes from the program once so many more bytes have gone by. */
    void hold(boolean hold) {
        held = hold;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                synchronized (sockets) {
                    sockets.add(client);
                    sockets.add(server);
                }
                daemon(() -> pump(client, server, toServer, true));
                daemon(() -> pump(server, client, toClient, false));
            } catch (IOException e) {
                // Closed, or a server that is away: the program sees its connection end.
                cut();
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicLong count, boolean up) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                while (up && held && !listener.isClosed()) {
                    Thread.onSpinWait();
                }
                long left = (up ? cutToServer : cutToClient) - count.get();
                int passed = (int) Math.min(read, Math.max(0, left));
                out.write(buffer, 0, passed);
                count.addAndGet(passed);
                if (passed < read) {
                    break;
                }
            }
        } catch (IOException e) {
            // The other end went first.
        }
    }

    /** Ends all connections now. */
    void cut() {
        synchronized (sockets) {
            for (Socket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is closed.
                }
            }
            sockets.clear();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
