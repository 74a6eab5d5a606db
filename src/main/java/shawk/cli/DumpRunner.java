package shawk.cli;

import java.io.IOException;
import shawk.model.Snapshot;

/** From the words of a dump to its end: the same way from the command line and from the prompt. Used by one thread. */
final class DumpRunner {
    private final Main.Opener opener;
    private final Environment environment;
    private final Config config;
    private final Notices notices;

    DumpRunner(Main.Opener opener, Environment environment, Config config, Notices notices) {
        this.opener = opener;
        this.environment = environment;
        this.config = config;
        this.notices = notices;
    }

    /** Runs to the end; returns the exit status. */
    int run(Arguments arguments, Outlet outlet) throws Failure, IOException {
        String noColor = environment.value(Environment.NO_COLOR);
        boolean terminal = outlet.terminal();
        Arguments under = config.under(arguments, each -> new SettingsParser(each).parseDump(terminal, noColor));
        DumpSettings settings = new SettingsParser(under).parseDump(terminal, noColor);
        refuseBudgetOfRecording(arguments, settings.view());
        if (arguments.has(Opt.BUDGET) && settings.count() == 1 && !settings.rates()) {
            throw Failure.usage(Opt.BUDGET.longName()
                    + " says how often samples are taken, and this takes one: leave it away, or type -c 0");
        }
        config.problems().forEach(notices::say);
        DebugLog log = DebugLog.open(environment.value(Environment.DEBUG));
        environment.warnings().forEach(notices::say);
        if (under.has(Opt.FLUSH)) {
            return storing(settings, log, outlet);
        }
        try (Samples samples = opener.open(settings.view(), environment, log)) {
            return new DumpCommand(settings, notices, log).run(samples, outlet);
        }
    }

    /** What is seen is stored too; what could not be is said, and is status 3. */
    private int storing(DumpSettings settings, DebugLog log, Outlet outlet) throws Failure, IOException {
        long flushNanos = ProbeSettings.parseFlush(environment, notices::say);
        try (HandFlush flush = new HandFlush(environment, () -> Snapshot.EMPTY);
                Samples samples = opener.open(settings.view(), environment, log)) {
            flush.always(flushNanos);
            Samples stored = new StoredSamples(samples, flush, settings.view().intervalNanos());
            int status = new DumpCommand(settings, notices, log).run(stored, outlet);
            String left = flush.finish();
            if (left != null) {
                throw Failure.missing(left);
            }
            return status;
        }
    }

    /** In the config file it is for live samples; typed, somebody expects it to work. */
    static void refuseBudgetOfRecording(Arguments typed, ViewSettings settings) throws Failure {
        if (typed.has(Opt.BUDGET) && settings.recording() != null) {
            throw Failure.usage(Opt.BUDGET.longName() + " says how often this host is looked at; a recording has its"
                    + " samples: leave it away");
        }
    }
}
