package shawk.store.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a folder holds. Whatever that is, a spool comes of it: what is no frame is stepped over, what cannot
 * be opened is put aside.
 */
final class Recovery {
    static final String TEMPORARY = ".tmp";

    private static final int MOST_COPIES = 8;

    private final Disk disk;
    private final SpoolLimits limits;
    private final Kept kept;
    private final @Nullable UUID known;
    private final List<Segment> segments = new ArrayList<>();
    private @Nullable UUID instance;
    private long tailBytes;
    private long newest;

    /**
     * Nothing is read yet.
     *
     * @param known whose spool it is; null = the first frame decides
     */
    Recovery(Disk disk, SpoolLimits limits, Kept kept, @Nullable UUID known) {
        this.disk = disk;
        this.limits = limits;
        this.kept = kept;
        this.known = known;
        this.instance = known;
    }

    /** Reads all segments. */
    void run() throws IOException {
        TreeSet<Long> numbers = new TreeSet<>();
        for (String name : disk.list()) {
            Long number = Segment.parseNumber(name);
            if (number != null) {
                numbers.add(number);
            } else if (name.endsWith(TEMPORARY)) {
                disk.delete(name);
            }
        }
        for (long number : numbers) {
            scan(new Segment(number), number == numbers.last());
        }
        removeMerged();
    }

    private void scan(Segment segment, boolean last) throws IOException {
        try (Disk.DiskFile file = disk.open(segment.name())) {
            long end = frames(segment, file);
            if (last && end < file.size()) {
                tailBytes = file.size() - end;
                cut(file, segment, end);
            }
            segment.end = last ? end : file.size();
        } catch (IOException e) {
            kept.move(disk, segment.name());
            return;
        }
        segments.add(segment);
    }

    private void cut(Disk.DiskFile file, Segment segment, long end) throws IOException {
        if (tailBytes >= FrameHead.SIZE) {
            kept.copy(disk, file, end, tailBytes, segment.name());
        }
        file.truncate(end);
        file.sync();
    }

    /** Adds all frames; where the last one ends. */
    private long frames(Segment segment, Disk.DiskFile file) throws IOException {
        FrameReader reader = new FrameReader(file, limits.frameMost());
        long at = 0;
        int copies = 0;
        for (FrameReader.Found found = reader.next(0); found != null; found = reader.next(at)) {
            if (instance == null) {
                instance = found.head().instance();
            }
            if (found.skipped() > 0 && copies++ < MOST_COPIES) {
                kept.copy(disk, file, at, found.skipped(), segment.name());
            }
            if (found.head().instance().equals(instance) && isNew(found.head())) {
                newest = found.head().sequence();
                segment.add(found.head());
            }
            at = found.end();
        }
        return at;
    }

    /**
     * What a failed sync left behind may stand in the next segment too: the first of the two counts, unless more than
     * that was merged into the other.
     */
    private boolean isNew(FrameHead head) {
        return head.sequence() > newest || head.sequence() == newest && head.level() > 0;
    }

    /** A kill may have come between putting a merged segment in place and removing what went into it. */
    private void removeMerged() throws IOException {
        for (int i = segments.size() - 1; i > 0; i--) {
            if (segments.get(i).level > 0) {
                i -= removeWhatIsIn(segments.get(i), i);
            }
        }
    }

    /** Removes what lies before place {@code at} and went into {@code merged}; how many that were. */
    private int removeWhatIsIn(Segment merged, int at) throws IOException {
        int removed = 0;
        for (int i = at - 1; i >= 0; i--) {
            Segment earlier = segments.get(i);
            // One whose only frame stands in the one before it, since a sync failed, may lie in between.
            if (earlier.isEmpty()) {
                continue;
            }
            if (earlier.last <= merged.previous) {
                break;
            }
            if (earlier.previous < merged.previous) {
                if (earlier.first <= merged.previous) {
                    // A frame whose sync had failed, and which was written again into what was merged.
                    earlier.last = merged.previous;
                }
                break;
            }
            disk.delete(earlier.name());
            segments.remove(i);
            removed++;
        }
        return removed;
    }

    /** The segments, oldest first. */
    List<Segment> segments() {
        return segments;
    }

    /** Whose spool it is; null = nobody's yet. */
    @Nullable
    UUID instance() {
        return instance;
    }

    /** Whether the segments alone say whose it is. */
    boolean instanceFromFrames() {
        return known == null && instance != null;
    }

    /** The number of the last frame; 0 = there is none. */
    long last() {
        return newest;
    }

    /** The number before the first frame; 0 = there is none. */
    long previous() {
        for (Segment each : segments) {
            if (!each.isEmpty()) {
                return each.previous;
            }
        }
        return 0;
    }

    long lossSerial() {
        long serial = 0;
        for (Segment each : segments) {
            serial = Math.max(serial, each.lossSerial);
        }
        return serial;
    }
}
