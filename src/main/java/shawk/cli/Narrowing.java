package shawk.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import shawk.expr.Filter;
import shawk.field.Fields;
import shawk.flow.FlowTable;
import shawk.model.HolderRecord;
import shawk.model.Meter;
import shawk.model.MeterRecord;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.Snapshot;

/**
 * Raw samples without what a filter does not surely match: sockets and their holders, single events, UDP flows, counts
 * of what has ended, and processes that none of the others names. The figures by which all connections are accounted
 * for go too, since they are of all. Namespaces, interfaces and all else stay. Used by one thread.
 */
final class Narrowing {
    private static final int NONE = -1;

    /** Figures of all connections, which those of some cannot be compared with. */
    private static final Set<Integer> OF_ALL = Set.of(
            Meter.LIVE_AT_START.ordinal(),
            Meter.ESTABLISHED.ordinal(),
            Meter.LIVE.ordinal(),
            Meter.ENDED.ordinal(),
            Meter.LOST.ordinal());

    private final Room sockets = new Room(RawSection.SOCKETS);
    private final Room unixSockets = new Room(RawSection.UNIX_SOCKETS);
    private final Room processes = new Room(RawSection.PROCESSES);
    private final Room holders = new Room(RawSection.HOLDERS);
    private final Room events = new Room(RawSection.EVENTS);
    private final Room bundles = new Room(RawSection.BUNDLES);
    private final Room flows = new Room(RawSection.FLOWS);
    private final Room meters = new Room(RawSection.METERS);
    private final List<Room> rooms = List.of(sockets, unixSockets, processes, holders, events, bundles, flows, meters);
    /** Those whose records name a process by its number and 1. */
    private final List<Room> owned = List.of(sockets, events, bundles, flows);

    private int[] numbers = {};
    /** New numbers of sockets, and behind them of unix sockets; {@link #NONE} = left out. */
    private int[] socketNumbers = {};

    /** Of all processes of the last sample, whichever of them were kept. */
    private final Map<ProcessId, ProcessDetails> known = new HashMap<>();
    /** The processes that were kept in it. */
    private Set<ProcessId> kept = Set.of();

    private int[] processNumbers = {};

    /** Records that are kept. */
    private static final class Room {
        private final RawSection section;
        private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
        private int count;

        Room(RawSection section) {
            this.section = section;
        }

        /** Takes those records of {@code sample} whose number from {@code first} on is not {@link #NONE}. */
        void take(RawSample sample, int[] numbers, int first) {
            clear(sample.count(section));
            for (int i = 0; i < sample.count(section); i++) {
                if (numbers[first + i] != NONE) {
                    int size = section.recordSize();
                    buffer.put(count++ * size, sample.buffer(section), i * size, size);
                }
            }
        }

        /** Marks each process that a record names. */
        void mark(int[] processNumbers) {
            int place = processPlace();
            for (int i = 0; i < count; i++) {
                int process = buffer.getInt(i * section.recordSize() + place) - 1;
                if (process >= 0 && process < processNumbers.length) {
                    processNumbers[process] = 0;
                }
            }
        }

        /** Gives processes their new numbers. */
        void renumber(int[] processNumbers) {
            int place = processPlace();
            for (int i = 0; i < count; i++) {
                int at = i * section.recordSize() + place;
                int process = buffer.getInt(at) - 1;
                boolean known = process >= 0 && process < processNumbers.length;
                buffer.putInt(at, known ? processNumbers[process] + 1 : 0);
            }
        }

        private int processPlace() {
            String field = section == RawSection.SOCKETS ? "owner" : "process";
            return Objects.requireNonNull(section.layout().get(field))[0];
        }

        void clear(int most) {
            count = 0;
            if (most * section.recordSize() > buffer.capacity()) {
                buffer = ByteBuffer.allocateDirect((most + most / 4) * section.recordSize())
                        .order(ByteOrder.nativeOrder());
            }
        }

        void addHolder(int socket, int process) {
            buffer.putInt(count * HolderRecord.SIZE, socket);
            buffer.putInt(count++ * HolderRecord.SIZE + Integer.BYTES, process);
        }
    }

    /**
     * What is left of {@code sample}, valid until the next call.
     *
     * @param table what folded it just now
     * @param snapshot what came of that
     */
    RawSample narrow(RawSample sample, FlowTable table, Filter filter, Snapshot snapshot) {
        Filter.RowTest test = filter.on(snapshot);
        int rows = snapshot.table().sockets();
        int total = sample.count(RawSection.SOCKETS);
        int all = total + sample.count(RawSection.UNIX_SOCKETS);
        socketNumbers = unnumbered(socketNumbers, all);
        processNumbers = unnumbered(processNumbers, sample.count(RawSection.PROCESSES));
        for (int row = 0; row < rows; row++) {
            int record = table.recordOf(row);
            if (record < all && test.matches(row)) {
                socketNumbers[record] = 0;
            }
        }
        number(socketNumbers, all);
        sockets.take(sample, socketNumbers, 0);
        unixSockets.take(sample, socketNumbers, total);
        takeEvents(sample, table, filter);
        takeFlows(sample, table, test);
        takeBundles(sample, table, filter, test);
        takeMeters(sample);
        takeHolders(sample);
        return sample.withSections(sections(sample)).withDetails(details(sample));
    }

