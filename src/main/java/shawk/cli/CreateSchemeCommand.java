package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;
import shawk.store.StoreException;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.store.pg.Scheme;

/** {@code shawk create-scheme}: builds the tables of the CMDB or brings them up, and says in a line what it did. */
final class CreateSchemeCommand {
    private static final Pattern YEARS = Pattern.compile("([0-9]{1,2})y");
    private static final Duration LEAST = Duration.ofDays(1);
    private static final int DAYS_A_YEAR = 365;

    private final CmdbChoice choice;
    private final Notices notices;

    CreateSchemeCommand(CmdbChoice choice, Notices notices) {
        this.choice = choice;
        this.notices = notices;
    }

    /** How long things are kept, as far as it was typed. */
    static Retention parseRetention(Arguments arguments) throws Failure {
        return new Retention(
                parse(arguments, Opt.RETAIN), parse(arguments, Opt.RETAIN_HOURS), parse(arguments, Opt.RETAIN_DAYS));
    }

    private static @Nullable Duration parse(Arguments arguments, Opt option) throws Failure {
        String typed = arguments.value(option);
        if (typed == null) {
            return null;
        }
        Duration parsed = Duration.ZERO;
        if (YEARS.matcher(typed).matches()) {
            parsed = Duration.ofDays(DAYS_A_YEAR * new BigDecimal(typed.replace("y", "")).longValue());
        } else {
            try {
                parsed = Durations.parse(typed);
            } catch (ExprException e) {
                // As one that is too short.
            }
        }
        if (parsed.compareTo(LEAST) < 0) {
            throw Failure.usage(option.longName() + " " + Failure.quote(typed)
                    + ": expected a time from 1d to 1000d, or years up to 99y; type " + option.longName() + " 30d");
        }
        return parsed;
    }

    int run(Retention retention, boolean distributed, OutputStream out) throws Failure, IOException {
        Scheme.Outcome outcome;
        try (PgCmdb cmdb = choice.openBare()) {
            outcome = cmdb.scheme().create(retention, distributed);
        } catch (StoreException e) {
            throw CmdbChoice.failure(e);
        }
        outcome.notes().forEach(notices::say);
        out.write((line(outcome, retention, choice.shown()) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitStatus.OK;
    }

    /** What was done. */
    static String line(Scheme.Outcome outcome, Retention retention, String where) {
        StringBuilder line = new StringBuilder();
        if (outcome.before() == 0) {
            line.append("built the scheme, version ").append(outcome.after());
        } else if (outcome.before() < outcome.after()) {
            line.append("brought the scheme from version ")
                    .append(outcome.before())
                    .append(" to ")
                    .append(outcome.after());
        } else {
            line.append("the scheme is there, version ").append(outcome.after());
        }
        line.append(": ").append(where);
        if (outcome.distributed()) {
            line.append(", distributed");
        }
        append(line, "minutes", retention.chunks());
        append(line, "hours", retention.hours());
        append(line, "days", retention.days());
        return line.toString();
    }

    private static void append(StringBuilder line, String what, @Nullable Duration kept) {
        if (kept != null) {
            line.append("; ").append(what).append(" are kept ");
            line.append(kept.toHours() % 24 == 0 ? kept.toDays() + " d" : kept.toHours() + " h");
        }
    }
}
