package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.screen.SelfCost;
import shawk.screen.zk.TopFeed;
import shawk.screen.zk.TopLevel;
import shawk.screen.zk.TopPhase;
import shawk.screen.zk.TopSnapshot;
import shawk.screen.zk.TopTable;
import shawk.screen.zk.TopTotals;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/**
 * Adds messages up for the screen of {@code zk top}. Messages, {@link #begins}, {@link #tick} and {@link #ended} come
 * on the thread that captures; what {@link TopFeed} has is for any thread.
 *
 * <p>A level that is not shown goes on counting and costs no more than that: nothing is sorted or laid out for it. Of a
 * file that can be read again a level's counts are those of the whole file.
 */
final class ZkTopFeed implements TopFeed, MessageSink, ZkRun.Work {
    /** A level that nothing is shown of yet is looked at this often, however long the interval. */
    private static final long FIRST_MICROS = 1_000_000;
    /** While a file is read, what has come of it is shown this often. */
    private static final long READING_NANOS = 200_000_000;

    private final ZkTopInput input;
    private final boolean pings;
    private final SelfCosts costs;
    private ZkTopTraffic traffic = new ZkTopTraffic();
    private TopTotals totals;
    private List<TopLevel> settled;
    private List<ZkTopCounts> levels;
    /** Those that messages of this run go to. */
    private List<ZkTopCounts> fed;

    private boolean begun;
    private boolean over;
    private long lastMicros;
    private long shownNanos;
    /** When there was made room last in what is not shown. */
    private long roomMicros;

    private long sequence;
    private int shownDepth;
    private volatile List<TopLevel> wanted;
    private volatile TopSnapshot latest = TopSnapshot.EMPTY;
    private volatile Runnable wake = () -> {};
    private volatile long intervalMicros;
    private volatile int depth;
    private volatile String failure = "";
    private volatile String fixed = "";

    /** Nothing counted yet; {@code filter} is what {@code text} says. */
    ZkTopFeed(
            ZkTopInput input,
            Predicate<Message> filter,
            String text,
            boolean pings,
            int depth,
            long intervalMillis,
            SelfCosts costs) {
        this.input = input;
        this.pings = pings;
        this.depth = depth;
        this.shownDepth = depth;
        this.intervalMicros = intervalMillis * 1_000;
        this.costs = costs;
        this.totals = traffic.totals(0, 0);
        this.wanted = List.of(new TopLevel(0, text));
        this.settled = wanted;
        this.levels = List.of(new ZkTopCounts(0, filter, MessageValues.asksReplies(text), Long.MIN_VALUE, 0));
        this.fed = levels;
    }

