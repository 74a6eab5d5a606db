package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import shawk.model.SafeText;
import shawk.screen.zk.TopColumn;
import shawk.screen.zk.TopGroup;
import shawk.screen.zk.TopTable;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.tally.Amounts;
import shawk.zk.tally.Grouping;
import shawk.zk.tally.Tally;
import shawk.zk.tally.TallyCut;
import shawk.zk.tally.TallyLimits;
import shawk.zk.tally.TallyRow;

/** What a filter lets through, added up by everything that rows can be. Used by one thread. */
final class ZkTopCounts implements MessageSink {
    private static final double MICROS = 1e6;
    private static final int LEAST_ROWS = 256;
    /** Twice three large tables, half of it for levels inside, twice as much to spare. */
    private static final long BYTES_A_ROW = 600_000;

    /** Number of the level that is counted. */
    final long id;
    /** When the counts began, microseconds since the epoch; 0 = nothing has come yet. */
    long sinceMicros;
    /** When the interval that goes on began. */
    long cutMicros;
    /** Whether all of a file is in it. */
    boolean whole;

    private final Predicate<Message> filter;
    private final boolean atReply;
    /** By {@link TopGroup}. */
    private final Tally[] tallies = new Tally[TopGroup.values().length];

    private double seconds = Double.NaN;
    private boolean mean;
    private boolean fresh = true;
    private boolean empty = true;

    /**
     * Nothing counted yet.
     *
     * @param atReply whether a request counts once its reply is there, and if the filter lets that through: else nobody
     *     could ask for requests that failed, or took long
     * @param seenMicros up to when messages came before this
     * @param outer how many levels are outside: each one has half of the rows of the one around it, so that all
     *     together never have twice as many as the outermost
     */
    ZkTopCounts(long id, Predicate<Message> filter, boolean atReply, long seenMicros, int outer) {
        this.id = id;
        this.filter = filter;
        this.atReply = atReply;
        int rows = rows(Runtime.getRuntime().maxMemory()) >> outer;
        TallyLimits limits = new TallyLimits(rows, TallyLimits.LIVE.digits());
        for (TopGroup group : TopGroup.values()) {
            tallies[group.ordinal()] = new Tally(new Grouping(by(group), 0), limits);
            tallies[group.ordinal()].beginAfter(atReply ? Long.MAX_VALUE : seenMicros);
        }
    }

    /** Rows of a table of the outermost level: with all that are inside of it they take half of the heap at most. */
    static int rows(long heapBytes) {
        return (int) Math.max(LEAST_ROWS, Math.min(TallyLimits.LIVE.keys(), heapBytes / BYTES_A_ROW));
    }

    private static Grouping.By by(TopGroup group) {
        return switch (group) {
            case PATH -> Grouping.By.PATH;
            case TYPE -> Grouping.By.TYPE;
            case CLIENT -> Grouping.By.CLIENT;
            case SESSION -> Grouping.By.SESSION;
        };
    }

    /** Time goes on from here. */
    void begin(long micros) {
        sinceMicros = micros;
        cutMicros = micros;
    }

    @Override
    public void message(Message message) {
        if (!atReply) {
            if (filter.test(message)) {
                add(message);
            }
        } else if (message.kind != Kind.REQUEST && filter.test(message)) {
            Message request = message.question();
            // A late one's request has counted where the filter let it through when nobody answered.
            if (message.kind == Kind.REPLY
                    && request != message
                    && (message.late == null || !filter.test(message.late))) {
                add(request);
            }
            add(message);
        }
    }

