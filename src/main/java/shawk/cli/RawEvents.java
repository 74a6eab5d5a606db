package shawk.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.MeterRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.Snapshot;

/** What feeds of events ask raw samples. */
final class RawEvents {
    /** What a sample says of events that were dropped: here that is told with their number, once. */
    private static final String DROPPED = "events";

    private RawEvents() {}

    /** Whether single events were watched, so that no comparing of samples is needed. */
    static boolean watched(RawSample sample) {
        return sample.count(RawSection.METERS) > 0;
    }

    /** Events dropped since whoever took the sample began. */
    static long dropped(RawSample sample) {
        MeterRecord meter = new MeterRecord(sample.buffer(RawSection.METERS));
        for (int i = 0; i < sample.count(RawSection.METERS); i++) {
            if (meter.at(i).id() == Meter.EVENTS_DROPPED.ordinal()) {
                return meter.value();
            }
        }
        return 0;
    }

    /** The same events with what {@code all} says was not seen. */
    static Snapshot with(List<Degradation> all, Snapshot events) {
        List<Degradation> told = new ArrayList<>(all);
        told.removeIf(each -> each.id().equals(DROPPED));
        return events.withDegradations(told);
    }

    /** The sample with buffers of its own, of which only what events need is kept. */
    static RawSample copy(RawSample sample) {
        List<RawSample.Section> sections = new ArrayList<>();
        for (RawSection section : RawSection.values()) {
            boolean needed = section == RawSection.EVENTS || section == RawSection.PROCESSES;
            sections.add(needed ? copy(sample, section) : RawSample.Section.EMPTY);
        }
        return sample.withSections(sections);
    }

    private static RawSample.Section copy(RawSample sample, RawSection section) {
        int length = sample.count(section) * section.recordSize();
        ByteBuffer own = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        own.put(0, sample.buffer(section), 0, length);
        return new RawSample.Section(own, sample.count(section));
    }
}
