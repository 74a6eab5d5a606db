package shawk.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;

/**
 * Finds which flows of clients and of servers are two sides of the same connections. Both sides keep the smallest
 * hashes of the connections that they had, so a hash that both have proves it; two sides that kept every connection and
 * have none in common are no edge; what the hashes cannot tell is ambiguous, and never added where a proven one
 * explains the flow.
 *
 * <p>Work: proportional to the flows and to the pairs of flows with the same addresses and port. Used by one thread.
 */
final class EdgeJoin {
    private static final int MPTCP = 262;
    private static final int TCP = 6;
    private static final int ANY_PORT = -2;

    private final List<Observed> flows;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<List<Pair>> ofFlow = new ArrayList<>();

    private EdgeJoin(List<Observed> flows) {
        this.flows = flows;
        flows.forEach(flow -> ofFlow.add(new ArrayList<>()));
    }

    /**
     * The edges among {@code flows}, whose indices are their places in the list. Each flow is in one at least, but
     * where its connections are those of another flow of its process that is: what was seen before a translation was
     * known.
     */
    static List<Pairing> join(List<Observed> flows) {
        EdgeJoin join = new EdgeJoin(flows);
        join.findPairs(false);
        join.judgeHashes();
        return join.pairings();
    }

    /** Flows that have another side, and nothing in common with it so far: more of what they kept may prove it. */
    static List<Observed> undecided(List<Observed> flows) {
        EdgeJoin join = new EdgeJoin(flows);
        join.findPairs(true);
        List<Observed> open = new ArrayList<>();
        for (Observed flow : flows) {
            List<Pair> own = join.ofFlow.get(flow.index);
            if (!flow.seen() || !own.isEmpty() && own.stream().allMatch(pair -> pair.common.length == 0)) {
                open.add(flow);
            }
        }
        return open;
    }

    private static final class Pair {
        final Observed client;
        final Observed server;
        final long[] common;
        boolean proven;
        boolean doubtful;

        Pair(Observed client, Observed server) {
            this.client = client;
            this.server = server;
            this.common = client.common(server);
        }
    }

    /**
     * Where two sides meet.
     *
     * @param server address of the server
     * @param client address of the client
     * @param host of loopback, which leads no further; else 0
     * @param protocol number; of MPTCP that of TCP
     * @param port of the service; -1 = not known, {@link #ANY_PORT} = any
     */
    private record Ends(Address server, Address client, long host, int protocol, int port) {}

    private void findPairs(boolean all) {
        Map<Ends, List<Observed>> servers = new HashMap<>();
        for (Observed flow : flows) {
            FlowRow s = flow.flow;
            if (s.direction() != Direction.OUT) {
                for (Ends ends : ends(s, s.local(), s.natLocal(), s.peer(), s.natPeer(), ANY_PORT)) {
                    servers.computeIfAbsent(ends, key -> new ArrayList<>()).add(flow);
                }
            }
        }
        for (Observed flow : flows) {
            FlowRow c = flow.flow;
            if (c.direction() != Direction.IN) {
                Set<Observed> tried = new HashSet<>();
                int extra = c.port() < 0 ? ANY_PORT : -1;
                for (Ends ends : ends(c, c.peer(), c.natPeer(), c.local(), c.natLocal(), extra)) {
                    for (Observed server : servers.getOrDefault(ends, List.of())) {
                        if (server != flow && tried.add(server)) {
                            add(flow, server, all);
                        }
                    }
                }
            }
        }
    }

    /** A side whose direction is not known is one only where a common connection says so. */
    private void add(Observed client, Observed server, boolean all) {
        FlowRow c = client.flow;
        FlowRow s = server.flow;
        boolean unknown = c.direction() == Direction.UNKNOWN || s.direction() == Direction.UNKNOWN;
        boolean bothUnknown = c.direction() == s.direction();
        if (isLoopback(c.peer()) && !c.netns().equals(s.netns()) || bothUnknown && order(c, s) > 0) {
            return;
        }
        Pair pair = new Pair(client, server);
        if (all || pair.common.length > 0 || !unknown && !excluded(client, server)) {
            pairs.add(pair);
            ofFlow.get(client.index).add(pair);
            ofFlow.get(server.index).add(pair);
        }
    }

    /** Without evidence on one side nothing is excluded: that side was there, and kept none. */
    private static boolean excluded(Observed client, Observed server) {
        return client.seen() && server.seen() && client.completeTogether(server);
    }

    private static int order(FlowRow a, FlowRow b) {
        int order = Long.compare(a.hostId(), b.hostId());
        return order == 0 ? Long.compare(a.flowId(), b.flowId()) : order;
    }

    static boolean isLoopback(@Nullable Address address) {
        return address != null && Address.isLoopback(address.high(), address.low());
    }

