package shawk.store.pg;

import java.util.List;
import java.util.Locale;

/**
 * The statements of {@link PgObservations}. Those about flows end with until, since and where there is one the limit.
 */
final class LookSql {
    private static final String FLOW = "select f.host_id, f.flow_id, f.process_id, f.direction, f.protocol, f.netns,"
            + " f.local_addr, f.peer_addr, f.port, f.nat_local_addr, f.nat_peer_addr, f.nat_port, f.first_seen,"
            + " f.last_seen from ";
    private static final String PLAIN = FLOW + "shawk.flow f where ";
    private static final String TIME = " and f.first_seen < ? and f.last_seen >= ?";
    static final String LIMIT = " order by f.host_id, f.flow_id limit ?";

    static final String HOLDINGS = "select (select count(*) from shawk.host),"
            + " (select max(last_seen) from shawk.host_status), (select min(first_seen) from shawk.host)";

    static final String ALL = PLAIN + "true" + TIME;
    static final String BY_LOCAL = PLAIN + "f.local_addr >= ?::inet and f.local_addr <= ?::inet" + TIME;
    static final String BY_NAT_LOCAL = PLAIN
            + "f.nat_local_addr is not null and f.nat_local_addr >= ?::inet and f.nat_local_addr <= ?::inet" + TIME;
    static final String BY_PEER = PLAIN + "f.peer_addr >= ?::inet and f.peer_addr <= ?::inet" + TIME;
    static final String BY_NAT_PEER =
            PLAIN + "f.nat_peer_addr is not null and f.nat_peer_addr >= ?::inet and f.nat_peer_addr <= ?::inet" + TIME;
    static final String BY_HOSTS = PLAIN + "f.host_id = any(?)" + TIME;
    static final String BY_PORT = PLAIN + "f.port = ?" + TIME;

    static final String BY_PROCESSES =
            FLOW + "unnest(?::bigint[], ?::bigint[]) as k(host_id, process_id) join shawk.flow f"
                    + " on f.host_id = k.host_id and f.process_id = k.process_id where true" + TIME;

    /** Behind any of those about flows: of servers alone, of clients alone. */
    static final String SERVERS = " and f.direction in (0, 2)";

    static final String CLIENTS = " and f.direction in (1, 2)";
    /** What a translated client does is shown where its servers know it, too. */
    static final String CLIENTS_OR_TRANSLATED = " and (f.direction in (1, 2) or f.nat_peer_addr is not null)";

    /** Keys of {@link Ends}: who has that address, and that one as its peer's. */
    private static final String MEET = FLOW + "unnest(?::bigint[], ?::inet[], ?::inet[], ?::integer[], ?::smallint[])"
            + " as k(host_id, local_addr, peer_addr, port, direction) join shawk.flow f on ";

    private static final String ROLE = " where f.direction in (k.direction, 2)";
    private static final String NEAR = " and (k.host_id = 0 or f.host_id = k.host_id)";
    private static final String ENDS = "f.local_addr = k.local_addr and f.peer_addr = k.peer_addr";

    static final String MEET_AT = MEET + ENDS + " and f.port = k.port" + ROLE + TIME;
    static final String MEET_AT_UNKNOWN = MEET + ENDS + " and f.port is null" + ROLE + NEAR + TIME;
    static final String MEET_ANYWHERE = MEET + ENDS + ROLE + TIME;
    static final String MEET_WITHIN = MEET + ENDS + " and f.port = k.port and f.host_id = k.host_id" + ROLE + TIME;
    /** By the host and not by these addresses, which every host has. */
    static final String MEET_ANYWHERE_WITHIN = MEET + "f.host_id = k.host_id and f.local_addr is not distinct from"
            + " k.local_addr and f.peer_addr is not distinct from k.peer_addr" + ROLE + TIME;

