package shawk.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import shawk.collect.Budget;
import shawk.collect.Collector;
import shawk.collect.Ticker;
import shawk.enrich.HostNames;
import shawk.enrich.ReverseNames;
import shawk.expr.Filter;
import shawk.field.Field;
import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.record.MemoryRecording;
import shawk.record.Recording;
import shawk.screen.Arrangement;
import shawk.screen.SampleFeed;
import shawk.screen.View;
import shawk.view.tui.TuiOptions;
import shawk.view.tui.TuiView;

/** {@code shawk top}. */
final class TopCommand {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    /** A first sample that takes longer comes into a screen that is there already. */
    private static final long FIRST_MILLIS = 400;

    /** What the past may take, and how far it may reach back. */
    private static final long PAST_BYTES = 32 << 20;

    private static final long PAST_NANOS = 3_600_000_000_000L;

    private static final int SIGHUP = 1;
    /** What stands for a filter whose values are not to be shown. */
    private static final String AS_GIVEN = "(as given)";

    private final ViewSettings settings;
    private final Preferences preferences;
    private final Environment environment;
    private final DebugLog log;
    private final long flushNanos;

    /** {@code flushNanos} lie between two flushes of what is seen; 0 = it is not stored. */
    TopCommand(ViewSettings settings, Preferences preferences, Environment environment, DebugLog log, long flushNanos) {
        this.flushNanos = flushNanos;
        this.settings = settings;
        this.preferences = preferences;
        this.environment = environment;
        this.log = log;
    }

    /** Why there can be no monitor here, as a failure with the command to use {@code instead}. */
    static void checkTerminal(Map<String, String> variables, String instead) throws Failure {
        if (!StandardStreams.isTerminal(StandardStreams.IN) || !StandardStreams.isTerminal(StandardStreams.OUT)) {
            throw Failure.usage("the monitor needs a terminal on standard input and output; " + instead
                    + " writes to pipes and files");
        }
        String refusal = TuiOptions.refusal(variables.get("TERM"), instead);
        if (refusal != null) {
            throw Failure.usage(refusal);
        }
    }

    /** Runs until somebody quits; returns the exit status. */
    int run(OutputStream out) throws Failure, IOException {
        Redactor redactor = Redactor.of(settings);
        String recording = settings.recording();
        return recording == null ? live(out, redactor) : replay(out, redactor, recording);
    }

    /** Plays a recording. */
    private int replay(OutputStream out, @Nullable Redactor redactor, String file) throws Failure, IOException {
        Recording recording = ReplaySamples.openFile(file);
        if (recording.end() == recording.first()) {
            throw Failure.missing(Failure.quote(file) + " has no samples; record anew");
        }
        PeerNames peers = PeerNames.of(recording.info().host());
        Names names = LiveSamples.withPlaces(new PeeredNames(recording.names(), peers), settings);
        Playback playback = new Playback(recording, () -> LiveSamples.newTable(names), true);
        try (TimeTravel travel = new TimeTravel(recording, playback, true, redaction(redactor))) {
            travel.start();
            return show(
                    new ReplayFeed(travel, names(redactor)),
                    acts(null),
                    options(redactor, recording.info().host()),
                    out,
                    () -> {});
        }
    }

    private static UnaryOperator<Snapshot> redaction(@Nullable Redactor redactor) {
        return snapshot -> redactor == null ? snapshot : redactor.redact(snapshot);
    }

    private int live(OutputStream out, @Nullable Redactor redactor) throws Failure, IOException {
        HostNames names = HostNames.query(LiveSamples.ETC);
        MemoryRecording past = new MemoryRecording(names, PAST_BYTES, PAST_NANOS);
        Recording reader = past.reader();
        SafeText host = queryHost();
        Names placed = LiveSamples.withPlaces(new PeeredNames(names, PeerNames.of(host)), settings);
        Names asking = new PeeredNames(placed, CmdbPeers.of(settings, environment, host));
        Playback playback = new Playback(reader, () -> LiveSamples.newTable(placed), false);
        Budget budget = LiveSamples.budget(settings);
        Collector collector = new Collector(
                LiveSamples.openSource(settings, environment, log),
                LiveSamples.newTable(asking),
                Duration.ofNanos(settings.intervalNanos()),
                Ticker.SYSTEM,
                budget);
        collector.handOn(past::add);
        HandFlush flush = redactor == null ? new HandFlush(environment, collector::latest) : null;
        try (flush) {
            if (flush != null && flushNanos > 0) {
                storeAll(flush, collector);
            }
            int status = watch(collector, new Past(reader, playback), redactor, flush, budget, out);
            String left = flush == null ? null : flush.finish();
            if (left != null) {
                System.err.println("shawk: " + left);
            }
            return status;
        }
    }

