package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.source.Source;
import shawk.store.HostIdentity;
import shawk.store.pg.Retention;
import shawk.store.spool.Spool;

/** The program: a command line in, an exit status out. Whatever goes wrong is one line on standard error. */
public final class Main {
    private final OutputStream out;
    private final PrintStream err;
    private final Opener opener;
    private final EventOpener eventOpener;
    private final LookOpener lookOpener;
    private final Notices notices;

    /** How a run comes by its samples. */
    @FunctionalInterface
    interface Opener {
        Samples open(ViewSettings view, Environment environment, DebugLog log) throws Failure;
    }

    /** How a run comes by its events. */
    @FunctionalInterface
    interface EventOpener {
        EventFeed open(ViewSettings view, Environment environment, DebugLog log) throws Failure;
    }

    Main(OutputStream out, PrintStream err, Opener opener) {
        this(out, err, opener, Main::openEvents);
    }

    Main(OutputStream out, PrintStream err, Opener opener, EventOpener eventOpener) {
        this(out, err, opener, eventOpener, LookCmdb::open);
    }

    Main(OutputStream out, PrintStream err, Opener opener, EventOpener eventOpener, LookOpener lookOpener) {
        this.out = out;
        this.err = err;
        this.opener = opener;
        this.eventOpener = eventOpener;
        this.lookOpener = lookOpener;
        this.notices = new Notices(err);
    }

    /** Ends the process. */
    public static void main(String[] args) {
        System.exit(new Main(new StandardOutput(), System.err, Main::open).run(args));
    }

    private static Samples open(ViewSettings view, Environment environment, DebugLog log) throws Failure {
        String recording = view.recording();
        return recording == null ? LiveSamples.open(view, environment, log) : ReplaySamples.open(recording, view);
    }

    private static EventFeed openEvents(ViewSettings view, Environment environment, DebugLog log) throws Failure {
        String recording = view.recording();
        return recording == null
                ? new LiveEvents(
                        LiveSamples.openEventSource(view, environment, log),
                        LiveSamples.newTable(view),
                        LiveSamples.budget(view),
                        log)
                : ReplaySamples.openEvents(recording, view);
    }

    /** The exit status. */
    int run(String... args) {
        try {
            return run(ArgumentParser.parse(args));
        } catch (Failure e) {
            return say(e.status(), e.line());
        } catch (IOException e) {
            return outputFailed(e);
        } catch (RuntimeException | Error e) {
            return say(
                    ExitStatus.INTERNAL, CrashReport.write(e, Versions.query().of("shawk"), commandLine(args)));
        }
    }

    private int run(Arguments arguments) throws Failure, IOException {
        if (arguments.has(Opt.HELP)) {
            return print(Help.of(arguments.command()));
        }
        if (arguments.has(Opt.VERSION)) {
            return print(version());
        }
        if (arguments.has(Opt.CREDITS)) {
            return print(Credits.text(Versions.query()));
        }
        return switch (arguments.command()) {
            case HELP -> print(Help.text(first(arguments.operands())));
            case COMPLETION -> print(Completion.text(arguments.operands()));
            case VERSION -> print(version());
            case CREDITS -> print(Credits.text(Versions.query()));
            case DUMP -> dump(arguments);
            case EVENTS -> events(arguments);
            case ASSERT -> assertion(arguments);
            case LOOK -> look(arguments);
            case DOCTOR -> doctor(arguments);
            case RECORD -> record(arguments);
            case CMDB -> new CmdbCommand(Environment.query(), notices).run(first(arguments.operands()), out);
            case SHELL -> shell(arguments);
            case CREATE_SCHEME -> createScheme(arguments);
            case PROBE -> probe(arguments);
            case INSTALL_SERVICE -> installService(arguments);
            case TOP -> top(arguments);
            case ZK_DUMP -> zkDump(arguments);
            case ZK_TOP -> zkTop(arguments);
            case ZK_ZAB, ZK_FLE, ZK_OMNI -> zkServers(arguments);
            case ZK_STATS -> zkStats(arguments);
        };
    }

    private int dump(Arguments arguments) throws Failure, IOException {
        boolean terminal = StandardStreams.isTerminal(StandardStreams.OUT);
        Environment environment = Environment.query();
        Config config = ConfigFile.of(environment.variables(), Invoker.query(environment.variables()))
                .query();
        Outlet outlet = new Outlet(out, terminal, terminal ? TerminalSize.queryColumns() : 0, null);
        return new DumpRunner(opener, environment, config, notices).run(arguments, outlet);
    }

