package shawk.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.enrich.ReverseNames;
import shawk.expr.Filter;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.pivot.PivotSpec;
import shawk.pivot.RowChoice;
import shawk.view.dump.Dump;
import shawk.view.dump.DumpSpec;
import shawk.view.dump.Format;

/** {@code shawk dump}. */
final class DumpCommand {
    private static final int GAP = 2;

    private final DumpSettings settings;
    private final Notices notices;
    private final DebugLog log;

    DumpCommand(DumpSettings settings, Notices notices, DebugLog log) {
        this.settings = settings;
        this.notices = notices;
        this.log = log;
    }

    /** Runs to the end; returns the exit status. */
    int run(Samples real, Outlet outlet) throws IOException, Failure {
        Stops stops = stops(outlet);
        ViewSettings view = settings.view();
        Redactor redactor = Redactor.of(view);
        Samples samples = redactor == null ? real : new RedactedSamples(real, redactor);
        Filter filter = redactor == null ? view.filter() : redactor.filter();
        PivotSpec pivots =
                new PivotSpec(view.groupBy(), view.sort(), filter, view.all() ? RowChoice.ALL : RowChoice.CONNECTIONS);
        ReverseNames names = view.resolve() ? ReverseNames.ofHost() : null;
        NameWait wait = names == null ? null : new NameWait(names, settings.count() == 1 ? 0 : view.intervalNanos());
        Dump dump = new Dump(spec(outlet.columns(), names), outlet.out());
        return new DumpRun(samples, settings, pivots, dump, wait, stops, notices, log).run();
    }

    private Stops stops(Outlet outlet) {
        if (outlet.stops() != null) {
            return outlet.stops();
        }
        Stops stops = new Stops(Thread.currentThread());
        // Elsewhere the JVM's own handling does: the status is the same, and there is nothing to end in order.
        if (settings.count() != 1 || settings.format() == Format.JSON) {
            stops.listen();
        }
        return stops;
    }

    private DumpSpec spec(int columns, @Nullable ReverseNames names) {
        List<KeyField> groupBy = settings.view().groupBy();
        List<Field> chosen = settings.view().fields();
        return new DumpSpec(
                settings.format(),
                groupBy,
                chosen == null ? fitting(groupBy, columns) : chosen,
                settings.levels(),
                settings.limit(),
                settings.header(),
                settings.count() != 1,
                settings.color(),
                names);
    }

    /** The default fields; on a terminal as many as fit beside each other, and what is left out is said. */
    private List<Field> fitting(List<KeyField> groupBy, int columns) {
        List<Field> fields = settings.defaultFields();
        if (columns == 0 || settings.format() != Format.TABLE) {
            return fields;
        }
        int used = 0;
        for (KeyField field : groupBy) {
            used += width(field);
        }
        List<Field> fit = new ArrayList<>();
        for (Field field : fields) {
            used += groupBy.contains(field) ? 0 : width(field);
            if (used - GAP <= columns) {
                fit.add(field);
            }
        }
        if (fit.size() < fields.size() && settings.header()) {
            notices.say("this terminal is too narrow for " + names(fields.subList(fit.size(), fields.size()))
                    + "; choose with -F, or pipe the output");
        }
        return fit.isEmpty() ? fields.subList(0, 1) : fit;
    }

    private static int width(Field field) {
        return Math.max(field.width(), field.title().length()) + GAP;
    }

    private static String names(List<Field> fields) {
        StringBuilder out = new StringBuilder();
        for (Field field : fields) {
            out.append(out.length() == 0 ? "" : ", ").append(field.id());
        }
        return out.toString();
    }
}
