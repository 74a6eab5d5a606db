package shawk.look;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/**
 * A graph to be drawn: one box a process, one line from box to box for each port, whatever the addresses. Immutable.
 *
 * @param boxes in order
 * @param links in order
 */
public record Picture(List<Box> boxes, List<Link> links) {
    public Picture {
        boxes = List.copyOf(boxes);
        links = List.copyOf(links);
    }

    /**
     * A process, or an address that no process is known at.
     *
     * @param name the process; of an address, that
     * @param host its host; empty = not known
     * @param within container or unit; empty = none
     * @param ports that it serves here, ascending, with protocol where that is not TCP
     * @param known whether the process is known
     * @param start whether the look began here
     */
    public record Box(SafeText name, SafeText host, SafeText within, List<String> ports, boolean known, boolean start) {
        public Box {
            ports = List.copyOf(ports);
        }
    }

    /**
     * Connections from one box to another, at one port.
     *
     * @param from index of the client's box
     * @param to index of the server's box
     * @param port with the protocol where that is not TCP; empty = not known
     * @param connections how many there were
     * @param failed attempts that failed
     * @param approximate whether these are an upper bound
     * @param proof how it is known
     * @param nat whether an address may have been translated
     */
    public record Link(
            int from,
            int to,
            String port,
            long connections,
            long failed,
            boolean approximate,
            Proof proof,
            boolean nat) {}

    private record LinkKey(NodeKey from, NodeKey to, String port) {}

    /** The picture of what a walk found. */
    public static Picture of(Graph graph) {
        Map<NodeKey, End> ends = new LinkedHashMap<>();
        Map<NodeKey, TreeSet<String>> ports = new LinkedHashMap<>();
        TreeSet<End> order = new TreeSet<>(Order.ENDS);
        for (Edge edge : graph.edges()) {
            order.add(edge.client());
            order.add(edge.server());
            if (edge.port() >= 0) {
                ports.computeIfAbsent(edge.server().node(), key -> new TreeSet<>(PORTS))
                        .add(port(edge));
            }
        }
        order.forEach(end -> ends.putIfAbsent(end.node(), end));
        List<NodeKey> starts = graph.found().stream()
                .filter(found -> found.level() == 1)
                .map(found -> found.near().node())
                .toList();
        TreeSet<Integer> startIndexes = new TreeSet<>();
        Map<NodeKey, Integer> indexes = new LinkedHashMap<>();
        ends.keySet().forEach(key -> indexes.put(key, indexes.size()));
        starts.forEach(key -> startIndexes.add(indexes.getOrDefault(key, -1)));
        List<Box> boxes = new ArrayList<>();
        ends.forEach((key, end) ->
                boxes.add(box(end, ports.getOrDefault(key, new TreeSet<>()), startIndexes.contains(boxes.size()))));
        return new Picture(boxes, links(graph, indexes));
    }

    private static final Comparator<String> PORTS =
            Comparator.<String>comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static Box box(End end, Collection<String> ports, boolean start) {
        ProcessFacts facts = end.facts();
        SafeText name = facts.known()
                ? facts.name()
                : SafeText.of(
                        end.address() == null ? Lines.UNKNOWN : end.address().toString());
        SafeText within = facts.container().isEmpty() ? facts.unit() : facts.container();
        SafeText host = end.host().isEmpty() && facts.known() && end.address() != null
                ? SafeText.of(end.address().toString())
                : end.host();
        return new Box(name, host, within, List.copyOf(ports), facts.known(), start);
    }

    private static String port(Edge edge) {
        return edge.port() < 0 ? "" : edge.port() + (edge.protocol().equals("tcp") ? "" : "/" + edge.protocol());
    }

    private static List<Link> links(Graph graph, Map<NodeKey, Integer> indexes) {
        Map<LinkKey, Link> links = new LinkedHashMap<>();
        for (Edge edge : graph.edges()) {
            NodeKey from = edge.client().node();
            NodeKey to = edge.server().node();
            Link link = new Link(
                    indexes.getOrDefault(from, 0),
                    indexes.getOrDefault(to, 0),
                    port(edge),
                    edge.amounts().connections(),
                    edge.amounts().failed(),
                    edge.approximate(),
                    edge.proof(),
                    edge.nat());
            links.merge(new LinkKey(from, to, port(edge)), link, Picture::both);
        }
        return List.copyOf(links.values());
    }

    private static Link both(@Nullable Link a, Link b) {
        if (a == null) {
            return b;
        }
        return new Link(
                a.from,
                a.to,
                a.port,
                a.connections + b.connections,
                a.failed + b.failed,
                a.approximate || b.approximate,
                a.proof.compareTo(b.proof) <= 0 ? a.proof : b.proof,
                a.nat && b.nat);
    }
}