    private int shell(Arguments arguments) throws Failure, IOException {
        Environment environment = Environment.query();
        environment.warnings().forEach(notices::say);
        return new ShellCommand(opener, lookOpener, environment, notices, err)
                .run(arguments.value(Opt.SHELL_COMMAND), out);
    }

    private int createScheme(Arguments arguments) throws Failure, IOException {
        Retention retention = CreateSchemeCommand.parseRetention(arguments);
        Environment environment = Environment.query();
        environment.warnings().forEach(notices::say);
        CmdbChoice choice = CmdbChoice.of(environment, notices);
        return new CreateSchemeCommand(choice, notices).run(retention, arguments.has(Opt.DISTRIBUTED), out);
    }

    private int events(Arguments arguments) throws Failure, IOException {
        EventsSettings settings = new SettingsParser(arguments).parseEvents();
        DumpRunner.refuseBudgetOfRecording(arguments, settings.view());
        Environment environment = Environment.query();
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        try (EventFeed feed = eventOpener.open(settings.view(), environment, log)) {
            return new EventsCommand(settings, notices).run(feed, out);
        }
    }

    private int record(Arguments arguments) throws Failure {
        RecordSettings settings = new SettingsParser(arguments).parseRecord();
        Environment environment = Environment.query();
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        boolean watched = StandardStreams.isTerminal(StandardStreams.ERR);
        return new RecordCommand(settings, notices, watched, log)
                .run(LiveSamples.openSource(settings.view(), environment, log));
    }

    private int probe(Arguments arguments) throws Failure {
        Environment environment = Environment.query();
        ProbeSettings settings = ProbeSettings.parse(arguments, environment, notices::say);
        CmdbChoice cmdb = CmdbChoice.of(environment, notices);
        SpoolPlace place = SpoolPlace.of(environment, Invoker.isRoot(environment.variables()));
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        Source source = LiveSamples.openSource(settings.view(), environment, log);
        Spool spool = place.open();
        if (spool == null) {
            throw Failure.missing("another shawk stores this host already: it has the spool "
                    + Failure.quote(place.folder().toString()) + "; stop that one first");
        }
        HostIdentity host = new HostIdentityReader(Path.of("/")).query(environment, place.folder());
        ServiceManager manager = ServiceManager.query(
                environment.variables(), ProcessHandle.current().pid());
        return new ProbeCommand(settings, cmdb.shown(), notices, new FlushLog(err), manager)
                .run(source, spool, host, () -> Stores.open(cmdb));
    }

    private int installService(Arguments arguments) throws Failure, IOException {
        String built = System.getProperty("shawk.native.dir", "");
        if (built.isEmpty()) {
            throw Failure.missing("a service runs out of a clone; start shawk by the file of that name in its clone");
        }
        String java = Environment.queryOwn().value("JAVA_HOME");
        return new InstallServiceCommand(Path.of(built, "..", "..").toRealPath(), java, new SystemHost(), out)
                .run(arguments.value(Opt.ROOT), arguments.has(Opt.REMOVE));
    }

    private int look(Arguments arguments) throws Failure, IOException {
        boolean terminal = StandardStreams.isTerminal(StandardStreams.OUT);
        Outlet outlet = new Outlet(out, terminal, 0, null);
        return new LookRun(lookOpener, notices).run(arguments, Environment.query(), outlet);
    }

    private int zkTop(Arguments arguments) throws Failure, IOException {
        ZkTopSettings settings = new ZkTopParser(arguments).parse();
        Environment environment = Environment.query();
        TopCommand.checkTerminal(environment.variables(), "shawk zk dump");
        DebugLog log = DebugLog.offScreen(environment, notices);
        environment.warnings().forEach(notices::say);
        Config config = ConfigFile.of(environment.variables(), Invoker.query(environment.variables()))
                .query();
        Preferences preferences = Preferences.of(config);
        config.problems().forEach(notices::say);
        return new ZkTopCommand(settings, preferences, environment.variables(), ZkOpener::query, notices, log).run(out);
    }

    private int zkDump(Arguments arguments) throws Failure, IOException {
        ZkDumpSettings settings = new ZkDumpParser(arguments, System.getenv(), ZoneId.systemDefault()).parse();
        Environment environment = Environment.query();
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        boolean watched = StandardStreams.isTerminal(StandardStreams.ERR);
        return new ZkDumpCommand(settings, ZkOpener::query, notices, log).run(out, watched ? err : null);
    }

