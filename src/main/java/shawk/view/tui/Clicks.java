package shawk.view.tui;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shawk.screen.Event;

/** Tells a second click on the same cell from a first. Used by one thread. */
final class Clicks {
    private static final long TWICE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private Event.@Nullable Clicked last;
    private long lastNanos;

    /** The click with what it is; a third one counts as a first again. */
    Event.Clicked on(Event.Clicked click, long nowNanos) {
        Event.Clicked before = last;
        boolean twice = before != null
                && before.column() == click.column()
                && before.row() == click.row()
                && nowNanos - lastNanos < TWICE_NANOS;
        last = twice ? null : click;
        lastNanos = nowNanos;
        return new Event.Clicked(click.column(), click.row(), twice);
    }
}