    private void takeEvents(RawSample sample, FlowTable table, Filter filter) {
        numbers = unnumbered(numbers, sample.count(RawSection.EVENTS));
        Snapshot single = sample.count(RawSection.EVENTS) == 0 ? Snapshot.EMPTY : table.events();
        Filter.RowTest test = filter.on(single);
        for (int row = 0; row < single.table().size(); row++) {
            if (test.matches(row)) {
                numbers[table.eventOf(row)] = 0;
            }
        }
        events.take(sample, numbers, 0);
    }

    private void takeFlows(RawSample sample, FlowTable table, Filter.RowTest test) {
        numbers = unnumbered(numbers, sample.count(RawSection.FLOWS));
        for (int i = 0; i < sample.count(RawSection.FLOWS); i++) {
            int row = table.rowOfFlow(i);
            numbers[i] = row >= 0 && test.matches(row) ? 0 : NONE;
        }
        flows.take(sample, numbers, 0);
    }

    /** Counts of which the filter cannot tell whether it matches are left out: nobody is recorded that may not be. */
    private void takeBundles(RawSample sample, FlowTable table, Filter filter, Filter.RowTest test) {
        boolean tells = filter.fields().stream().allMatch(Fields::inBundles);
        numbers = unnumbered(numbers, sample.count(RawSection.BUNDLES));
        for (int i = 0; i < sample.count(RawSection.BUNDLES); i++) {
            int row = table.rowOfBundle(i);
            numbers[i] = tells && row >= 0 && test.matches(row) ? 0 : NONE;
        }
        bundles.take(sample, numbers, 0);
    }

    private void takeMeters(RawSample sample) {
        MeterRecord meter = new MeterRecord(sample.buffer(RawSection.METERS));
        numbers = unnumbered(numbers, sample.count(RawSection.METERS));
        for (int i = 0; i < sample.count(RawSection.METERS); i++) {
            numbers[i] = OF_ALL.contains(meter.at(i).id()) ? NONE : 0;
        }
        meters.take(sample, numbers, 0);
    }

    private void takeHolders(RawSample sample) {
        HolderRecord holder = new HolderRecord(sample.buffer(RawSection.HOLDERS));
        int count = sample.count(RawSection.HOLDERS);
        for (int i = 0; i < count; i++) {
            if (socketNumbers[holder.at(i).sock()] != NONE) {
                processNumbers[holder.process()] = 0;
            }
        }
        owned.forEach(each -> each.mark(processNumbers));
        number(processNumbers, sample.count(RawSection.PROCESSES));
        owned.forEach(each -> each.renumber(processNumbers));
        processes.take(sample, processNumbers, 0);
        holders.clear(count);
        for (int i = 0; i < count; i++) {
            int socket = socketNumbers[holder.at(i).sock()];
            if (socket != NONE) {
                holders.addHolder(socket, processNumbers[holder.process()]);
            }
        }
    }

    /**
     * Those of processes that are kept and were not before: a source tells them once, which may have been long ago, and
     * what writes them down forgets processes that are not there.
     */
    private List<ProcessDetails> details(RawSample sample) {
        Set<ProcessId> now = ids(processes.buffer, processes.count);
        known.keySet().retainAll(ids(sample.buffer(RawSection.PROCESSES), sample.count(RawSection.PROCESSES)));
        Set<ProcessId> fresh = new HashSet<>(now);
        fresh.removeAll(kept);
        for (ProcessDetails each : sample.details()) {
            known.put(each.id(), each);
            fresh.add(each.id());
        }
        fresh.retainAll(now);
        kept = now;
        return fresh.stream().filter(known::containsKey).map(known::get).toList();
    }

    private static Set<ProcessId> ids(ByteBuffer records, int count) {
        ProcessRecord record = new ProcessRecord(records);
        Set<ProcessId> ids = new HashSet<>(2 * count);
        for (int i = 0; i < count; i++) {
            record.at(i);
            ids.add(new ProcessId(record.pid(), record.start()));
        }
        return ids;
    }

    private List<RawSample.Section> sections(RawSample sample) {
        List<RawSample.Section> sections = new ArrayList<>(sample.sections());
        for (Room each : rooms) {
            sections.set(each.section.ordinal(), new RawSample.Section(each.buffer, each.count));
        }
        return sections;
    }

    private static int[] unnumbered(int[] old, int size) {
        int[] numbers = size <= old.length ? old : new int[size + size / 4];
        Arrays.fill(numbers, NONE);
        return numbers;
    }

    private static void number(int[] numbers, int end) {
        int next = 0;
        for (int i = 0; i < end; i++) {
            numbers[i] = numbers[i] == NONE ? NONE : next++;
        }
    }
}
