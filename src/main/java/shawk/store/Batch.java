package shawk.store;

import java.util.List;

/**
 * What goes into the store in one transaction: everything that has changed since the batch before. Its content never
 * changes once it has a number.
 *
 * @param host whose it is
 * @param status how the agent fares
 * @param processes processes that are new, have other numbers or were last said to be seen a minute ago or longer
 * @param flows flows of which the same is true; each that a chunk refers to was in this batch or an earlier one of the
 *     same run
 * @param listeners who listens, where that is new, and all of them once an hour
 * @param addresses addresses that are new, and all of them once an hour
 * @param live chunks that still go on
 * @param finished chunks that have come to their end; what was stored of them as live is no longer
 * @param gaps what could not be stored
 */
public record Batch(
        HostIdentity host,
        AgentStatus status,
        List<ProcessSeen> processes,
        List<FlowSeen> flows,
        List<ListenerSeen> listeners,
        List<AddressSeen> addresses,
        List<Chunk> live,
        List<Chunk> finished,
        List<Gap> gaps) {
    public Batch {
        processes = List.copyOf(processes);
        flows = List.copyOf(flows);
        listeners = List.copyOf(listeners);
        addresses = List.copyOf(addresses);
        live = List.copyOf(live);
        finished = List.copyOf(finished);
        gaps = List.copyOf(gaps);
    }

    /** Rows that it brings. */
    public int rows() {
        return processes.size()
                + flows.size()
                + listeners.size()
                + addresses.size()
                + live.size()
                + finished.size()
                + gaps.size();
    }

    /** The largest number of a run that its chunks are of; 0 = it has none. */
    public int newestRun() {
        int newest = 0;
        for (List<Chunk> chunks : List.of(live, finished)) {
            for (Chunk each : chunks) {
                newest = Math.max(newest, each.run());
            }
        }
        return newest;
    }

    /** The same with other gaps. */
    public Batch withGaps(List<Gap> others) {
        return new Batch(host, status, processes, flows, listeners, addresses, live, finished, others);
    }
}
