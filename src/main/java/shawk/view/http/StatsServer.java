package shawk.view.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code zk stats} over HTTP. It takes snapshots as they are and hands nothing back, so that no client can hold up who
 * counts. Thread-safe.
 */
public final class StatsServer implements AutoCloseable {
    private final HttpServer server;

    private StatsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Where it listens and who may ask.
     *
     * @param port 0 = one that is free
     * @param hosts names in lower case by which it may be called, besides its address and {@code localhost}
     * @param token what has to be known; null = nothing
     * @param refreshSeconds from one drawing of the page to the next, 1 or more
     */
    public record Settings(
            InetAddress address,
            int port,
            Set<String> hosts,
            @Nullable String token,
            int refreshSeconds) {}

    /**
     * It has its port from now on, and answers from {@link #start} on.
     *
     * @throws IOException where the address or port cannot be had
     */
    public static StatsServer bind(Settings settings, StatsFeed feed, String version) throws IOException {
        Endpoints endpoints =
                new Endpoints(new Guard(settings.hosts(), settings.token()), feed, version, settings.refreshSeconds());
        return new StatsServer(HttpServer.bind(
                new InetSocketAddress(settings.address(), settings.port()), HttpLimits.USUAL, endpoints));
    }

    /** Begins to answer. */
    public void start() {
        server.start();
    }

    /** As it is typed into a browser: {@code http://127.0.0.1:7070/}. */
    public String url() throws IOException {
        InetSocketAddress address = server.address();
        return "http://" + Guard.literal(address.getAddress()) + ":" + address.getPort() + "/";
    }

    /** Its port. */
    public int port() throws IOException {
        return server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
