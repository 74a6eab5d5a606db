package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.SafeText;

/**
 * What one host saw of a flow.
 *
 * @param hostId which host
 * @param flowId its flow
 * @param processId its process
 * @param direction {@code IN}, {@code OUT} or {@code UNKNOWN}
 * @param protocol number as in {@code IPPROTO_TCP}
 * @param netns network namespace; empty = the host's
 * @param local own address; null = not known
 * @param peer address of the other end; null = not known
 * @param port of the listening side; -1 = not known
 * @param natLocal own address as the other end has it, where that is another one; null = the same, or not known
 * @param natPeer true address of the other end, where that is another one; null = the same, or not known
 * @param natPort the service's true port, where that is another one; -1 = the same, or not known
 * @param firstMicros when it was first seen, microseconds since the epoch
 * @param lastMicros when it was last seen
 */
public record FlowRow(
        long hostId,
        long flowId,
        long processId,
        Direction direction,
        int protocol,
        SafeText netns,
        @Nullable Address local,
        @Nullable Address peer,
        int port,
        @Nullable Address natLocal,
        @Nullable Address natPeer,
        int natPort,
        long firstMicros,
        long lastMicros) {
    FlowKey key() {
        return new FlowKey(hostId, flowId);
    }

    ProcessKey process() {
        return new ProcessKey(hostId, processId);
    }
}
