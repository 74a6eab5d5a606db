package shawk.view.zk;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.text.Human;
import shawk.zk.proto.Message;
import shawk.zk.tally.Commit;
import shawk.zk.tally.CommitTimes;
import shawk.zk.tally.Latencies;

/** How long proposals took, each and in percentiles of each follower, in any of the forms. Used by one thread. */
public final class CommitForm {
    private static final double[] PERCENTS = {50, 95, 99};

    private final ByteOut out;
    private final Output.Format format;
    private final DayTime time;
    private final Records records;
    private final CsvRow row;

    /** Into {@code out}. */
    public CommitForm(ByteOut out, Output output) {
        this.out = out;
        this.format = output.format();
        this.time = new DayTime(output.zone());
        this.records = new Records(out, format);
        this.row = new CsvRow(out);
    }

    /** Before the first proposal. */
    public void begin() {
        records.begin("t,zxid,leader,op,path,commit,inform,follower,follower_ack,follower_commit");
    }

    /** Writes what became of a proposal. */
    public void write(Commit commit) {
        switch (format) {
            case TEXT -> text(commit);
            case CSV -> commit.followers().forEach(part -> csv(commit, part));
            case JSON, NDJSON -> {
                records.next();
                json(commit);
                records.ended();
            }
        }
    }

    private void text(Commit commit) {
        time.write(out, commit.micros());
        out.ascii(' ').hex(commit.zxid());
        if (!commit.operation().isEmpty()) {
            out.ascii(' ').ascii(commit.operation());
        }
        if (commit.path().length > 0) {
            out.ascii(' ').safe(commit.path(), 0, commit.path().length);
        }
        out.ascii(" commit ").ascii(span(commit.commitMicros()));
        for (Commit.Part part : commit.followers()) {
            out.ascii(", ").ascii(part.follower()).ascii(": ack ").ascii(span(part.ackMicros()));
            out.ascii(" commit ").ascii(span(part.commitMicros()));
        }
        if (commit.informMicros() != Message.ABSENT) {
            out.ascii(", inform ").ascii(span(commit.informMicros()));
        }
        out.ascii('\n');
    }

    private static String span(long micros) {
        if (micros == Message.ABSENT) {
            return Human.ABSENT;
        }
        StringBuilder text = new StringBuilder();
        Human.appendSpan(text, micros);
        return text.toString();
    }

    private void csv(Commit commit, Commit.Part part) {
        row.time(commit.micros()).text("0x" + Long.toHexString(commit.zxid()));
        row.text(commit.leader()).text(commit.operation());
        row.text(ByteOut.safeText(commit.path(), 0, commit.path().length));
        row.number(commit.commitMicros()).number(commit.informMicros()).text(part.follower());
        row.number(part.ackMicros()).number(part.commitMicros());
        row.end();
    }

    private void json(Commit commit) {
        out.ascii("{\"t\":").seconds(Math.max(0, commit.micros())).ascii(",\"kind\":\"timing\",\"zxid\":");
        BodyJson.id(out, commit.zxid());
        out.ascii(",\"leader\":\"").ascii(commit.leader()).ascii("\",\"op\":");
        out.ascii(commit.operation().isEmpty() ? "null" : '"' + commit.operation() + '"')
                .ascii(",\"path\":");
        if (commit.path().length == 0) {
            out.ascii("null");
        } else {
            out.ascii('"').json(commit.path(), 0, commit.path().length).ascii('"');
        }
        micros(",\"commit\":", commit.commitMicros());
        micros(",\"inform\":", commit.informMicros());
        out.ascii(",\"followers\":[");
        boolean begun = false;
        for (Commit.Part part : commit.followers()) {
            out.ascii(begun ? ",{\"follower\":\"" : "{\"follower\":\"")
                    .ascii(part.follower())
                    .ascii('"');
            micros(",\"ack\":", part.ackMicros());
            micros(",\"commit\":", part.commitMicros());
            out.ascii('}');
            begun = true;
        }
        out.ascii("]}");
    }

    private void micros(String name, long value) {
        out.ascii(name).ascii(value == Message.ABSENT ? "null" : Long.toString(value));
    }

    /** Writes percentiles of each follower, behind the last proposal; CSV has none. */
    public void end(CommitTimes times) {
        if (format == Output.Format.TEXT) {
            table(times);
        } else if (format != Output.Format.CSV) {
            for (Map.Entry<String, CommitTimes.Times> each : times.times().entrySet()) {
                percentiles(
                        each.getKey(), each.getValue().acks(), each.getValue().commits());
            }
            percentiles("", null, times.commits());
        }
        records.end();
    }

    private void percentiles(String follower, @Nullable Latencies acks, Latencies commits) {
        records.next();
        out.ascii("{\"kind\":\"percentiles\",\"follower\":");
        out.ascii(follower.isEmpty() ? "null" : '"' + follower + '"').ascii(",\"acks\":");
        latencies(acks);
        out.ascii(",\"commits\":");
        latencies(commits);
        out.ascii('}');
        records.ended();
    }

    private void latencies(@Nullable Latencies latencies) {
        if (latencies == null || latencies.count() == 0) {
            out.ascii("null");
            return;
        }
        out.ascii("{\"count\":").number(latencies.count()).ascii(",\"min\":").number(latencies.leastMicros());
        for (double percent : PERCENTS) {
            out.ascii(",\"p").number((long) percent).ascii("\":").number((long) latencies.percentileMicros(percent));
        }
        out.ascii(",\"max\":").number(latencies.greatestMicros()).ascii('}');
    }

    private void table(CommitTimes times) {
        if (times.commits().count() == 0) {
            return;
        }
        out.ascii('\n');
        row("follower", "step", "count", "min", "p50", "p95", "p99", "max");
        for (Map.Entry<String, CommitTimes.Times> each : times.times().entrySet()) {
            row(each.getKey(), "ack", each.getValue().acks());
            row(each.getKey(), "commit", each.getValue().commits());
        }
        row("(first)", "commit", times.commits());
    }

    private void row(String follower, String step, Latencies latencies) {
        if (latencies.count() > 0) {
            row(
                    follower,
                    step,
                    Long.toString(latencies.count()),
                    span(latencies.leastMicros()),
                    span((long) latencies.percentileMicros(PERCENTS[0])),
                    span((long) latencies.percentileMicros(PERCENTS[1])),
                    span((long) latencies.percentileMicros(PERCENTS[2])),
                    span(latencies.greatestMicros()));
        }
    }

    private void row(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            int width = i == 0 ? 21 : i == 1 ? 6 : 9;
            String pad = " ".repeat(Math.max(0, width - cells[i].length()));
            out.ascii(i == 0 ? "" : "  ").ascii(i < 2 ? cells[i] + pad : pad + cells[i]);
        }
        out.ascii('\n');
    }
}
