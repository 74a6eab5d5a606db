package shawk.look;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/**
 * A walk as a tree: a block for each address and port that is served, with its clients below, then one for each address
 * that is a client, with its servers below; further levels four columns further in. Used by one thread.
 */
public final class TreeForm {
    private static final String INDENT = "    ";

    private final StringBuilder out;
    private final boolean details;
    private final Graph graph;
    private final Map<NodeKey, List<Found>> clientsOf = new HashMap<>();
    private final Map<NodeKey, List<Found>> serversOf = new HashMap<>();
    private final Set<NodeKey> shownUp = new HashSet<>();
    private final Set<NodeKey> shownDown = new HashSet<>();

    private TreeForm(Graph graph, boolean details, StringBuilder out) {
        this.graph = graph;
        this.details = details;
        this.out = out;
        for (Found each : graph.found()) {
            NodeKey near = each.near().node();
            (each.up() ? clientsOf : serversOf)
                    .computeIfAbsent(near, key -> new ArrayList<>())
                    .add(each);
        }
        clientsOf.values().forEach(each -> each.sort(Order.FOUND));
        serversOf.values().forEach(each -> each.sort(Order.FOUND));
    }

    /** Appends the tree; {@code details} are amounts, times and proofs. */
    public static void append(StringBuilder out, Graph graph, boolean details) {
        new TreeForm(graph, details, out).blocks();
    }

    private record Head(boolean up, NodeKey node, @Nullable Address address, String protocol, int port) {
        static Head of(Found found) {
            Edge edge = found.edge();
            return new Head(
                    found.up(),
                    found.near().node(),
                    found.near().address(),
                    edge.protocol(),
                    found.up() ? edge.port() : -1);
        }
    }

    private void blocks() {
        Map<Head, List<Found>> blocks = new HashMap<>();
        List<Head> order = new ArrayList<>();
        for (Found each : graph.found()) {
            if (each.level() == 1) {
                Head head = Head.of(each);
                blocks.computeIfAbsent(head, key -> {
                            order.add(key);
                            return new ArrayList<>();
                        })
                        .add(each);
            }
        }
        for (Head head : order) {
            List<Found> children = blocks.getOrDefault(head, List.of());
            Found first = children.get(0);
            if (head.up()) {
                Lines.appendServer(out, first.near(), head.port(), head.protocol());
            } else {
                Lines.appendActive(out, first.near(), head.protocol());
            }
            out.append('\n');
            below(head.up(), head.node(), children);
        }
    }

    /** A node whose children are being written. */
    private record Open(NodeKey node, Iterator<Found> children) {}

    /** Without recursion: a chain may be as long as there are processes. */
    private void below(boolean up, NodeKey root, List<Found> children) {
        Deque<Open> path = new ArrayDeque<>();
        Set<NodeKey> onPath = new HashSet<>(Set.of(root));
        path.push(new Open(root, children.iterator()));
        while (!path.isEmpty()) {
            Open open = path.element();
            if (!open.children.hasNext()) {
                onPath.remove(path.pop().node);
                continue;
            }
            Found child = open.children.next();
            NodeKey node = child.far().node();
            int level = path.size() - 1;
            List<Found> further = level + 1 < graph.depth() ? further(up, node) : List.of();
            String mark = "";
            if (onPath.contains(node)) {
                mark = " (cycle)";
            } else if (!further.isEmpty() && !(up ? shownUp : shownDown).add(node)) {
                mark = " (see above)";
            } else if (!further.isEmpty()) {
                onPath.add(node);
                path.push(new Open(node, further.iterator()));
            }
            line(child, level, mark);
        }
    }

    private List<Found> further(boolean up, NodeKey node) {
        boolean all = (up ? graph.up() : graph.down()).contains(node);
        return all ? (up ? clientsOf : serversOf).getOrDefault(node, List.of()) : List.of();
    }

    private void line(Found found, int level, String mark) {
        Edge edge = found.edge();
        out.append(INDENT.repeat(level)).append(found.up() ? "└<-- " : "└--> ");
        if (found.up()) {
            Lines.appendClient(out, edge.client(), edge.protocol());
        } else {
            Lines.appendServer(out, edge.server(), edge.port(), edge.protocol());
        }
        if (edge.proof() == Proof.AMBIGUOUS && !details) {
            out.append(" ambiguous");
        }
        if (edge.nat()) {
            out.append(" nat?");
        }
        out.append(mark);
        if (details) {
            Lines.appendDetails(out, edge);
        }
        out.append('\n');
    }
}
