package shawk.store.local;

import java.util.HashMap;
import java.util.Map;

/**
 * What the supervisor tells of itself.
 *
 * @param phase {@code starting}, {@code ready}, {@code stopping}; empty = there is none, or it never said anything
 * @param supervisor its process; 0 = none
 * @param server PostgreSQL's first process; 0 = none
 * @param since when it was started; seconds since 1970
 * @param unused since when nobody has used it; seconds since 1970, 0 = it is used
 * @param idleSeconds after so long without use it stops
 * @param note what the starter added: version, socket folder, data folder
 */
record ServerState(
        String phase,
        long supervisor,
        long server,
        long since,
        long unused,
        long idleSeconds,
        Map<String, String> note) {
    static final ServerState NONE = new ServerState("", 0, 0, 0, 0, 0, Map.of());

    ServerState {
        note = Map.copyOf(note);
    }

    boolean ready() {
        return phase.equals("ready");
    }

    /** Lines of a name and a value; what is not one is skipped. */
    static ServerState parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                values.putIfAbsent(line.substring(0, blank), line.substring(blank + 1));
            }
        }
        return new ServerState(
                values.getOrDefault("phase", ""),
                number(values, "supervisor"),
                number(values, "server"),
                number(values, "since"),
                number(values, "unused"),
                number(values, "idle"),
                values);
    }

    private static long number(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
