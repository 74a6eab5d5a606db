package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.store.Batch;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/**
 * Whatever is cut, frozen or killed: what was sent is stored, once. {@code -Dshawk.rounds=10000} makes the cutting
 * longer than the ordinary run, which has {@value #ROUNDS} rounds; the seed of a run is in what a failure says.
 */
final class FaultsTest {
    private static final int ROUNDS = 200;
    private static final int KILLS = 10;
    private static final HostIdentity HOST = MadeUp.host(1);
    private static final UUID ONE = new UUID(0, 1);
    private static final long NOW = System.currentTimeMillis() * 1000;
    private static final TimeLimits SHORT = new TimeLimits(4_000, 500, 1_000, 1_500, 5_000, Right.WRITER);

    /** Openings that {@link #batch} brings. */
    private static final long EACH = 3 * 2 * 3;

    private static Batch batch(long sequence) {
        int first = (int) sequence * 3;
        return MadeUp.of(HOST, NOW, first, first + 3, 2, sequence % 2 == 0);
    }

    private static CmdbUrl through(CutProxy proxy, Cmdb cmdb) throws CmdbUrlException {
        String url = cmdb.server.url(cmdb.database);
        return CmdbUrl.parse(url.replace(":" + cmdb.server.port() + "/", ":" + proxy.port() + "/"), "me");
    }

    private static void stored(Cmdb cmdb, long batches, String about) throws Exception {
        assertThat(cmdb.opened()).as(about).isEqualTo(batches * EACH);
        assertThat(cmdb.ask("select count(*) from shawk.flow")).as(about).isEqualTo(Long.toString(batches * 3));
        assertThat(cmdb.ask("select (select count(*) from shawk.flow_chunk) + (select count(*) from shawk.flow_live)"))
                .as(about)
                .isEqualTo(Long.toString(batches * 3));
        assertThat(cmdb.ask("select count(*) from shawk.rejected")).as(about).isEqualTo("0");
    }