    private static final String TRANSLATED =
            ROLE + NEAR + " and (k.port < 0 or f.port = k.port or f.nat_port = k.port or f.port is null)" + TIME;
    /** One for each of what may be translated. */
    static final List<String> MEET_TRANSLATED = List.of(
            MEET + "f.nat_local_addr = k.local_addr and f.peer_addr = k.peer_addr" + TRANSLATED,
            MEET + "f.nat_peer_addr = k.peer_addr and f.local_addr = k.local_addr" + TRANSLATED,
            MEET + "f.nat_local_addr = k.local_addr and f.nat_peer_addr = k.peer_addr" + TRANSLATED,
            MEET + ENDS + " and f.nat_port = k.port" + TRANSLATED);

    static final String HOSTS_NAMED = "select host_id from shawk.host where lower(name) = lower(?)"
            + " or lower(split_part(name, '.', 1)) = lower(?) or machine_id = lower(?) or host_id = ? order by host_id";
    static final String HOSTS = "select host_id, name from shawk.host where host_id = any(?)";
    static final String HOLDERS = "select a.address, a.host_id from shawk.host_address a"
            + " join shawk.host_status s on s.host_id = a.host_id"
            // An agent says once an hour which addresses are still there.
            + " where a.address = any(?) and a.first_seen < ? and a.last_seen >= ?::timestamptz - interval '2 hours'"
            + " and s.last_seen >= ?";

    private static final String KEYS = "select host_id, process_id from shawk.process where ";
    static final String PROCESSES_NAMED = KEYS + "name = ? order by host_id, process_id";
    static final String PROCESSES_OF_EXE = KEYS + "exe = ? order by host_id, process_id";
    static final String PROCESSES_OF_UNIT = KEYS + "unit <> '' and unit = ? order by host_id, process_id";
    static final String PROCESSES_IN = KEYS + "container <> '' and container = ? order by host_id, process_id";

    private static final String KEYED = "unnest(?::bigint[], ?::bigint[]) as k(host_id, process_id) join ";
    static final String PROCESSES = "select p.host_id, p.process_id, p.name, p.exe, p.unit, p.container, p.username,"
            + " p.pid, p.pgid from " + KEYED
            + "shawk.process p on p.host_id = k.host_id and p.process_id = k.process_id";
    static final String LISTENERS = "select l.host_id, l.process_id, min(l.port), max(l.port) from " + KEYED
            + "shawk.listener l on l.host_id = k.host_id and l.process_id = k.process_id"
            + " group by l.host_id, l.process_id";

    static final String ROLLED =
            "select s.host_id, s.rolled_until, s.last_seen from shawk.host_status s where s.host_id = any(?)";
    static final String NOW_AND_KEPT = "select now(),"
            + " now() - (select value::interval from shawk.setting where name = 'retain'),"
            + " now() - (select value::interval from shawk.setting where name = 'retain_hours')";

    private static final String SPANS =
            " from unnest(?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[]) as k(host_id, flow_id, since,"
                    + " until) join shawk.%s c on c.host_id = k.host_id and c.flow_id = k.flow_id and c.at >= k.since"
                    + " and c.at < k.until where c.at >= ? and c.at < ?";
    private static final String RAW_KEYS =
            "select c.host_id, c.flow_id, c.at, c.span, c.complete, c.evidence, c.minutes";
    private static final String RAW_AMOUNTS = ", c.opened, c.closed, c.failed, c.peak, c.tx, c.rx, c.rtt, c.retrans";
    private static final String ROLLED_COLUMNS = "select c.host_id, c.flow_id, c.at, c.minutes, c.complete, c.evidence,"
            + " c.opened, c.closed, c.failed, c.peak, c.tx, c.rx, c.rtt, c.retrans";

    private LookSql() {}

    /** Chunks of {@code table}, with their amounts where these are wanted. */
    static String raw(String table, boolean amounts) {
        return RAW_KEYS + (amounts ? RAW_AMOUNTS : "") + String.format(Locale.ROOT, SPANS, table);
    }

    /** Roll-ups of {@code table}. */
    static String rolled(String table) {
        return ROLLED_COLUMNS + String.format(Locale.ROOT, SPANS, table);
    }
}
