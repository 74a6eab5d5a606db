package shawk.zk.stats;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import shawk.zk.proto.MessageSink;

/**
 * Counts since the start in the text format of Prometheus. Labels are operations, errors and reasons, of all of which
 * there are few: no path, client or user, of which there may be any number. Stateless.
 */
public final class MetricsText {
    /** What {@link #of} is in. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StatsSnapshot snapshot;
    private final Mark total;
    private final StringBuilder out = new StringBuilder(8_192);

    private MetricsText(StatsSnapshot snapshot) {
        this.snapshot = snapshot;
        this.total = snapshot.total();
    }

    /**
     * All of them.
     *
     * @param faults of this program that an answer ended in
     */
    public static String of(StatsSnapshot snapshot, String version, long faults) {
        return new MetricsText(snapshot).write(version, faults);
    }

    private String write(String version, long faults) {
        head("shawk_zk_info", "gauge", "What counts.");
        out.append("shawk_zk_info{version=\"").append(escaped(version)).append("\"} 1\n");
        head("shawk_zk_uptime_seconds", "gauge", "Time since the start.");
        long micros = snapshot.micros - snapshot.startMicros;
        out.append("shawk_zk_uptime_seconds ").append(seconds(micros)).append('\n');
        rows("shawk_zk_requests_total", "Requests by operation.", OpRow.COUNT, this::isRequest);
        rows("shawk_zk_request_bytes_total", "Their length prefixes added up.", OpRow.BYTES, this::isRequest);
        rows("shawk_zk_replies_total", "Replies by operation.", OpRow.REPLIES, this::isRequest);
        rows("shawk_zk_reply_bytes_total", "Their length prefixes added up.", OpRow.REPLY_BYTES, this::isRequest);
        errors();
        unanswered();
        rows("shawk_zk_events_total", "Events of watches.", OpRow.COUNT, row -> is(row, Operation.Sort.EVENT));
        rows(
                "shawk_zk_four_letter_words_total",
                "Four-letter words.",
                OpRow.COUNT,
                row -> is(row, Operation.Sort.FOUR_LETTER));
        latencies();
        capture();
        head("shawk_zk_http_faults_total", "counter", "Faults of this program that an answer ended in.");
        out.append("shawk_zk_http_faults_total ").append(faults).append('\n');
        return out.toString();
    }

    private boolean is(int row, Operation.Sort sort) {
        return snapshot.rows.get(row).sort() == sort;
    }

    private boolean isRequest(int row) {
        return is(row, Operation.Sort.READ) || is(row, Operation.Sort.WRITE);
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private String operation(int row) {
        StatsSnapshot.Row facts = snapshot.rows.get(row);
        return "op=\"" + escaped(facts.word().value()) + "\"";
    }

    private void rows(String name, String help, int column, IntPredicate which) {
        head(name, "counter", help);
        for (int row = 0; row < snapshot.rows.size(); row++) {
            if (which.test(row) && (total.column(row, OpRow.COUNT) | total.column(row, OpRow.REPLIES)) != 0) {
                line(name, operation(row), total.column(row, column));
            }
        }
    }

    private void line(String name, String labels, long value) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private void errors() {
        String name = "shawk_zk_errors_total";
        head(name, "counter", "Replies that say that the request failed, by operation and error.");
        Interval all = new Interval(Mark.nothing(0), total, List.of());
        for (int row = 0; row < snapshot.rows.size(); row++) {
            String operation = operation(row);
            ErrorCounts.of(snapshot, all, row)
                    .forEach((error, count) -> line(name, operation + ",error=\"" + escaped(error) + "\"", count));
        }
    }

    private void unanswered() {
        String name = "shawk_zk_unanswered_total";
        head(name, "counter", "Requests that will have no reply, by operation and reason.");
        for (int row = 0; row < snapshot.rows.size(); row++) {
            for (MessageSink.Unanswered why : MessageSink.Unanswered.values()) {
                long count = total.column(row, OpRow.UNANSWERED + why.ordinal());
                if (count > 0) {
                    String reason = why.name().toLowerCase(Locale.ROOT);
                    line(name, operation(row) + ",reason=\"" + reason + "\"", count);
                }
            }
        }
    }

    private void latencies() {
        String name = "shawk_zk_latency_seconds";
        head(name, "histogram", "Time from a request to its reply.");
        for (int row = 0; row < snapshot.rows.size(); row++) {
            long count = total.column(row, OpRow.LATENCIES);
            if (count > 0) {
                String operation = operation(row);
                long below = 0;
                for (int bucket = 0; bucket < OpRow.buckets(); bucket++) {
                    below += total.column(row, OpRow.BUCKETS + bucket);
                    line(name + "_bucket", operation + ",le=\"" + seconds(OpRow.bucketMicros(bucket)) + "\"", below);
                }
                line(name + "_bucket", operation + ",le=\"+Inf\"", count);
                out.append(name).append("_sum{").append(operation).append("} ");
                out.append(seconds(total.column(row, OpRow.LATENCY_SUM))).append('\n');
                line(name + "_count", operation, count);
            }
        }
    }

    private void capture() {
        Capture capture = snapshot.capture;
        head("shawk_zk_dropped_packets_total", "counter", "Packets that the kernel had no room for.");
        out.append("shawk_zk_dropped_packets_total ").append(capture.dropped()).append('\n');
        String name = "shawk_zk_stream_bytes_total";
        head(name, "counter", "Bytes of streams, by what became of them; missing: sent and never captured.");
        line(name, "fate=\"decoded\"", capture.decoded());
        line(name, "fate=\"ignored\"", capture.ignored());
        line(name, "fate=\"malformed\"", capture.malformed());
        line(name, "fate=\"evicted\"", capture.evicted());
        line(name, "fate=\"missing\"", capture.gap());
    }

    private static String seconds(long micros) {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }

    /** A label's value: what stands between quotes. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
