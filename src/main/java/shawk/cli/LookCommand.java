package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import shawk.look.CsvForm;
import shawk.look.Diff;
import shawk.look.DotForm;
import shawk.look.Graph;
import shawk.look.Holdings;
import shawk.look.JsonForm;
import shawk.look.LookException;
import shawk.look.LookTimes;
import shawk.look.MermaidForm;
import shawk.look.Observations;
import shawk.look.Picture;
import shawk.look.TreeForm;
import shawk.look.Walk;
import shawk.look.Window;
import shawk.view.svg.SvgForm;

/** {@code shawk look}. */
final class LookCommand {
    private static final String CLEAR = "\033[H\033[2J\033[3J";

    private final LookSettings settings;
    private final Observations store;
    private final Notices notices;

    LookCommand(LookSettings settings, Observations store, Notices notices) {
        this.settings = settings;
        this.store = store;
        this.notices = notices;
    }

    /** Prints what there is; returns the exit status: 1 where nothing is found. */
    int once(OutputStream out) throws IOException, Failure {
        try {
            StringBuilder text = new StringBuilder();
            boolean found = append(text, now());
            write(out, text);
            if (!found) {
                notices.say(nothing(now()));
            }
            return found ? ExitStatus.OK : ExitStatus.BROKEN;
        } catch (LookException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    /** Draws it again and again until {@code stops}. What fails stands in its place, and is tried again. */
    void watch(OutputStream out, Stops stops) throws IOException {
        long due = System.nanoTime();
        while (!stops.stopped()) {
            StringBuilder text = frame(now());
            if (stops.stopped()) {
                // What it says is that it was stopped.
                return;
            }
            write(out, text);
            due += settings.watchNanos();
            stops.waitUntil(due);
        }
    }

    private StringBuilder frame(long now) {
        StringBuilder text = new StringBuilder(CLEAR);
        text.append(title(now)).append("\n\n");
        try {
            if (!append(text, now)) {
                text.append(nothing(now)).append('\n');
            }
        } catch (LookException e) {
            text.append(Failure.plain(e.getMessage())).append('\n');
        }
        return text;
    }

    private static void write(OutputStream out, StringBuilder text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    /** Whether there was anything. */
    private boolean append(StringBuilder text, long now) throws LookException {
        LookSettings.Compared compared = settings.diff();
        if (compared != null) {
            return appendDiff(text, compared, now);
        }
        Graph graph = Walk.queryGraph(settings.query(settings.window(now)), store);
        if (graph.cut()) {
            notices.say("there is more than these " + graph.edges().size() + " edges; narrow by --filter, or type"
                    + " --limit " + Math.min(100_000L, 10L * settings.limit()));
        }
        boolean found = !graph.found().isEmpty();
        switch (settings.format()) {
            case TREE -> TreeForm.append(text, graph, settings.details());
            case JSON -> new JsonForm(text).document(graph);
            case NDJSON -> new JsonForm(text).lines(graph);
            case CSV -> new CsvForm(text).table(graph);
            case DOT -> DotForm.append(text, Picture.of(graph));
            case MERMAID -> MermaidForm.append(text, Picture.of(graph));
            case SVG -> {
                if (found) {
                    SvgForm.append(text, Picture.of(graph), title(now));
                }
            }
        }
        return found;
    }

    private boolean appendDiff(StringBuilder text, LookSettings.Compared compared, long now) throws LookException {
        Graph before = Walk.queryGraph(settings.query(compared.before(compared.earlier(), now)), store);
        Graph after = Walk.queryGraph(settings.query(compared.before(compared.later(), now)), store);
        Diff diff = Diff.of(before, after);
        if (diff.cut()) {
            notices.say("there are more edges than " + settings.limit()
                    + ", so that some may seem new or gone; narrow by --filter, or raise --limit");
        }
        switch (settings.format()) {
            case JSON -> new JsonForm(text).document(diff);
            case NDJSON -> new JsonForm(text).lines(diff);
            case CSV -> new CsvForm(text).table(diff);
            default -> diff.appendText(text, settings.details());
        }
        boolean any = !before.found().isEmpty() || !after.found().isEmpty();
        if (any && diff.changes().isEmpty()) {
            notices.say("nothing is new, gone or changed among " + after.edges().size() + " edges");
        }
        return any;
    }

    private String title(long now) {
        Window window = settings.window(now);
        String since = settings.since() == null ? "" : LookTimes.shown(window.sinceMicros()) + " ";
        return Failure.plain(settings.selected()) + ", " + since + "to " + LookTimes.shown(window.untilMicros());
    }

    /** One line: what was not found, and what there is. */
    private String nothing(long now) throws LookException {
        Holdings holdings = store.queryHoldings();
        String what = "nothing found for " + Failure.plain(settings.selected())
                + (settings.filter() == null
                        ? ""
                        : ", filter " + Failure.quote(settings.filter().source()))
                + (settings.since() == null || settings.diff() != null
                        ? ""
                        : " since " + LookTimes.shown(settings.window(now).sinceMicros()));
        return what + "; "
                + (holdings.newestMicros() == 0
                        ? "the CMDB holds nothing yet: type shawk probe --once"
                        : "the CMDB holds " + holdings.hosts() + (holdings.hosts() == 1 ? " host" : " hosts")
                                + ", newest sample " + LookTimes.shown(holdings.newestMicros()) + ", oldest "
                                + LookTimes.shown(holdings.oldestMicros()));
    }
}
