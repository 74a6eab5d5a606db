package shawk.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.store.StoreException;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.CmdbUrlException;
import shawk.store.pg.MadeUp;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** Writing into a real server of its own, with fsync, on this machine: how long, how much, how large. */
final class CmdbBench {
    private static final int ROUNDS = 30;
    private static final int AGENTS = 50;
    private static final int FLOWS_EACH = 2_000;
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int BUCKETS = 10_000_000;
    private static final int AT_ONCE = 10_000;

    private CmdbBench() {}

    private static PgCmdb open(PostgresServer server, String database) {
        try {
            return PgCmdb.to(CmdbUrl.parse(server.url(database), "postgres"));
        } catch (CmdbUrlException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String built(PostgresServer server) throws SQLException, StoreException {
        String database = server.newDatabase();
        try (PgCmdb cmdb = open(server, database)) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
        }
        return database;
    }

    private static long nowMicros() {
        return System.currentTimeMillis() / 600_000 * 600_000 * 1000;
    }

    private static boolean figure(String what, double value, String unit, double bound, boolean most) {
        boolean good = most ? value <= bound : value >= bound;
        System.out.printf(
                Locale.ROOT,
                "%-56s %10.1f %-8s at %s %8.0f  %s%n",
                what,
                value,
                unit,
                most ? "most " : "least",
                bound,
                good ? "ok" : "NOT HELD");
        return good;
    }

    /** One agent's flushes, of ten thousand changed flows and of a tenth, and then as fast as it goes. */
    static boolean flush() {
        boolean held = true;
        try (PostgresServer server = PostgresServer.start(Version.NEWEST)) {
            for (int flows : new int[] {AT_ONCE / 10, AT_ONCE}) {
                double[] live = new double[ROUNDS];
                double finished;
                try (PgCmdb cmdb = open(server, built(server))) {
                    Store store = cmdb.store();
                    HostIdentity host = MadeUp.host(1);
                    Lease lease = store.register(host, new UUID(0, 1));
                    long now = nowMicros();
                    for (int round = 0; round < ROUNDS; round++) {
                        Batch batch = MadeUp.of(host, now + round * 10_000_000L, 0, flows, 1 + round / 6, false);
                        live[round] = millis(store, lease, round + 1, batch);
                    }
                    finished = millis(store, lease, ROUNDS + 1, MadeUp.of(host, now, 0, flows, 10, true));
                }
                System.out.printf(Locale.ROOT, "%-56s %10.1f ms%n", flows + " flows, first flush", live[0]);
                System.out.printf(Locale.ROOT, "%-56s %10.1f ms%n", flows + " flows, their ten minutes over", finished);
                held &= figure(
                        flows + " changed flows, flush, median",
                        Runs.median(live),
                        "ms",
                        flows * 300.0 / AT_ONCE,
                        true);
            }
            held &= longRun(server);
        } catch (SQLException | StoreException e) {
            throw new IllegalStateException(e);
        }
        return held;
    }

    private static double millis(Store store, Lease lease, long sequence, Batch batch) throws StoreException {
        long start = System.nanoTime();
        store.write(lease, sequence, batch);
        return (System.nanoTime() - start) / 1e6;
    }

    private static boolean longRun(PostgresServer server) throws SQLException, StoreException {
        int seconds = Integer.parseInt(System.getenv().getOrDefault("BENCH_SECONDS", "30"));
        long rows = 0;
        long spent = 0;
        try (PgCmdb cmdb = open(server, built(server))) {
            Store store = cmdb.store();
            HostIdentity host = MadeUp.host(1);
            Lease lease = store.register(host, new UUID(0, 1));
            long now = nowMicros();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int round = 0; System.nanoTime() < end; round++) {
                boolean over = round % 10 == 9;
                Batch batch = MadeUp.of(
                        host, now + round / 10 * Chunk.LENGTH_MICROS, 0, AT_ONCE, over ? 10 : 1 + round % 10, over);
                long start = System.nanoTime();
                rows += store.write(lease, round + 1, batch).rows();
                spent += System.nanoTime() - start;
            }
        }
        return figure("rows stored over " + seconds + " s", rows / (spent / 1e9), "rows/s", 50_000, false);
    }

