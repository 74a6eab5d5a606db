package shawk.store.pg;

/**
 * What is said to the server, but for the scheme and look's questions: forms that PostgreSQL and Citus take alike. The
 * host is in each; nothing that depends on the clock or the time zone stands behind ON CONFLICT.
 */
final class Sql {
    static final String LOCK_SCHEME = "select pg_advisory_xact_lock(1936220519, 1)";
    static final String LOCK_HOST = "select pg_advisory_xact_lock(1936220519 + 3, ?)";

    static final String HAS_CITUS = "select 1 from pg_catalog.pg_extension where extname = 'citus'";
    static final String IS_DISTRIBUTED =
            "select 1 from pg_catalog.pg_dist_partition" + " where logicalrelid = to_regclass('shawk.agent')";
    static final String MAY_BE_READER = "select 1 from pg_catalog.pg_roles"
            + " where rolname = 'shawk_reader' and pg_catalog.pg_has_role(oid, 'member')"
            + " and not exists (select 1 from pg_catalog.pg_extension where extname = 'citus')";
    static final String ENCODING =
            "select pg_encoding_to_char(encoding) from pg_catalog.pg_database" + " where datname = current_database()";
    static final String HAS_SCHEMA = "select 1 from pg_catalog.pg_namespace where nspname = 'shawk'";
    static final String HAS_MIGRATIONS = "select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
            + " on n.oid = c.relnamespace where n.nspname = 'shawk' and c.relname = 'migration'";
    static final String CREATE_MIGRATIONS = "create table shawk.migration (version integer not null,"
            + " checksum text not null, applied timestamptz not null, constraint migration_pkey primary key (version))";
    static final String MIGRATIONS = "select version, checksum from shawk.migration order by version";
    static final String ADD_MIGRATION =
            "insert into shawk.migration (version, checksum, applied) values (?::integer, ?, now())";
    static final String SET_DEFAULT =
            "insert into shawk.setting (name, value) values (?, ?) on conflict (name) do nothing";
    static final String SET = "insert into shawk.setting (name, value) values (?, ?)"
            + " on conflict (name) do update set value = excluded.value";

    static final String TODAY = "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD')";
    static final String ADD_PARTITIONS = "select shawk.add_partitions(?::date, ?::date)";
    static final String DROP_PARTITION = "select shawk.drop_partition()";
    static final String PARTITION_DAYS = "select to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD')"
            + " from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid"
            + " where i.inhparent = to_regclass('shawk.flow_chunk') and c.relname ~ '^flow_chunk_[0-9]{8}$'";

    static final String ADD_AGENT = "insert into shawk.agent (host_id, instance, epoch, last_seq, registered)"
            + " values (?, ?, 0, 0, now()) on conflict (host_id, instance) do nothing";
    static final String TAKE_HOST = "update shawk.agent set epoch = ? where host_id = ?";
    static final String LAST_EPOCH = "select max(epoch) from shawk.agent where host_id = ?";
    static final String READ_LEDGER = "select epoch, last_seq from shawk.agent where host_id = ? and instance = ?";
    static final String IS_STORED_BY_ANOTHER = "select 1 from shawk.agent where host_id = ? and instance <> ?"
            + " and written > now() - interval '2 minutes'";
    static final String LEDGER_STEP = "update shawk.agent set last_seq = ?, written = now()"
            + " where host_id = ? and instance = ? and epoch = ? and last_seq < ?";

    static final String HOST = "insert into shawk.host (host_id, machine_id, name, boot_id, first_seen)"
            + " values (?, ?, ?, ?, timestamptz 'epoch' + ?::bigint * interval '1 microsecond')"
            + " on conflict (host_id) do update set machine_id = excluded.machine_id, name = excluded.name,"
            + " boot_id = excluded.boot_id";
    static final String ADDRESSES =
            "insert into shawk.host_address as a (host_id, netns, address, first_seen, last_seen)"
                    + " select ?, u.netns, u.address::inet, " + time("u.seen") + ", " + time("u.seen")
                    + " from unnest(?::text[], ?::text[], ?::bigint[]) as u(netns, address, seen)"
                    + " on conflict (host_id, netns, address) do update set"
                    + " first_seen = least(a.first_seen, excluded.first_seen),"
                    + " last_seen = greatest(a.last_seen, excluded.last_seen)";
    static final String STATUS = "insert into shawk.host_status as s (host_id, last_seen, version, source, exact,"
            + " sample_interval, lost, spool_bytes, rolled_until)"
            + " values (?, " + time("?::bigint") + ", ?, ?, ?, ?::bigint * interval '1 microsecond', ?, ?, "
            + time("?::bigint") + ")"
            + " on conflict (host_id) do update set last_seen = excluded.last_seen, version = excluded.version,"
            + " source = excluded.source, exact = excluded.exact, sample_interval = excluded.sample_interval,"
            + " lost = excluded.lost, spool_bytes = excluded.spool_bytes,"
            + " rolled_until = least(s.rolled_until, excluded.rolled_until)";

