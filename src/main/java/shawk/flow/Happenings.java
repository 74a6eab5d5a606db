package shawk.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import shawk.model.EventRecord;
import shawk.model.ProcessInfo;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;
import shawk.model.Snapshot;

/** The single events of one sample, in the order in which they happened, each with who it is of. Used by one thread. */
final class Happenings {
    private static final int INDEX_BITS = 22;
    private static final int NO_SOCKET = -1;

    private final Connections connections;
    private final Attribution attribution;
    private final Processes processes;
    private final Texts texts;
    private final Interfaces interfaces;
    private final Places places;
    private final EndedLog log;
    private final SocketKey key = new SocketKey();
    private EventStore events = new EventStore(0);
    /** By event: the record of the socket that the connection lives on in this sample. */
    private int[] sockets = new int[0];

    private long[] order = new long[0];

    Happenings(
            Connections connections,
            Attribution attribution,
            Processes processes,
            Texts texts,
            Interfaces interfaces,
            Places places,
            EndedLog log) {
        this.connections = connections;
        this.attribution = attribution;
        this.processes = processes;
        this.texts = texts;
        this.interfaces = interfaces;
        this.places = places;
        this.log = log;
    }

    /**
     * Takes in the events of a sample whose sockets are known and not yet forgotten.
     *
     * @param rowRecord by row of the sample its record
     */
    void read(RawSample sample, long sequence, int[] rowRecord) {
        ByteBuffer buffer = sample.buffer(RawSection.EVENTS);
        EventRecord r = new EventRecord(buffer);
        int count = sort(r, sample.count(RawSection.EVENTS));
        ensureRoom(count);
        int ended = 0;
        for (int i = 0; i < count; i++) {
            int position = position(i);
            key.read(r.at(position));
            int id = attribution.decide(key, r.direction(), r.process(), r.proof());
            int owner = attribution.owner;
            ProcessInfo process = owner == Connections.NOBODY ? null : processes.info(owner);
            int at = events.add(buffer, position, attribution, process);
            boolean alive = id >= 0 && connections.seen[id] == sequence;
            sockets[at] = alive ? rowRecord[connections.row[id]] : NO_SOCKET;
            name(at, r);
            ended += r.kind() == EventRecord.OPENED ? 0 : 1;
        }
        noteDown(r, ended);
    }

    private void noteDown(EventRecord r, int ended) {
        int skipped = log.superfluous(ended);
        for (int at = 0; at < events.size(); at++) {
            if (r.at(position(at)).kind() != EventRecord.OPENED) {
                log.add(events, at, skipped-- <= 0);
            }
        }
    }

    private void name(int at, EventRecord r) {
        SafeText service =
                attribution.port < 0 ? SafeText.EMPTY : texts.text(texts.service(key.protocol, attribution.port));
        SafeText device = key.ifindex == 0 ? SafeText.EMPTY : texts.text(interfaces.text(key.netns, key.ifindex));
        events.setNames(at, service, texts.text(texts.userNumber(r.uid())), device);
        int place = places.at(key.rHigh, key.rLow);
        if (place >= 0) {
            events.setPlace(at, places.country(place), places.system(place));
        }
    }

    /**
     * Puts records in the order of their times; those of one moment stay in theirs. Of an interval that is longer than
     * half an hour the last digits do not count. Returns how many are of a kind that is known.
     */
    private int sort(EventRecord r, int count) {
        if (order.length < count) {
            order = new long[count + count / 4];
        }
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            first = Math.min(first, r.at(i).monotonicNanos());
            last = Math.max(last, r.monotonicNanos());
        }
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(last - first) - (Long.SIZE - 1 - INDEX_BITS));
        int known = 0;
        for (int i = 0; i < Math.min(count, 1 << INDEX_BITS); i++) {
            int kind = r.at(i).kind();
            if (kind >= EventRecord.OPENED && kind <= EventRecord.FAILED) {
                order[known++] = (r.monotonicNanos() - first >>> shift) << INDEX_BITS | i;
            }
        }
        Arrays.sort(order, 0, known);
        return known;
    }

    /** Which record the event in that place was. */
    int recordOf(int at) {
        return position(at);
    }

    private int position(int i) {
        return (int) order[i] & (1 << INDEX_BITS) - 1;
    }

    private void ensureRoom(int count) {
        if (events.capacity() < count || events.capacity() > 1024 && events.capacity() / 8 > count) {
            events = new EventStore(count + count / 4);
            sockets = new int[events.capacity()];
        }
        events.clear();
    }

    /** The events of the sample that was read last, as rows. */
    Snapshot rows(SampleHead head, Owners owners) {
        EventTable table = new EventTable(head, events.size());
        EventRecord r = events.records();
        for (int at = 0; at < events.size(); at++) {
            table.add(events, r, at);
            int holders = sockets[at] == NO_SOCKET ? 0 : owners.holders(sockets[at]);
            for (int i = 0; i < holders; i++) {
                table.addHolder(processes.info(owners.holder(sockets[at], i)));
            }
            if (holders == 0) {
                table.addHolder(events.owner(at));
            }
        }
        return table.build();
    }
}
