package shawk.view.zk;

import java.util.Map;
import java.util.stream.Collectors;
import shawk.text.Human;
import shawk.zk.proto.Message;
import shawk.zk.tally.Election;

/** Outcomes of elections, in any of the forms. Used by one thread. */
public final class ElectionForm {
    private final ByteOut out;
    private final Output.Format format;
    private final DayTime time;
    private final Records records;
    private final CsvRow row;

    /** Into {@code out}. */
    public ElectionForm(ByteOut out, Output output) {
        this.out = out;
        this.format = output.format();
        this.time = new DayTime(output.zone());
        this.records = new Records(out, format);
        this.row = new CsvRow(out);
    }

    /** Before the first outcome. */
    public void begin() {
        records.begin("t,begin,outcome,leader,rounds,took,votes,notifications,zxid");
    }

    /** Behind the last one. */
    public void end() {
        records.end();
    }

    /** Writes one. */
    public void write(Election election) {
        switch (format) {
            case TEXT -> text(election);
            case CSV -> csv(election);
            case JSON, NDJSON -> {
                records.next();
                json(election);
                records.ended();
            }
        }
    }

    private void text(Election election) {
        time.write(out, election.beginMicros());
        boolean decided = election.outcome() != Election.Outcome.UNDECIDED;
        out.ascii(decided ? " leader=" : " no leader");
        if (decided) {
            out.number(election.leader());
        }
        StringBuilder took = new StringBuilder();
        Human.appendSpan(took, election.tookMicros());
        out.ascii(", ")
                .ascii(election.outcome().id())
                .ascii(decided ? " after " : " for ")
                .ascii(took.toString());
        out.ascii(election.rounds().size() == 1 ? ", round " : ", rounds ").ascii(join(election, " "));
        out.ascii(", votes ").ascii(votes(election));
        out.ascii(", ").number(election.notifications()).ascii(" notifications");
        if (decided) {
            out.ascii(", zxid ").hex(election.zxid());
        }
        out.ascii('\n');
    }

    private static String join(Election election, String by) {
        return election.rounds().stream().map(String::valueOf).collect(Collectors.joining(by));
    }

    private static String votes(Election election) {
        return election.votes().entrySet().stream()
                .map(vote -> vote.getKey() + ":" + voted(vote.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String voted(long leader) {
        return leader == Long.MIN_VALUE ? "nobody" : Long.toString(leader);
    }

    private void csv(Election election) {
        boolean decided = election.outcome() != Election.Outcome.UNDECIDED;
        row.time(election.micros()).time(election.beginMicros());
        row.text(election.outcome().id()).number(decided ? election.leader() : Message.ABSENT);
        row.text(join(election, " ")).number(election.tookMicros()).text(votes(election));
        row.number(election.notifications()).id(decided ? election.zxid() : Message.ABSENT);
        row.end();
    }

    private void json(Election election) {
        boolean decided = election.outcome() != Election.Outcome.UNDECIDED;
        out.ascii("{\"t\":").seconds(Math.max(0, election.micros()));
        out.ascii(",\"kind\":\"election\",\"begin\":").seconds(Math.max(0, election.beginMicros()));
        out.ascii(",\"outcome\":\"").ascii(election.outcome().id()).ascii("\",\"leader\":");
        out.ascii(decided ? Long.toString(election.leader()) : "null");
        out.ascii(",\"rounds\":[")
                .ascii(join(election, ","))
                .ascii("],\"took\":")
                .number(election.tookMicros());
        out.ascii(",\"votes\":{");
        boolean begun = false;
        for (Map.Entry<Long, Long> vote : election.votes().entrySet()) {
            out.ascii(begun ? ",\"" : "\"").number(vote.getKey()).ascii("\":");
            out.ascii(vote.getValue() == Long.MIN_VALUE ? "null" : Long.toString(vote.getValue()));
            begun = true;
        }
        out.ascii("},\"notifications\":").number(election.notifications()).ascii(",\"zxid\":");
        if (election.zxid() == Message.ABSENT) {
            out.ascii("null");
        } else {
            BodyJson.id(out, election.zxid());
        }
        out.ascii('}');
    }
}
