package shawk.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A command line of {@code shawk look}, from its options to the exit status. */
final class LookRun {
    private final LookOpener opener;
    private final Notices notices;

    LookRun(LookOpener opener, Notices notices) {
        this.opener = opener;
        this.notices = notices;
    }

    int run(Arguments arguments, Environment environment, Outlet outlet) throws Failure, IOException {
        Instant now = Instant.now();
        LookSettings settings =
                new LookParser(arguments, now.getEpochSecond() * 1_000_000, ZoneId.systemDefault()).parse();
        if (settings.watchNanos() > 0 && !outlet.terminal()) {
            throw Failure.usage("--watch draws on a terminal, and standard output is none; leave --watch away");
        }
        environment.warnings().forEach(notices::say);
        try (LookOpener.Opened opened = opener.open(environment, notices)) {
            LookCommand command = new LookCommand(settings, opened.observations(), notices);
            Stops stops = stops(settings, outlet);
            if (stops == null) {
                return command.once(outlet.out());
            }
            stops.whenStopped(opened::cancel);
            return stoppable(command, settings, outlet, stops);
        }
    }

    /** What ends the run early; null = a signal ends the program, since it leaves nothing half done. */
    private static @Nullable Stops stops(LookSettings settings, Outlet outlet) {
        Stops given = outlet.stops();
        if (given != null || settings.watchNanos() == 0) {
            return given;
        }
        Stops own = new Stops(Thread.currentThread());
        own.listen();
        return own;
    }

    private static int stoppable(LookCommand command, LookSettings settings, Outlet outlet, Stops stops)
            throws Failure, IOException {
        boolean watch = settings.watchNanos() > 0;
        try {
            if (!watch) {
                return command.once(outlet.out());
            }
            command.watch(outlet.out(), stops);
            return stops.status(true);
        } catch (Failure e) {
            if (stops.stopped()) {
                return stops.status(watch);
            }
            throw e;
        }
    }
}
