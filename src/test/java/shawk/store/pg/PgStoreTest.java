package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.store.Batch;
import shawk.store.Gap;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.store.Store.Written;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** What is written into a real server, and that it is written once. */
final class PgStoreTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final HostIdentity HOST = MadeUp.host(1);

    private static long now(Cmdb cmdb) throws SQLException {
        return Long.parseLong(cmdb.ask("select extract(epoch from date_trunc('second', now()))::bigint")) * 1_000_000;
    }

    private static Kind kind(ThrowingCall call) {
        try {
            call.run();
        } catch (StoreException e) {
            return e.kind();
        }
        throw new AssertionError("nothing was refused");
    }

    @FunctionalInterface
    private interface ThrowingCall {
        void run() throws StoreException;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsThere(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            long now = now(cmdb);
            assertThat(lease).isEqualTo(new Lease(HOST.id(), ONE, 1, 0));
            Batch live = MadeUp.with(
                    MadeUp.of(HOST, now, 0, 100, 4, false), List.of(new Gap(now - 5, now, "spool full", 7, -1)));

            assertThat(store.write(lease, 1, live)).isEqualTo(new Written(false, live.rows(), 0));
            assertThat(store.write(lease, 1, live)).isEqualTo(new Written(true, 0, 0));

            assertThat(cmdb.opened()).isEqualTo(100 * 4 * 3);
            assertThat(cmdb.ask("select count(*) from shawk.flow")).isEqualTo("100");
            assertThat(cmdb.ask("select name || exe || pid from shawk.process")).isEqualTo("curl/usr/bin/curl4711");
            assertThat(cmdb.ask("select host(peer_addr) || port || direction || protocol from shawk.flow"
                            + " order by peer_addr limit 1"))
                    .isEqualTo("10.1.0.044316");
            assertThat(cmdb.ask("select extract(epoch from last_seen)::bigint from shawk.host_status"))
                    .isEqualTo(Long.toString(now / 1_000_000));
            assertThat(cmdb.ask("select reason || flows || coalesce(connections, 0) from shawk.gap"))
                    .isEqualTo("spool full70");
            assertThat(cmdb.ask("select host(address) from shawk.host_address")).isEqualTo("10.0.0.1");
            assertThat(cmdb.ask("select failed is null and rtt = array[3,3,3,3]"
                            + " and tx = array[1000,2000,3000,4000]::bigint[]"
                            + " and minutes = '{0,1,2,3}' and cardinality(evidence) = 3"
                            + " from shawk.flow_live limit 1"))
                    .isEqualTo("t");

            Batch finished = MadeUp.of(HOST, now, 0, 100, 10, true);
            assertThat(store.write(lease, 2, finished).rows()).isEqualTo(finished.rows());
            assertThat(cmdb.ask("select count(*) from shawk.flow_live")).isEqualTo("0");
            assertThat(cmdb.opened()).isEqualTo(100 * 10 * 3);
            assertThat(cmdb.open().store().register(HOST, ONE)).isEqualTo(new Lease(HOST.id(), ONE, 2, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatWasSetBackFencesNobody(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            store.register(HOST, ONE);
            Lease lease = store.register(HOST, ONE);
            Batch batch = MadeUp.of(HOST, now(cmdb), 0, 10, 1, false);
            cmdb.execute("update shawk.agent set epoch = 1");
            assertThat(kind(() -> store.write(lease, 1, batch))).isEqualTo(Kind.AWAY);
            cmdb.execute("delete from shawk.agent");
            assertThat(kind(() -> store.write(lease, 1, batch))).isEqualTo(Kind.AWAY);
            store.write(store.register(HOST, ONE), 1, batch);
            assertThat(cmdb.opened()).isEqualTo(10 * 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoComesLaterFencesWhoWasThere(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store first = cmdb.open().store();
            Store second = cmdb.open().store();
            Lease lease = first.register(HOST, ONE);
            long now = now(cmdb);
            first.write(lease, 1, MadeUp.of(HOST, now, 0, 10, 1, false));
            Lease later = second.register(HOST, OTHER);
            assertThat(later.epoch()).isEqualTo(2);
            assertThat(kind(() -> first.write(lease, 2, MadeUp.of(HOST, now, 0, 10, 2, false))))
                    .isEqualTo(Kind.FENCED);
            assertThatThrownBy(() -> first.write(lease, 1, MadeUp.of(HOST, now, 0, 10, 1, false)))
                    .hasMessageContaining("machine-id");
            second.write(later, 1, MadeUp.of(HOST, now, 0, 10, 3, false));
            assertThat(cmdb.opened()).isEqualTo(10 * 3 * 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWasCutOffGoesOnAndIsFencedWhereAnotherCame(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            long now = now(cmdb);
            store.write(lease, 1, MadeUp.of(HOST, now, 0, 10, 1, false));
            assertThat(cmdb.open().store().resume(HOST, lease)).isEqualTo(new Lease(lease.hostId(), ONE, 1, 1));

            Lease later = cmdb.open().store().register(HOST, OTHER);
            assertThat(kind(() -> store.resume(HOST, lease))).isEqualTo(Kind.FENCED);
            assertThat(store.resume(HOST, later).epoch()).isEqualTo(2);

            cmdb.execute("delete from shawk.agent");
            assertThat(store.resume(HOST, lease)).isEqualTo(new Lease(lease.hostId(), ONE, 1, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandLeavesTheHostToItsAgent(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store hand = cmdb.open().store();
            assertThat(hand.registerIfFree(HOST, OTHER).epoch()).isEqualTo(1);

            Store agent = cmdb.open().store();
            Lease lease = agent.register(HOST, ONE);
            assertThat(hand.registerIfFree(HOST, OTHER).epoch())
                    .as("it has stored nothing yet")
                    .isEqualTo(3);
            Lease again = agent.register(HOST, ONE);
            agent.write(again, 1, MadeUp.of(HOST, now(cmdb), 0, 10, 1, false));
            assertThatThrownBy(() -> hand.registerIfFree(HOST, OTHER)).hasMessageContaining("stores it already");
            assertThat(agent.write(again, 2, MadeUp.of(HOST, now(cmdb), 0, 10, 2, false))
                            .before())
                    .isFalse();
            assertThat(lease.epoch()).isEqualTo(2);

            cmdb.execute("update shawk.agent set written = now() - interval '3 minutes'");
            assertThat(hand.registerIfFree(HOST, OTHER).epoch()).isEqualTo(5);
        }
    }
}
