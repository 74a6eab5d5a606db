package shawk.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shawk.flow.FlowTable;
import shawk.model.Degradation;
import shawk.model.ProcessDetails;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.record.Recording;
import shawk.source.replay.ReplaySource;

/**
 * Any moment of a recording as a snapshot: folded on from the moment before, or, after a jump, from the key frame
 * before that. After a jump only that key frame, the sample before and the sample itself are folded, which is enough
 * for rates and for what opened since the key frame; those between are only read. Used by one thread.
 */
final class Playback {
    private final Recording recording;
    private final Supplier<FlowTable> tables;
    private final boolean named;
    private @Nullable FlowTable table;
    private @Nullable Snapshot last;
    private long done = Long.MIN_VALUE;
    private long begun;

    /**
     * At no moment yet.
     *
     * @param named whether snapshots say that they come from a recording
     */
    Playback(Recording recording, Supplier<FlowTable> tables, boolean named) {
        this.recording = recording;
        this.tables = tables;
        this.named = named;
    }

    /**
     * The snapshot at {@code position}, of that number and one; that before where the sample is damaged, null = none.
     */
    @Nullable
    Snapshot at(long position) throws IOException {
        FlowTable folding = table;
        long key = keyBefore(position);
        long skipTo = Long.MIN_VALUE;
        if (folding == null || done >= position || key > done + 1) {
            folding = tables.get();
            table = folding;
            done = key - 1;
            begun = key;
            last = null;
            skipTo = position - 1;
        }
        List<ProcessDetails> unfolded = new ArrayList<>();
        while (done < position) {
            done++;
            RawSample sample = recording.read(done);
            if (sample == null) {
                continue;
            }
            unfolded.addAll(sample.details());
            if (last != null && done < skipTo) {
                folding.skip();
            } else {
                last = folding.fold(named(sample).withDetails(unfolded));
                unfolded.clear();
            }
        }
        return last == null ? null : numbered(last, position + 1);
    }

    private RawSample named(RawSample sample) {
        return named ? ReplaySource.named(sample, recording) : sample;
    }

    /** The key frame that leads to {@code position} and to one sample before it, so that there are rates. */
    private long keyBefore(long position) {
        return recording.keyAt(Math.max(recording.first(), position - 1));
    }

    /** What cannot be known of a moment whose past was not folded. */
    private List<Degradation> degradations(Snapshot s) {
        if (begun == 0) {
            return s.degradations();
        }
        List<Degradation> all = new ArrayList<>(s.degradations());
        all.add(new Degradation(
                "past",
                "opened, closed and failed connections and ages of all but the last samples",
                "a jump counts from a few samples before it on",
                named ? "jump to the start and play" : "Space shows now, which counts all"));
        return all;
    }

    private Snapshot numbered(Snapshot s, long sequence) {
        return new Snapshot(
                sequence,
                s.source(),
                s.wallMicros(),
                s.monotonicNanos(),
                s.elapsedNanos(),
                s.exactCounts(),
                s.lost(),
                s.table(),
                s.processes(),
                s.holders(),
                s.namespaces(),
                s.links(),
                s.texts(),
                s.processTexts(),
                s.ended(),
                s.meters(),
                degradations(s));
    }
}
