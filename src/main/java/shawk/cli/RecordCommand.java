package shawk.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.collect.Budget;
import shawk.enrich.HostNames;
import shawk.expr.Filter;
import shawk.flow.FlowTable;
import shawk.model.RawSample;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.record.RecordingInfo;
import shawk.record.RecordingWriter;
import shawk.source.Source;
import shawk.source.SourceException;

/** {@code shawk record}: raw samples, an interval apart, into a file. */
final class RecordCommand {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RecordSettings settings;
    private final Notices notices;
    private final boolean watched;
    private final DebugLog log;
    private final Budget budget;
    private final FlowTable table = LiveSamples.newTable();
    private final Narrowing narrowing = new Narrowing();
    private @Nullable RecordingWriter writer;

    /** {@code watched}: somebody sees the notices as they come, and would wait for a sign of life. */
    RecordCommand(RecordSettings settings, Notices notices, boolean watched, DebugLog log) {
        this.settings = settings;
        this.budget = LiveSamples.budget(settings.view());
        this.notices = notices;
        this.watched = watched;
        this.log = log;
    }

    /** Runs until there are enough samples, or a signal ends it; returns the exit status. Closes {@code source}. */
    int run(Source source) throws Failure {
        Stops stops = new Stops(Thread.currentThread());
        stops.listen();
        try (source) {
            record(source, stops);
        } catch (SourceException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        } finally {
            end();
        }
        return stops.status(settings.count() == 0);
    }

    private void record(Source source, Stops stops) throws Failure, SourceException {
        long interval = settings.view().intervalNanos();
        long due = System.nanoTime();
        for (long number = 1; !stops.stopped(); number++) {
            budget.sampled();
            RawSample sample = budget.said(source.poll(), interval);
            notices.degradations(sample.degradations());
            write(narrowed(sample));
            if (number == settings.count()) {
                return;
            }
            due = DumpRun.next(due, budget.inForce(interval), System.nanoTime());
            stops.waitUntil(due);
        }
    }

    private RawSample narrowed(RawSample sample) {
        Filter filter = settings.view().filter();
        if (filter == null) {
            return sample;
        }
        Snapshot snapshot = table.fold(sample);
        return narrowing.narrow(sample, table, filter, snapshot);
    }

    private void write(RawSample sample) throws Failure {
        boolean first = writer == null;
        RecordingWriter to = writer == null ? create() : writer;
        writer = to;
        long before = System.nanoTime();
        try {
            to.write(sample, new byte[0]);
        } catch (IOException e) {
            throw Failure.missing("cannot write to " + Failure.quote(settings.file()) + ": "
                    + Failure.plain(e.getMessage()) + "; make room there; what is in it is good");
        }
        if (first && watched) {
            notices.say(beginning(settings, sample.source()));
        }
        log.line("sample " + to.samples() + " encoded and written in " + (System.nanoTime() - before) / 1000 + " us");
    }

    /** What is recorded, into which file, and how that ends. */
    static String beginning(RecordSettings settings, String source) {
        long millis = settings.view().intervalNanos() / NANOS_PER_MILLI;
        String every = millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
        Filter filter = settings.view().filter();
        String which = filter == null ? "" : ", " + filter.source();
        String end = settings.count() == 0 ? "until Ctrl-C" : settings.count() + " times, or until Ctrl-C";
        return "recording into " + Failure.quote(settings.file()) + ": what " + source + " sees" + which + ", every "
                + every + " " + end;
    }

    private RecordingWriter create() throws Failure {
        String file = settings.file();
        Filter filter = settings.view().filter();
        RecordingInfo info = new RecordingInfo(
                TopCommand.queryHost(),
                SafeText.of("shawk " + Versions.query().of("shawk")),
                SafeText.of(filter == null ? "" : filter.source()));
        try {
            return RecordingWriter.create(Path.of(file), info, HostNames.query(LiveSamples.ETC), settings.maxBytes());
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage(
                    Failure.quote(file) + " exists, and is not written over; name another file, or remove it");
        } catch (NoSuchFileException | InvalidPathException e) {
            throw Failure.usage("there is no folder for " + Failure.quote(file) + "; make it, or name another file");
        } catch (IOException e) {
            throw Failure.missing(
                    "cannot make " + Failure.quote(file) + ": " + FileTrouble.text(e) + "; name another file");
        }
    }

    private void end() throws Failure {
        RecordingWriter ending = writer;
        if (ending == null) {
            return;
        }
        try {
            ending.close();
        } catch (IOException e) {
            throw Failure.missing("cannot end " + Failure.quote(settings.file()) + ": " + Failure.plain(e.getMessage())
                    + "; what is in it is good");
        } finally {
            notices.say(summary(ending));
        }
    }

    private String summary(RecordingWriter of) {
        long records = of.sockets() + of.events();
        String what = of.events() == 0 ? "a socket and sample" : "a socket and sample, or event";
        String each = records == 0
                ? ""
                : String.format(Locale.ROOT, ", %.1f bytes %s", (double) of.written() / records, what);
        String events = of.events() == 0 ? "" : of.events() + (of.events() == 1 ? " event, " : " events, ");
        String dropped = of.dropped() == 0 ? "" : "; the oldest " + of.dropped() + " samples were written over";
        return "recorded " + of.samples() + (of.samples() == 1 ? " sample, " : " samples, ") + of.sockets()
                + " sockets, " + events + of.bytes() + " bytes in " + Failure.quote(settings.file()) + each + dropped;
    }
}
