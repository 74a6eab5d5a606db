package shawk.store.pg;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import shawk.look.Graph;
import shawk.look.LookQuery;
import shawk.look.Selector;
import shawk.look.Walk;
import shawk.look.Way;
import shawk.look.Window;
import shawk.support.MadeUpFleet;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/**
 * {@code shawk look} in a real server with 1,000,000 flows and 10,000,000 minutes of them, and with a tenth: what its
 * statements take in the server, planning included, and that none reads a big table from end to end.
 */
public final class LookBench {
    private static final int RUNS = 5;
    private static final int FEW = 20_000;

    private LookBench() {}

    /** Whether every bound holds. */
    public static boolean run() throws Exception {
        boolean held = true;
        int most = Integer.parseInt(System.getenv().getOrDefault("BENCH_HOSTS", "1000"));
        for (int hosts : new int[] {most / 10, most}) {
            held &= run(hosts);
        }
        return held;
    }

    private static boolean run(int hosts) throws Exception {
        try (PostgresServer server = PostgresServer.start(
                        Version.NEWEST, "shared_buffers=1GB", "fsync=off", "max_wal_size=4GB", "autovacuum=off");
                Cmdb cmdb = Cmdb.in(server);
                Connection connection = server.connect(cmdb.database)) {
            cmdb.execute("select shawk.add_partitions(current_date - 3, current_date + 1)");
            try (Statement statement = connection.createStatement()) {
                for (String each : ManyFlows.statements(hosts)) {
                    statement.execute(each);
                }
            }
            System.out.println(hosts + " hosts: " + cmdb.ask("select count(*) from shawk.flow") + " flows, "
                    + cmdb.ask("select sum(cardinality(minutes)) from shawk.flow_chunk") + " minutes, "
                    + cmdb.ask("select pg_size_pretty(pg_database_size(current_database()))"));
            boolean held = true;
            Selector one = new Selector.Program("/usr/bin/p" + (15 * hosts + 161));
            String address = ManyFlows.address(hosts / 2 + 5);
            Selector host = new Selector.Addresses(MadeUpFleet.address(address), MadeUpFleet.address(address));
            Selector hub = new Selector.Addresses(MadeUpFleet.address(ManyFlows.address(0)),
                    MadeUpFleet.address(ManyFlows.address(0)));
            for (boolean amounts : new boolean[] {false, true}) {
                String with = amounts ? ", amounts" : "";
                held &= measure(connection, "one host, both ways, depth 1" + with, host, Way.BOTH, 1, amounts, 50);
                held &= measure(connection, "2,000 clients, depth 1" + with, hub, Way.UP, 1, amounts, 50);
                held &= measure(connection, "one process, both ways, depth 1" + with, one, Way.BOTH, 1, amounts, 50);
                held &= measure(connection, "one process, down, depth 3" + with, one, Way.DOWN, 3, amounts, 300);
            }
            return held;
        }
    }

    private static boolean measure(
            Connection connection, String what, Selector selector, Way way, int depth, boolean amounts, double bound)
            throws Exception {
        Explained explained = new Explained(connection, FEW);
        LookQuery query = new LookQuery(
                selector, null, way, depth, new Window(0, 4_000_000_000_000_000L), 5_000, amounts);
        double[] millis = new double[RUNS];
        Graph graph = null;
        for (int i = 0; i < RUNS; i++) {
            explained.reset();
            graph = Walk.queryGraph(query, new PgObservations(explained));
            millis[i] = explained.millis;
        }
        Arrays.sort(millis);
        boolean good = millis[0] <= bound && explained.sequential.isEmpty();
        System.out.printf(
                Locale.ROOT,
                "%-46s %6d edges %3d statements  best %7.1f  median %7.1f ms  at most %5.0f  %s%n",
                what,
                graph == null ? 0 : graph.edges().size(),
                explained.statements,
                millis[0],
                millis[RUNS / 2],
                bound,
                good ? "ok" : explained.sequential.isEmpty() ? "TOO MUCH" : "SEQUENTIAL");
        if (!good) {
            List<String> shown = explained.sequential.isEmpty() ? explained.slow : explained.sequential;
            shown.stream().limit(12).forEach(System.out::println);
        }
        return good;
    }
}
