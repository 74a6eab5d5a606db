package shawk.store;

import java.util.ArrayList;
import java.util.List;

/** Cuts rows, in the order in which they come, into batches of a bounded size. Used once, by one thread. */
final class Batches {
    private final HostIdentity host;
    private final AgentStatus status;
    private final List<Batch> done = new ArrayList<>();
    private final List<ProcessSeen> processes = new ArrayList<>();
    private final List<FlowSeen> flows = new ArrayList<>();
    private final List<ListenerSeen> listeners = new ArrayList<>();
    private final List<AddressSeen> addresses = new ArrayList<>();
    private final List<Chunk> live = new ArrayList<>();
    private final List<Chunk> finished = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int rows;

    Batches(HostIdentity host, AgentStatus status) {
        this.host = host;
        this.status = status;
    }

    void add(ProcessSeen row) {
        count();
        processes.add(row);
    }

    void add(FlowSeen row) {
        count();
        flows.add(row);
    }

    void add(ListenerSeen row) {
        count();
        listeners.add(row);
    }

    void add(AddressSeen row) {
        count();
        addresses.add(row);
    }

    void add(Gap row) {
        count();
        gaps.add(row);
    }

    void addLive(Chunk row) {
        count();
        live.add(row);
    }

    void addFinished(Chunk row) {
        count();
        finished.add(row);
    }

    private void count() {
        if (rows == Gatherer.BATCH_ROWS) {
            cut();
        }
        rows++;
    }

    private void cut() {
        done.add(new Batch(host, status, processes, flows, listeners, addresses, live, finished, gaps));
        processes.clear();
        flows.clear();
        listeners.clear();
        addresses.clear();
        live.clear();
        finished.clear();
        gaps.clear();
        rows = 0;
    }

    /** What has come since the beginning, at least one batch. */
    List<Batch> build() {
        if (rows > 0 || done.isEmpty()) {
            cut();
        }
        return done;
    }
}
