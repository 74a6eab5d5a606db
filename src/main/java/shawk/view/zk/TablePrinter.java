package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
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
 * Adds up a number of messages, and writes what they come to: requests and events, or how long replies took. Used by
 * one thread.
 */
public final class TablePrinter implements MessageSink {
    private final TableSpec spec;
    private final Predicate<Message> filter;
    private final boolean pings;
    private final Tally tally;
    private long seen;

    /** {@code filter} says what is added up, and {@code pings} whether these are. */
    public TablePrinter(TableSpec spec, Predicate<Message> filter, boolean pings) {
        this.spec = spec;
        this.filter = filter;
        this.pings = pings;
        this.tally = new Tally(counted(spec), TallyLimits.ONCE);
    }

    /** In text operations have the names that they have in the lines of text. */
    private static Grouping counted(TableSpec spec) {
        return spec.grouping().by() == Grouping.By.TYPE && spec.format() == Output.Format.TEXT
                ? new Grouping(Grouping.By.NAME, 0)
                : spec.grouping();
    }

    @Override
    public void message(Message message) {
        boolean wanted = spec.order() == null
                ? message.kind == Kind.REQUEST
                        || message.kind == Kind.EVENT
                        || message.kind == Kind.FOUR_LETTER && message.toServer
                : message.kind == Kind.REPLY && message.latencyMicros != Message.ABSENT;
        boolean ping = !pings && message.op.equals("ping");
        if (wanted && !ping && seen < spec.most() && filter.test(message)) {
            tally.message(message);
            seen++;
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        // Neither a message of its own nor a latency.
    }

    /** How many were added up. */
    public long seen() {
        return seen;
    }

    /** Whether there are as many as were wanted. */
    public boolean isFull() {
        return seen >= spec.most();
    }

    /** Writes the table. */
    public void write(ByteOut out) {
        TallyCut cut = tally.cut(0);
        List<TallyRow> rows = new ArrayList<>(cut.rows());
        if (!cut.others().total().equals(Amounts.NONE)) {
            rows.add(cut.others());
        }
        // Those that are equal in the order of their names, so that two runs print the same.
        rows.sort(order().reversed().thenComparing(TallyRow::key));
        StringBuilder text = new StringBuilder();
        new TableForms(spec, text).write(rows);
        out.bytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Comparator<TallyRow> order() {
        TableSpec.Order order = spec.order();
        if (order == null) {
            return Comparator.comparingLong(row -> row.total().messages());
        }
        return switch (order) {
            case AVG -> Comparator.comparingDouble(row -> row.total().meanMicros());
            case P95 -> Comparator.comparingDouble(row -> row.total().p95Micros());
            case P99 -> Comparator.comparingDouble(row -> row.total().p99Micros());
            case COUNT -> Comparator.comparingLong(row -> row.total().latencies());
            case MAX -> Comparator.comparingLong(row -> row.total().greatestMicros());
            case ERRORS -> Comparator.comparingLong(row -> row.total().errors());
        };
    }
}
