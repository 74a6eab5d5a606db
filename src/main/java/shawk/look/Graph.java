package shawk.look;

import java.util.List;
import java.util.Set;

/**
 * What a walk found. Immutable.
 *
 * @param window when
 * @param depth how many edges far
 * @param found edges, each once in each way that it was come upon, level by level, in order
 * @param up nodes whose clients are all here
 * @param down nodes whose servers are all here
 * @param cut whether there is more than was asked for
 */
public record Graph(Window window, int depth, List<Found> found, Set<NodeKey> up, Set<NodeKey> down, boolean cut) {
    public Graph {
        found = List.copyOf(found);
        up = Set.copyOf(up);
        down = Set.copyOf(down);
    }

    /** The edges, each once, in order. */
    public List<Edge> edges() {
        return found.stream().map(Found::edge).distinct().sorted(Order.EDGES).toList();
    }
}
