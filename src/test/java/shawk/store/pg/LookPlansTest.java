package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.look.Graph;
import shawk.look.LookQuery;
import shawk.look.Selector;
import shawk.look.Walk;
import shawk.look.Way;
import shawk.look.Window;
import shawk.support.MadeUpFleet;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** How look's statements are run: a small fleet shows which index each has, however large it grows. */
final class LookPlansTest {
    private static final int HOSTS = 4;
    private static final Window ALWAYS = new Window(0, 4_000_000_000_000_000L);
    /**
     * Of a level: its flows; in each of three rounds what meets at ends and at translated ones; what they did, twice;
     * names.
     */
    private static final int A_LEVEL = 1 + 3 * 9 + 2 * 6 + 4;
    /** What a look begins with: an address is asked for in four ways. */
    private static final int THE_START = 4;

    /** Translations, loopback, flows of which nobody knows the port: each statement has something to find. */
    private static final List<String> HARDER = List.of(
            "update shawk.flow set nat_peer_addr = '10.9.0.1' where flow_id % 17 = 0",
            "update shawk.flow set nat_local_addr = '10.9.0.2' where flow_id % 19 = 0",
            "update shawk.flow set nat_port = 999 where flow_id % 23 = 0",
            "update shawk.flow set direction = 2, port = null where flow_id % 29 = 0",
            "update shawk.flow set local_addr = '127.0.0.1', peer_addr = '127.0.0.1' where flow_id % 13 = 0",
            "insert into shawk.flow_live select * from shawk.flow_chunk where flow_id % 3 = 0",
            "analyze");

    private static Selector at(String address) {
        return new Selector.Addresses(MadeUpFleet.address(address), MadeUpFleet.address(address));
    }

    private static Map<String, Selector> selectors() {
        Map<String, Selector> selectors = new LinkedHashMap<>();
        selectors.put("address", at(ManyFlows.address(1)));
        selectors.put("process", new Selector.Program("/usr/bin/p61"));
        selectors.put("host", new Selector.Host("host-1"));
        selectors.put("port", new Selector.Port(1003));
        return selectors;
    }

    private interface Look {
        void at(Connection connection) throws Exception;
    }

    /** In a session in which the planner reads a table from end to end only where no index would do. */
    private static void with(Version version, List<String> more, Look look) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version));
                Connection connection = cmdb.server.connect(cmdb.database);
                Statement statement = connection.createStatement()) {
            if (version != Version.OLDEST) {
                statement.execute("select shawk.add_partitions(current_date - 3, current_date + 1)");
            }
            for (String each : ManyFlows.statements(HOSTS)) {
                statement.execute(each);
            }
            for (String each : more) {
                statement.execute(each);
            }
            statement.execute("set enable_seqscan = off");
            look.at(connection);
        }
    }

    private static Graph look(Explained explained, Selector selector, Way way, int depth, boolean amounts)
            throws Exception {
        explained.reset();
        return Walk.queryGraph(
                new LookQuery(selector, null, way, depth, ALWAYS, 5_000, amounts), new PgObservations(explained));
    }

    @ParameterizedTest
    @EnumSource
    void noTableIsReadFromEndToEnd(Version version) throws Exception {
        with(version, HARDER, connection -> {
            Explained explained = new Explained(connection, -1);
            Map<String, String> plans = new LinkedHashMap<>();
            for (Map.Entry<String, Selector> each : selectors().entrySet()) {
                for (boolean amounts : new boolean[] {true, false}) {
                    Graph graph = look(explained, each.getValue(), Way.BOTH, 1, amounts);
                    assertThat(graph.edges()).as(each.getKey()).isNotEmpty();
                    assertThat(explained.sequential).as(each.getKey()).isEmpty();
                    assertThat(explained.whole).as(each.getKey()).isEmpty();
                    assertThat(explained.statements).as(each.getKey()).isLessThanOrEqualTo(THE_START + A_LEVEL);
                    plans.putAll(explained.plans);
                }
            }
            check(plans, LookSql.MEET_AT, "flow_ends", "local_addr", "peer_addr", "port");
            check(plans, LookSql.MEET_WITHIN, "flow_ends", "local_addr", "peer_addr", "port", "host_id");
            check(plans, LookSql.MEET_AT_UNKNOWN, "flow_no_port", "local_addr", "peer_addr");
            check(plans, LookSql.MEET_ANYWHERE, "flow_ends", "local_addr", "peer_addr");
            check(plans, LookSql.MEET_ANYWHERE_WITHIN, "flow_p", "host_id");
            check(plans, LookSql.MEET_TRANSLATED.get(0), "flow_nat_local", "nat_local_addr", "peer_addr");
            check(plans, LookSql.MEET_TRANSLATED.get(1), "flow_nat_peer", "nat_peer_addr", "local_addr");
            check(plans, LookSql.MEET_TRANSLATED.get(2), "flow_nat_both", "nat_local_addr", "nat_peer_addr");
            check(plans, LookSql.MEET_TRANSLATED.get(3), "flow_nat_port", "local_addr", "peer_addr", "nat_port");
            check(plans, LookSql.raw("flow_chunk", false), "flow_chunk", "host_id", "flow_id", "at");
            check(plans, LookSql.raw("flow_live", true), "flow_live_pkey", "host_id", "flow_id", "at");
        });
    }

    private static void check(Map<String, String> plans, String sql, String index, String... columns) {
        String plan = String.valueOf(plans.get(sql));
        Matcher scan =
                Pattern.compile("(?:using|Bitmap Index Scan on) " + index).matcher(plan);
        assertThat(scan.find()).as(sql + "\n" + plan).isTrue();
        String condition = plan.substring(plan.indexOf("Index Cond", scan.start()));
        for (String column : columns) {
            assertThat(condition.lines().findFirst().orElseThrow()).as(sql).contains("(" + column + " ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNumberOfNodesMakesNoMoreStatements(Version version) throws Exception {
        with(version, List.of(), connection -> {
            Explained explained = new Explained(connection, -1);
            for (int depth = 1; depth <= 2; depth++) {
                int few = edges(explained, new Selector.Program("/usr/bin/p61"), depth);
                int statements = explained.statements;
                int many = edges(explained, new Selector.Host("host-1"), depth);
                assertThat(many).isGreaterThan(few);
                assertThat(explained.statements).isLessThanOrEqualTo(statements);
            }
        });
    }

    private static int edges(Explained explained, Selector selector, int depth) throws Exception {
        return look(explained, selector, Way.DOWN, depth, false).edges().size();
    }
}
