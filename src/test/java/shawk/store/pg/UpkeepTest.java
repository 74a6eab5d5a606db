package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** Hours, days, what is old, what agents left that died. */
final class UpkeepTest {
    private static final HostIdentity HOST = MadeUp.host(1);
    private static final long HOUR = 3_600_000_000L;
    private static final long DAY = 24 * HOUR;

    /** The beginning of an hour, ten hours ago. */
    private static final long THEN = (System.currentTimeMillis() * 1000 / HOUR - 10) * HOUR;

    private static final String HOURS =
            "select extract(epoch from at)::bigint || ' ' || minutes || ' ' || opened || ' '"
                    + " || closed || ' ' || failed || ' ' || peak || ' ' || tx || ' '"
                    + " || coalesce(rtt, 0) || ' ' || complete"
                    + " || ' ' || cardinality(evidence) from shawk.flow_hour order by at";

    private static Batch chunk(long atMicros, long nowMicros, int run) {
        return MadeUp.with(
                MadeUp.empty(HOST, nowMicros),
                List.of(),
                List.of(),
                List.of(MadeUp.chunk(4_242, atMicros, run, 10, 2)));
    }

    @ParameterizedTest
    @EnumSource
    void hoursAndDaysAreTheSumOfTheirChunks(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, new UUID(0, 1));
            store.write(lease, 1, chunk(THEN, THEN + HOUR, 1));
            store.write(lease, 2, chunk(THEN + Chunk.LENGTH_MICROS, THEN + HOUR + 120_000_000L, 1));
            store.maintain(lease);
            String first = THEN / 1_000_000 + " 20 40 40 0 2 110000 2 true 3";
            assertThat(cmdb.rows(HOURS)).containsExactly(first);
            store.maintain(lease);
            assertThat(cmdb.rows(HOURS)).containsExactly(first);
            assertThat(cmdb.ask("select opened || ' ' || minutes || ' ' || rtt from shawk.flow_day"))
                    .isEqualTo("40 20 2");

