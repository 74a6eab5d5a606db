package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.store.AddressSeen;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.FlowIdentity;
import shawk.store.FlowSeen;
import shawk.store.Gap;
import shawk.store.HostIdentity;
import shawk.store.ProcessIdentity;
import shawk.store.Store;
import shawk.store.StoreException;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** shawk-cmdb(7): its tables are those that there are, and each statement in it answers. */
final class CmdbPageTest {
    private static final Path PAGE = Path.of("man/shawk-cmdb.7");
    private static final HostIdentity CLIENT = MadeUp.host(1);
    private static final HostIdentity SERVER = MadeUp.host(2);

    private static List<String> statements() throws Exception {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(".Sh QUESTIONS IN SQL"), page.indexOf(".Sh THE EMBEDDED SERVER"));
        List<String> statements = new ArrayList<>();
        for (String part : section.split("\\.Bd -literal -offset indent\n")) {
            int end = part.indexOf("\n.Ed");
            if (end >= 0) {
                statements.add(part.substring(0, end));
            }
        }
        return statements;
    }

    private static List<String> run(SqlPrompt prompt, String sql) throws StoreException {
        List<String> rows = new ArrayList<>();
        prompt.run(sql, new SqlPrompt.Rows() {
            @Override
            public void columns(List<SafeText> names) {
                // The rows are what is looked at.
            }

            @Override
            public boolean row(List<@Nullable SafeText> values) {
                List<String> texts = new ArrayList<>();
                values.forEach(value -> texts.add(value == null ? "-" : value.value()));
                rows.add(String.join("|", texts));
                return true;
            }
        });
        return rows;
    }

    private static void write(Store store, HostIdentity host, Direction direction, String name, long now)
            throws StoreException {
        ProcessIdentity process = MadeUp.process(name);
        Address own = Address.ofV4(direction == Direction.OUT ? 0x0a000001 : 0x0a000002);
        Address other = Address.ofV4(direction == Direction.OUT ? 0x0a000002 : 0x0a000001);
        FlowIdentity flow = new FlowIdentity(
                process.id(), direction, Protocol.TCP, SafeText.EMPTY, own, other, 443, null, null, -1);
        long at = now / Chunk.LENGTH_MICROS * Chunk.LENGTH_MICROS - Chunk.LENGTH_MICROS;
        int[] counts = {2};
        Chunk chunk = new Chunk(
                flow.id(),
                at,
                7,
                1,
                new short[] {9},
                counts,
                counts,
                counts,
                counts,
                new long[] {70},
                new long[] {80},
                counts,
                counts,
                new long[] {1234},
                true);
        store.write(
                store.register(host, new UUID(0, 1)),
                1,
                new Batch(
                        host,
                        MadeUp.status(now),
                        List.of(MadeUp.seen(process, now)),
                        List.of(new FlowSeen(flow.id(), flow, at, now)),
                        List.of(),
                        List.of(new AddressSeen(SafeText.EMPTY, own)),
                        direction == Direction.OUT ? List.of(chunk) : List.of(),
                        direction == Direction.OUT ? List.of() : List.of(chunk),
                        List.of(new Gap(now - 1, now, "spool full", 3, -1))));
    }

    @ParameterizedTest
    @EnumSource
    void everyStatementAnswers(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            long now = Long.parseLong(cmdb.ask("select extract(epoch from now())::bigint")) * 1_000_000;
            Store store = cmdb.open().store();
            write(store, CLIENT, Direction.OUT, "curl", now);
            write(store, SERVER, Direction.IN, "nginx", now);
            cmdb.execute(
                    "insert into shawk.flow_day select host_id, flow_id, date_trunc('day', now()), 1, 2, 2, 2, 2, 70,"
                            + " 80, null, 0, true, null from shawk.flow where direction = 1");
            cmdb.execute("insert into shawk.rejected values (1, '00000000-0000-0000-0000-000000000001', 1, 0, now(),"
                    + " 'flow', 'why', 'what')");
            List<String> answers = new ArrayList<>();
            for (String statement : statements()) {
                List<String> rows = run(cmdb.open().sql(), statement);
                assertThat(rows).as(statement).isNotEmpty();
                answers.add(rows.get(0));
            }
            assertThat(answers).hasSize(7);
            assertThat(answers.get(0)).startsWith("host-").endsWith("|ebpf|t");
            assertThat(answers.get(1)).startsWith("host-1||");
            assertThat(answers.get(2)).isEqualTo("10.0.0.2|443|2|70");
            assertThat(answers.get(3)).endsWith("|host-1|10.0.0.2|443|2");
            assertThat(answers.get(4)).isEqualTo("host-1|curl|host-2|nginx|443");
            assertThat(answers.get(5)).endsWith("|spool full|3|-");
            assertThat(answers.get(6)).endsWith("|flow|why|what");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTableIsExplainedAndNoOther(Version version) throws Exception {
        TreeSet<String> written = new TreeSet<>();
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(".Sh TABLES"), page.indexOf(".Sh QUESTIONS IN SQL"));
        section.lines()
                .filter(line -> line.startsWith(".It Sy "))
                .forEach(line -> written.addAll(List.of(line.substring(7).split(" , "))));
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            assertThat(written)
                    .isEqualTo(new TreeSet<>(cmdb.rows("select relname from pg_class where relnamespace ="
                            + " 'shawk'::regnamespace and relkind in ('r', 'p', 'v') and not relname ~ '_[0-9]{8}$'")));
        }
    }
}