    private static List<Ends> ends(
            FlowRow flow,
            @Nullable Address server,
            @Nullable Address natServer,
            @Nullable Address client,
            @Nullable Address natClient,
            int extraPort) {
        List<Ends> ends = new ArrayList<>();
        int number = flow.protocol() == MPTCP ? TCP : flow.protocol();
        for (Address s : Arrays.asList(server, natServer)) {
            for (Address c : Arrays.asList(client, natClient)) {
                if (s != null && c != null) {
                    long host = isLoopback(s) ? flow.hostId() : 0;
                    ends.add(new Ends(s, c, host, number, flow.port()));
                    ends.add(new Ends(s, c, host, number, extraPort));
                    if (flow.natPort() >= 0) {
                        ends.add(new Ends(s, c, host, number, flow.natPort()));
                    }
                }
            }
        }
        return ends;
    }

    private record Hosts(Set<Long> clients, Set<Long> servers) {}

    /**
     * A connection that several hosts claim has one of them at each end: hosts may have the same private addresses, so
     * that hashes of different connections are equal. A partner on the same host is the true one; else it is not known
     * which.
     */
    private void judgeHashes() {
        Map<Long, Hosts> byHash = new HashMap<>();
        for (Pair pair : pairs) {
            for (long hash : pair.common) {
                Hosts hosts = byHash.computeIfAbsent(hash, key -> new Hosts(new HashSet<>(), new HashSet<>()));
                hosts.clients.add(pair.client.flow.hostId());
                hosts.servers.add(pair.server.flow.hostId());
            }
        }
        for (Pair pair : pairs) {
            long client = pair.client.flow.hostId();
            long server = pair.server.flow.hostId();
            for (long hash : pair.common) {
                Hosts hosts = byHash.getOrDefault(hash, new Hosts(Set.of(), Set.of()));
                boolean alone = hosts.clients.size() == 1 && hosts.servers.size() == 1;
                boolean nearer = hosts.servers.contains(client) || hosts.clients.contains(server);
                pair.proven |= alone || client == server;
                pair.doubtful |= !alone && client != server && !nearer;
            }
        }
    }

    private List<Pairing> pairings() {
        List<Pairing> found = new ArrayList<>();
        boolean[] paired = new boolean[flows.size()];
        for (Pair pair : pairs) {
            if (pair.proven || pair.doubtful) {
                add(found, paired, pair, pair.proven ? Proof.BOTH : Proof.AMBIGUOUS);
            }
        }
        boolean[] proven = paired.clone();
        for (Pair pair : pairs) {
            boolean open = pair.common.length == 0 && !proven[pair.client.index];
            if (open && !explained(pair.server) && !proven[pair.client.index]) {
                add(found, paired, pair, Proof.AMBIGUOUS);
            }
        }
        Map<Trace, List<Observed>> traces = traces(paired);
        for (Observed flow : flows) {
            if (!paired[flow.index] && !isPairedByAnother(flow, traces)) {
                found.add(
                        flow.flow.direction() == Direction.IN
                                ? new Pairing(null, flow, Proof.SERVER_ONLY)
                                : new Pairing(flow, null, Proof.CLIENT_ONLY));
            }
        }
        return found;
    }

    /** What flows of one process have in common that may be the same connections. */
    private record Trace(long hostId, long processId, Direction direction, long hash) {
        static Trace of(FlowRow flow, long hash) {
            return new Trace(flow.hostId(), flow.processId(), flow.direction(), hash);
        }
    }

    private Map<Trace, List<Observed>> traces(boolean[] paired) {
        Map<Trace, List<Observed>> traces = new HashMap<>();
        for (Observed flow : flows) {
            if (paired[flow.index]) {
                for (long hash : flow.hashes()) {
                    traces.computeIfAbsent(Trace.of(flow.flow, hash), key -> new ArrayList<>(1))
                            .add(flow);
                }
            }
        }
        return traces;
    }

    /** Whether its connections are those of a flow with another end: before it was known how they are translated. */
    private static boolean isPairedByAnother(Observed flow, Map<Trace, List<Observed>> traces) {
        for (long hash : flow.hashes()) {
            for (Observed other : traces.getOrDefault(Trace.of(flow.flow, hash), List.of())) {
                if (flow.common(other).length > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void add(List<Pairing> found, boolean[] paired, Pair pair, Proof proof) {
        found.add(new Pairing(pair.client, pair.server, proof));
        paired[pair.client.index] = true;
        paired[pair.server.index] = true;
    }

    /** Whether proven edges leave nothing of the flow for another one: all its connections are among theirs. */
    private boolean explained(Observed flow) {
        if (!flow.complete() || !flow.seen()) {
            return false;
        }
        Set<Long> left = new HashSet<>();
        for (long hash : flow.hashes()) {
            left.add(hash);
        }
        for (Pair pair : ofFlow.get(flow.index)) {
            if (pair.proven) {
                for (long hash : pair.common) {
                    left.remove(hash);
                }
            }
        }
        return left.isEmpty();
    }
}
