package shawk.zk.tally;

import java.util.List;
import shawk.zk.proto.Message;

/**
 * What became of a proposal. Immutable.
 *
 * @param micros when the leader sent it to the first follower
 * @param zxid its number
 * @param leader address and port
 * @param operation that it is about
 * @param path that it is about; empty where there is none
 * @param commitMicros from then until the leader sent the first commit; {@link Message#ABSENT} where it was not seen
 * @param informMicros the same of the first observer that was informed
 * @param followers in the order in which they got it
 */
public record Commit(
        long micros,
        long zxid,
        String leader,
        String operation,
        byte[] path,
        long commitMicros,
        long informMicros,
        List<Part> followers) {
    /**
     * A follower's part.
     *
     * @param follower the number of the server, or its address where that is not known
     * @param ackMicros from the proposal to this follower until its ack; {@link Message#ABSENT} where it was not seen
     * @param commitMicros the same until it was told to commit
     */
    public record Part(String follower, long ackMicros, long commitMicros) {}
}