    private void storeAll(HandFlush flush, Collector collector) throws Failure {
        try {
            flush.always(flushNanos);
        } catch (Failure e) {
            collector.close();
            throw e;
        }
        collector.handOn(
                sample -> flush.take(collector.latest(), collector.status().intervalNanos()));
    }

    private record Past(Recording reader, Playback playback) {}

    private int watch(
            Collector collector,
            Past past,
            @Nullable Redactor redactor,
            @Nullable HandFlush flush,
            Budget budget,
            OutputStream out)
            throws Failure, IOException {
        try (collector;
                TimeTravel travel = new TimeTravel(past.reader(), past.playback(), false, redaction(redactor))) {
            awaitFirst(collector);
            travel.start();
            int status = show(
                    new LiveFeed(collector, settings.budgetPercent(), redactor, travel, names(redactor), flush),
                    acts(flush),
                    options(redactor, queryHost()),
                    out,
                    budget::disturbed);
            if (flushNanos > 0) {
                collector.finish();
            }
            return status;
        }
    }

    /** {@code idle} is told of keys that were handled. */
    private int show(SampleFeed feed, HostActs acts, TuiOptions options, OutputStream out, Runnable idle)
            throws IOException {
        // The key is no signal while the terminal is raw; one that was sent means the same.
        Signals.handle("INT", name -> System.exit(ExitStatus.OK));
        TuiView view = new TuiView(
                feed, acts, new NativeTerminal(), new FileInputStream(FileDescriptor.in), out, options, keys -> {
                    idle.run();
                    log.line("idle after " + keys + " keys");
                });
        return view.run() == TuiView.End.QUIT ? ExitStatus.OK : ExitStatus.SIGNAL + SIGHUP;
    }

    private HostActs acts(@Nullable HandFlush flush) throws Failure {
        Invoker invoker = Invoker.query(environment.variables());
        boolean root = invoker.sudo() || invoker.uid() == 0;
        return new HostActs(
                LiveSamples.killer(environment),
                ActionLog.of(environment.variables(), invoker, root),
                invoker,
                preferences.setup().noWrite().isEmpty() ? ConfigFile.of(environment.variables(), invoker) : null,
                flush);
    }

    /** Nothing is looked up before somebody wants to see names; null = never. */
    private static @Nullable ReverseNames names(@Nullable Redactor redactor) {
        return redactor == null ? ReverseNames.ofHost() : null;
    }

    /** A source that gives nothing at all is said before the screen is taken. */
    private void awaitFirst(Collector collector) throws Failure {
        CountDownLatch first = new CountDownLatch(1);
        collector.listen(first::countDown);
        collector.listen(new HeapKeeper()::afterSample);
        collector.start();
        try {
            boolean came = first.await(FIRST_MILLIS, TimeUnit.MILLISECONDS);
            log.line("first sample " + (came ? "is there" : "takes longer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (collector.latest().sequence() == 0 && !collector.status().error().isEmpty()) {
            throw Failure.missing(Failure.plain(collector.status().error()));
        }
    }

    private TuiOptions options(@Nullable Redactor redactor, SafeText host) {
        Filter filter = redactor == null ? settings.filter() : redactor.filter();
        String text = filter == null ? "" : redactor == null ? filter.source() : AS_GIVEN;
        Arrangement arrangement =
                Arrangement.first(settings.groupBy(), settings.sort(), settings.fields(), text, filter, settings.all());
        return new TuiOptions(
                arrangement,
                Math.max(1, settings.intervalNanos() / 1_000_000),
                redactor == null ? host : redactor.host(host),
                TuiOptions.ascii(environment.variables()),
                TuiOptions.mono(environment.variables()),
                environment.variables().getOrDefault("TERM", ""),
                preferences.keys(),
                preferences.setup(),
                columns(),
                !settings.resolve() && redactor == null,
                preferences.greeting());
    }

    /** Those of the config file; an option wins for the view that it is for. */
    private Map<View, List<Field>> columns() {
        Map<View, List<Field>> columns = new LinkedHashMap<>(preferences.columns());
        if (settings.fields() != null) {
            columns.remove(settings.groupBy().isEmpty() ? View.CONNECTIONS : View.FLOWS);
        }
        return columns;
    }

    /** Name of this host. */
    static SafeText queryHost() {
        try {
            return SafeText.of(Files.readString(HOST_NAME).strip());
        } catch (IOException e) {
            return SafeText.of("?");
        }
    }
}
