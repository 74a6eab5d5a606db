package shawk.source.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;

/**
 * What samples that are left out have counted, to be handed out with the next one: bundles, single events and UDP flows
 * with the processes that they name, details of processes, openings, and bytes of connections that were shown in none
 * that is handed out. It carries nothing from a sample that the kernel's programs counted into one that they did not.
 * Used by one thread.
 */
final class Carried {
    /** Bytes of records beyond which no further sample is to be left out. */
    static final int MOST_BYTES = 64 << 20;

    private static final List<RawSection> COUNTS = List.of(RawSection.EVENTS, RawSection.BUNDLES, RawSection.FLOWS);

    private final Map<RawSection, Room> rooms = new HashMap<>();
    private final Map<ProcessId, Integer> numbers = new HashMap<>();
    private final List<ProcessDetails> details = new ArrayList<>();
    private final Shown shown = new Shown();
    private boolean exact;
    private boolean isEmpty = true;

    /** Records of one kind, one behind another. */
    private static final class Room {
        private final int size;
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private int count;

        Room(RawSection section) {
            this.size = section.recordSize();
        }

        /** Where the copy of record {@code index} of {@code from} is. */
        int add(ByteBuffer from, int index) {
            int at = count++ * size;
            if (at + size > buffer.capacity()) {
                ByteBuffer more = ByteBuffer.allocate(2 * at + size).order(ByteOrder.nativeOrder());
                more.put(0, buffer, 0, at);
                buffer = more;
            }
            buffer.put(at, from, index * size, size);
            return at;
        }

        void addAll(RawSample.Section from) {
            for (int i = 0; i < from.count(); i++) {
                add(from.buffer(), i);
            }
        }

        RawSample.Section section() {
            return new RawSample.Section(buffer, count);
        }
    }

    Carried() {
        clear();
    }

    private void clear() {
        isEmpty = true;
        COUNTS.forEach(each -> rooms.put(each, new Room(each)));
        rooms.put(RawSection.PROCESSES, new Room(RawSection.PROCESSES));
        numbers.clear();
        details.clear();
    }

    private Room room(RawSection section) {
        return Objects.requireNonNull(rooms.get(section));
    }

    static boolean exact(RawSample sample) {
        return sample.count(RawSection.METERS) > 0;
    }

    /** Whether there is no room for another sample. */
    boolean isFull() {
        return rooms.values().stream()
                        .mapToLong(each -> (long) each.size * each.count)
                        .sum()
                > MOST_BYTES;
    }

    /** Takes what is to be carried out of {@code sample}, whose buffers are not needed afterwards. */
    void leaveOut(RawSample sample) {
        isEmpty = false;
        details.addAll(sample.details());
        exact = exact(sample);
        if (exact) {
            COUNTS.forEach(each -> addAll(sample, each));
            shown.leaveOut(sample, process -> number(sample, process));
        }
    }

    private void addAll(RawSample sample, RawSection section) {
        Room room = room(section);
        int place = processPlace(section);
        for (int i = 0; i < sample.count(section); i++) {
            int at = room.add(sample.buffer(section), i);
            room.buffer.putInt(at + place, number(sample, room.buffer.getInt(at + place)));
        }
    }

    private static int processPlace(RawSection section) {
        return Objects.requireNonNull(section.layout().get("process"))[0];
    }

    /** The number here of what {@code sample} calls {@code process}, both plus 1; 0 stays. */
    private int number(RawSample sample, int process) {
        if (process <= 0 || process > sample.count(RawSection.PROCESSES)) {
            return 0;
        }
        ByteBuffer records = sample.buffer(RawSection.PROCESSES);
        Room room = room(RawSection.PROCESSES);
        Integer known = numbers.putIfAbsent(id(new ProcessRecord(records).at(process - 1)), room.count + 1);
        if (known != null) {
            return known;
        }
        room.add(records, process - 1);
        return room.count;
    }

    private static ProcessId id(ProcessRecord r) {
        return new ProcessId(r.pid(), r.start());
    }

    /** {@code sample} with what was carried, which is forgotten; valid as long as both. */
    RawSample join(RawSample sample) {
        if (isEmpty) {
            shown.handOut(sample);
            return sample;
        }
        List<ProcessDetails> told = new ArrayList<>(details);
        told.addAll(sample.details());
        boolean counts = exact && exact(sample);
        RawSample joined = counts ? withCounts(sample) : sample;
        clear();
        shown.handOut(sample);
        return joined.withDetails(told);
    }

    private RawSample withCounts(RawSample sample) {
        List<RawSample.Section> sections = new ArrayList<>(sample.sections());
        RawSample.Section sockets = shown.join(sample, room(RawSection.BUNDLES)::add);
        sections.set(RawSection.SOCKETS.ordinal(), sockets);
        Room processes = new Room(RawSection.PROCESSES);
        processes.addAll(sample.sections().get(RawSection.PROCESSES.ordinal()));
        int[] places = addProcesses(processes);
        sections.set(RawSection.PROCESSES.ordinal(), processes.section());
        for (RawSection each : COUNTS) {
            Room room = room(each);
            for (int i = 0; i < room.count; i++) {
                int at = i * room.size + processPlace(each);
                room.buffer.putInt(at, places[room.buffer.getInt(at)]);
            }
            room.addAll(sample.sections().get(each.ordinal()));
            sections.set(each.ordinal(), room.section());
        }
        return sample.withSections(sections);
    }

    /** Adds the processes that {@code all} does not have; by number here the number there, both plus 1. */
    private int[] addProcesses(Room all) {
        Map<ProcessId, Integer> known = new HashMap<>();
        ProcessRecord r = new ProcessRecord(all.buffer);
        for (int i = 0; i < all.count; i++) {
            known.put(id(r.at(i)), i + 1);
        }
        Room carried = room(RawSection.PROCESSES);
        int[] places = new int[carried.count + 1];
        ProcessRecord own = new ProcessRecord(carried.buffer);
        for (int i = 0; i < carried.count; i++) {
            Integer there = known.get(id(own.at(i)));
            if (there == null) {
                all.add(carried.buffer, i);
                there = all.count;
            }
            places[i + 1] = there;
        }
        return places;
    }
}
