package shawk.flow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import shawk.model.BundleRecord;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.MeterRecord;
import shawk.model.Meters;
import shawk.model.ProgramRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * What the source says of its own counting, and whether it adds up: each connection that was there or began lives, has
 * ended or is lost; and each end that the kernel has handed out has come in here. Used by one thread.
 */
final class Ledger {
    private final long[] values = new long[Meter.values().length];
    private Meters meters = Meters.NONE;
    private boolean exact;
    private boolean exactFromTheStart = true;
    /** Ends handed out before the first sample here. */
    private long endedBefore;

    private long endedHere;
    private long lastEnded;
    /** Of counts that began anew since. */
    private long lostBefore;

    private long lost;
    private boolean skipped;

    Ledger() {
        Arrays.fill(values, SocketTable.ABSENT);
    }

    void read(RawSample sample) {
        boolean wasExact = exact;
        exact = sample.count(RawSection.METERS) > 0;
        exactFromTheStart &= exact;
        Arrays.fill(values, SocketTable.ABSENT);
        MeterRecord r = new MeterRecord(sample.buffer(RawSection.METERS));
        for (int i = 0; i < sample.count(RawSection.METERS); i++) {
            long id = r.at(i).id();
            if (id >= 0 && id < values.length) {
                values[(int) id] = r.value();
            }
        }
        meters = exact ? new Meters(values, programs(sample)) : Meters.NONE;
        if (exact) {
            take(endsIn(sample), wasExact);
        }
    }

    /** Samples are left out before the next one: what they counted is not missing. */
    void skip() {
        skipped = true;
    }

    private void take(long ended, boolean wasExact) {
        long handedOut = value(Meter.ENDED);
        boolean anew = !wasExact || handedOut < lastEnded;
        if (anew) {
            lostBefore = lost;
        }
        if (anew || skipped) {
            endedBefore = handedOut - ended;
            endedHere = 0;
            skipped = false;
        }
        endedHere += ended;
        lastEnded = handedOut;
        lost = lostBefore + value(Meter.LOST) + Math.max(0, missing());
    }

    private static long endsIn(RawSample sample) {
        BundleRecord r = new BundleRecord(sample.buffer(RawSection.BUNDLES));
        long ended = 0;
        for (int i = 0; i < sample.count(RawSection.BUNDLES); i++) {
            ended += r.at(i).closed();
        }
        return ended;
    }

    private static List<Meters.Program> programs(RawSample sample) {
        ByteBuffer buffer = sample.buffer(RawSection.PROGRAMS);
        ProgramRecord r = new ProgramRecord(buffer);
        List<Meters.Program> programs = new ArrayList<>();
        for (int i = 0; i < sample.count(RawSection.PROGRAMS); i++) {
            r.at(i);
            programs.add(new Meters.Program(
                    SafeText.of(r.name()), r.runNanos(), r.runs(), r.misses(), r.instructions(), r.error()));
        }
        return programs;
    }

    private long value(Meter meter) {
        return Math.max(0, values[meter.ordinal()]);
    }

    /** Ends that were handed out and have not come in here; of a part of all nobody can tell. */
    private long missing() {
        return has(Meter.ENDED) ? lastEnded - endedBefore - endedHere : 0;
    }

    private boolean has(Meter meter) {
        return values[meter.ordinal()] != SocketTable.ABSENT;
    }

    /** What is there or began, less what lives, has ended or is lost. */
    private long difference() {
        return value(Meter.LIVE_AT_START)
                + value(Meter.ESTABLISHED)
                - value(Meter.LIVE)
                - value(Meter.ENDED)
                - value(Meter.LOST);
    }

    /** Whether the kernel counts in this sample. */
    boolean exact() {
        return exact;
    }

    /** Whether it has done so in every sample. */
    boolean exactCounts() {
        return exact && exactFromTheStart;
    }

    /** Whether datagrams are counted in this sample. */
    boolean hasFlows() {
        return exact && value(Meter.FLOWS_MAX) > 0;
    }

    /** Connections that went by uncounted, as far as is known. */
    long lost() {
        return lost;
    }

    Meters meters() {
        return meters;
    }

    /** What does not add up in this sample. */
    List<Degradation> degradations() {
        List<Degradation> all = new ArrayList<>();
        if (exact && difference() != 0) {
            all.add(new Degradation(
                    "conservation",
                    Math.abs(difference()) + " connections",
                    difference() > 0
                            ? "they began, and neither live nor have ended nor are lost"
                            : "they live, have ended or are lost, and never began",
                    "take the counts with care, and report it"));
        }
        if (exact && missing() != 0) {
            all.add(new Degradation(
                    "conservation",
                    Math.abs(missing()) + " ended connections",
                    missing() > 0 ? "the kernel counted them, and no sample has them" : "samples have them twice",
                    "take the counts with care, and report it"));
        }
        return all;
    }
}
