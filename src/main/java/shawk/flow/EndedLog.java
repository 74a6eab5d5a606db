package shawk.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import shawk.model.Ended;
import shawk.model.EventRecord;
import shawk.model.Snapshot;

/**
 * The connections that ended last and the attempts that failed last, in stores of a fixed size, of which whole ones are
 * let go. A sample costs as much as it has events, whatever is kept. Used by one thread; what {@link #view} gives may
 * be read by any.
 */
final class EndedLog {
    private static final int STORES = 10;

    private final int bound;
    private final int storeSize;
    private final Deque<EventStore> stores = new ArrayDeque<>();
    private long total;
    private int kept;

    /** Keeps the last {@code bound}. */
    EndedLog(int bound) {
        this.bound = bound;
        this.storeSize = Math.max(1, (bound + STORES - 1) / STORES);
    }

    /** How many of {@code ended} events of one sample are of no use, since later ones of it fill the log. */
    int superfluous(int ended) {
        return Math.max(0, ended - bound);
    }

    /** Notes down the event at {@code at}; {@code wanted}: it is not among the {@link #superfluous} ones. */
    void add(EventStore events, int at, boolean wanted) {
        total++;
        if (!wanted) {
            return;
        }
        EventStore last = stores.peekLast();
        if (last == null || last.size() == last.capacity()) {
            last = new EventStore(storeSize);
            stores.addLast(last);
        }
        last.copy(events, at);
        kept++;
        EventStore first = stores.getFirst();
        if (first != last && kept - first.size() >= bound) {
            kept -= first.size();
            stores.removeFirst();
        }
    }

    /** What is remembered now, for the snapshot of {@code head}. */
    Ended view(SampleHead head) {
        if (total == 0) {
            return Ended.NONE;
        }
        return new View(head, stores.toArray(EventStore[]::new), Math.min(kept, bound), total);
    }

    /** The last {@code count} events of {@code stores}, as they are now: more may come into the last one. */
    private static final class View implements Ended {
        private final SampleHead head;
        private final int lastSize;
        private final int count;
        private final long total;
        private EventStore[] stores;
        private @Nullable Snapshot rows;

        View(SampleHead head, EventStore[] stores, int count, long total) {
            this.head = head;
            this.stores = stores;
            this.lastSize = stores.length == 0 ? 0 : stores[stores.length - 1].size();
            this.count = count;
            this.total = total;
        }

        @Override
        public long total() {
            return total;
        }

        @Override
        public synchronized Snapshot rows() {
            if (rows == null) {
                rows = read(count);
                stores = new EventStore[0];
            }
            return rows;
        }

        @Override
        public synchronized Snapshot latest(long wanted) {
            return rows == null ? read((int) Math.min(wanted, count)) : rows;
        }

        private Snapshot read(int wanted) {
            EventTable table = new EventTable(head, wanted);
            int left = wanted;
            for (int i = stores.length - 1; i >= 0; i--) {
                EventStore store = stores[i];
                EventRecord r = store.records();
                for (int at = (i == stores.length - 1 ? lastSize : store.size()) - 1; at >= 0 && left > 0; at--) {
                    table.add(store, r, at);
                    table.addHolder(store.owner(at));
                    left--;
                }
            }
            table.joinEnds();
            return table.build();
        }
    }
}
