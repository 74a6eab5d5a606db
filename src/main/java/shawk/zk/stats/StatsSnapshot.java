package shawk.zk.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/**
 * All that can be told at one moment. It shares with the aggregator only what that never changes again. Immutable; any
 * thread.
 */
public final class StatsSnapshot {
    final StatsOptions options;
    final long startMicros;
    final long micros;
    final Capture capture;
    final List<Operation> keys;
    final List<Row> rows;
    final Texts texts;
    final Keys places;
    /** Null before the first minute is over. */
    final @Nullable Interval previous;

    final Interval current;
    final Interval sliding;
    final Interval all;
    final History.View history;
    final Clients.View clients;
    final long notes;

    StatsSnapshot(
            StatsOptions options,
            long startMicros,
            Capture capture,
            List<Operation> keys,
            List<Row> rows,
            Texts texts,
            Keys places,
            @Nullable Interval previous,
            Interval current,
            Interval sliding,
            Interval all,
            History.View history,
            Clients.View clients,
            long notes) {
        this.options = options;
        this.startMicros = startMicros;
        this.micros = current.to().micros();
        this.capture = capture;
        this.keys = keys;
        this.rows = rows;
        this.texts = texts;
        this.places = places;
        this.previous = previous;
        this.current = current;
        this.sliding = sliding;
        this.all = all;
        this.history = history;
        this.clients = clients;
        this.notes = notes;
    }

    /** A row of the operations: its word and how it counts. */
    record Row(SafeText word, Operation.Sort sort) {}

    /** Texts by number. */
    record Texts(SafeText[] paths, SafeText[] addresses, SafeText[] users) {}

    /** Keys by place of each table. */
    record Keys(long[] paths, long[] addresses, long[] users, long[] errors) {}

    /** The moment that it shows, in microseconds since the epoch. */
    public long micros() {
        return micros;
    }

    /** Null where there is none yet. */
    @Nullable
    Interval interval(Window window) {
        return switch (window) {
            case PREVIOUS -> previous;
            case CURRENT -> current;
            case SLIDING -> sliding;
            case ALL -> all;
        };
    }

    /** The window of who names none: a capture that is over has no minute after its last one that would tell that. */
    public Window usual() {
        return capture.over() ? Window.ALL : Window.PREVIOUS;
    }

    /** The window of the page, in which something is always told. */
    Window drawn() {
        return capture.over() ? Window.ALL : Window.SLIDING;
    }

    /** Everything since the beginning. */
    Mark total() {
        return current.to();
    }
}
