package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.SafeText;

/**
 * One end of an edge: a process of a host, or as much as the other end knows of it.
 *
 * @param hostId which host; 0 = not known
 * @param host its name; empty = not known
 * @param processId its process; 0 = not known
 * @param facts about the process
 * @param address its address; null = not known
 */
public record End(
        long hostId,
        SafeText host,
        long processId,
        ProcessFacts facts,
        @Nullable Address address) {
    /** What it is in a walk: the process, or where that is not known the address. */
    NodeKey node() {
        return processId != 0 ? new NodeKey(hostId, processId, null) : new NodeKey(hostId, 0, address);
    }

    /** The process; null where it is not known. */
    @Nullable
    ProcessKey process() {
        return processId == 0 ? null : new ProcessKey(hostId, processId);
    }
}
