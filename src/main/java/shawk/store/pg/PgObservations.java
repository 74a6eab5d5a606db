package shawk.store.pg;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shawk.look.Bucket;
import shawk.look.FlowKey;
import shawk.look.FlowRow;
import shawk.look.Holdings;
import shawk.look.LookException;
import shawk.look.Meeting;
import shawk.look.Observations;
import shawk.look.ProcessFacts;
import shawk.look.ProcessKey;
import shawk.look.Selector;
import shawk.look.Way;
import shawk.look.Window;
import shawk.model.Address;
import shawk.model.SafeText;

/**
 * What look asks of PostgreSQL, in the forms that Citus runs too: nothing is joined across hosts but keys that come as
 * arrays; values are bound, never part of the text. Used by one thread.
 */
public final class PgObservations implements Observations {
    /** What was seen last is said again a minute later at the soonest, and clocks differ a little. */
    private static final long SLACK_MICROS = 300_000_000L;

    private static final int FIRST_WITH_JIT = 11;

    private final Access access;

    /** Asks over {@code access}. */
    public PgObservations(Access access) {
        this.access = access;
    }

    /** One question. */
    @FunctionalInterface
    public interface Question<T> {
        /** The answer. */
        T ask(Connection connection) throws SQLException;
    }

    /** How questions come to the server: each in a transaction that only reads. */
    public interface Access {
        /** The answer. */
        <T> T read(Question<T> question) throws LookException;
    }

    @Override
    public Holdings queryHoldings() throws LookException {
        return access.read(connection -> {
            try (Bound hosts = new Bound(connection, LookSql.HOLDINGS);
                    ResultSet rows = hosts.query()) {
                rows.next();
                return new Holdings(rows.getLong(1), Bound.micros(rows, 2), Bound.micros(rows, 3));
            }
        });
    }

    @Override
    public List<FlowRow> queryStart(Selector selector, Way way, Window window, int most) throws LookException {
        return access.read(connection -> {
            Flows flows = new Flows(connection, window, most);
            if (selector instanceof Selector.Addresses addresses) {
                Flows.Binding range = bound -> bound.address(addresses.first()).address(addresses.last());
                flows.ask(LookSql.BY_LOCAL + role(way), range);
                flows.ask(LookSql.BY_NAT_LOCAL, range);
                flows.ask(LookSql.BY_PEER + farRole(way), range);
                flows.ask(LookSql.BY_NAT_PEER + (way == Way.DOWN ? LookSql.SERVERS : ""), range);
            } else if (selector instanceof Selector.Host host) {
                List<Long> hosts = queryHosts(connection, host.name());
                flows.ask(LookSql.BY_HOSTS + role(way), bound -> bound.longs(hosts));
            } else if (selector instanceof Selector.Port port) {
                flows.ask(LookSql.BY_PORT, bound -> bound.number(port.port()));
            } else if (selector instanceof Selector.Fleet) {
                flows.ask(LookSql.ALL, bound -> bound);
            } else {
                byIndexes(connection);
                flows.ask(LookSql.BY_PROCESSES + role(way), processes(queryKeys(connection, selector)));
            }
            return flows.rows();
        });
    }

    /** Which flows edges are followed from: of a server to its clients, of a client to its servers. */
    private static String role(Way way) {
        return switch (way) {
            case UP -> LookSql.SERVERS;
            case DOWN -> LookSql.CLIENTS;
            case BOTH -> "";
        };
    }

    /** Which flows edges are followed from at their other ends. */
    private static String farRole(Way way) {
        return switch (way) {
            case UP -> LookSql.CLIENTS_OR_TRANSLATED;
            case DOWN -> LookSql.SERVERS;
            case BOTH -> "";
        };
    }

    private static List<Long> queryHosts(Connection connection, String name) throws SQLException {
        List<Long> hosts = new ArrayList<>();
        try (Bound bound = new Bound(connection, LookSql.HOSTS_NAMED)
                        .text(name)
                        .text(name)
                        .text(name)
                        .longNumber(id(name));
                ResultSet rows = bound.query()) {
            while (rows.next()) {
                hosts.add(rows.getLong(1));
            }
        }
        return hosts;
    }

