package shawk.zk.tally;

import java.util.List;
import java.util.SortedMap;
import shawk.zk.proto.Message;

/**
 * An election, or a server that found its leader: from the first server that looked for one to the message with which
 * it was settled. Immutable.
 *
 * @param beginMicros when the first one looked for a leader
 * @param micros when it was settled; where it was not, when the last message came
 * @param outcome how it ended
 * @param leader who leads; {@link Message#ABSENT} where nobody does
 * @param rounds in which votes were given, in their order
 * @param votes whom each server that looked for a leader voted for in the end
 * @param zxid the last one of who leads, as its voters know it; {@link Message#ABSENT} where nobody does
 * @param notifications of which it was made
 */
public record Election(
        long beginMicros,
        long micros,
        Outcome outcome,
        long leader,
        List<Long> rounds,
        SortedMap<Long, Long> votes,
        long zxid,
        long notifications) {
    /** How it ended. */
    public enum Outcome {
        /** More than half of those who vote agreed. */
        ELECTED("elected"),
        /** There was a leader already, and whoever looked for one was told. */
        JOINED("joined"),
        /** Nothing was settled as far as was seen. */
        UNDECIDED("undecided");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    /** How long it took, in microseconds. */
    public long tookMicros() {
        return Math.max(0, micros - beginMicros);
    }
}
