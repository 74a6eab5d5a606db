package shawk.store.pg;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.enrich.PeerSource;
import shawk.model.Address;
import shawk.model.PeerNames.Peer;
import shawk.model.Protocol;
import shawk.store.StoreException;
import shawk.store.pg.PeerFlow.Who;

/**
 * Processes at the other ends out of the CMDB: of a connection the flow that another host saw of it, or, where this
 * host opened it and nobody saw it there, who listens. Nobody is named rather than the wrong one: of several processes,
 * or where several hosts have an address, only a connection whose own hash one of them has is told whose it is. Many
 * questions are one statement. Used by one thread.
 */
final class PgPeers implements PeerSource {
    private static final TimeLimits LIMITS = new TimeLimits(5_000, 2_000, 10_000, 8_000, 20_000, Right.READER);

    /** Hashes of an answer at most; flows whose hashes are looked at. */
    private static final int HASHES_MAX = 512;

    private static final int FLOWS_MAX = 64;

    private final Session session;

    PgPeers(Session session) {
        this.session = session;
    }

    @Override
    public List<Answer> query(List<Question> questions) throws IOException {
        try {
            return session.read(LIMITS, connection -> new Round(connection, questions).run());
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // The connection is not this one's.
    }

    /** What one flow of one host is called by. */
    private record FlowId(long hostId, long flowId) {}

    /** What is listened at. */
    private record Place(boolean udp, Address address, int port) {}

    /** The questions of one transaction. */
    private static final class Round {
        private final Connection connection;
        private final List<Question> questions;
        private Set<Address> shared = Set.of();
        private Map<FlowId, long[]> evidence = Map.of();
        private Map<Place, Set<Who>> listeners = Map.of();

        Round(Connection connection, List<Question> questions) {
            this.connection = connection;
            this.questions = questions;
        }

        List<Answer> run() throws SQLException {
            Set<Address> own = new LinkedHashSet<>();
            Set<Address> others = new LinkedHashSet<>();
            Set<Integer> ports = new LinkedHashSet<>();
            for (Question each : questions) {
                add(own, each.local(), each.natLocal());
                add(others, each.peer(), each.natPeer());
                ports.add(each.port());
                if (each.natPort() > 0) {
                    ports.add(each.natPort());
                }
            }
            List<PeerFlow> flows = queryFlows(others, own, ports);
            // Beyond that one of them may be missing that would make it two.
            if (flows.size() >= PeerSql.ROWS_MAX) {
                return questions.stream().map(each -> Answer.NOBODY).toList();
            }
            List<List<PeerFlow>> sides =
                    questions.stream().map(each -> matching(each, flows)).toList();
            Set<Address> all = new LinkedHashSet<>(own);
            all.addAll(others);
            shared = queryShared(all);
            listeners = queryListeners(sides);
            evidence = queryEvidence(sides);
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < questions.size(); i++) {
                answers.add(answer(questions.get(i), sides.get(i)));
            }
            return answers;
        }

        private static void add(Set<Address> all, Address seen, @Nullable Address translated) {
            all.add(seen);
            if (translated != null) {
                all.add(translated);
            }
        }

        private static List<PeerFlow> matching(Question question, List<PeerFlow> flows) {
            return flows.stream().filter(each -> each.matches(question)).toList();
        }

        private Answer answer(Question question, List<PeerFlow> sides) {
            Set<Who> who = new HashSet<>();
            sides.forEach(each -> who.add(each.who()));
            if (who.isEmpty()) {
                return question.out() && !isShared(question) ? listener(question) : Answer.NOBODY;
            }
            if (who.size() == 1 && !isShared(question)) {
                Peer peer = who.iterator().next().peer();
                return new Answer(peer, Map.of());
            }
            return byConnection(sides);
        }

        /** Whether one of the addresses by which the two sides know each other is that of several hosts. */
        private boolean isShared(Question question) {
            Address peer = question.natPeer() == null ? question.peer() : question.natPeer();
            Address local = question.natLocal() == null ? question.local() : question.natLocal();
            return shared.contains(peer) || shared.contains(local);
        }

        private Answer listener(Question question) {
            Set<Who> found = new HashSet<>(there(question.udp(), question.peer(), question.port()));
            if (question.natPeer() != null) {
                int port = question.natPort() > 0 ? question.natPort() : question.port();
                found.addAll(there(question.udp(), question.natPeer(), port));
            }
            Peer peer = found.size() == 1 ? found.iterator().next().peer() : null;
            return peer == null ? Answer.NOBODY : new Answer(peer, Map.of());
        }

        private Set<Who> there(boolean udp, Address address, int port) {
            return listeners.getOrDefault(new Place(udp, address, port), Set.of());
        }

        private Answer byConnection(List<PeerFlow> sides) {
            Map<Long, Who> found = new HashMap<>();
            Set<Long> doubtful = new HashSet<>();
            for (PeerFlow each : sides) {
                for (long hash : evidence.getOrDefault(id(each), new long[0])) {
                    Who before = found.putIfAbsent(hash, each.who());
                    if (before != null && !before.equals(each.who())) {
                        doubtful.add(hash);
                    }
                }
            }
            Map<Long, Peer> peers = new HashMap<>();
            found.forEach((hash, who) -> {
                if (who.peer() != null && !doubtful.contains(hash) && peers.size() < HASHES_MAX) {
                    peers.put(hash, who.peer());
                }
            });
            return new Answer(null, peers);
        }

        private static FlowId id(PeerFlow flow) {
            return new FlowId(flow.who().hostId(), flow.flowId());
        }

        private List<PeerFlow> queryFlows(Set<Address> others, Set<Address> own, Set<Integer> ports)
                throws SQLException {
            List<PeerFlow> flows = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(PeerSql.FLOWS)) {
                Array there = addresses(others);
                Array here = addresses(own);
                Array service = connection.createArrayOf("int4", ports.toArray());
                statement.setArray(1, there);
                statement.setArray(2, there);
                statement.setArray(3, here);
                statement.setArray(4, here);
                statement.setArray(5, service);
                statement.setArray(6, service);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        flows.add(PeerFlow.of(rows));
                    }
                }
            }
            return flows;
        }

        private Array addresses(Set<Address> addresses) throws SQLException {
            return connection.createArrayOf(
                    "inet", addresses.stream().map(Address::toString).toArray());
        }

        private Set<Address> queryShared(Set<Address> addresses) throws SQLException {
            Set<Address> found = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(PeerSql.SHARED)) {
                statement.setArray(1, addresses(addresses));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Address address = PeerFlow.address(rows.getString(1));
                        if (address != null) {
                            found.add(address);
                        }
                    }
                }
            }
            return found;
        }

        /** Who listens where this host connects to, and no flow was seen. */
        private Map<Place, Set<Who>> queryListeners(List<List<PeerFlow>> sides) throws SQLException {
            Set<Address> wanted = new LinkedHashSet<>();
            Set<Integer> ports = new LinkedHashSet<>();
            for (int i = 0; i < questions.size(); i++) {
                Question each = questions.get(i);
                if (sides.get(i).isEmpty() && each.out()) {
                    add(wanted, each.peer(), each.natPeer());
                    ports.add(each.port());
                    ports.add(Math.max(each.natPort(), each.port()));
                }
            }
            Map<Place, Set<Who>> found = new HashMap<>();
            if (wanted.isEmpty()) {
                return found;
            }
            try (PreparedStatement statement = connection.prepareStatement(PeerSql.LISTENERS)) {
                statement.setArray(1, addresses(wanted));
                statement.setArray(2, connection.createArrayOf("int4", ports.toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        addListener(found, rows);
                    }
                }
            }
            return found;
        }

        private static void addListener(Map<Place, Set<Who>> found, ResultSet row) throws SQLException {
            Address address = PeerFlow.address(row.getString(4));
            if (address != null) {
                boolean udp = row.getInt(3) == Protocol.UDP.number();
                Who who = Who.of(row.getLong(1), row.getLong(2), row.getString(6), row.getString(7));
                found.computeIfAbsent(new Place(udp, address, row.getInt(5)), place -> new HashSet<>())
                        .add(who);
            }
        }

        /** The hashes of flows of questions that have several, or whose addresses several hosts have. */
        private Map<FlowId, long[]> queryEvidence(List<List<PeerFlow>> sides) throws SQLException {
            Set<FlowId> wanted = new LinkedHashSet<>();
            for (int i = 0; i < questions.size(); i++) {
                List<PeerFlow> each = sides.get(i);
                boolean several = each.stream().map(PeerFlow::who).distinct().count() > 1;
                if (!each.isEmpty() && each.size() <= FLOWS_MAX && (several || isShared(questions.get(i)))) {
                    each.forEach(flow -> wanted.add(id(flow)));
                }
            }
            Map<FlowId, long[]> found = new HashMap<>();
            if (wanted.isEmpty()) {
                return found;
            }
            Object[] hosts = wanted.stream().map(FlowId::hostId).distinct().toArray();
            Object[] flows = wanted.stream().map(FlowId::flowId).distinct().toArray();
            try (PreparedStatement statement = connection.prepareStatement(PeerSql.EVIDENCE)) {
                statement.setArray(1, connection.createArrayOf("int8", hosts));
                statement.setArray(2, connection.createArrayOf("int8", flows));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        FlowId id = new FlowId(rows.getLong(1), rows.getLong(2));
                        found.merge(id, hashes(rows.getArray(3)), Round::joined);
                    }
                }
            }
            return found;
        }

        private static long[] hashes(Array array) throws SQLException {
            Object[] values = (Object[]) array.getArray();
            long[] hashes = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                hashes[i] = ((Number) values[i]).longValue();
            }
            return hashes;
        }

        private static long[] joined(long[] some, long[] more) {
            long[] all = Arrays.copyOf(some, some.length + more.length);
            System.arraycopy(more, 0, all, some.length, more.length);
            return all;
        }
    }
}
