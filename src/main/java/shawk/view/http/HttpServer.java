package shawk.view.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A server for small answers that are at hand: GET and HEAD, one thread, which never waits for a client. Bounds on
 * connections, heads and times; no bodies of requests, no ranges, no encodings, no TLS.
 *
 * <p>It is no more than what {@code zk stats} needs because the JDK's own reads a request on a thread that waits for
 * its bytes: with as many slow clients as threads nobody else is answered, and its bounds on heads and connections are
 * not in every Java 17. Thread-safe.
 */
final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int SCRATCH_BYTES = 8_192;
    private static final long TICK_MILLIS = 200;
    private static final int ACCEPTS = 64;

    private final ServerSocketChannel listener;
    private final HttpLimits limits;
    private final Answers answers;
    private final List<Exchange> open = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final Thread thread = new Thread(this::run, "http");
    private volatile boolean stopped;
    private final Selector selector;

    private HttpServer(ServerSocketChannel listener, Selector selector, HttpLimits limits, Answers answers) {
        this.listener = listener;
        this.selector = selector;
        this.limits = limits;
        this.answers = answers;
        thread.setDaemon(true);
    }

    /** A server that is there for connections, which are answered from {@link #start} on. */
    static HttpServer bind(InetSocketAddress address, HttpLimits limits, Answers answers) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
            listener.configureBlocking(false);
            Selector selector = Selector.open();
            listener.register(selector, SelectionKey.OP_ACCEPT);
            return new HttpServer(listener, selector, limits, answers);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** Where it listens. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopped) {
            try {
                selector.select(TICK_MILLIS);
                long nanos = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        serve(key, nanos);
                    }
                }
                selector.selectedKeys().clear();
                endLate(nanos);
            } catch (IOException e) {
                // Of the listener or the selector: descriptors have run out. The next turn may find some.
                pause();
            } catch (RuntimeException | Error e) {
                // This thread is the server: it ends when it is told to, and by nothing else.
                failed(e);
                pause();
            }
        }
    }

    private void failed(Throwable fault) {
        try {
            answers.failed(fault);
        } catch (RuntimeException | Error e) {
            // There is nobody left to be told, as where memory has run out.
        }
    }

    private void pause() {
        LockSupport.parkNanos(TICK_MILLIS * 1_000_000);
    }

    private void serve(SelectionKey key, long nanos) throws IOException {
        if (key.attachment() instanceof Exchange exchange) {
            try {
                if (!exchange.ready(scratch, nanos)) {
                    end(exchange);
                }
            } catch (IOException e) {
                end(exchange);
            } catch (RuntimeException | Error e) {
                // Whatever one connection has led to, the others are answered.
                failed(e);
                end(exchange);
            }
            return;
        }
        for (int i = 0; i < ACCEPTS; i++) {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return;
            }
            begin(channel, nanos);
        }
    }

    private void begin(SocketChannel channel, long nanos) throws IOException {
        if (open.size() >= limits.connections()) {
            end(Collections.min(open, Comparator.comparingLong(Exchange::waitingSince)));
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Exchange exchange = new Exchange(channel, key, limits, answers, nanos);
            key.attach(exchange);
            open.add(exchange);
        } catch (IOException e) {
            channel.close();
        } catch (RuntimeException | Error e) {
            failed(e);
            channel.close();
        }
    }

    private void end(Exchange exchange) {
        open.remove(exchange);
        exchange.close();
    }

    private void endLate(long nanos) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).isLate(nanos)) {
                end(open.get(i));
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
            open.forEach(Exchange::close);
            selector.close();
            listener.close();
        } catch (IOException e) {
            // The process is about to end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