    private int zkServers(Arguments arguments) throws Failure, IOException {
        ZkServersSettings settings = new ZkServersParser(arguments, System.getenv(), ZoneId.systemDefault()).parse();
        Environment environment = Environment.query();
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        return new ZkServersCommand(settings, ZkOpener::query, notices, log).run(out);
    }

    private int zkStats(Arguments arguments) throws Failure, IOException {
        Environment environment = Environment.query();
        ZkStatsSettings settings = new ZkStatsParser(arguments, environment.variables()).query();
        if (arguments.has(Opt.ZK_TOKEN) && !Background.isDetached()) {
            notices.say("every user of this host can read the token of --token in the list of processes; "
                    + "--token-file FILE or the variable SHAWK_ZK_TOKEN keeps it");
        }
        if (settings.background() && !Background.isDetached()) {
            environment.warnings().forEach(notices::say);
            return Background.start(settings, notices);
        }
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        ServiceManager manager = ServiceManager.query(
                environment.variables(), ProcessHandle.current().pid());
        String version = Versions.query().of("shawk");
        ZkStatsCommand command = new ZkStatsCommand(settings, ZkOpener::query, notices, log, manager, version);
        return Background.isDetached() ? Background.run(command::run, out) : command.run(out);
    }

    private int assertion(Arguments arguments) throws Failure, IOException {
        AssertSettings settings = new SettingsParser(arguments).parseAssert();
        Environment environment = Environment.query();
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        try (Samples samples = opener.open(settings.view(), environment, log)) {
            return new AssertCommand(settings, notices, log).run(samples, out);
        }
    }

    private int doctor(Arguments arguments) throws Failure, IOException {
        boolean terminal = StandardStreams.isTerminal(StandardStreams.OUT);
        DoctorSettings settings =
                new SettingsParser(arguments).parseDoctor(terminal, System.getenv(Environment.NO_COLOR));
        return new DoctorCommand(settings, opener).run(out);
    }

    private int top(Arguments arguments) throws Failure, IOException {
        Environment environment = Environment.query();
        ConfigFile configFile = ConfigFile.of(environment.variables(), Invoker.query(environment.variables()));
        Config config = configFile.query();
        Arguments under = config.under(arguments, each -> new SettingsParser(each).parseTop());
        ViewSettings settings = new SettingsParser(under).parseTop();
        // In the config file it is for live monitors; typed, somebody expects it to work.
        if (arguments.has(Opt.INTERVAL) && settings.recording() != null) {
            throw Failure.usage(Opt.INTERVAL.longName() + ": the monitor plays a recording at its own pace; leave the"
                    + " option away, the keys { and } change the speed");
        }
        DumpRunner.refuseBudgetOfRecording(arguments, settings);
        TopCommand.checkTerminal(environment.variables(), "shawk dump");
        DebugLog log = DebugLog.offScreen(environment, notices);
        environment.warnings().forEach(notices::say);
        Preferences preferences = Preferences.of(config).within(under);
        config.problems().forEach(notices::say);
        long flush = under.has(Opt.FLUSH) ? ProbeSettings.parseFlush(environment, notices::say) : 0;
        return new TopCommand(settings, preferences, environment, log, flush).run(out);
    }

    private static String version() {
        return "shawk " + Versions.query().of("shawk") + "\n";
    }

    private int print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitStatus.OK;
    }

    private int say(int status, String line) {
        err.println("shawk: " + line);
        return status;
    }

    /** Whoever has read enough closes the pipe; that is no failure. */
    private int outputFailed(IOException failure) {
        if (StandardStreams.isPipe(StandardStreams.OUT)) {
            return ExitStatus.OK;
        }
        return say(
                ExitStatus.MISSING,
                "cannot write to standard output: " + Failure.plain(failure.getMessage())
                        + "; make room there, or write elsewhere");
    }

    private static String commandLine(String... args) {
        StringBuilder line = new StringBuilder("shawk");
        String before = "";
        for (String arg : args) {
            line.append(' ').append(masked(before, arg));
            before = arg;
        }
        return line.toString();
    }

    /** Without what only its owner is to know. */
    private static String masked(String before, String arg) {
        for (Opt option : List.of(Opt.REDACT, Opt.ZK_TOKEN)) {
            if (arg.startsWith(option.longName() + "=")) {
                return option.longName() + "=…";
            }
        }
        return before.equals(Opt.ZK_TOKEN.longName()) ? "…" : arg;
    }

    private static @Nullable String first(List<String> operands) {
        return operands.isEmpty() ? null : operands.get(0);
    }
}