    /** Fifty agents, each with two thousand flows every ten seconds; {@code BENCH_SECONDS=600} for ten minutes. */
    static boolean agents() throws InterruptedException {
        boolean held = true;
        try (PostgresServer server = PostgresServer.start(Version.NEWEST)) {
            for (int flows : new int[] {FLOWS_EACH / 10, FLOWS_EACH}) {
                held &= agents(server, built(server), flows);
            }
        } catch (SQLException | StoreException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return held;
    }

    private static boolean agents(PostgresServer server, String database, int flows)
            throws InterruptedException, ExecutionException, SQLException {
        int seconds = Integer.parseInt(System.getenv().getOrDefault("BENCH_SECONDS", "60"));
        int rounds = Math.max(2, seconds / 10);
        ExecutorService pool = Executors.newFixedThreadPool(AGENTS);
        List<Future<double[]>> runs = new ArrayList<>();
        long start = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (int agent = 0; agent < AGENTS; agent++) {
            HostIdentity host = MadeUp.host(agent + 1);
            long first = start + EVERY_NANOS * agent / AGENTS;
            runs.add(pool.submit(() -> agent(server, database, host, flows, rounds, first)));
        }
        double[] all = new double[0];
        for (Future<double[]> run : runs) {
            double[] each = run.get();
            int length = all.length;
            all = Arrays.copyOf(all, length + each.length);
            System.arraycopy(each, 0, all, length, each.length);
        }
        pool.shutdown();
        Arrays.sort(all);
        String what = AGENTS + " agents, " + flows + " flows";
        System.out.printf(Locale.ROOT, "%-56s %10.1f ms%n", what + ", flush, median", all[all.length / 2]);
        String deadlocks = ask(
                server, database, "select deadlocks from pg_stat_database where datname = current_database()");
        boolean held = figure(what + ", deadlocks", Double.parseDouble(deadlocks), "", 0, true);
        return held & figure(what + ", flush, longest of " + all.length, all[all.length - 1], "ms", 10_000, true);
    }

    private static double[] agent(
            PostgresServer server, String database, HostIdentity host, int flows, int rounds, long first)
            throws StoreException, InterruptedException {
        double[] millis = new double[rounds];
        try (PgCmdb cmdb = open(server, database)) {
            Store store = cmdb.store();
            Lease lease = store.register(host, new UUID(0, 1));
            long now = nowMicros();
            for (int round = 0; round < rounds; round++) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, first + round * EVERY_NANOS - System.nanoTime()));
                boolean over = round % 60 == 59;
                Batch batch = MadeUp.of(
                        host, now + round * 10_000_000L, 0, flows, over ? 10 : 1 + round % 60 / 6, over);
                millis[round] = millis(store, lease, round + 1, batch);
            }
        }
        return millis;
    }

    /** Bytes for each flow and minute, indexes included: at a tenth of ten million, and at all of them. */
    static boolean storage() {
        boolean held = true;
        try (PostgresServer server = PostgresServer.start(Version.NEWEST, "fsync=off")) {
            String database = built(server);
            try (PgCmdb cmdb = open(server, database)) {
                Store store = cmdb.store();
                HostIdentity host = MadeUp.host(1);
                Lease lease = store.register(host, new UUID(0, 1));
                Random random = new Random(7);
                long start = System.nanoTime();
                int batches = BUCKETS / AT_ONCE / Chunk.MINUTES;
                for (int i = 1; i <= batches; i++) {
                    long at = nowMicros() - i * Chunk.LENGTH_MICROS;
                    store.write(
                            lease,
                            i,
                            MadeUp.with(MadeUp.empty(host, at), List.of(), List.of(), chunks(at, random)));
                    if (i == batches / 10 || i == batches) {
                        double bytes = Double.parseDouble(ask(
                                server,
                                database,
                                "select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent ="
                                        + " 'shawk.flow_chunk'::regclass"));
                        held &= figure(
                                i * AT_ONCE * Chunk.MINUTES + " flows and minutes, each",
                                bytes / i / AT_ONCE / Chunk.MINUTES,
                                "bytes",
                                110,
                                true);
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-56s %10.0f rows/s%n",
                        "stored as ten minutes of a flow, a row each",
                        BUCKETS / (double) Chunk.MINUTES / ((System.nanoTime() - start) / 1e9));
            }
        } catch (SQLException | StoreException e) {
            throw new IllegalStateException(e);
        }
        return held;
    }

    /** Nothing is 0, and all of the evidence is there: as large as a chunk of ten minutes gets. */
    private static List<Chunk> chunks(long at, Random random) {
        List<Chunk> chunks = new ArrayList<>(AT_ONCE);
        short[] minutes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (int i = 0; i < AT_ONCE; i++) {
            chunks.add(new Chunk(
                    (i + 1) * 0x9e37_79b9_7f4a_7c15L >>> 1, at, 7, 1, minutes, counts(random), counts(random),
                    counts(random), counts(random), bytes(random), bytes(random), counts(random), counts(random),
                    random.longs(Chunk.EVIDENCE, 0, Long.MAX_VALUE).sorted().toArray(), false));
        }
        return chunks;
    }

    private static int[] counts(Random random) {
        return random.ints(Chunk.MINUTES, 1, 10_000).toArray();
    }

    private static long[] bytes(Random random) {
        return random.longs(Chunk.MINUTES, 1, 1L << 40).toArray();
    }

    private static String ask(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
