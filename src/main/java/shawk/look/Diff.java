package shawk.look;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.text.Human;

/**
 * What became of edges from one window to another of the same length. An edge has changed where its connections are at
 * least twice as many or half as many, and {@value #LEAST} more or fewer, or where attempts begin or cease to fail.
 *
 * @param before the earlier window
 * @param after the later one
 * @param changes new edges, then those that are gone, then changed ones, each in order
 * @param cut whether there is more than was asked for, so that some may be missing
 */
public record Diff(Window before, Window after, List<Change> changes, boolean cut) {
    /** Fewer connections more or less are no change. */
    static final int LEAST = 10;

    public Diff {
        changes = List.copyOf(changes);
    }

    /** What became of it. */
    public enum Kind {
        NEW("new", '+'),
        GONE("gone", '-'),
        CHANGED("changed", '~');

        private final String id;
        private final char mark;

        Kind(String id, char mark) {
            this.id = id;
            this.mark = mark;
        }

        /** As it is written. */
        public String id() {
            return id;
        }
    }

    /**
     * An edge that is not as it was.
     *
     * @param kind what became of it
     * @param found the edge, as it is now, or where it is gone as it was
     * @param before as it was; null = it was not there
     * @param after as it is; null = it is gone
     */
    public record Change(
            Kind kind,
            Found found,
            @Nullable Edge before,
            @Nullable Edge after) {}

    /** What became of the edges of {@code before}. */
    public static Diff of(Graph before, Graph after) {
        Map<EdgeKey, Found> old = new HashMap<>();
        before.found().forEach(found -> old.putIfAbsent(found.edge().key(), found));
        Map<EdgeKey, Found> now = new HashMap<>();
        after.found().forEach(found -> now.putIfAbsent(found.edge().key(), found));
        List<Change> changes = new ArrayList<>();
        now.forEach((key, found) -> {
            Found was = old.get(key);
            if (was == null) {
                changes.add(new Change(Kind.NEW, found, null, found.edge()));
            } else if (differ(was.edge().amounts(), found.edge().amounts())) {
                changes.add(new Change(Kind.CHANGED, found, was.edge(), found.edge()));
            }
        });
        old.forEach((key, found) -> {
            if (!now.containsKey(key)) {
                changes.add(new Change(Kind.GONE, found, found.edge(), null));
            }
        });
        changes.sort((a, b) ->
                a.kind == b.kind ? Order.EDGES.compare(a.found.edge(), b.found.edge()) : a.kind.compareTo(b.kind));
        return new Diff(before.window(), after.window(), changes, before.cut() || after.cut());
    }

    private static boolean differ(Amounts was, Amounts now) {
        long less = Math.min(was.connections(), now.connections());
        long more = Math.max(was.connections(), now.connections());
        return more >= 2 * less && more - less >= LEAST || was.failed() == 0 != (now.failed() == 0);
    }

    /** Appends a line for each change: {@code +} new, {@code -} gone, {@code ~} changed. */
    public void appendText(StringBuilder out, boolean details) {
        for (Change change : changes) {
            Edge edge = change.found.edge();
            out.append(change.kind.mark).append(' ');
            Lines.appendClient(out, edge.client(), edge.protocol());
            out.append(" --> ");
            Lines.appendServer(out, edge.server(), edge.port(), edge.protocol());
            Edge was = change.before;
            if (was != null && change.after != null) {
                appendCounts(
                        out,
                        "  conns ",
                        was.amounts().connections(),
                        edge.amounts().connections());
                appendCounts(
                        out, "  failed ", was.amounts().failed(), edge.amounts().failed());
            }
            if (details) {
                Lines.appendDetails(out, edge);
            }
            out.append('\n');
        }
    }

    private static void appendCounts(StringBuilder out, String name, long was, long is) {
        if (was != is) {
            out.append(name);
            out.append(Human.count(was));
            out.append(" -> ");
            out.append(Human.count(is));
        }
    }
}
