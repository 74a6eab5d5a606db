package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.expr.RecordFilter;

/**
 * What is asked for.
 *
 * @param selector where it begins
 * @param filter which edges are wanted and followed; null = all
 * @param way which way they are followed
 * @param depth how many edges far, from 1
 * @param window when
 * @param limit at most so many edges
 * @param amounts whether edges have what was counted in the window
 */
public record LookQuery(
        Selector selector,
        @Nullable RecordFilter filter,
        Way way,
        int depth,
        Window window,
        int limit,
        boolean amounts) {
    public LookQuery {
        if (depth < 1 || limit < 1) {
            throw new IllegalArgumentException("depth " + depth + ", limit " + limit);
        }
    }

    /** The same of another time. */
    public LookQuery at(Window other) {
        return new LookQuery(selector, filter, way, depth, other, limit, amounts);
    }
}
