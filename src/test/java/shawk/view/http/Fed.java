package shawk.view.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import shawk.zk.stats.StatsSnapshot;

/** A server of made-up counts. */
final class Fed implements AutoCloseable, StatsFeed {
    final StatsServer server;
    final int port;
    volatile StatsSnapshot snapshot;
    volatile boolean alive = true;
    volatile Runnable fault = () -> {};
    final List<String> faults = new CopyOnWriteArrayList<>();

    Fed(StatsSnapshot snapshot) throws IOException {
        this(snapshot, "127.0.0.1", null);
    }

    Fed(StatsSnapshot snapshot, String address, @Nullable String token) throws IOException {
        this.snapshot = snapshot;
        server = StatsServer.bind(
                new StatsServer.Settings(InetAddress.getByName(address), 0, Set.of("zk.example.org"), token, 1),
                this,
                "1.2.3");
        port = server.port();
        server.start();
    }

    @Override
    public StatsSnapshot latest() {
        fault.run();
        return snapshot;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public void failed(Throwable made) {
        faults.add(made.getClass().getSimpleName());
    }

    @Override
    public void close() {
        server.close();
    }
}