    @Override
    public void message(Message message) {
        if (!pings && message.op.equals("ping")) {
            return;
        }
        traffic.message(message);
        for (int i = 0; i < fed.size(); i++) {
            fed.get(i).message(message);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (!pings && request.op.equals("ping")) {
            return;
        }
        traffic.unanswered(request);
        for (int i = 0; i < fed.size(); i++) {
            fed.get(i).unanswered(request, why, micros);
        }
    }

    private ZkTopCounts shown() {
        return levels.get(levels.size() - 1);
    }

    /**
     * Whether packets are to be read: once, and a file again for what has not been counted of it. Where not, it does
     * what {@link #tick} else does.
     */
    boolean begins() {
        boolean changed = settle();
        List<ZkTopCounts> missing =
                levels.stream().filter(level -> !level.whole).toList();
        if (begun && (missing.isEmpty() || input != ZkTopInput.FILE)) {
            if (changed || shownDepth != depth) {
                publish();
            }
            return false;
        }
        if (begun) {
            traffic = new ZkTopTraffic();
        }
        begun = true;
        over = false;
        lastMicros = 0;
        fed = missing;
        return true;
    }

    /** Makes the levels those that are wanted; returns whether there was anything to do. */
    private boolean settle() {
        List<TopLevel> now = wanted;
        if (now == settled) {
            return false;
        }
        settled = now;
        List<ZkTopCounts> next = new ArrayList<>();
        for (TopLevel level : now) {
            ZkTopCounts known = null;
            for (ZkTopCounts each : levels) {
                known = each.id == level.id() ? each : known;
            }
            next.add(known == null ? newCounts(level, next.size()) : known);
        }
        levels = List.copyOf(next);
        fed = input == ZkTopInput.FILE ? fed.stream().filter(levels::contains).toList() : levels;
        return true;
    }

    private ZkTopCounts newCounts(TopLevel level, int outer) {
        boolean file = input == ZkTopInput.FILE;
        long seen = file ? Long.MIN_VALUE : traffic.newestMicros;
        String filter = level.filter();
        ZkTopCounts counts = new ZkTopCounts(level.id(), parse(filter), MessageValues.asksReplies(filter), seen, outer);
        counts.begin(file ? 0 : lastMicros);
        return counts;
    }

    /** A filter that was refused is not asked for. */
    private static Predicate<Message> parse(String filter) {
        try {
            return filter.isBlank() ? message -> true : MessageValues.parse(filter);
        } catch (ExprException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    @Override
    public boolean tick(long micros, ZkRun.State run) {
        lastMicros = Math.max(lastMicros, micros);
        boolean changed = settle();
        makeRoom();
        if (input == ZkTopInput.FILE) {
            return read(run, changed);
        }
        traffic.dropped = input == ZkTopInput.LIVE ? run.dropped() : -1;
        totals = traffic.totals(run);
        ZkTopCounts shown = shown();
        if (levels.get(0).sinceMicros == 0 && lastMicros > 0) {
            long first = input == ZkTopInput.PIPE && traffic.firstMicros > 0 ? traffic.firstMicros : lastMicros;
            traffic.begin(first);
            levels.forEach(level -> level.begin(first));
        }
        long length = lastMicros - shown.cutMicros;
        long interval = intervalMicros;
        if (shown.sinceMicros > 0 && length >= (shown.isEmpty() ? Math.min(FIRST_MICROS, interval) : interval)) {
            traffic.cut(lastMicros, Math.min(FIRST_MICROS, interval));
            totals = traffic.totals(run);
            publish(shown.cut(lastMicros, depth), shown, TopPhase.COUNTING);
        } else if (changed || shownDepth != depth || sequence == 0) {
            publish();
        }
        return true;
    }

    /** A file that is read again begins before the last time. */
    private void makeRoom() {
        if (Math.abs(lastMicros - roomMicros) >= FIRST_MICROS) {
            roomMicros = lastMicros;
            levels.subList(0, levels.size() - 1).forEach(ZkTopCounts::makeRoom);
        }
    }

    /** Returns whether anybody wants to know the rest. */
    private boolean read(ZkRun.State run, boolean changed) {
        boolean first = fed.contains(levels.get(0));
        if (first) {
            traffic.whole(lastMicros);
            totals = traffic.totals(run);
        }
        fed.forEach(level -> level.sinceMicros = traffic.firstMicros);
        long now = System.nanoTime();
        if (changed || shownDepth != depth || sequence == 0 || now - shownNanos >= READING_NANOS) {
            shownNanos = now;
            ZkTopCounts shown = shown();
            if (fed.contains(shown)) {
                publish(shown.whole(lastMicros, depth), shown, TopPhase.READING);
            } else {
                publish();
            }
        }
        return !fed.isEmpty();
    }

    /** What there was at the last cut, as it is to be seen now. */
    private void publish() {
        ZkTopCounts shown = shown();
        TopPhase phase = input == ZkTopInput.FILE
                ? shown.whole ? TopPhase.OVER : TopPhase.READING
                : over ? TopPhase.OVER : TopPhase.COUNTING;
        publish(shown.isFresh() ? List.of() : shown.look(depth), shown, phase);
    }

    private void publish(List<TopTable> tables, ZkTopCounts shown, TopPhase phase) {
        shownDepth = tables.isEmpty() ? depth : tables.get(0).depth();
        long since = tables.isEmpty() ? 0 : shown.sinceMicros;
        latest = new TopSnapshot(++sequence, shown.id, since, shown.cutMicros, phase, totals, tables);
        wake.run();
    }

    /**
     * The run is over: there is no more, or somebody has let go of all that it was for.
     *
     * @param line what went wrong, harmless; empty = nothing
     * @param why why no counts can begin; empty = they can, as those of a file
     */
    void ended(String line, String why) {
        failure = line;
        fixed = why;
        over = true;
        if (input == ZkTopInput.FILE) {
            fed.forEach(level -> level.whole = true);
        } else {
            traffic.whole(lastMicros);
            totals = traffic.totals(totals.missing(), totals.undecoded());
            fed = levels;
        }
        fed.forEach(level -> level.whole(lastMicros, 0));
        publish();
    }

    /**
     * Nothing can be counted any more, nor be looked at in another way.
     *
     * @param line why, harmless
     */
    void broken(String line) {
        failure = line;
        fixed = line;
        TopSnapshot last = latest;
        latest = new TopSnapshot(
                ++sequence,
                last.level(),
                last.sinceMicros(),
                last.untilMicros(),
                TopPhase.OVER,
                last.totals(),
                last.tables());
        wake.run();
    }

    @Override
    public TopSnapshot latest() {
        return latest;
    }

    @Override
    public void onNews(Runnable newWake) {
        wake = newWake;
    }

    @Override
    public void intervalMillis(long millis) {
        intervalMicros = millis * 1_000;
    }

    @Override
    public void depth(int newDepth) {
        depth = newDepth;
    }

    @Override
    public @Nullable Refusal refusal(String text) {
        try {
            MessageValues.parse(text);
            return null;
        } catch (ExprException e) {
            int characters = Math.min(e.position() - 1, text.codePointCount(0, text.length()));
            return new Refusal(String.valueOf(e.getMessage()), text.offsetByCodePoints(0, Math.max(0, characters)));
        }
    }

    @Override
    public void levels(List<TopLevel> newLevels) {
        wanted = List.copyOf(newLevels);
    }

    @Override
    public String fixed() {
        return fixed;
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public SelfCost self() {
        return costs.query();
    }
}
