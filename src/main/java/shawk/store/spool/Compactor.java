package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.store.Batch;

/**
 * Puts old segments into less room. What may have been offered to the store stays as it is, since a number stands for
 * the same bytes for ever. Used by one thread at a time.
 */
final class Compactor {
    /** What does not become smaller than this is left alone. */
    private static final int WORTH_PERCENT = 97;

    private final Disk disk;
    private final SpoolLimits limits;
    private final BatchForm form;

    Compactor(Disk disk, SpoolLimits limits, BatchForm form) {
        this.disk = disk;
        this.limits = limits;
        this.form = form;
    }

    /**
     * What came of it.
     *
     * @param merged what stands in the place of the group; null = the group stays
     * @param missing batches of the group that could not be read
     */
    record Result(List<Segment> group, @Nullable Segment merged, long missing) {}

    /**
     * Merges the oldest segments that were merged the least.
     *
     * @param segments oldest first
     * @param end how many of them may be touched
     * @param fixed frames up to this number may not be
     * @return null where nothing is left to be merged
     */
    @Nullable
    Result step(List<Segment> segments, int end, long fixed) {
        for (int target = 1; target <= BatchForm.COARSEST + 1; target++) {
            List<Segment> group = group(segments, end, fixed, target);
            if (!group.isEmpty()) {
                return merge(group, target);
            }
        }
        return null;
    }

    private List<Segment> group(List<Segment> segments, int end, long fixed, int target) {
        List<Segment> group = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < end; i++) {
            Segment each = segments.get(i);
            boolean fits = !each.isEmpty() && each.first > fixed && each.level < target;
            boolean more = group.isEmpty() || bytes + each.end <= 2 * limits.segmentBytes();
            if (fits && more) {
                group.add(each);
                bytes += each.end;
            } else if (!group.isEmpty()) {
                break;
            }
        }
        return group;
    }

    private Result merge(List<Segment> group, int level) {
        // Whatever comes of it, it is not tried again.
        group.forEach(each -> each.level = Math.max(each.level, level));
        Content content = Content.read(disk, limits, form, group, 0);
        if (content.batches().isEmpty()) {
            return new Result(group, null, 0);
        }
        Batch merged = form.merge(content.batches(), level - 1);
        byte[] bytes = form.encode(merged);
        FrameHead head = content.head(level, bytes.length);
        long before = group.stream().mapToLong(each -> each.end).sum();
        if (head == null || head.frameBytes() > Math.min(limits.frameMost(), before * WORTH_PERCENT / 100)) {
            return new Result(group, null, 0);
        }
        try {
            return new Result(group, write(group.get(group.size() - 1), head, bytes), content.missing());
        } catch (IOException e) {
            return new Result(group, null, 0);
        }
    }

    private Segment write(Segment place, FrameHead head, byte[] content) throws IOException {
        String temporary = place.name() + Recovery.TEMPORARY;
        disk.delete(temporary);
        ByteBuffer frame = head.frame(content);
        try (Disk.DiskFile file = disk.create(temporary)) {
            file.write(frame, 0);
            file.sync();
        } catch (IOException e) {
            disk.delete(temporary);
            throw e;
        }
        disk.rename(temporary, place.name());
        disk.syncFolder();
        Segment merged = new Segment(place.number());
        merged.add(head);
        merged.end = head.frameBytes();
        return merged;
    }
}
