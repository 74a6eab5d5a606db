package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import shawk.expr.Filter;
import shawk.field.Fields;
import shawk.model.Snapshot;

/** {@code shawk assert}: the first sample in which the bound does not surely hold ends it. */
final class AssertCommand {
    private static final double NANOS_PER_SECOND = 1e9;

    private final AssertSettings settings;
    private final Notices notices;
    private final DebugLog log;
    private final Stops stops = new Stops(Thread.currentThread());

    private long taken;
    private long missed;
    private long lowest = Long.MAX_VALUE;
    private long highest;

    AssertCommand(AssertSettings settings, Notices notices, DebugLog log) {
        this.settings = settings;
        this.notices = notices;
        this.log = log;
    }

    /** Runs to the end; returns the exit status. What cannot be told is a failure. */
    int run(Samples samples, OutputStream out) throws IOException, Failure {
        stops.listen();
        return samples.live() ? live(samples, out) : recorded(samples, out);
    }

    /** Every sample of the recording has to keep the bound, or those of its first so many seconds. */
    private int recorded(Samples samples, OutputStream out) throws IOException, Failure {
        if (asksForRates() && samples.hasNext()) {
            samples.next();
        }
        long start = 0;
        while (!stops.stopped() && samples.hasNext()) {
            Snapshot snapshot = samples.next();
            start = taken == 0 ? snapshot.monotonicNanos() : start;
            long elapsed = snapshot.monotonicNanos() - start;
            if (settings.forNanos() > 0 && elapsed > settings.forNanos()) {
                break;
            }
            if (!holds(snapshot, elapsed)) {
                return ExitStatus.BROKEN;
            }
        }
        if (stops.stopped()) {
            return stops.status(false);
        }
        if (taken == 0) {
            throw Failure.missing("the recording has too few samples to tell whether the assertion holds; record anew");
        }
        return kept(out);
    }

    private boolean asksForRates() {
        return settings.filter().fields().stream().anyMatch(Fields::isRate);
    }

    private int kept(OutputStream out) throws IOException {
        out.write((summary() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitStatus.OK;
    }

    private int live(Samples samples, OutputStream out) throws IOException, Failure {
        long interval = settings.view().intervalNanos();
        if (asksForRates()) {
            samples.next();
            stops.waitUntil(System.nanoTime() + interval);
        }
        long start = System.nanoTime();
        long due = start;
        while (!stops.stopped()) {
            if (!holds(samples.next(), System.nanoTime() - start)) {
                return ExitStatus.BROKEN;
            }
            long next = DumpRun.next(due, interval, System.nanoTime());
            if (next - start > settings.forNanos()) {
                return kept(out);
            }
            missed += (next - due) / interval - 1;
            due = next;
            stops.waitUntil(due);
        }
        return stops.status(false);
    }

    private boolean holds(Snapshot snapshot, long elapsedNanos) throws Failure {
        taken++;
        notices.degradations(snapshot.degradations());
        Filter filter = settings.filter();
        Tally tally = Tally.of(snapshot, filter, !settings.view().netns().isEmpty());
        log.line("sample " + taken + ": " + tally.surely() + " match");
        lowest = Math.min(lowest, tally.surely());
        highest = Math.max(highest, tally.surely());
        return switch (settings.bound().judge(tally.surely(), tally.perhaps())) {
            case KEPT -> true;
            case BROKEN -> {
                notices.say("assertion broken" + when(elapsedNanos) + ": " + connections(tally.surely()) + " match "
                        + Failure.quote(filter.source()) + ", expected "
                        + settings.bound().text());
                if (tally.surely() > settings.bound().most()) {
                    Offenders.lines(snapshot, tally.rows(), filter.source()).forEach(notices::detail);
                }
                yield false;
            }
            case UNTOLD ->
                throw Failure.missing("cannot tell whether the assertion holds" + when(elapsedNanos) + ": "
                        + range(tally) + " match, expected " + settings.bound().text() + "; not seen: "
                        + tally.doubt());
        };
    }

    private String when(long elapsedNanos) {
        return settings.forNanos() == 0 && settings.view().recording() == null
                ? ""
                : " after " + seconds(elapsedNanos) + ", sample " + taken;
    }

    private static String range(Tally tally) {
        return tally.perhaps() == Bound.NONE
                ? "at least " + connections(tally.surely())
                : tally.surely() + " to " + connections(tally.perhaps());
    }

    private String summary() {
        if (missed > 0) {
            notices.say(missed + (missed == 1 ? " sample was" : " samples were")
                    + " left out, since the ones before took longer than the interval");
        }
        String count = lowest == highest ? connections(highest) : lowest + " to " + connections(highest);
        String span = taken == 1 ? "" : " in each of " + taken + " samples";
        return "ok: " + count + span + ", expected " + settings.bound().text();
    }

    private static String connections(long count) {
        return count + (count == 1 ? " connection" : " connections");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
    }
}