    private void add(Message message) {
        for (Tally tally : tallies) {
            tally.message(message);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (filter.test(request)) {
            if (atReply) {
                add(request);
            }
            for (Tally tally : tallies) {
                tally.unanswered(request, why, micros);
            }
        }
    }

    /** What is not looked at has rows for what is new all the same. */
    void makeRoom() {
        for (Tally tally : tallies) {
            tally.makeRoom();
        }
    }

    /** Whether nothing can be shown yet. */
    boolean isFresh() {
        return fresh;
    }

    /** Whether nothing was there at the last cut. */
    boolean isEmpty() {
        return empty;
    }

    /** The interval is over, and with it what {@link #look} shows; rates are those of it. */
    List<TopTable> cut(long micros, int depth) {
        seconds = Math.max(1, micros - cutMicros) / MICROS;
        mean = false;
        return tables(micros, depth);
    }

    /** What there is up to {@code micros}; rates are means over all of the time. */
    List<TopTable> whole(long micros, int depth) {
        seconds = sinceMicros == 0 || micros <= sinceMicros ? Double.NaN : (micros - sinceMicros) / MICROS;
        mean = true;
        return tables(micros, depth);
    }

    private List<TopTable> tables(long micros, int depth) {
        cutMicros = micros;
        fresh = false;
        List<TopTable> tables = tables(depth, group -> tallies[group.ordinal()].cut(micros, names(group, depth)));
        empty = tables.get(TopGroup.TYPE.ordinal()).keys().isEmpty();
        return tables;
    }

    /** What was there at the last cut, at any depth. */
    List<TopTable> look(int depth) {
        return tables(depth, group -> tallies[group.ordinal()].look(names(group, depth)));
    }

    private static int names(TopGroup group, int depth) {
        return group == TopGroup.PATH ? depth : 0;
    }

    private List<TopTable> tables(int depth, Function<TopGroup, TallyCut> cuts) {
        List<TopTable> tables = new ArrayList<>();
        for (TopGroup group : TopGroup.values()) {
            tables.add(table(group, names(group, depth), cuts.apply(group)));
        }
        return tables;
    }

    private TopTable table(TopGroup group, int depth, TallyCut cut) {
        List<TallyRow> rows = new ArrayList<>(cut.rows());
        Amounts others = cut.others().total();
        if (others.messages() > 0 || others.replies() > 0 || others.unanswered() > 0) {
            rows.add(cut.others());
        }
        double[][] values = new double[TopColumn.values().length][rows.size()];
        double[][] recent = new double[values.length][];
        for (TopColumn column : TopColumn.values()) {
            boolean differs = column == TopColumn.ERRORS || column.ordinal() >= TopColumn.AVG.ordinal();
            recent[column.ordinal()] = differs ? new double[rows.size()] : values[column.ordinal()];
        }
        List<SafeText> keys = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            TallyRow row = rows.get(i);
            keys.add(row.key());
            Amounts rated = mean ? row.total() : row.interval();
            times(recent, i, row.interval());
            recent[TopColumn.ERRORS.ordinal()][i] = errors(row.interval()) / seconds;
            times(values, i, row.total());
            values[TopColumn.ERRORS.ordinal()][i] = (double) errors(row.total());
            values[TopColumn.RATE.ordinal()][i] = rated.messages() / seconds;
            values[TopColumn.COUNT.ordinal()][i] = (double) row.total().messages();
            values[TopColumn.OPEN.ordinal()][i] = atReply ? Double.NaN : (double) row.outstanding();
            values[TopColumn.IN.ordinal()][i] = rated.requestBytes() / seconds;
            values[TopColumn.OUT.ordinal()][i] = rated.replyBytes() / seconds;
        }
        return new TopTable(group, depth, keys, values, recent, cut.letGo());
    }

    private static long errors(Amounts amounts) {
        return amounts.errors() + amounts.unanswered();
    }

    private static void times(double[][] values, int row, Amounts of) {
        values[TopColumn.AVG.ordinal()][row] = of.meanMicros();
        values[TopColumn.P50.ordinal()][row] = of.p50Micros();
        values[TopColumn.P95.ordinal()][row] = of.p95Micros();
        values[TopColumn.P99.ordinal()][row] = of.p99Micros();
        values[TopColumn.MAX.ordinal()][row] = of.latencies() == 0 ? Double.NaN : (double) of.greatestMicros();
    }
}
