package shawk.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.model.LinkRecord;
import shawk.model.LinkTotals;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;

/** What the interfaces carried, and how much of it in the last interval. Used by one thread. */
final class Links {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int bound;
    private Map<Integer, Before> before = Map.of();

    /** Counters of an interface at the sample before. */
    private record Before(SafeText name, long rxBytes, long txBytes, long rxPackets, long txPackets) {}

    /** Of an interface that was not there. */
    private static final Before NOTHING = new Before(SafeText.EMPTY, -1, -1, -1, -1);

    /** Shows at most {@code bound} interfaces: the first of them. */
    Links(int bound) {
        this.bound = bound;
    }

    /** The interfaces of a sample; {@code elapsedNanos} since the one before, 0 = there is none. */
    List<LinkTotals> read(RawSample sample, long elapsedNanos) {
        int count = Math.min(bound, sample.count(RawSection.LINKS));
        List<LinkTotals> links = new ArrayList<>(count);
        Map<Integer, Before> now = new HashMap<>();
        LinkRecord r = new LinkRecord(sample.buffer(RawSection.LINKS));
        for (int i = 0; i < count; i++) {
            r.at(i);
            SafeText name = SafeText.of(r.name());
            Before last = before.getOrDefault(r.ifindex(), NOTHING);
            links.add(totals(r, name, last.name.equals(name) ? last : NOTHING, elapsedNanos));
            now.put(r.ifindex(), new Before(name, r.rxBytes(), r.txBytes(), r.rxPackets(), r.txPackets()));
        }
        before = now;
        return links;
    }

    private static LinkTotals totals(LinkRecord r, SafeText name, Before last, long elapsedNanos) {
        return new LinkTotals(
                name,
                (r.flags() & LinkRecord.UP) != 0,
                r.rxBytes(),
                r.txBytes(),
                rate(r.rxBytes(), last.rxBytes, elapsedNanos),
                rate(r.txBytes(), last.txBytes, elapsedNanos),
                rate(r.rxPackets(), last.rxPackets, elapsedNanos),
                rate(r.txPackets(), last.txPackets, elapsedNanos),
                r.rxErrors(),
                r.txErrors(),
                r.rxDropped(),
                r.txDropped());
    }

    /** A second; {@code NaN} where there is nothing to compare with, or the counter went back: it is another one. */
    private static double rate(long now, long before, long elapsedNanos) {
        return before < 0 || now < before || elapsedNanos <= 0
                ? Double.NaN
                : (now - before) * (NANOS_PER_SECOND / elapsedNanos);
    }
}