    /** The id that a host is shown with; -1 where {@code name} is none. */
    private static long id(String name) {
        return name.matches("[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(name, 16) : -1;
    }

    private static List<ProcessKey> queryKeys(Connection connection, Selector selector) throws SQLException {
        String name;
        String statement;
        if (selector instanceof Selector.Program process) {
            name = process.name();
            statement = name.indexOf('/') >= 0 ? LookSql.PROCESSES_OF_EXE : LookSql.PROCESSES_NAMED;
        } else if (selector instanceof Selector.Unit unit) {
            name = unit.name();
            statement = LookSql.PROCESSES_OF_UNIT;
        } else if (selector instanceof Selector.Container container) {
            name = container.name();
            statement = LookSql.PROCESSES_IN;
        } else {
            throw new AssertionError(selector);
        }
        List<ProcessKey> keys = new ArrayList<>();
        try (Bound bound =
                        new Bound(connection, statement).text(SafeText.of(name).value());
                ResultSet rows = bound.query()) {
            while (rows.next()) {
                keys.add(new ProcessKey(rows.getLong(1), rows.getLong(2)));
            }
        }
        return keys;
    }

    private static Flows.Binding processes(Collection<ProcessKey> keys) {
        return bound -> bound.longs(keys.stream().map(ProcessKey::hostId).toList())
                .longs(keys.stream().map(ProcessKey::processId).toList());
    }

    @Override
    public List<FlowRow> queryFlows(Collection<ProcessKey> processes, Way way, Window window, int most)
            throws LookException {
        return access.read(connection -> {
            byIndexes(connection);
            Flows flows = new Flows(connection, window, most);
            flows.ask(LookSql.BY_PROCESSES + role(way), processes(processes));
            return flows.rows();
        });
    }

    @Override
    public List<FlowRow> queryAround(Set<Meeting> meetings, Window window) throws LookException {
        return access.read(connection -> {
            byIndexes(connection);
            Flows flows = new Flows(connection, window, Integer.MAX_VALUE);
            flows.ask(LookSql.MEET_AT, Ends.of(meetings, true, each -> each.port() >= 0 && each.hostId() == 0));
            flows.ask(LookSql.MEET_WITHIN, Ends.of(meetings, true, each -> each.port() >= 0 && each.hostId() != 0));
            flows.ask(LookSql.MEET_AT_UNKNOWN, Ends.of(meetings, false, each -> each.port() >= 0));
            flows.ask(LookSql.MEET_ANYWHERE, Ends.of(meetings, false, each -> each.port() < 0 && each.hostId() == 0));
            flows.ask(
                    LookSql.MEET_ANYWHERE_WITHIN,
                    Ends.of(meetings, false, each -> each.port() < 0 && each.hostId() != 0));
            Ends translated = Ends.of(meetings, true, each -> true);
            for (String statement : LookSql.MEET_TRANSLATED) {
                flows.ask(statement, translated);
            }
            return flows.rows();
        });
    }

    @Override
    public List<Bucket> queryBuckets(Collection<FlowRow> flows, Window window, boolean whole) throws LookException {
        return access.read(connection -> {
            byIndexes(connection);
            return new Buckets(connection, window, whole).query(flows);
        });
    }

    /**
     * For this transaction: a few thousand keys out of millions of rows. The planner takes keys in an array for many,
     * reads whole tables, and asks each day's partition for each key; a loop asks the one that the key's time is in.
     */
    private static void byIndexes(Connection connection) throws SQLException {
        boolean jit = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_JIT;
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local enable_hashjoin = off; set local enable_mergejoin = off;"
                    + " set local enable_material = off; set local enable_seqscan = off;"
                    + " set local max_parallel_workers_per_gather = 0"
                    + (jit ? "; set local jit = off" : ""));
        }
    }

    @Override
    public Map<ProcessKey, ProcessFacts> queryProcesses(Set<ProcessKey> processes) throws LookException {
        Map<ProcessKey, ProcessFacts> facts = new HashMap<>();
        if (processes.isEmpty()) {
            return facts;
        }
        return access.read(connection -> {
            byIndexes(connection);
            Map<ProcessKey, Integer> listens = new HashMap<>();
            try (Bound bound = processes(processes).to(new Bound(connection, LookSql.LISTENERS));
                    ResultSet rows = bound.query()) {
                while (rows.next()) {
                    boolean one = rows.getInt(3) == rows.getInt(4);
                    listens.put(new ProcessKey(rows.getLong(1), rows.getLong(2)), one ? rows.getInt(3) : -1);
                }
            }
            try (Bound bound = processes(processes).to(new Bound(connection, LookSql.PROCESSES));
                    ResultSet rows = bound.query()) {
                while (rows.next()) {
                    ProcessKey key = new ProcessKey(rows.getLong(1), rows.getLong(2));
                    facts.put(key, facts(rows, listens.getOrDefault(key, -1)));
                }
            }
            return facts;
        });
    }

    private static ProcessFacts facts(ResultSet rows, int listens) throws SQLException {
        return new ProcessFacts(
                SafeText.of(rows.getString(3)),
                SafeText.of(rows.getString(4)),
                SafeText.of(rows.getString(5)),
                SafeText.of(rows.getString(6)),
                SafeText.of(rows.getString(7)),
                rows.getInt(8),
                rows.getInt(9),
                listens);
    }

    @Override
    public Map<Long, SafeText> queryHosts(Set<Long> hosts) throws LookException {
        Map<Long, SafeText> names = new HashMap<>();
        if (hosts.isEmpty()) {
            return names;
        }
        return access.read(connection -> {
            try (Bound bound = new Bound(connection, LookSql.HOSTS).longs(hosts);
                    ResultSet rows = bound.query()) {
                while (rows.next()) {
                    names.put(rows.getLong(1), SafeText.of(rows.getString(2)));
                }
            }
            return names;
        });
    }

    @Override
    public Map<Address, Set<Long>> queryHolders(Set<Address> addresses, Window window) throws LookException {
        return access.read(connection -> {
            Map<Address, Set<Long>> holders = new HashMap<>();
            try (Bound bound = new Bound(connection, LookSql.HOLDERS)
                            .addresses(addresses)
                            .moment(window.untilMicros())
                            .moment(window.sinceMicros() - SLACK_MICROS)
                            .moment(window.sinceMicros() - SLACK_MICROS);
                    ResultSet rows = bound.query()) {
                while (rows.next()) {
                    Address address = Bound.address(rows, 1);
                    if (address != null) {
                        holders.computeIfAbsent(address, key -> new HashSet<>()).add(rows.getLong(2));
                    }
                }
            }
            return holders;
        });
    }

    /** Collects rows of flows, each once. */
    private static final class Flows {
        private final Connection connection;
        private final Window window;
        private final int most;
        private final Map<FlowKey, FlowRow> rows = new LinkedHashMap<>();

        Flows(Connection connection, Window window, int most) {
            this.connection = connection;
            this.window = window;
            this.most = most;
        }

        /** What a statement's first parameters are. */
        @FunctionalInterface
        interface Binding {
            Bound to(Bound bound) throws SQLException;
        }

        void ask(String statement, Ends ends) throws SQLException {
            if (!ends.isEmpty()) {
                ask(statement, ends::to);
            }
        }

        void ask(String statement, Binding binding) throws SQLException {
            boolean limited = most < Integer.MAX_VALUE;
            try (Bound bound = binding.to(new Bound(connection, statement + (limited ? LookSql.LIMIT : "")))
                    .moment(window.untilMicros())
                    .moment(Math.max(0, window.sinceMicros() - SLACK_MICROS))) {
                if (limited) {
                    bound.number(most + 1);
                }
                try (ResultSet found = bound.query()) {
                    while (found.next()) {
                        FlowRow row = Bound.flow(found);
                        rows.put(new FlowKey(row.hostId(), row.flowId()), row);
                    }
                }
            }
        }

        List<FlowRow> rows() {
            return List.copyOf(rows.values());
        }
    }
}
