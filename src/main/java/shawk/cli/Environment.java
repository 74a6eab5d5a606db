package shawk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.Nearest;
import shawk.expr.Sizes;
import shawk.source.SourceConfig.Limits;

/**
 * The variables of the environment that mean something here, with those of the file that {@code SHAWK_ENV_FILE} names
 * behind them.
 */
final class Environment {
    static final String DEBUG = "SHAWK_DEBUG";
    static final String ENV_FILE = "SHAWK_ENV_FILE";
    static final String CMDB_URL = "SHAWK_CMDB_URL";
    static final String MACHINE_ID = "SHAWK_MACHINE_ID";
    static final String PROC_ROOT = "PROC_ROOT";
    static final String NO_COLOR = "NO_COLOR";
    static final String CONFIG_HOME = "XDG_CONFIG_HOME";
    static final String STATE_HOME = "XDG_STATE_HOME";
    static final String SUDO_UID = "SUDO_UID";

    static final String DATA_HOME = "XDG_DATA_HOME";
    static final String PROBE_MODE = "SHAWK_PROBE_MODE";
    static final String PROBE_INTERVAL = "SHAWK_PROBE_INTERVAL";
    static final String PROBE_FLUSH_INTERVAL = "SHAWK_PROBE_FLUSH_INTERVAL";
    static final String FLUSH_INTERVAL = "SHAWK_FLUSH_INTERVAL";
    static final String ZK_TOKEN = "SHAWK_ZK_TOKEN";
    static final String SPOOL = "SHAWK_SPOOL";
    static final String SPOOL_MAX = "SHAWK_SPOOL_MAX";

    static final String EBPF_BUNDLES = "SHAWK_EBPF_BUNDLES";
    static final String EBPF_CONNECTIONS = "SHAWK_EBPF_CONNECTIONS";
    static final String EBPF_FLOWS = "SHAWK_EBPF_FLOWS";
    static final String EBPF_RING = "SHAWK_EBPF_RING";

    /** Those whose values hold no secret. */
    static final List<String> SHOWN = List.of(
            DEBUG,
            ENV_FILE,
            MACHINE_ID,
            PROC_ROOT,
            NO_COLOR,
            PROBE_MODE,
            PROBE_INTERVAL,
            PROBE_FLUSH_INTERVAL,
            FLUSH_INTERVAL,
            SPOOL,
            SPOOL_MAX,
            EBPF_BUNDLES,
            EBPF_CONNECTIONS,
            EBPF_FLOWS,
            EBPF_RING);

    private static final String PREFIX = "SHAWK_";
    private static final List<String> USED = List.of(
            DEBUG,
            ENV_FILE,
            CMDB_URL,
            MACHINE_ID,
            PROBE_MODE,
            PROBE_INTERVAL,
            PROBE_FLUSH_INTERVAL,
            FLUSH_INTERVAL,
            ZK_TOKEN,
            SPOOL,
            SPOOL_MAX,
            EBPF_BUNDLES,
            EBPF_CONNECTIONS,
            EBPF_FLOWS,
            EBPF_RING);

    private static final long MAX_FILE = 1 << 20;

    private final Map<String, String> values;

    Environment(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /** The environment of this process alone. */
    static Environment queryOwn() {
        return new Environment(System.getenv());
    }

    /** The environment of this process, and the file that it names. */
    static Environment query() throws Failure {
        Environment own = queryOwn();
        String file = own.value(ENV_FILE);
        if (file != null) {
            for (Map.Entry<String, String> each :
                    parseFile(file, queryFile(file)).entrySet()) {
                own.values.putIfAbsent(each.getKey(), each.getValue());
            }
        }
        return own;
    }

    /** The value; null where it is not set, or empty. */
    @Nullable
    String value(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** All of them. */
    Map<String, String> variables() {
        return Collections.unmodifiableMap(values);
    }

    /** Bounds of what programs in the kernel keep. */
    Limits limits() throws Failure {
        return new Limits(
                number(EBPF_BUNDLES, Limits.MOST),
                number(EBPF_CONNECTIONS, Limits.MOST),
                number(EBPF_FLOWS, Limits.MOST),
                number(EBPF_RING, Limits.RING_MOST));
    }

    /** A whole number or a size; 0 where the variable is not set. */
    private int number(String name, int most) throws Failure {
        String typed = value(name);
        if (typed == null) {
            return 0;
        }
        long number = 0;
        try {
            number = name.equals(EBPF_RING) ? Sizes.parse(typed) : Integer.parseInt(typed);
        } catch (ExprException | NumberFormatException e) {
            // As one that is out of range.
        }
        if (number < 1 || number > most) {
            throw Failure.usage(name + "=" + Failure.quote(typed) + ": expected "
                    + (name.equals(EBPF_RING) ? "a size up to 1GiB; set it to 16MiB" : "a number from 1 to " + most)
                    + ", or unset it");
        }
        return (int) number;
    }

    /** One line for each variable that looks meant for this program and does nothing. */
    List<String> warnings() {
        List<String> lines = new ArrayList<>();
        for (String name : values.keySet()) {
            if (!name.startsWith(PREFIX) || USED.contains(name)) {
                continue;
            }
            lines.add("unknown variable " + Failure.quote(name) + " in the environment; "
                    + Nearest.advice(name, USED, "shawk(1) says which there are"));
        }
        return lines;
    }

    private static String queryFile(String file) throws Failure {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_FILE) {
                throw Failure.usage(
                        ENV_FILE + "=" + Failure.quote(file) + " is longer than 1 MiB; name a file of variables");
            }
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.missing(
                    ENV_FILE + "=" + Failure.quote(file) + " cannot be read; name a file that can, or unset it");
        }
    }

    /** Lines of {@code NAME=value}: blank ones and comments between them, quotes around a value taken off. */
    static Map<String, String> parseFile(String file, String content) throws Failure {
        Map<String, String> found = new TreeMap<>();
        int number = 0;
        for (String raw : content.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            String entry = line.startsWith("export ") ? line.substring(7).strip() : line;
            int equals = entry.indexOf('=');
            if (equals <= 0 || !isName(entry.substring(0, equals).strip())) {
                // The line itself may hold a password.
                throw Failure.usage(Failure.quote(file) + ", line " + number + ": expected NAME=value");
            }
            found.put(
                    entry.substring(0, equals).strip(),
                    unquote(entry.substring(equals + 1).strip()));
        }
        return found;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String unquote(String value) {
        char quote = value.length() > 1 ? value.charAt(0) : 0;
        if ((quote == '"' || quote == '\'') && value.charAt(value.length() - 1) == quote) {
            return value.substring(1, value.length() - 1);
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }
}
