package shawk.cli;

import org.jspecify.annotations.Nullable;

/** Options of ZKTraffic's tools that mean nothing here, and what does it now. Pure. */
final class GoneOptions {
    private GoneOptions() {}

    /** What to do in place of typing {@code name}; null = it was none of ZKTraffic's. */
    static @Nullable String advice(String name) {
        if (name.startsWith("--log_") || name.startsWith("--scribe_") || name.equals("--app_debug")) {
            return "SHAWK_DEBUG=./debug.log writes a log";
        } else if (name.startsWith("--app_profil")) {
            return "nothing is profiled here; leave it away";
        } else if (name.equals("--app_rc_filename") || name.equals("--app_ignore_rc_file")) {
            return "these tools read no file of options; leave it away";
        } else if (name.startsWith("--app_")) {
            return "it runs in the foreground until it is interrupted; only zk stats can be a daemon";
        }
        return switch (name) {
            case "--long-help", "--short-help" -> "type --help";
            case "--refresh-time" -> "pages draw themselves anew; leave it away";
            case "--max-queued-replies", "--max-queued-events" -> "nothing is queued; leave it away";
            default -> null;
        };
    }
}
