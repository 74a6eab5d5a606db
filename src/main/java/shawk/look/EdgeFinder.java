package shawk.look;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.SafeText;

/**
 * The edges that flows are part of: asks for what may be their other sides, for what all of them did, and joins them. A
 * bounded number of questions a call, whatever the number of flows. Used by one thread.
 */
final class EdgeFinder {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int MPTCP = 262;
    /** Other sides of other sides: without translations the first finds all of them. */
    private static final int ROUNDS = 3;

    private final Observations store;
    private final Window window;
    private final boolean amounts;

    /** {@code amounts}: whether edges have what was counted in the window. */
    EdgeFinder(Observations store, Window window, boolean amounts) {
        this.store = store;
        this.window = window;
        this.amounts = amounts;
    }

    /**
     * The edges that have one of {@code flows} on a side, in no order.
     *
     * @param known where all flows that meet are among {@code flows} already
     */
    List<Edge> queryEdges(Collection<FlowRow> flows, Predicate<Meeting> known) throws LookException {
        if (flows.isEmpty()) {
            return List.of();
        }
        Set<FlowKey> wanted = new HashSet<>();
        Map<FlowKey, FlowRow> all = new LinkedHashMap<>();
        for (FlowRow flow : flows) {
            wanted.add(flow.key());
            all.put(flow.key(), flow);
        }
        queryAround(all, known);
        List<Observed> seen = queryObserved(all.values());
        List<Pairing> joined = EdgeJoin.join(seen);
        List<Pairing> pairings = new ArrayList<>();
        for (Pairing pairing : joined) {
            Observed client = pairing.client();
            Observed server = pairing.server();
            boolean asked = client != null && wanted.contains(client.flow.key())
                    || server != null && wanted.contains(server.flow.key());
            if (asked) {
                pairings.add(pairing);
            }
        }
        return queryNamed(pairings, partners(joined));
    }

    /**
     * Adds what may be the other sides of the flows or competes for these. Where that is translated it may have other
     * sides again, at other addresses.
     */
    private void queryAround(Map<FlowKey, FlowRow> all, Predicate<Meeting> known) throws LookException {
        Set<Meeting> asked = new HashSet<>();
        Collection<FlowRow> fresh = all.values();
        for (int round = 0; round < ROUNDS; round++) {
            Set<Meeting> meetings = new LinkedHashSet<>();
            fresh.forEach(flow -> Meeting.addOf(flow, meetings));
            meetings.removeIf(meeting -> known.test(meeting) || !asked.add(meeting));
            if (meetings.isEmpty()) {
                return;
            }
            List<FlowRow> found = new ArrayList<>();
            for (FlowRow flow : store.queryAround(meetings, window)) {
                if (all.putIfAbsent(flow.key(), flow) == null) {
                    found.add(flow);
                }
            }
            fresh = found;
        }
    }

    private static void addTo(Set<Address> addresses, @Nullable Address address) {
        if (address != null) {
            addresses.add(address);
        }
    }

    /** The flows that were there in the window, with what they did in it. */
    private List<Observed> queryObserved(Collection<FlowRow> flows) throws LookException {
        Map<FlowKey, Observed> seen = new LinkedHashMap<>();
        for (FlowRow flow : flows) {
            seen.put(flow.key(), new Observed(flow, seen.size()));
        }
        fill(seen, flows, amounts);
        if (!amounts) {
            List<FlowRow> open = new ArrayList<>();
            for (Observed each : EdgeJoin.undecided(List.copyOf(seen.values()))) {
                each.clear();
                open.add(each.flow);
            }
            fill(seen, open, true);
        }
        List<Observed> there = new ArrayList<>();
        for (Observed each : seen.values()) {
            if (each.seen()) {
                there.add(each.at(there.size()));
            }
        }
        return there;
    }

    private void fill(Map<FlowKey, Observed> seen, Collection<FlowRow> flows, boolean whole) throws LookException {
        if (flows.isEmpty()) {
            return;
        }
        for (Bucket bucket : store.queryBuckets(flows, window, whole)) {
            Observed flow = seen.get(bucket.flow());
            if (flow != null) {
                flow.add(bucket);
            }
        }
    }

    private List<Edge> queryNamed(List<Pairing> pairings, Map<Observed, Integer> partners) throws LookException {
        Set<Address> far = new HashSet<>();
        Set<ProcessKey> processes = new HashSet<>();
        Set<Long> hosts = new TreeSet<>();
        for (Pairing pairing : pairings) {
            for (Observed side : sides(pairing)) {
                processes.add(side.flow.process());
                hosts.add(side.flow.hostId());
            }
            addTo(far, farAddress(pairing));
        }
        Map<Address, Set<Long>> holders = far.isEmpty() ? Map.of() : store.queryHolders(far, window);
        holders.values().forEach(hosts::addAll);
        Names names = new Names(store.queryProcesses(processes), store.queryHosts(hosts), holders);
        Map<EdgeKey, Edge> edges = new HashMap<>();
        for (Pairing pairing : pairings) {
            if (isHalf(pairing, names)) {
                continue;
            }
            Edge edge = edge(pairing, names, partners);
            edges.merge(edge.key(), edge, EdgeFinder::merged);
        }
        return List.copyOf(edges.values());
    }

