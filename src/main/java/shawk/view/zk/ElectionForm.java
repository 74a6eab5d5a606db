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
    private boolean first = true;

    /** Into {@code out}. */
    public ElectionForm(ByteOut out, Output output) {
        this.out = out;
        this.format = output.format();
        this.time = new DayTime(output.zone());
    }

    /** Before the first outcome. */
    public void begin() {
        if (format == Output.Format.JSON) {
            out.ascii('[');
        } else if (format == Output.Format.CSV) {
            out.ascii("t,begin,outcome,leader,rounds,took,votes,notifications,zxid\r\n");
        }
    }

    /** Behind the last one. */
    public void end() {
        if (format == Output.Format.JSON) {
            out.ascii("\n]\n");
        }
    }

    /** Writes one. */
    public void write(Election election) {
        switch (format) {
            case TEXT -> text(election);
            case CSV -> csv(election);
            case JSON -> {
                out.ascii(first ? "\n" : ",\n");
                json(election);
            }
            case NDJSON -> {
                json(election);
                out.ascii('\n');
            }
        }
        first = false;
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
        out.seconds(Math.max(0, election.micros())).ascii(',');
        out.seconds(Math.max(0, election.beginMicros())).ascii(',');
        out.ascii(election.outcome().id()).ascii(',');
        out.ascii(decided ? Long.toString(election.leader()) : "").ascii(',');
        out.ascii(join(election, " ")).ascii(',').number(election.tookMicros()).ascii(',');
        out.ascii(votes(election)).ascii(',').number(election.notifications()).ascii(',');
        out.ascii(decided ? "0x" + Long.toHexString(election.zxid()) : "").ascii("\r\n");
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
