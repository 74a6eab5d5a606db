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
        Stops stops = outlet.stops();
        try (LookOpener.Opened opened = opener.open(environment, notices)) {
            if (stops != null) {
                stops.whenCancelled(opened::cancel);
            }
            return new LookCommand(settings, opened.observations(), notices).run(outlet.out(), stops);
        } catch (Failure e) {
            if (stops != null && stops.stopped()) {
                return stops.status(false);
            }
            throw e;
        }
    }
}
