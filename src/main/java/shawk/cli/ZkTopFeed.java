package shawk.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.model.SafeText;
import shawk.screen.SelfCost;
import shawk.screen.zk.TopColumn;
import shawk.screen.zk.TopFeed;
import shawk.screen.zk.TopGroup;
import shawk.screen.zk.TopSnapshot;
import shawk.screen.zk.TopTable;
import shawk.screen.zk.TopTotals;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.tally.Amounts;
import shawk.zk.tally.Grouping;
import shawk.zk.tally.Tally;
import shawk.zk.tally.TallyCut;
import shawk.zk.tally.TallyLimits;
import shawk.zk.tally.TallyRow;

/**
 * Adds messages up for the screen of {@code zk top}. Messages and {@link #tick} come on the thread that captures; what
 * {@link TopFeed} has is for any thread.
 */
final class ZkTopFeed implements TopFeed, MessageSink, ZkRun.Work {
    private final boolean pings;
    private final SelfCosts costs;
    private final AtomicReference<@Nullable String> restart = new AtomicReference<>();
    private final Map<TopGroup, Tally> tallies = new EnumMap<>(TopGroup.class);
    private final Traffic traffic = new Traffic();
    private Predicate<Message> filter;
    private List<TopTable> tables = List.of();
    private ZkRun.@Nullable State last;
    private long lastMicros;
    private long cutMicros;
    private long sequence;
    private int cutDepth;
    private volatile TopSnapshot latest = TopSnapshot.EMPTY;
    private volatile Runnable wake = () -> {};
    private volatile long intervalMicros;
    private volatile int depth;
    private volatile String failure = "";

    ZkTopFeed(Predicate<Message> filter, boolean pings, int depth, long intervalMillis, SelfCosts costs) {
        this.filter = filter;
        this.pings = pings;
        this.depth = depth;
        this.cutDepth = depth;
        this.intervalMicros = intervalMillis * 1_000;
        this.costs = costs;
        beginAnew();
    }

    private void beginAnew() {
        for (TopGroup group : TopGroup.values()) {
            tallies.put(group, new Tally(new Grouping(by(group), 0), TallyLimits.LIVE));
        }
    }

    private static Grouping.By by(TopGroup group) {
        return switch (group) {
            case PATH -> Grouping.By.PATH;
            case TYPE -> Grouping.By.TYPE;
            case CLIENT -> Grouping.By.CLIENT;
            case SESSION -> Grouping.By.SESSION;
        };
    }