    /**
     * Whether it is half of a connection within one host whose halves could not be joined: of which it is not even
     * known who opened it, and both would be clients of nobody.
     */
    private static boolean isHalf(Pairing pairing, Names names) {
        Observed client = pairing.client();
        if (client == null || pairing.server() != null || client.flow.direction() != Direction.UNKNOWN) {
            return false;
        }
        Address address = farAddress(pairing);
        return EdgeJoin.isLoopback(address) || names.holdersOf(address).contains(client.flow.hostId());
    }

    private record Names(
            Map<ProcessKey, ProcessFacts> processes, Map<Long, SafeText> hosts, Map<Address, Set<Long>> holders) {
        End of(FlowRow flow) {
            ProcessFacts facts = processes.getOrDefault(flow.process(), ProcessFacts.UNKNOWN);
            return new End(flow.hostId(), host(flow.hostId()), flow.processId(), facts, flow.local());
        }

        SafeText host(long id) {
            return hosts.getOrDefault(id, SafeText.EMPTY);
        }

        Set<Long> holdersOf(@Nullable Address address) {
            return address == null ? Set.of() : holders.getOrDefault(address, Set.of());
        }
    }

    private static List<Observed> sides(Pairing pairing) {
        List<Observed> sides = new ArrayList<>(2);
        if (pairing.client() != null) {
            sides.add(pairing.client());
        }
        if (pairing.server() != null) {
            sides.add(pairing.server());
        }
        return sides;
    }

    /** Address of the side that nobody saw; null where both are seen, or it is not known. */
    private static @Nullable Address farAddress(Pairing pairing) {
        if (pairing.client() != null && pairing.server() != null) {
            return null;
        }
        FlowRow flow = sides(pairing).get(0).flow;
        return flow.natPeer() == null ? flow.peer() : flow.natPeer();
    }

    private static Map<Observed, Integer> partners(List<Pairing> pairings) {
        Map<Observed, Integer> partners = new HashMap<>();
        for (Pairing pairing : pairings) {
            sides(pairing).forEach(side -> partners.merge(side, 1, Integer::sum));
        }
        return partners;
    }

    private Edge edge(Pairing pairing, Names names, Map<Observed, Integer> partners) {
        Observed client = pairing.client();
        Observed server = pairing.server();
        if (client != null && server != null) {
            boolean clientAlone = partners.getOrDefault(client, 0) == 1;
            boolean serverAlone = partners.getOrDefault(server, 0) == 1;
            Amounts theirs = server.amounts().turned();
            Amounts counted = clientAlone
                    ? client.amounts()
                    : serverAlone ? theirs : client.amounts().smaller(theirs);
            int port = server.flow.port() >= 0 ? server.flow.port() : client.flow.port();
            return new Edge(
                    names.of(client.flow),
                    names.of(server.flow),
                    protocol(client.flow.protocol()),
                    port,
                    pairing.proof(),
                    false,
                    amounts ? counted : Amounts.NONE,
                    amounts && !clientAlone && !serverAlone);
        }
        Observed own = sides(pairing).get(0);
        Address address = farAddress(pairing);
        Set<Long> holders = EdgeJoin.isLoopback(address) ? Set.of(own.flow.hostId()) : names.holdersOf(address);
        long host = holders.size() == 1 ? holders.iterator().next() : 0;
        End far = new End(host, names.host(host), 0, ProcessFacts.UNKNOWN, address);
        int port = own.flow.natPort() >= 0 && own == client ? own.flow.natPort() : own.flow.port();
        boolean nat = !holders.isEmpty() && !EdgeJoin.isLoopback(address);
        Amounts counted = !amounts
                ? Amounts.NONE
                : own == client ? own.amounts() : own.amounts().turned();
        return own == client
                ? new Edge(
                        names.of(own.flow),
                        far,
                        protocol(own.flow.protocol()),
                        port,
                        pairing.proof(),
                        nat,
                        counted,
                        false)
                : new Edge(
                        far,
                        names.of(own.flow),
                        protocol(own.flow.protocol()),
                        port,
                        pairing.proof(),
                        nat,
                        counted,
                        false);
    }

    private static String protocol(int number) {
        return switch (number) {
            case TCP, MPTCP -> "tcp";
            case UDP -> "udp";
            default -> Integer.toString(number);
        };
    }

    /** Flows of several namespaces, or with and without translation, that are one edge to whoever looks. */
    private static Edge merged(Edge a, Edge b) {
        Edge better = a.proof().compareTo(b.proof()) <= 0 ? a : b;
        return new Edge(
                better.client(),
                better.server(),
                better.protocol(),
                better.port(),
                better.proof(),
                a.nat() && b.nat(),
                a.amounts().beside(b.amounts()),
                a.approximate() || b.approximate());
    }
}
