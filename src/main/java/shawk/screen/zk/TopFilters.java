package shawk.screen.zk;

import org.jspecify.annotations.Nullable;

/** The filter that lets through what a row is about. Stateless. */
public final class TopFilters {
    /** The row of messages that have no path, client or session. */
    private static final String NONE = "-";

    private TopFilters() {}

    /**
     * As somebody would type it.
     *
     * @param below whether the row stands for all paths that begin like it
     * @return null where no filter says it: that there is no session
     */
    public static @Nullable String of(TopGroup group, String name, boolean below) {
        if (name.equals(NONE)) {
            return group == TopGroup.SESSION ? null : "not " + word(group) + " ~ \".\"";
        }
        return switch (group) {
            case PATH -> below ? "path ~ " + quoted("^" + literal(name) + "(/|$)") : "path = " + quoted(name);
            default -> word(group) + " = " + quoted(name);
        };
    }

    private static String word(TopGroup group) {
        return switch (group) {
            case PATH -> "path";
            case TYPE -> "op";
            case CLIENT -> "client";
            case SESSION -> "session";
        };
    }

    /** A filter inside of the last one of a trail. What somebody typed may be alternatives. */
    static String inside(TopTrail trail, String own) {
        if (trail.filter().isEmpty()) {
            return own;
        }
        return (trail.isTyped() ? "(" + trail.filter() + ")" : trail.filter()) + " and " + own;
    }

    /** A text that a regular expression takes for itself. */
    private static String literal(String text) {
        StringBuilder out = new StringBuilder();
        String plain = text.equals("/") ? "" : text;
        plain.codePoints().forEach(c -> {
            if ("\\^$.|?*+()[]{}".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.appendCodePoint(c);
        });
        return out.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
