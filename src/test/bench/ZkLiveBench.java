package shawk.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import shawk.support.PrivateNetwork;
import shawk.support.ZooKeeperServer;

/**
 * What watching takes from a real server: Apache's own client asks as much as it can on loopback, in turn with and
 * without the program that counts its requests.
 */
final class ZkLiveBench {
    private static final int ROUNDS = 7;
    private static final int SECONDS = 4;
    private static final int CLIENTS = 4;

    /** Requests that a client has under way. */
    private static final int WINDOW = 100;

    private static final int PORT = 2181;

    /** Part of the server's throughput. */
    private static final double MOST_TAKEN = 0.10;

    private static final Pattern DROPPED = Pattern.compile("dropped by the kernel (\\d+)");
    private static final Pattern SEGMENTS = Pattern.compile("segments (\\d+)");

    private ZkLiveBench() {}

    /** Whether it takes little, and sees everything. */
    static boolean run() throws Exception {
        double[] alone = new double[ROUNDS];
        double[] watched = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        long dropped = 0;
        long segments = 0;
        try (PrivateNetwork network = PrivateNetwork.open();
                ZooKeeperServer server = ZooKeeperServer.alone(network, ZooKeeperServer.Version.V3_9, PORT)) {
            network.inside(() -> hammer(SECONDS));
            for (int i = 0; i < ROUNDS; i++) {
                // Whichever is first has it easier: the machine warms up, or fills with what the other left.
                if (i % 2 == 0) {
                    alone[i] = network.inside(() -> hammer(SECONDS));
                }
                Watcher watcher = new Watcher(network);
                watched[i] = network.inside(() -> hammer(SECONDS));
                String said = watcher.stop();
                dropped += number(DROPPED, said);
                segments += number(SEGMENTS, said);
                if (i % 2 == 1) {
                    alone[i] = network.inside(() -> hammer(SECONDS));
                }
                ratio[i] = watched[i] / alone[i];
            }
        }
        double taken = 1 - Runs.median(ratio);
        boolean held = taken <= MOST_TAKEN && dropped == 0;
        System.out.printf(
                Locale.ROOT,
                "requests a second: %,.0f alone, %,.0f watched; taken of them (median of %d pairs) %.1f %%, at most %.0f %%;"
                        + "%n%,d packets dropped by the kernel of %,d, none expected  %s%n",
                Runs.median(alone),
                Runs.median(watched),
                ROUNDS,
                100 * taken,
                100 * MOST_TAKEN,
                dropped,
                segments,
                held ? "holds" : "FAILS");
        return held;
    }

    private static long number(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("no summary: " + said);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Requests a second that were answered. */
    private static double hammer(int seconds) throws Exception {
        AtomicLong answered = new AtomicLong();
        List<ZooKeeper> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ZooKeeper client = new ZooKeeper("127.0.0.1:" + PORT, 30_000, event -> {});
            clients.add(client);
            String path = "/bench-" + i;
            if (client.exists(path, false) == null) {
                client.create(path, new byte[64], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
        }
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < CLIENTS; i++) {
            ZooKeeper client = clients.get(i);
            String path = "/bench-" + i;
            Thread thread = new Thread(() -> ask(client, path, end, answered));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double rate = answered.get() * 1e9 / (System.nanoTime() - start);
        for (ZooKeeper client : clients) {
            client.close();
        }
        return rate;
    }

    /** One in ten writes. */
    private static void ask(ZooKeeper client, String path, long end, AtomicLong answered) {
        Semaphore window = new Semaphore(WINDOW);
        byte[] data = new byte[64];
        for (long n = 0; System.nanoTime() < end; n++) {
            window.acquireUninterruptibly();
            if (n % 10 == 0) {
                client.setData(path, data, -1, (code, at, context, stat) -> done(window, answered), null);
            } else {
                client.getData(path, false, (code, at, context, bytes, stat) -> done(window, answered), null);
            }
        }
        window.acquireUninterruptibly(WINDOW);
    }

    private static void done(Semaphore window, AtomicLong answered) {
        answered.incrementAndGet();
        window.release();
    }

    /** The program as it counts, in the server's namespace. */
    private static final class Watcher {
        private final Process process;
        private final Path said = Bench.OUT.resolve("zklive.err");

        Watcher(PrivateNetwork network) throws Exception {
            File out = Bench.OUT.resolve("zklive.out").toFile();
            process = new ProcessBuilder(network.command(List.of(
                            Bench.SHAWK, "zk", "dump", "--iface", "lo", "--count-requests", "999999999", "--summary")))
                    .redirectError(said.toFile())
                    .redirectOutput(out)
                    .start();
            // The packet socket is in a list of the namespace, besides its heading.
            List<String> sockets = network.command(List.of("cat", "/proc/net/packet"));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Runs.lines(sockets.toArray(new String[0])).size() < 2) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroy();
                    throw new IllegalStateException("it does not watch: " + Files.readString(said));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }

        /** What it said at its end. */
        String stop() throws IOException, InterruptedException {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("it does not end");
            }
            return Files.readString(said);
        }
    }
}