    /** Offers a batch until it is stored, as the flusher does; after a lost answer from a new connection. */
    private static void insist(Store store, Lease lease, long sequence, Batch batch) throws StoreException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (true) {
            try {
                store.write(lease, sequence, batch);
                return;
            } catch (StoreException e) {
                if (e.kind() != Kind.AWAY && e.kind() != Kind.UNKNOWN || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    @Test
    void connectionsAreCutAnywhere() throws Exception {
        int rounds = Integer.getInteger("shawk.rounds", ROUNDS);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(Version.NEWEST));
                CutProxy proxy = new CutProxy(cmdb.server.port())) {
            Store store = cmdb.open(through(proxy, cmdb)).store();
            Lease lease = store.register(HOST, ONE);
            store.write(lease, 1, batch(1));
            store.write(lease, 2, batch(2));
            // How much one write of each kind is, on a connection that is there, and on one that has to be made.
            proxy.cut();
            proxy.cutAfter(Long.MAX_VALUE, Long.MAX_VALUE);
            insist(store, lease, 3, batch(3));
            insist(store, lease, 4, batch(4));
            long up = proxy.toServer();
            long down = proxy.toClient();
            int cuts = 0;
            for (long sequence = 5; sequence < 5 + rounds; sequence++) {
                boolean upwards = random.nextBoolean();
                proxy.cutAfter(
                        upwards ? random.nextLong(up) : Long.MAX_VALUE,
                        upwards ? Long.MAX_VALUE : random.nextLong(down));
                try {
                    store.write(lease, sequence, batch(sequence));
                } catch (StoreException e) {
                    cuts++;
                    assertThat(e.kind()).as(e.getMessage()).isIn(Kind.AWAY, Kind.UNKNOWN);
                }
                proxy.cutAfter(Long.MAX_VALUE, Long.MAX_VALUE);
                insist(store, lease, sequence, batch(sequence));
            }
            assertThat(cuts).isGreaterThan(rounds / 4);
            stored(cmdb, 4L + rounds, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatStandsStillIsLeftAndComesBack(Version version) throws Exception {
        try (PostgresServer server = PostgresServer.start(version);
                Cmdb cmdb = Cmdb.in(server)) {
            Store store = new PgStore(new Session(Place.at(cmdb.url())), SHORT);
            Lease lease = store.register(HOST, ONE);
            store.write(lease, 1, batch(1));
            server.freeze();
            assertThatThrownBy(() -> store.write(lease, 2, batch(2)))
                    .isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).kind())
                    .isIn(Kind.AWAY, Kind.UNKNOWN);
            server.thaw();
            insist(store, lease, 2, batch(2));
            stored(cmdb, 2, "thawed");
            store.close();
        }
    }

    @Test
    void aBackendThatHoldsTheLedgerIsWaitedFor() throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(Version.NEWEST));
                Connection old = cmdb.server.connect(cmdb.database)) {
            Store store = new PgStore(new Session(Place.at(cmdb.url())), SHORT);
            Lease lease = store.register(HOST, ONE);
            store.write(lease, 1, batch(1));
            // As the backend of a connection that was lost, which is still at batch 2, and then commits it.
            old.setAutoCommit(false);
            assertThat(new BatchWriter(lease, 2, batch(2), false, java.util.Set.of())
                            .run(old)
                            .before())
                    .isFalse();
            assertThatThrownBy(() -> store.write(lease, 2, batch(2)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("kept something locked")
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(Kind.AWAY);
            old.commit();
            assertThat(store.write(lease, 2, batch(2)).before()).isTrue();
            stored(cmdb, 2, "waited");
            store.close();
        }
    }

    @Test
    void anAgentFrozenInMidTransactionIsFencedWhenItWakes() throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(Version.NEWEST));
                CutProxy proxy = new CutProxy(cmdb.server.port())) {
            Store frozen = new PgStore(new Session(Place.at(through(proxy, cmdb))), SHORT);
            Lease lease = frozen.register(HOST, ONE);
            frozen.write(lease, 1, batch(1));
            CompletableFuture<Kind> said = CompletableFuture.supplyAsync(() -> {
                try {
                    while (true) {
                        frozen.write(lease, 1, batch(1));
                    }
                } catch (StoreException e) {
                    return e.kind();
                }
            });
            proxy.hold(true);
            Store other = new PgStore(new Session(Place.at(cmdb.url())), TimeLimits.WRITE);
            Lease later = other.register(HOST, new UUID(0, 2));
            other.write(later, 1, batch(2));
            proxy.hold(false);
            assertThat(said.get(60, TimeUnit.SECONDS)).isIn(Kind.AWAY, Kind.UNKNOWN, Kind.FENCED);
            assertThatThrownBy(() -> insist(frozen, lease, 2, batch(3)))
                    .isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(Kind.FENCED);
            stored(cmdb, 2, "fenced");
            frozen.close();
            other.close();
        }
    }

    @Test
    void aServerIsKilledTenTimesUnderLoad() throws Exception {
        // What a killed process has written is in the kernel, synced or not.
        try (PostgresServer server = PostgresServer.start(Version.NEWEST, "fsync=off");
                Cmdb cmdb = Cmdb.in(server)) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            AtomicLong sent = new AtomicLong();
            AtomicLong target = new AtomicLong(Long.MAX_VALUE);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                try {
                    for (long sequence = 1; sequence <= target.get(); sequence++) {
                        insist(store, lease, sequence, batch(sequence));
                        sent.set(sequence);
                    }
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int i = 0; i < KILLS; i++) {
                long before = sent.get();
                while (sent.get() < before + 5 && !load.isDone()) {
                    Thread.onSpinWait();
                }
                server.kill();
                server.restart();
            }
            target.set(sent.get() + 20);
            load.get(120, TimeUnit.SECONDS);
            stored(cmdb, sent.get(), "killed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightsThatAreTakenAwayStopItAndNothingIsLost(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            String name = "a" + cmdb.database.replaceAll("\\W", "");
            cmdb.execute("create role " + name + " login password 'x'; grant shawk_writer to " + name);
            CmdbUrl url = CmdbUrl.parse(
                    "postgres://" + name + ":x@127.0.0.1:" + cmdb.server.port() + "/" + cmdb.database, "");
            Store store = cmdb.open(url).store();
            Lease lease = store.register(HOST, ONE);
            store.write(lease, 1, batch(1));
            cmdb.execute("revoke shawk_writer from " + name);
            assertThatThrownBy(() -> store.write(lease, 2, batch(2)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("grant shawk_writer")
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(Kind.REFUSED);
            cmdb.execute("grant shawk_writer to " + name);
            store.write(lease, 2, batch(2));
            stored(cmdb, 2, "granted again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfATransactionStaysInTheSession(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Session session = new Session(Place.at(cmdb.url()));
            Store store = new PgStore(session, TimeLimits.WRITE);
            Lease lease = store.register(HOST, ONE);
            for (long sequence = 1; sequence <= 12; sequence++) {
                store.write(lease, sequence, batch(sequence));
            }
            store.maintain(lease);
            // What a pooler would hand to the next one, on the same connection and outside of any transaction.
            String state = session.transact(TimeLimits.WRITE, connection -> {
                connection.commit();
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select current_setting('statement_timeout') || ' '"
                                + " || current_setting('lock_timeout') || ' ' || current_setting('search_path') || ' '"
                                + " || (select count(*) from pg_prepared_statements) || ' '"
                                + " || (select count(*) from pg_locks where locktype = 'advisory')")) {
                    rows.next();
                    return rows.getString(1);
                }
            });
            assertThat(state).startsWith("0 0 \"$user\", public 0 ");
            // And each transaction on another connection.
            for (long sequence = 13; sequence <= 16; sequence++) {
                session.cut();
                insist(store, lease, sequence, batch(sequence));
            }
            stored(cmdb, 16, "pooled");
            store.close();
        }
    }

    @Test
    void manyAgentsGetInNobodysWay() throws Exception {
        int agents = 50;
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(Version.NEWEST))) {
            List<CompletableFuture<Void>> all = new java.util.ArrayList<>();
            java.util.concurrent.ExecutorService pool = java.util.concurrent.Executors.newFixedThreadPool(agents);
            for (int i = 0; i < agents; i++) {
                HostIdentity host = MadeUp.host(100 + i);
                PgCmdb own = cmdb.open();
                all.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                Store store = own.store();
                                Lease lease = store.register(host, ONE);
                                for (int sequence = 1; sequence <= 4; sequence++) {
                                    store.write(lease, sequence, MadeUp.of(host, NOW, 0, 100, sequence, sequence == 4));
                                }
                                store.maintain(lease);
                            } catch (StoreException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        pool));
            }
            for (CompletableFuture<Void> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
            pool.shutdown();
            assertThat(cmdb.opened()).isEqualTo(agents * 100L * 4 * 3);
            assertThat(cmdb.ask("select deadlocks from pg_stat_database where datname = current_database()"))
                    .isEqualTo("0");
        }
    }
}
