package shawk.look;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/** The one order of edges, so that the same look always prints the same. Stateless; any thread. */
final class Order {
    /** By address, IPv4 first as its v4-mapped form comes first; the unknown one last. */
    static final Comparator<@Nullable Address> ADDRESSES = Order::compare;

    /** By address, then names, then ids. */
    static final Comparator<End> ENDS = Order::compareEnds;

    /**
     * Of edges come upon at their servers, which stand first: port, server, client. Of others: client, server, port.
     */
    static final Comparator<Found> FOUND = Order::compareFound;

    /** By port, server, client. */
    static final Comparator<Edge> EDGES = Comparator.comparingInt(Edge::port)
            .thenComparing(Edge::server, ENDS)
            .thenComparing(Edge::client, ENDS)
            .thenComparing(Edge::protocol);

    private Order() {}

    private static int compare(@Nullable Address a, @Nullable Address b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        int order = Long.compareUnsigned(a.high(), b.high());
        return order == 0 ? Long.compareUnsigned(a.low(), b.low()) : order;
    }

    private static int compareEnds(End a, End b) {
        int order = compare(a.address(), b.address());
        order = order == 0 ? a.facts().name().compareTo(b.facts().name()) : order;
        order = order == 0 ? a.host().compareTo(b.host()) : order;
        order = order == 0 ? Integer.compare(a.facts().pgid(), b.facts().pgid()) : order;
        order = order == 0 ? Long.compare(a.hostId(), b.hostId()) : order;
        return order == 0 ? Long.compare(a.processId(), b.processId()) : order;
    }

    private static int compareFound(Found a, Found b) {
        if (a.up() != b.up()) {
            return a.up() ? -1 : 1;
        }
        if (a.up()) {
            return EDGES.compare(a.edge(), b.edge());
        }
        int order = compareEnds(a.edge().client(), b.edge().client());
        order = order == 0 ? compareEnds(a.edge().server(), b.edge().server()) : order;
        order = order == 0 ? Integer.compare(a.edge().port(), b.edge().port()) : order;
        return order == 0 ? a.edge().protocol().compareTo(b.edge().protocol()) : order;
    }
}
