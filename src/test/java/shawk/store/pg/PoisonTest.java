package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.FlowSeen;
import shawk.store.HostIdentity;
import shawk.store.ProcessIdentity;
import shawk.store.ProcessSeen;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.store.Store.Written;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.support.HostileNames;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** Rows that a server does not take, and names that are meant to do harm. */
final class PoisonTest {
    private static final HostIdentity HOST = MadeUp.host(1);
    private static final UUID ONE = new UUID(0, 1);
    private static final long NOW = System.currentTimeMillis() * 1000;

    /** One that does not get shorter by compression. */
    private static String longName() {
        StringBuilder name = new StringBuilder();
        Random random = new Random(7);
        random.ints(100_000, 'a', 'z').forEach(c -> name.append((char) c));
        return name.toString();
    }

    private static List<Chunk> chunks(Batch batch) {
        return batch.finished();
    }

    @ParameterizedTest
    @EnumSource
    void badRowsAreSetAsideAndTheRestIsStored(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            cmdb.execute("alter table shawk.flow_chunk add constraint no_run_13 check (run <> 13);"
                    + "alter table shawk.flow add constraint no_port check (port <> 443 or flow_id % 50 <> 1)");
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            Batch good = MadeUp.of(HOST, NOW, 0, 300, 10, true);
            List<Chunk> chunks = new ArrayList<>(chunks(good));
            for (int i : new int[] {3, 4, 200, 299}) {
                Chunk chunk = chunks.get(i);
                chunks.set(i, MadeUp.chunk(chunk.flowId(), chunk.atMicros(), 13, 10, 3));
            }
            List<FlowSeen> flows = good.flows();
            long badFlows = flows.stream().filter(flow -> flow.id() % 50 == 1).count();
            Batch batch = MadeUp.with(good, good.processes(), flows, chunks);

            Written written = store.write(lease, 1, batch);

            assertThat(written.rejected()).isEqualTo(4 + (int) badFlows);
            assertThat(written.rows()).isEqualTo(batch.rows() - written.rejected());
            assertThat(cmdb.opened()).isEqualTo(296 * 10 * 3);
            assertThat(cmdb.ask("select count(*) from shawk.flow")).isEqualTo(Long.toString(300 - badFlows));
            assertThat(cmdb.rows("select kind || ': ' || reason || ' ' || content from shawk.rejected where kind ="
                            + " 'chunk' order by nr"))
                    .hasSize(4)
                    .allMatch(row -> row.contains("no_run_13") && row.contains("run 13 span 1 opened 30"));
            assertThat(store.write(lease, 1, batch)).isEqualTo(new Written(true, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatIsAllBadIsRefusedForItsContent(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            cmdb.execute("alter table shawk.flow add constraint none check (false)");
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            assertThatThrownBy(() -> store.write(lease, 1, MadeUp.of(HOST, NOW, 0, 2_000, 1, false)))
                    .isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(Kind.CONTENT);
            assertThat(cmdb.ask("select last_seq from shawk.agent")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingOrForbiddenIsNoBadRow(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            cmdb.execute("alter table shawk.flow_live rename to away");
            assertThatThrownBy(() -> store.write(lease, 1, MadeUp.of(HOST, NOW, 0, 20, 1, false)))
                    .isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(Kind.REFUSED);
            assertThat(cmdb.ask("select count(*) from shawk.rejected")).isEqualTo("0");
            cmdb.execute("alter table shawk.away rename to flow_live");
            assertThat(store.write(lease, 1, MadeUp.of(HOST, NOW, 0, 20, 1, false))
                            .rejected())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void timesThatCannotBeAreSetAside(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            long year = 366 * 86_400_000_000L;
            int early = store.write(lease, 1, MadeUp.of(HOST, NOW - year, 0, 3, 10, true))
                    .rejected();
            int late = store.write(lease, 2, MadeUp.of(HOST, NOW + year, 0, 3, 10, true))
                    .rejected();
            // Before 13 there are no partitions, and what is too old goes with the next upkeep.
            int expected = version == Version.OLDEST ? 0 : 3;
            assertThat(List.of(early, late)).containsExactly(expected, expected);
            if (version == Version.NEWEST) {
                assertThat(store.write(lease, 3, MadeUp.of(HOST, NOW + year, 0, 1_000, 10, true))
                                .rejected())
                        .isEqualTo(1_000);
                assertThat(cmdb.ask("select count(*) || ' ' || max(content) filter (where content like '%more%')"
                                + " from shawk.rejected where seq = 3"))
                        .isEqualTo("501 500 more, opened 15000");
            }
            store.write(lease, 4, MadeUp.of(HOST, NOW, 0, 3, 10, true));
            assertThat(cmdb.opened()).isEqualTo((version == Version.OLDEST ? 3 : 1) * 3 * 10 * 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesDoNoHarm(Version version) throws Exception {
        List<SafeText> names = new ArrayList<>();
        for (String name : List.of(
                "'; drop table shawk.flow; --",
                "\"\\'\\\\",
                "{,},NULL,\"{\"",
                "NULL",
                "a\u202eb",
                "\ud800",
                longName(),
                "\u00e9\u6f22\ud83d\ude00",
                "nul\u0000nul")) {
            names.add(SafeText.of(name));
        }
        for (RawText raw : HostileNames.ALL) {
            names.add(SafeText.of(raw));
        }
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            HostIdentity host = new HostIdentity("0".repeat(32), names.get(0), "';--");
            Lease lease = store.register(host, ONE);
            List<ProcessSeen> processes = new ArrayList<>();
            for (SafeText name : names) {
                processes.add(MadeUp.seen(new ProcessIdentity(name, name, name, name, name), NOW));
            }
            Written written =
                    store.write(lease, 1, MadeUp.with(MadeUp.empty(host, NOW), processes, List.of(), List.of()));
            // What is longer than an index takes.
            assertThat(written.rejected()).isEqualTo(1);
            assertThat(cmdb.ask("select kind || length(content) from shawk.rejected"))
                    .isEqualTo("process2000");
            List<String> stored = cmdb.rows("select name from shawk.process");
            for (SafeText name : names) {
                if (name.value().length() < 1_000) {
                    assertThat(stored).contains(name.value());
                }
            }
            assertThat(cmdb.ask("select name from shawk.host")).isEqualTo("'; drop table shawk.flow; --");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPartitionThatSomebodyDroppedIsMadeAgain(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            Store store = cmdb.open().store();
            Lease lease = store.register(HOST, ONE);
            store.write(lease, 1, MadeUp.of(HOST, NOW, 0, 3, 10, true));
            if (version == Version.NEWEST) {
                cmdb.execute("do $$ declare p text; begin for p in select c.relname from pg_inherits i join pg_class c"
                        + " on c.oid = i.inhrelid where i.inhparent = 'shawk.flow_chunk'::regclass loop"
                        + " execute 'drop table shawk.' || p; end loop; end $$");
            }
            assertThat(store.write(lease, 2, MadeUp.of(HOST, NOW, 3, 6, 10, true))
                            .rejected())
                    .isZero();
        }
    }
}
