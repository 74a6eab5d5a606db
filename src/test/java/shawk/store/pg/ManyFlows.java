package shawk.store.pg;

import java.util.List;

/**
 * A fleet made in the server: hosts of thirty processes, each flow stored by both of its sides with ten minutes of
 * amounts; ten servers have two thousand clients.
 */
final class ManyFlows {
    private static final int PROCESSES = 30;

    private ManyFlows() {}

    /** The address of host {@code host}. */
    static String address(int host) {
        return "10." + (host + 1) / 65_536 + "." + (host + 1) / 256 % 256 + "." + (host + 1) % 256;
    }

    /** Statements that make it, for {@code hosts} hosts with a thousand flows each. */
    static List<String> statements(int hosts) {
        int processes = hosts * PROCESSES;
        int edges = hosts * 500;
        int hubs = Math.max(1, hosts / 100);
        int busy = Math.min(2000, processes / 2);
        return List.of(
                "select setseed(0.5)",
                "create function pg_temp.address(h bigint) returns inet language sql immutable as"
                        + " $$ select '10.0.0.1'::inet + h $$",
                "insert into shawk.host select h, lpad(to_hex(h), 32, '0'), 'host-' || h, 'boot', now()"
                        + " from generate_series(0, " + (hosts - 1) + ") h",
                "insert into shawk.host_status (host_id, last_seen, version, source, exact, sample_interval, lost,"
                        + " spool_bytes) select h, now(), '1', 'ebpf', true, '1s', 0, 0 from generate_series(0, "
                        + (hosts - 1) + ") h",
                "insert into shawk.host_address select h, '', pg_temp.address(h), now() - interval '2d', now()"
                        + " from generate_series(0, " + (hosts - 1) + ") h",
                "insert into shawk.process select p / " + PROCESSES + ", p, 'process-' || p % 1000, '/usr/bin/p' || p,"
                        + " '', '', 'user', p, p, now(), now() - interval '2d', now() from generate_series(0, "
                        + (processes - 1) + ") p",
                "insert into shawk.listener select p / " + PROCESSES + ", p, 6, '', '0.0.0.0', 1000 + p % " + PROCESSES
                        + ", now(), now() from generate_series(0, " + (processes - 1) + ") p",
                "create temporary table edge as select e, (random() * " + (processes - 1)
                        + ")::bigint as c, (random() * "
                        + (processes - 1) + ")::bigint as s, date_trunc('hour', now()) - (e % 24) * interval '1h' as at"
                        + " from generate_series(1, " + (edges - hubs * busy) + ") e"
                        + " union all select 10000000 + n, (n * 7919) % " + processes + ", (n / " + busy + ") * "
                        + processes / hubs + ", date_trunc('hour', now()) - interval '1h' from generate_series(0, "
                        + (hubs * busy - 1) + ") n",
                flows(0, "s", "c"),
                flows(1, "c", "s"),
                chunks(0, "s"),
                chunks(1, "c"),
                "drop table edge",
                "analyze");
    }

    private static String flows(int direction, String own, String peer) {
        return "insert into shawk.flow select " + own + " / " + PROCESSES + ", e * 2 + " + direction + ", " + own + ", "
                + direction + ", 6, '', pg_temp.address(" + own + " / " + PROCESSES + "), pg_temp.address(" + peer
                + " / " + PROCESSES + "), 1000 + s % " + PROCESSES
                + ", null, null, null, at, at + interval '9m' from edge"
                + " order by 1, 2";
    }

    private static String chunks(int direction, String own) {
        return "insert into shawk.flow_chunk select " + own + " / " + PROCESSES + ", e * 2 + " + direction
                + ", at, 1, 1,"
                + " true, '{0,1,2,3,4,5,6,7,8,9}', '{1,1,1,1,1,1,1,1,1,1}', '{1,1,1,1,1,1,1,1,1,1}', null,"
                + " '{2,2,2,2,2,2,2,2,2,2}', '{100,100,100,100,100,100,100,100,100,100}',"
                + " '{900,900,900,900,900,900,900,900,900,900}', null, null, array[e * 8, e * 8 + 1, e * 8 + 2]"
                + " from edge order by 1, 2";
    }
}
