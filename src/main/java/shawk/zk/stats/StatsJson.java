package shawk.zk.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import shawk.model.SafeText;
import shawk.text.JsonWriter;
import shawk.zk.proto.MessageSink;
import shawk.zk.tally.Latencies;

/**
 * What ZKTraffic's endpoints do not tell: operations with replies, errors and latencies, seconds, losses. Stateless.
 */
public final class StatsJson {
    private static final double[] PERCENTS = {50, 90, 95, 99, 99.9};
    private static final String[] PERCENT_NAMES = {"p50", "p90", "p95", "p99", "p99_9"};

    private StatsJson() {}

    /**
     * About the run: how long, how it counts, what was lost.
     *
     * @param faults of this program that an answer ended in
     */
    public static String info(StatsSnapshot snapshot, String version, long faults) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out).beginObject();
        json.name("uptime").value((snapshot.micros - snapshot.startMicros) / 1_000_000);
        json.lineBreak().name("version").value(version);
        json.lineBreak().name("t").seconds(snapshot.micros);
        json.lineBreak().name("source").value(snapshot.capture.source());
        json.name("over").value(snapshot.capture.over());
        StatsOptions options = snapshot.options;
        json.lineBreak().name("aggregation_depth").value(options.depth());
        json.name("max_results").value(options.top());
        json.name("exclude_bytes").value(!options.bytes());
        json.lineBreak().name("sampling").value(options.sampling());
        json.name("scaled").value(options.sampling() < 1);
        json.lineBreak().name("faults").value(faults);
        losses(snapshot, json.lineBreak().name("capture").beginObject());
        json.endObject().lineBreak().name("windows").beginObject();
        for (Window window : Window.values()) {
            json.lineBreak().name(window.id());
            Interval interval = snapshot.interval(window);
            if (interval == null) {
                json.nullValue();
            } else {
                json.beginObject().name("from").seconds(interval.from().micros());
                json.name("to").seconds(interval.to().micros()).endObject();
            }
        }
        json.endObject().endObject().endLine();
        return out.toString();
    }

    private static void losses(StatsSnapshot snapshot, JsonWriter json) {
        Capture capture = snapshot.capture;
        json.name("dropped_packets").value(capture.dropped());
        json.name("bytes").value(capture.in());
        json.name("decoded_bytes").value(capture.decoded());
        json.name("ignored_bytes").value(capture.ignored());
        json.name("malformed_bytes").value(capture.malformed());
        json.name("evicted_bytes").value(capture.evicted());
        json.name("missing_bytes").value(capture.gap());
        json.name("notes").value(snapshot.notes);
    }

    /** Operations of a window: requests, replies, errors by name, latencies in microseconds, what was not answered. */
    public static String operations(StatsSnapshot snapshot, Window window) {
        Interval interval = snapshot.interval(window);
        if (interval == null) {
            return "{}\n";
        }
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out).beginObject();
        operations(snapshot, interval, json);
        json.endObject().endLine();
        return out.toString();
    }

    /**
     * What the page draws: seconds, and operations of the last sixty, or of all of a capture that is over.
     *
     * @param refreshSeconds when it is to ask again
     */
    public static String live(StatsSnapshot snapshot, int refreshSeconds) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out).beginObject();
        json.name("t").seconds(snapshot.micros);
        json.name("source").value(snapshot.capture.source());
        json.name("over").value(snapshot.capture.over());
        json.name("sampling").value(snapshot.options.sampling());
        json.name("refresh").value(refreshSeconds);
        losses(snapshot, json.lineBreak().name("capture").beginObject());
        json.endObject();
        seconds(snapshot.history, json);
        Window window = snapshot.drawn();
        Interval interval = Objects.requireNonNull(snapshot.interval(window));
        json.lineBreak().name("window").value(window.id());
        json.name("window_seconds").value(interval.micros() / 1e6);
        operations(snapshot, interval, json.lineBreak().name("operations").beginObject());
        json.endObject().endObject().endLine();
        return out.toString();
    }

    private static void seconds(History.View history, JsonWriter json) {
        json.lineBreak().name("seconds").beginArray();
        for (int second = 0; second < history.seconds(); second++) {
            json.lineBreak().beginObject().name("t").value(history.at(second, History.END) / 1_000_000);
            json.name("reads").value(history.at(second, History.READS));
            json.name("writes").value(history.at(second, History.WRITES));
            json.name("replies").value(history.at(second, History.REPLIES));
            json.name("errors").value(history.at(second, History.ERRORS));
            json.name("events").value(history.at(second, History.EVENTS));
            json.name("unanswered").value(history.at(second, History.UNANSWERED));
            json.name("request_bytes").value(history.at(second, History.REQUEST_BYTES));
            json.name("reply_bytes").value(history.at(second, History.REPLY_BYTES));
            micros(json.name("p50"), history.at(second, History.P50));
            micros(json.name("p99"), history.at(second, History.P99));
            json.endObject();
        }
        json.endArray();
    }

    private static void micros(JsonWriter json, long value) {
        if (value < 0) {
            json.nullValue();
        } else {
            json.value(value);
        }
    }

    private static void operations(StatsSnapshot snapshot, Interval interval, JsonWriter json) {
        List<String> names = new ArrayList<>();
        for (int row = 0; row < snapshot.rows.size(); row++) {
            if (isAny(interval, row)) {
                SafeText word = snapshot.rows.get(row).word();
                Operation.Sort sort = snapshot.rows.get(row).sort();
                String name = names.contains(word.value()) ? word.value() + " (" + sort.id() + ")" : word.value();
                names.add(name);
                json.lineBreak().name(name).beginObject();
                operation(snapshot, interval, row, json);
                json.endObject();
            }
        }
    }

    private static boolean isAny(Interval interval, int row) {
        long any = 0;
        for (int column = 0; column < OpRow.LATENCIES; column++) {
            any |= interval.column(row, column);
        }
        return any != 0;
    }

    private static void operation(StatsSnapshot snapshot, Interval interval, int row, JsonWriter json) {
        Operation.Sort sort = snapshot.rows.get(row).sort();
        json.name("kind").value(sort.id());
        if (sort == Operation.Sort.EVENT) {
            json.name("events").value(interval.column(row, OpRow.COUNT));
            json.name("bytes").value(interval.column(row, OpRow.BYTES));
            return;
        }
        json.name("requests").value(interval.column(row, OpRow.COUNT));
        json.name("request_bytes").value(interval.column(row, OpRow.BYTES));
        json.name("replies").value(interval.column(row, OpRow.REPLIES));
        json.name("reply_bytes").value(interval.column(row, OpRow.REPLY_BYTES));
        json.name("failed").value(interval.column(row, OpRow.ERRORS));
        errors(snapshot, interval, row, json.name("errors").beginObject());
        json.endObject().name("unanswered").beginObject();
        for (MessageSink.Unanswered why : MessageSink.Unanswered.values()) {
            long count = interval.column(row, OpRow.UNANSWERED + why.ordinal());
            if (count > 0) {
                json.name(why.name().toLowerCase(Locale.ROOT)).value(count);
            }
        }
        json.endObject().name("latency");
        latency(interval.latencies(row), json);
    }

    private static void errors(StatsSnapshot snapshot, Interval interval, int row, JsonWriter json) {
        ErrorCounts.of(snapshot, interval, row)
                .forEach((name, count) -> json.name(name).value(count));
    }

    private static void latency(Latencies latencies, JsonWriter json) {
        if (latencies.count() == 0) {
            json.nullValue();
            return;
        }
        json.beginObject().name("count").value(latencies.count());
        json.name("min").value(latencies.leastMicros());
        json.name("avg").value(Math.round(latencies.meanMicros()));
        for (int i = 0; i < PERCENTS.length; i++) {
            json.name(PERCENT_NAMES[i]).value(Math.round(latencies.percentileMicros(PERCENTS[i])));
        }
        json.name("max").value(latencies.greatestMicros()).endObject();
    }
}
