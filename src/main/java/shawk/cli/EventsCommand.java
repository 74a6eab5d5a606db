package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.enrich.ReverseNames;
import shawk.expr.Filter;
import shawk.model.Snapshot;
import shawk.view.events.Events;
import shawk.view.events.EventsSpec;

/** {@code shawk events}: what happens to single connections, as it happens. */
final class EventsCommand {
    private final EventsSettings settings;
    private final Notices notices;
    private final @Nullable Redactor redactor;
    private final @Nullable Filter filter;
    private final Stops stops = new Stops(Thread.currentThread());
    private long told;

    EventsCommand(EventsSettings settings, Notices notices) {
        this.settings = settings;
        this.notices = notices;
        this.redactor = Redactor.of(settings.view());
        this.filter = redactor == null ? settings.view().filter() : redactor.filter();
    }

    /** Runs until there are enough events, the recording ends or a signal comes; returns the exit status. */
    int run(EventFeed feed, OutputStream out) throws IOException, Failure {
        stops.listen();
        ReverseNames names = settings.view().resolve() ? ReverseNames.ofHost() : null;
        Events events = new Events(
                new EventsSpec(
                        settings.format(),
                        settings.view().fields(),
                        settings.unpaired(),
                        names,
                        ZoneId.systemDefault()),
                out);
        try {
            write(feed, events);
        } catch (Failure e) {
            events.end();
            throw e;
        }
        events.end();
        if (told > 0) {
            notices.say(told + (told == 1 ? " event was" : " events were") + " dropped: they came faster than they"
                    + " were written; " + events.written() + " were written");
        }
        return stops.status(settings.count() == 0);
    }

    private void write(EventFeed feed, Events events) throws IOException, Failure {
        long most = settings.count() == 0 ? Long.MAX_VALUE : settings.count();
        while (!stops.stopped() && feed.hasNext()) {
            List<Snapshot> batches = feed.next();
            for (Snapshot batch : batches) {
                write(batch, events, most);
            }
            sayDropped(feed, events, batches);
            if (events.written() >= most) {
                return;
            }
            long pause = feed.pauseNanos();
            if (pause > 0) {
                stops.waitUntil(System.nanoTime() + pause);
            }
        }
    }

    private void write(Snapshot batch, Events events, long most) throws IOException {
        notices.degradations(batch.degradations());
        Snapshot shown = redactor == null ? batch : redactor.redact(batch);
        events.write(shown, filter == null ? null : filter.on(shown), most - events.written());
    }

    private void sayDropped(EventFeed feed, Events events, List<Snapshot> batches) throws IOException {
        long dropped = feed.dropped();
        if (dropped > told) {
            long now = batches.isEmpty() ? 0 : batches.get(batches.size() - 1).wallMicros();
            events.dropped(now, dropped - told);
            told = dropped;
        }
    }
}
