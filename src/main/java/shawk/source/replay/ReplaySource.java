package shawk.source.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.model.RawSample;
import shawk.record.Recording;
import shawk.source.Source;
import shawk.source.SourceException;

/**
 * The samples of a recording, one after another, without waiting. Samples that are damaged are left out, which those
 * that follow say. Where there is an interval, what the kernel's programs counted in samples that are left out comes
 * with the next one. Used by one thread.
 */
public final class ReplaySource implements Source {
    /** The name that screens and dumps show. */
    public static final String NAME = "replay";

    private final Recording recording;
    private final long everyNanos;
    private final Carried carried = new Carried();
    private long next;
    private long due = Long.MIN_VALUE;
    private @Nullable RawSample waiting;

    /**
     * Owns {@code recording} from now on.
     *
     * @param everyNanos the least time between two samples, as they were recorded; 0 = every sample
     */
    public ReplaySource(Recording recording, long everyNanos) {
        this.recording = recording;
        this.everyNanos = everyNanos;
        this.next = recording.first();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Whether there is a sample left. */
    public boolean hasNext() throws SourceException {
        while (waiting == null && next < recording.end()) {
            RawSample sample = read(next++);
            if (sample == null) {
                continue;
            }
            if (sample.monotonicNanos() < due && !carried.isFull()) {
                carried.leaveOut(sample);
            } else {
                // A little less: samples that were taken an interval apart are never that far apart to the microsecond.
                due = everyNanos == 0 ? Long.MIN_VALUE : sample.monotonicNanos() + everyNanos - everyNanos / 10;
                waiting = everyNanos == 0 ? sample : carried.join(sample);
            }
        }
        return waiting != null;
    }

    private @Nullable RawSample read(long position) throws SourceException {
        try {
            return recording.read(position);
        } catch (IOException e) {
            throw new SourceException("the recording cannot be read: " + e.getMessage() + "; copy it elsewhere", e);
        }
    }

    @Override
    public RawSample poll() throws SourceException {
        RawSample sample = hasNext() ? waiting : null;
        if (sample == null) {
            throw new SourceException("the recording has no sample that can be shown; record anew", null);
        }
        waiting = null;
        return named(sample, recording);
    }

    /** The sample under this source's name, with what of the recording cannot be shown. */
    public static RawSample named(RawSample sample, Recording recording) {
        List<Degradation> all = new ArrayList<>(sample.degradations());
        all.addAll(recording.degradations());
        return new RawSample(
                NAME, sample.wallMicros(), sample.monotonicNanos(), sample.sections(), sample.details(), all);
    }

    @Override
    public void close() {
        try {
            recording.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
