package shawk.look;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import shawk.model.Direction;

/**
 * Follows edges from where a look begins, level by level: each level is one round of questions, whatever the number of
 * its nodes. What is towards clients goes on towards clients, what is towards servers towards servers. Only processes
 * lead on: behind an address that nobody reports from nothing is known. Used by one thread.
 */
public final class Walk {
    private static final int SIDES = 2;

    private final LookQuery query;
    private final Observations store;
    private final EdgeFinder finder;
    private final List<Found> found = new ArrayList<>();
    private final Set<EdgeKey> edges = new HashSet<>();
    private final Set<EdgeKey> foundUp = new HashSet<>();
    private final Set<EdgeKey> foundDown = new HashSet<>();
    private final Set<NodeKey> up = new HashSet<>();
    private final Set<NodeKey> down = new HashSet<>();
    private boolean cut;

    private Walk(LookQuery query, Observations store) {
        this.query = query;
        this.store = store;
        this.finder = new EdgeFinder(store, query.window(), query.amounts());
    }

    /** What there is. */
    public static Graph queryGraph(LookQuery query, Observations store) throws LookException {
        Walk walk = new Walk(query, store);
        walk.first();
        for (int level = 2; level <= query.depth() && !walk.cut; level++) {
            if (!walk.next(level)) {
                break;
            }
        }
        return new Graph(query.window(), query.depth(), walk.found, walk.up, walk.down, walk.cut);
    }

    private int most() {
        return (int) Math.min(1_000_000L, SIDES * (long) query.limit());
    }

    private void first() throws LookException {
        List<FlowRow> flows = limited(store.queryStart(query.selector(), query.way(), query.window(), most()));
        Set<ProcessKey> processes = new HashSet<>();
        flows.forEach(flow -> processes.add(flow.process()));
        List<Found> level = new ArrayList<>();
        for (Edge edge : finder.queryEdges(flows, this::isAllThere)) {
            boolean server = isFocus(edge, edge.server(), processes, true);
            boolean client = isFocus(edge, edge.client(), processes, false);
            if (query.selector() instanceof Selector.Addresses && !server && !client) {
                server = true;
            }
            if (server && query.way().up()) {
                level.add(new Found(edge, true, 1));
            }
            if (client && query.way().down()) {
                level.add(new Found(edge, false, 1));
            }
        }
        boolean whole = !(query.selector() instanceof Selector.Addresses || query.selector() instanceof Selector.Port);
        for (Found each : level) {
            if (whole) {
                (each.up() ? up : down).add(each.near().node());
            }
        }
        add(level);
    }

    /** Whether the look began with all flows that meet there. */
    private boolean isAllThere(Meeting meeting) {
        if (cut || !(query.selector() instanceof Selector.Addresses addresses)) {
            return false;
        }
        return query.way().up() && addresses.contains(meeting.server())
                || query.way().down() && addresses.contains(meeting.client());
    }

    /** Whether the look is about this end of the edge. */
    private boolean isFocus(Edge edge, End end, Set<ProcessKey> processes, boolean server) {
        Selector selector = query.selector();
        if (selector instanceof Selector.Addresses addresses) {
            return end.address() != null && addresses.contains(end.address());
        } else if (selector instanceof Selector.Port port) {
            return edge.port() == port.port() && server == query.way().up();
        } else if (selector instanceof Selector.Fleet) {
            return server == query.way().up();
        }
        ProcessKey process = end.process();
        return process != null && processes.contains(process);
    }

    /** Whether the level had anything to follow. */
    private boolean next(int level) throws LookException {
        Set<ProcessKey> clients = frontier(level - 1, true, up);
        Set<ProcessKey> servers = frontier(level - 1, false, down);
        if (clients.isEmpty() && servers.isEmpty()) {
            return false;
        }
        List<FlowRow> flows = new ArrayList<>();
        flows.addAll(queryFlows(clients, Way.UP));
        flows.addAll(queryFlows(servers, Way.DOWN));
        List<Found> next = new ArrayList<>();
        for (Edge edge : finder.queryEdges(new LinkedHashSet<>(flows), meeting -> false)) {
            if (clients.contains(edge.server().process())) {
                next.add(new Found(edge, true, level));
            }
            if (servers.contains(edge.client().process())) {
                next.add(new Found(edge, false, level));
            }
        }
        clients.forEach(key -> up.add(new NodeKey(key.hostId(), key.processId(), null)));
        servers.forEach(key -> down.add(new NodeKey(key.hostId(), key.processId(), null)));
        add(next);
        return true;
    }

    private List<FlowRow> queryFlows(Set<ProcessKey> processes, Way way) throws LookException {
        if (processes.isEmpty()) {
            return List.of();
        }
        Direction opposite = way == Way.UP ? Direction.OUT : Direction.IN;
        int left = Math.max(1, query.limit() - edges.size());
        List<FlowRow> flows = store.queryFlows(processes, way, query.window(), left);
        cut |= flows.size() > left;
        return flows.stream()
                .limit(left)
                .filter(flow -> flow.direction() != opposite && processes.contains(flow.process()))
                .toList();
    }

    private List<FlowRow> limited(List<FlowRow> flows) {
        cut |= flows.size() > most();
        return flows.size() > most() ? flows.subList(0, most()) : flows;
    }

    private Set<ProcessKey> frontier(int level, boolean upwards, Set<NodeKey> done) {
        Set<ProcessKey> processes = new LinkedHashSet<>();
        for (Found each : found) {
            ProcessKey far = each.far().process();
            if (each.level() == level
                    && each.up() == upwards
                    && far != null
                    && !done.contains(each.far().node())) {
                processes.add(far);
            }
        }
        return processes;
    }

    private void add(Collection<Found> level) {
        List<Found> sorted = new ArrayList<>(level);
        sorted.removeIf(((Predicate<Found>) this::wanted).negate());
        sorted.sort(Order.FOUND);
        for (Found each : sorted) {
            if (edges.size() >= query.limit() && !edges.contains(each.edge().key())) {
                cut = true;
                continue;
            }
            edges.add(each.edge().key());
            if ((each.up() ? foundUp : foundDown).add(each.edge().key())) {
                found.add(each);
            }
        }
    }

    private boolean wanted(Found each) {
        return query.filter() == null || query.filter().matches(new EdgeValues(each));
    }
}
