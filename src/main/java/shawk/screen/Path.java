package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.pivot.Level;

/**
 * Who a row of the tree is, whatever place it has: the identities of its groups from the outermost to itself.
 *
 * @param steps outermost first; empty = the root, which is no row
 */
public record Path(List<Level.Identity> steps) {
    /** Above all rows. */
    public static final Path ROOT = new Path(List.of());

    public Path {
        steps = List.copyOf(steps);
    }

    /** The row of this identity below this one. */
    public Path child(Level.Identity identity) {
        List<Level.Identity> longer = new ArrayList<>(steps);
        longer.add(identity);
        return new Path(longer);
    }

    /** The group around it; the root's is the root. */
    public Path parent() {
        return steps.isEmpty() ? ROOT : new Path(steps.subList(0, steps.size() - 1));
    }

    /** How many groups it is inside of, itself included. */
    public int depth() {
        return steps.size();
    }
}