    static final String PROCESSES = "insert into shawk.process as p (host_id, process_id, name, exe, unit, container,"
            + " username, pid, pgid, started, first_seen, last_seen)"
            + " select ?, u.id, u.name, u.exe, u.unit, u.container, u.username, u.pid, u.pgid,"
            + " case when u.started > 0 then " + time("u.started") + " end, " + time("u.seen") + ", " + time("u.seen")
            + " from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[],"
            + " ?::integer[], ?::bigint[], ?::bigint[])"
            + " as u(id, name, exe, unit, container, username, pid, pgid, started, seen)"
            + " on conflict (host_id, process_id) do update set pid = excluded.pid, pgid = excluded.pgid,"
            + " started = excluded.started, first_seen = least(p.first_seen, excluded.first_seen),"
            + " last_seen = greatest(p.last_seen, excluded.last_seen)";
    static final String LISTENERS = "insert into shawk.listener as l (host_id, process_id, protocol, netns, address,"
            + " port, first_seen, last_seen)"
            + " select ?, u.id, u.protocol, u.netns, u.address::inet, u.port, " + time("u.seen") + ", " + time("u.seen")
            + " from unnest(?::bigint[], ?::smallint[], ?::text[], ?::text[], ?::integer[], ?::bigint[])"
            + " as u(id, protocol, netns, address, port, seen)"
            + " on conflict (host_id, process_id, protocol, netns, address, port) do update set"
            + " first_seen = least(l.first_seen, excluded.first_seen),"
            + " last_seen = greatest(l.last_seen, excluded.last_seen)";
    static final String FLOWS = "insert into shawk.flow as f (host_id, flow_id, process_id, direction, protocol, netns,"
            + " local_addr, peer_addr, port, nat_local_addr, nat_peer_addr, nat_port, first_seen, last_seen)"
            + " select ?, u.id, u.process_id, u.direction, u.protocol, u.netns, u.local::inet, u.peer::inet,"
            + " nullif(u.port, -1), u.nat_local::inet, u.nat_peer::inet, nullif(u.nat_port, -1), " + time("u.first")
            + ", " + time("u.last")
            + " from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::smallint[], ?::text[], ?::text[], ?::text[],"
            + " ?::integer[], ?::text[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[])"
            + " as u(id, process_id, direction, protocol, netns, local, peer, port, nat_local, nat_peer, nat_port,"
            + " first, last)"
            + " on conflict (host_id, flow_id) do update set"
            + " first_seen = least(f.first_seen, excluded.first_seen),"
            + " last_seen = greatest(f.last_seen, excluded.last_seen)";

    static final String LIVE = chunks("flow_live");
    static final String FINISHED = chunks("flow_chunk");
    static final String NO_LONGER_LIVE = "delete from shawk.flow_live l"
            + " using unnest(?::bigint[], ?::bigint[], ?::integer[]) as u(flow_id, at, run)"
            + " where l.host_id = ? and l.flow_id = u.flow_id and l.at = " + time("u.at") + " and l.run = u.run";

    static final String GAP = "insert into shawk.gap (host_id, instance, seq, nr, from_at, to_at, reason, flows,"
            + " connections) select ?, ?, ?, u.nr, " + time("u.from_at") + ", " + time("u.to_at")
            + ", u.reason, u.flows, nullif(u.connections, -1)"
            + " from unnest(?::integer[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])"
            + " as u(nr, from_at, to_at, reason, flows, connections)"
            + " on conflict (host_id, instance, seq, nr) do nothing";
    static final String REJECTED = "insert into shawk.rejected (host_id, instance, seq, nr, at, kind, reason, content)"
            + " select ?, ?, ?, u.nr, " + time("?::bigint") + ", u.kind, u.reason, u.content"
            + " from unnest(?::integer[], ?::text[], ?::text[], ?::text[]) as u(nr, kind, reason, content)"
            + " on conflict (host_id, instance, seq, nr) do nothing";

    private Sql() {}

    /** Microseconds since the epoch as a time, in the part that selects. */
    private static String time(String micros) {
        return "timestamptz 'epoch' + " + micros + " * interval '1 microsecond'";
    }

    /**
     * Chunks, whose arrays come in one flat array for each column: unnest would flatten arrays of arrays, and text
     * would have to be read. Each chunk has its slice; what is 0 throughout (a bit of {@code zero}) is null.
     */
    private static String chunks(String table) {
        StringBuilder sql = new StringBuilder("insert into shawk." + table
                + " (host_id, flow_id, at, run, span, complete, minutes, opened, closed, failed, peak, tx, rx, rtt,"
                + " retrans, evidence) select ?, u.flow_id, " + time("u.at")
                + ", u.run, u.span, u.complete, (?::smallint[])[u.first:u.last]");
        String[] types = {"integer", "integer", "integer", "integer", "bigint", "bigint", "integer", "integer"};
        for (int i = 0; i < types.length; i++) {
            sql.append(", case when u.zero & ")
                    .append(1 << i)
                    .append(" = 0 then (?::")
                    .append(types[i])
                    .append("[])[u.first:u.last] end");
        }
        return sql.append(", case when u.proof_last >= u.proof_first then (?::bigint[])[u.proof_first:u.proof_last] end"
                        + " from unnest(?::bigint[], ?::bigint[], ?::integer[], ?::smallint[], ?::boolean[],"
                        + " ?::integer[], ?::integer[], ?::integer[], ?::integer[], ?::integer[])"
                        + " as u(flow_id, at, run, span, complete, zero, first, last, proof_first, proof_last)"
                        + " on conflict (host_id, flow_id, at, run) do update set span = excluded.span,"
                        + " complete = excluded.complete, minutes = excluded.minutes, opened = excluded.opened,"
                        + " closed = excluded.closed, failed = excluded.failed, peak = excluded.peak,"
                        + " tx = excluded.tx, rx = excluded.rx, rtt = excluded.rtt, retrans = excluded.retrans,"
                        + " evidence = excluded.evidence")
                .toString();
    }
}
