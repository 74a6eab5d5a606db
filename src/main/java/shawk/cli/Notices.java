package shawk.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import shawk.model.Degradation;
import shawk.model.SafeText;

/** Lines on standard error, each said once a run. Thread-safe. */
final class Notices {
    private static final String PREFIX = "shawk: ";
    /** A run of months may lose a different namespace every minute: then the rest stays unsaid here. */
    private static final int MOST = 1000;

    private final PrintStream err;
    private final Set<String> said = new HashSet<>();

    Notices(PrintStream err) {
        this.err = err;
    }

    /** Says nothing to anybody. */
    static Notices none() {
        return new Notices(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /** Says one line, made harmless, unless it was said before. */
    void say(String line) {
        say(line, line);
    }

    /** Adds a line to what was just said. */
    void detail(String line) {
        err.println("  " + SafeText.of(line).value());
    }

    /** Says what a sample could not see: not again when only the number of what is missing has changed. */
    void degradations(List<Degradation> degradations) {
        for (Degradation each : degradations) {
            say(each.id() + '\0' + each.reason() + '\0' + each.fix(), each.line());
        }
    }

    private synchronized void say(String what, String line) {
        if (said.size() < MOST && said.add(what)) {
            err.println(PREFIX + SafeText.of(line).value());
        }
    }
}