            // One of the next hour, and one that comes late.
            store.write(lease, 3, chunk(THEN + HOUR, THEN + 2 * HOUR + 120_000_000L, 1));
            store.write(lease, 4, chunk(THEN + 2 * Chunk.LENGTH_MICROS, THEN + 2 * HOUR + 120_000_000L, 1));
            store.maintain(lease);
            assertThat(cmdb.rows(HOURS))
                    .containsExactly(
                            THEN / 1_000_000 + " 30 60 60 0 2 165000 2 true 3",
                            (THEN + HOUR) / 1_000_000 + " 10 20 20 0 2 55000 2 true 3");
            assertThat(cmdb.ask("select sum(opened) from shawk.flow_day")).isEqualTo("80");
            assertThat(cmdb.opened()).isEqualTo(80);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnAgentLeftThatDiedIsMoved(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, new UUID(0, 1));
            store.write(lease, 1, MadeUp.of(HOST, THEN, 0, 5, 10, false));
            store.write(lease, 2, MadeUp.of(HOST, THEN + 20 * 60_000_000L, 0, 5, 10, false));
            store.maintain(lease);
            assertThat(cmdb.ask("select count(*) from shawk.flow_live")).isEqualTo("10");
            store.write(lease, 3, MadeUp.empty(HOST, THEN + HOUR));
            store.maintain(lease);
            assertThat(cmdb.ask("select count(*) from shawk.flow_live")).isEqualTo("5");
            store.write(lease, 4, MadeUp.empty(HOST, THEN + 2 * HOUR));
            store.maintain(lease);
            assertThat(cmdb.ask("select count(*) from shawk.flow_live")).isEqualTo("0");
            assertThat(cmdb.opened()).isEqualTo(2 * 5 * 10 * 3);
            assertThat(cmdb.ask("select sum(opened) from shawk.flow_hour")).isEqualTo("300");
        }
    }

    /** Another host's agent, which moves what those that went silent have left. */
    private static void lookAfterOthers(Cmdb cmdb) throws Exception {
        Store other = cmdb.open().store();
        Lease others = other.register(MadeUp.host(2), new UUID(0, 2));
        other.write(others, 1, MadeUp.empty(MadeUp.host(2), THEN));
        other.maintain(others);
        assertThat(cmdb.ask("select count(*) from shawk.flow_live")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatNeverCameBackIsLookedAfterByOthers(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store dead = cmdb.open().store();
            Lease lease = dead.register(HOST, new UUID(0, 1));
            dead.write(lease, 1, MadeUp.of(HOST, THEN - 3 * DAY, 0, 5, 10, false));
            lookAfterOthers(cmdb);
            assertThat(cmdb.ask("select count(*) from shawk.flow_chunk where host_id = " + HOST.id()))
                    .isEqualTo("5");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNoDayCanTakeWaits(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, new UUID(0, 1));
            store.write(lease, 1, MadeUp.of(HOST, THEN + 30 * DAY, 0, 5, 10, false));
            store.write(lease, 2, MadeUp.of(HOST, THEN, 0, 5, 10, false));
            store.write(lease, 3, MadeUp.empty(HOST, THEN + 31 * DAY));
            store.maintain(lease);
            assertThat(cmdb.ask("select count(*) from shawk.flow_live"))
                    .isEqualTo(version == Version.OLDEST ? "0" : "5");
            assertThat(cmdb.opened()).isEqualTo(2 * 5 * 10 * 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASpoolBringsLaterIsNewerThanWhatOthersMoved(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store away = cmdb.open().store();
            Lease lease = away.register(HOST, new UUID(0, 1));
            away.write(lease, 1, MadeUp.of(HOST, THEN - 3 * DAY, 0, 5, 4, false));
            lookAfterOthers(cmdb);

            away.write(lease, 2, MadeUp.of(HOST, THEN - 3 * DAY, 0, 5, 10, false));
            away.write(lease, 3, MadeUp.empty(HOST, THEN));
            away.maintain(lease);

            assertThat(cmdb.ask("select count(*) from shawk.flow_live")).isEqualTo("0");
            assertThat(cmdb.opened()).isEqualTo(5 * 10 * 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hoursOfADayGoTogether(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            cmdb.open().scheme().create(new Retention(Duration.ofDays(1), Duration.ofDays(1), null), false);
            long today = Math.floorDiv(System.currentTimeMillis(), 86_400_000L) * 86_400;
            cmdb.execute("insert into shawk.flow_hour (host_id, flow_id, at, minutes, opened, closed, failed, peak, tx,"
                    + " rx, retrans, complete) select " + HOST.id()
                    + ", 1, to_timestamp(t), 60, 1, 0, 0, 1, 0, 0, 0, true from generate_series("
                    + (today - 3 * 86_400) + ", " + (today - 3_600) + ", 3600) as t");
            Store store = cmdb.open().store();
            store.maintain(store.register(HOST, new UUID(0, 1)));
            assertThat(cmdb.rows("select count(*) || ' ' || (extract(epoch from min(at)) - " + today
                            + ")::bigint from shawk.flow_hour"))
                    .containsExactly("24 -86400");
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofManyAgentsFewLookAfterOneThatIsSilent(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            store.write(store.register(HOST, new UUID(0, 1)), 1, MadeUp.empty(HOST, THEN - 3 * DAY));
            String asked = UpkeepSql.SILENT_HOSTS;
            assertThat(cmdb.rows(asked.replace("?", "5"))).containsExactly("" + HOST.id());
            assertThat(cmdb.rows(asked.replace("?", "1000000000000"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void addressesGoAsDaysDo(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            cmdb.open()
                    .scheme()
                    .create(new Retention(Duration.ofDays(2), Duration.ofDays(2), Duration.ofDays(4)), false);
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, new UUID(0, 1));
            store.write(lease, 1, MadeUp.of(HOST, THEN - 3 * DAY, 0, 1, 1, true));
            store.maintain(lease);
            assertThat(cmdb.ask("select count(*) from shawk.host_address")).isEqualTo("1");
            cmdb.execute("update shawk.host_address set last_seen = last_seen - interval '2 days'");
            Store next = cmdb.open().store();
            next.maintain(next.register(HOST, new UUID(0, 1)));
            assertThat(cmdb.ask("select count(*) from shawk.host_address")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOldGoes(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            PgCmdb opened = cmdb.open();
            Store store = opened.store();
            Lease lease = store.register(HOST, new UUID(0, 1));
            for (int days = 0; days < 6; days++) {
                store.write(lease, days + 1, MadeUp.of(HOST, THEN - (5 - days) * DAY, 0, 5, 10, true));
            }
            store.write(lease, 7, MadeUp.empty(HOST, THEN + 2 * HOUR));
            store.maintain(lease);
            assertThat(cmdb.ask("select count(*) from shawk.flow_chunk")).isEqualTo("30");
            assertThat(cmdb.ask("select count(*) from shawk.flow_hour")).isEqualTo("30");

            opened.scheme().create(new Retention(Duration.ofDays(2), Duration.ofDays(4), null), false);
            Store next = cmdb.open().store();
            next.maintain(next.register(HOST, new UUID(0, 1)));

            assertThat(cmdb.ask("select count(distinct at) from shawk.flow_chunk"))
                    .as("a partition goes when all of it is old")
                    .isIn("2", "3");
            assertThat(cmdb.ask("select count(distinct at) from shawk.flow_hour"))
                    .as("hours go when all of their day is old")
                    .isIn("4", "5");
            assertThat(cmdb.ask("select count(distinct at) from shawk.flow_day"))
                    .isEqualTo("6");
            assertThat(cmdb.ask("select count(*) from shawk.flow")).isEqualTo("5");
        }
    }
}
