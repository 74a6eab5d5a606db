package shawk.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;

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
            Stops given = outlet.stops();
            Stops stops = given == null ? new Stops(Thread.currentThread()) : given;
            stops.whenStopped(given == null && settings.watchNanos() == 0 ? () -> exit(opened, stops) : opened::cancel);
            if (given == null) {
                stops.listen();
            }
            return stoppable(command, settings, outlet, stops);
        }
    }

    /** What is drawn once leaves nothing half done but in the server, so it ends at once wherever it is. */
    private static void exit(LookOpener.Opened opened, Stops stops) {
        opened.cancel();
        System.exit(stops.status(false));
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
