package shawk.screen.zk;

/** The filter that lets through what a row is about. Stateless. */
final class TopFilters {
    private TopFilters() {}

    /**
     * As somebody would type it.
     *
     * @param below whether the row stands for all paths that begin like it
     */
    static String of(TopGroup group, String name, boolean below) {
        return switch (group) {
            case PATH -> below ? "path ~ " + quoted("^" + literal(name) + "(/|$)") : "path = " + quoted(name);
            case TYPE -> "op = " + quoted(name);
            case CLIENT -> "client = " + quoted(name);
            case SESSION -> "session = " + quoted(name);
        };
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