    @Override
    public void message(Message message) {
        if (!pings && message.op.equals("ping")) {
            return;
        }
        traffic.message(message);
        if (filter.test(message)) {
            tallies.values().forEach(tally -> tally.message(message));
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (!pings && request.op.equals("ping")) {
            return;
        }
        traffic.unanswered(request);
        if (filter.test(request)) {
            tallies.values().forEach(tally -> tally.unanswered(request, why, micros));
        }
    }

    @Override
    public boolean tick(long micros, ZkRun.State run) {
        last = run;
        lastMicros = micros;
        traffic.dropped = run.dropped();
        String wanted = restart.getAndSet(null);
        if (wanted != null) {
            filter = parse(wanted);
            beginAnew();
            tables = List.of();
        }
        if (cutMicros == 0) {
            cutMicros = micros;
            traffic.begin(micros);
        }
        boolean due = micros - cutMicros >= intervalMicros;
        if (due || wanted != null || tables.isEmpty()) {
            publish(micros, run, due);
        } else if (cutDepth != depth) {
            deepen(micros);
        }
        return true;
    }

    /** A filter that was refused is not asked for. */
    private static Predicate<Message> parse(String filter) {
        try {
            return filter.isBlank() ? message -> true : MessageValues.parse(filter);
        } catch (ExprException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    private void publish(long micros, ZkRun.State run, boolean rates) {
        cutDepth = depth;
        List<TopTable> made = new ArrayList<>();
        for (TopGroup group : TopGroup.values()) {
            made.add(table(group, micros, rates));
        }
        tables = made;
        cutMicros = micros;
        if (rates) {
            traffic.cut(micros);
        }
        hand(micros, traffic.totals(run));
    }

    /** Paths anew; their rates come with the next interval. */
    private void deepen(long micros) {
        cutDepth = depth;
        List<TopTable> made = new ArrayList<>(tables);
        made.set(TopGroup.PATH.ordinal(), table(TopGroup.PATH, micros, false));
        tables = made;
        hand(micros, latest.totals());
    }

    private void hand(long micros, TopTotals totals) {
        latest = new TopSnapshot(++sequence, micros, totals, tables);
        wake.run();
    }

    private TopTable table(TopGroup group, long micros, boolean rates) {
        int names = group == TopGroup.PATH ? cutDepth : 0;
        Tally tally = tallies.get(group);
        TallyCut cut = tally == null ? null : tally.cut(micros, names);
        List<TallyRow> rows = new ArrayList<>(cut == null ? List.of() : cut.rows());
        if (cut != null
                && (cut.others().total().messages() > 0 || cut.others().total().replies() > 0)) {
            rows.add(cut.others());
        }
        double seconds = cut == null || !rates ? Double.NaN : cut.seconds();
        double[][] values = new double[TopColumn.values().length][rows.size()];
        List<SafeText> keys = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            TallyRow row = rows.get(i);
            keys.add(row.key());
            fill(values, i, row, seconds);
        }
        return new TopTable(group, names, keys, values, cut == null ? 0 : cut.letGo());
    }

    private static void fill(double[][] values, int at, TallyRow row, double seconds) {
        Amounts total = row.total();
        Amounts interval = row.interval();
        for (TopColumn column : TopColumn.values()) {
            values[column.ordinal()][at] = switch (column) {
                case RATE -> interval.messages() / seconds;
                case COUNT -> (double) total.messages();
                case ERRORS -> (double) (total.errors() + total.unanswered());
                case OPEN -> (double) row.outstanding();
                case IN -> interval.requestBytes() / seconds;
                case OUT -> interval.replyBytes() / seconds;
                case AVG -> total.meanMicros();
                case P50 -> total.p50Micros();
                case P95 -> total.p95Micros();
                case P99 -> total.p99Micros();
                case MAX -> total.latencies() == 0 ? Double.NaN : (double) total.greatestMicros();
            };
        }
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
        if (!failure.isEmpty()) {
            return new Refusal("nothing more comes: start anew with -f", -1);
        }
        try {
            MessageValues.parse(text);
            return null;
        } catch (ExprException e) {
            int characters = Math.min(e.position() - 1, text.codePointCount(0, text.length()));
            return new Refusal(String.valueOf(e.getMessage()), text.offsetByCodePoints(0, Math.max(0, characters)));
        }
    }

    @Override
    public void restart(String newFilter) {
        restart.set(newFilter);
    }

    @Override
    public String failure() {
        return failure;
    }

    /** Nothing more will come, and why: one harmless line. On the thread that captures. */
    void ended(String line) {
        failure = line;
        ZkRun.State state = last;
        if (state == null) {
            wake.run();
        } else {
            publish(lastMicros, state, false);
        }
    }

    /** The same as {@link #tick} once nothing comes any more. */
    void tickEnded() {
        if (cutDepth != depth && last != null) {
            deepen(lastMicros);
        }
    }

    @Override
    public SelfCost self() {
        return costs.query();
    }

    /** All that was captured, whatever the filter. */
    private static final class Traffic {
        private final long[] now = new long[4];
        private final long[] before = new long[4];
        private final double[] rates = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        private long fromMicros;
        private long open;
        /** As of the last look while the capture was open. */
        private long dropped;

        void message(Message message) {
            if (message.kind == Kind.REQUEST) {
                now[0]++;
                open++;
            } else if (message.kind == Kind.REPLY) {
                now[1]++;
                now[2] += Tally.hasFailed(message) ? 1 : 0;
                open -= message.request == null ? 0 : 1;
            } else if (message.kind == Kind.EVENT) {
                now[3]++;
            }
        }

        void unanswered(Message request) {
            open -= request.kind == Kind.REQUEST ? 1 : 0;
        }

        /** The interval is over. */
        void cut(long micros) {
            double seconds = fromMicros == 0 ? Double.NaN : Math.max(1, micros - fromMicros) / 1e6;
            Arrays.setAll(rates, i -> (now[i] - before[i]) / seconds);
            System.arraycopy(now, 0, before, 0, now.length);
            fromMicros = micros;
        }

        void begin(long micros) {
            fromMicros = micros;
        }

        TopTotals totals(ZkRun.State run) {
            return new TopTotals(
                    rates[0],
                    rates[1],
                    rates[2],
                    rates[3],
                    Math.max(0, open),
                    dropped,
                    run.streams().ledger().gap,
                    run.streams().ledger().malformed);
        }
    }
}
