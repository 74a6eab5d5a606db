package shawk.zk.stats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.zk.tally.Latencies;

/**
 * Minutes, and how the counts stood when they began and ended. A mark is taken every five seconds, so that the last
 * sixty seconds can be told at any time. One thread.
 */
final class Windows {
    static final long SECOND_MICROS = 1_000_000;
    static final long SLOT_MICROS = 5 * SECOND_MICROS;
    static final long WINDOW_MICROS = 60 * SECOND_MICROS;
    /** A clock that was set back by more begins anew; by less it stands still until it has caught up. */
    static final long BACK_MICROS = 2 * WINDOW_MICROS;

    private static final int SLOTS = (int) (WINDOW_MICROS / SLOT_MICROS);
    /** Minutes in which nothing came are left out but for so many. */
    private static final long LONGEST_MICROS = 3 * WINDOW_MICROS;

    private final Operations operations;
    private final History history = new History();
    private final Latencies none = new Latencies(OpRow.DIGITS);
    /** Ends of slots, back to the one that began sixty seconds ago. */
    private final Deque<Mark> recent = new ArrayDeque<>();

    private long startMicros;
    /** How long was counted before the clock was set back, each time. */
    private long beforeMicros;

    private long nextMicros;
    private boolean ended;
    private Mark windowFrom;
    private @Nullable Interval previous;

    Windows(long micros, Operations operations) {
        this.operations = operations;
        this.startMicros = micros;
        this.nextMicros = micros + SECOND_MICROS;
        this.windowFrom = Mark.nothing(micros);
        recent.add(windowFrom);
    }

    /** When there is something to do, in microseconds since the epoch. */
    long nextMicros() {
        return nextMicros;
    }

    History history() {
        return history;
    }

    /** The clock was set back: a minute begins now. */
    void restart(long micros, Keyed keyed, CountTable errors) {
        beforeMicros += nextMicros - SECOND_MICROS - startMicros;
        startMicros = micros;
        nextMicros = micros + SECOND_MICROS;
        windowFrom = mark(micros, keyed, errors, sealed());
        previous = null;
        recent.clear();
        recent.add(windowFrom);
    }

    /** Ends seconds, slots and minutes that are over; where to count from now on. */
    Keyed advance(long micros, Keyed keyed, CountTable errors, Clients clients) {
        if (startMicros == Aggregator.FIRST_MESSAGE) {
            restart(micros, keyed, errors);
            return keyed;
        }
        if (micros - nextMicros > LONGEST_MICROS) {
            nextMicros += (micros - nextMicros - LONGEST_MICROS) / WINDOW_MICROS * WINDOW_MICROS;
        }
        Keyed kept = keyed;
        while (micros >= nextMicros) {
            if (endSecond(kept, errors)) {
                clients.age(micros);
                kept = makeRoom(kept, clients);
                kept.beginMinute();
            }
        }
        return kept;
    }

    /** Nothing comes any more: the last second is as long as it is. */
    void end(long micros) {
        if (!ended && micros > nextMicros - SECOND_MICROS) {
            ended = true;
            history.close(micros, operations.rows());
        }
    }

    /** Whether a minute ended with it. */
    private boolean endSecond(Keyed keyed, CountTable errors) {
        long micros = nextMicros;
        nextMicros += SECOND_MICROS;
        history.close(micros, operations.rows());
        if ((micros - startMicros) % SLOT_MICROS != 0) {
            return false;
        }
        Mark mark = mark(micros, keyed, errors, sealed());
        recent.addLast(mark);
        while (recent.size() > SLOTS + 1) {
            recent.removeFirst();
        }
        if ((micros - startMicros) % WINDOW_MICROS != 0) {
            return false;
        }
        previous = interval(windowFrom, mark, List.of());
        windowFrom = mark;
        return true;
    }

    /** Forgets keys of which nothing was heard in the last full minute, where there is little room left. */
    private Keyed makeRoom(Keyed keyed, Clients clients) {
        Interval last = previous;
        if (last == null || !keyed.isCrowded()) {
            return keyed;
        }
        List<int[]> places = keyed.changed(last.from());
        Keyed kept = keyed.keep(places);
        List<Mark> marks = new ArrayList<>(recent);
        recent.clear();
        marks.forEach(mark -> recent.addLast(mark.rearranged(places)));
        windowFrom = recent.getLast();
        previous = new Interval(last.from().rearranged(places), windowFrom, last.latencies());
        clients.renumber();
        return kept;
    }

    private List<Latencies> sealed() {
        List<Latencies> ended = new ArrayList<>(operations.rows().size());
        for (OpRow row : operations.rows()) {
            if (row.latencies.count() == 0) {
                ended.add(none);
            } else {
                ended.add(row.latencies);
                Latencies all = new Latencies(OpRow.DIGITS);
                all.add(row.ended);
                all.add(row.latencies);
                row.ended = all;
                row.latencies = new Latencies(OpRow.DIGITS);
            }
        }
        return ended;
    }

    private List<Latencies> copied() {
        List<Latencies> copies = new ArrayList<>(operations.rows().size());
        for (OpRow row : operations.rows()) {
            Latencies copy = new Latencies(OpRow.DIGITS);
            copy.add(row.latencies);
            copies.add(copy);
        }
        return copies;
    }

    private Mark mark(long micros, Keyed keyed, CountTable errors, List<Latencies> ended) {
        List<long[]> columns = new ArrayList<>(operations.rows().size());
        operations.rows().forEach(row -> columns.add(row.columns.clone()));
        return new Mark(
                micros,
                keyed.byPath.freeze(),
                keyed.byAddress.freeze(),
                keyed.byUser.freeze(),
                errors.freeze(),
                columns,
                ended);
    }

    /** What lies between two marks, the later of which may be one that is not kept, with what came since the last. */
    private Interval interval(Mark from, Mark to, List<Latencies> last) {
        List<List<Latencies>> parts = new ArrayList<>();
        for (Mark mark : recent) {
            if (mark.micros() > from.micros()) {
                parts.add(mark.latencies());
            }
        }
        parts.add(last);
        return new Interval(from, to, parts);
    }

    StatsSnapshot snapshot(
            long micros,
            StatsOptions options,
            Keyed keyed,
            CountTable errors,
            Clients.View clients,
            long notes,
            Capture capture) {
        // As if the clock had always gone on: what was counted before it was set back is in all the same.
        long begin = startMicros - beforeMicros;
        List<Latencies> last = copied();
        Mark now = mark(Math.max(micros, windowFrom.micros()), keyed, errors, List.of());
        List<Latencies> ended = operations.rows().stream().map(row -> row.ended).toList();
        List<StatsSnapshot.Row> rows = new ArrayList<>();
        operations.rows().forEach(row -> rows.add(new StatsSnapshot.Row(row.word, row.key.sort())));
        return new StatsSnapshot(
                options,
                begin,
                capture,
                List.copyOf(operations.keys()),
                rows,
                new StatsSnapshot.Texts(keyed.paths.texts(), keyed.addresses.texts(), keyed.users.texts()),
                new StatsSnapshot.Keys(keyed.byPath.keys(), keyed.byAddress.keys(), keyed.byUser.keys(), errors.keys()),
                previous,
                interval(windowFrom, now, last),
                interval(recent.getFirst(), now, last),
                new Interval(Mark.nothing(begin), now, List.of(ended, last)),
                history.view(),
                clients,
                notes);
    }
}
