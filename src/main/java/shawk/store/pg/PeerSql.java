package shawk.store.pg;

/** The statements of {@link PgPeers}. The lists hold the ends of many questions at once. */
final class PeerSql {
    /** Rows of an answer at most. */
    static final int ROWS_MAX = 20_000;

    /** Flows between the other ends and own ones, seen lately, with the names of their processes and hosts. */
    static final String FLOWS = "select f.host_id, f.process_id, f.flow_id, f.direction, f.protocol,"
            + " host(f.local_addr), host(f.nat_local_addr), host(f.peer_addr), host(f.nat_peer_addr),"
            + " f.port, f.nat_port, p.name, h.name"
            + " from shawk.flow f"
            + " join shawk.process p on p.host_id = f.host_id and p.process_id = f.process_id"
            + " join shawk.host h on h.host_id = f.host_id"
            + " where (f.local_addr = any(?) or f.nat_local_addr = any(?))"
            + " and (f.peer_addr = any(?) or f.nat_peer_addr = any(?))"
            + " and (f.port = any(?) or f.nat_port = any(?))"
            + " and f.direction in (0, 1) and f.last_seen > now() - interval '10 minutes'"
            + " limit " + ROWS_MAX;

    /** How many hosts have an address, of those that are more than one's. */
    static final String SHARED = "select host(address) from shawk.host_address"
            + " where address = any(?) and last_seen > now() - interval '1 day'"
            + " group by address having count(distinct host_id) > 1";

    /** Who listens at the addresses, on all or on one; listeners are said anew every hour. */
    static final String LISTENERS =
            "select l.host_id, l.process_id, l.protocol, host(a.address), l.port, p.name, h.name"
                    + " from shawk.host_address a"
                    + " join shawk.host h on h.host_id = a.host_id"
                    + " join shawk.listener l on l.host_id = a.host_id and l.netns = a.netns"
                    + " join shawk.process p on p.host_id = l.host_id and p.process_id = l.process_id"
                    + " where a.address = any(?) and l.port = any(?)"
                    + " and l.address in (a.address, inet '0.0.0.0', inet '::')"
                    + " and l.last_seen > now() - interval '2 hours' and a.last_seen > now() - interval '1 day'"
                    + " limit " + ROWS_MAX;

    /** The hashes of connections that flows have now. */
    static final String EVIDENCE = "select host_id, flow_id, evidence from shawk.flow_live"
            + " where host_id = any(?) and flow_id = any(?) and evidence is not null limit " + ROWS_MAX;

    private PeerSql() {}
}
