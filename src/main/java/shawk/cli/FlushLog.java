package shawk.cli;

import java.io.PrintStream;
import java.util.Locale;
import shawk.model.SafeText;
import shawk.store.flush.FlushStatus;

/** What the agent says of itself on standard error: a line for each flush, what is wrong only once. Thread-safe. */
final class FlushLog {
    private static final long KIB = 1 << 10;

    private final PrintStream err;
    private String saidError = "";

    FlushLog(PrintStream err) {
        this.err = err;
    }

    synchronized void line(String text) {
        err.println("shawk: " + SafeText.of(text).value());
    }

    /** One flush, as it went; another try only where something else is wrong than before. */
    synchronized void flush(FlushStatus status, boolean retry) {
        String error = status.error();
        if (retry && error.equals(saidError)) {
            return;
        }
        String wrong = error.isEmpty() ? "" : error.equals(saidError) ? "; as before" : "; " + error;
        saidError = error;
        line("flush: " + text(status) + wrong);
    }

    /** Rows, time, spool and losses, without what is wrong. */
    static String text(FlushStatus status) {
        return String.format(
                Locale.ROOT,
                "%,d rows in %,d ms, spool %s%s, lost %,d%s",
                status.rows(),
                status.millis(),
                size(status.waiting() ? status.spoolBytes() : 0),
                status.waiting() ? " waiting" : "",
                status.lostFlows(),
                status.rejected() > 0 ? String.format(Locale.ROOT, ", set aside %,d", status.rejected()) : "");
    }

    /** Bytes in a unit that a person reads. */
    static String size(long bytes) {
        if (bytes < 10 * KIB) {
            return bytes + " B";
        }
        return bytes < 10 * KIB * KIB ? bytes / KIB + " KiB" : bytes / (KIB * KIB) + " MiB";
    }
}
