package shawk.store.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.store.Batch;
import shawk.store.Chunk;

/** What a row of segments holds, read to be merged or dropped. Used by one thread. */
final class Content {
    private final List<Batch> batches = new ArrayList<>();
    private @Nullable FrameHead firstHead;
    private @Nullable FrameHead lastHead;
    private long lossSerial;
    private long missing;
    private long unread;

    private Content() {}

    /** Reads what is behind {@code after}. */
    static Content read(Disk disk, SpoolLimits limits, BatchForm form, List<Segment> segments, long after) {
        Content content = new Content();
        for (Segment each : segments) {
            try (Disk.DiskFile file = disk.open(each.name())) {
                content.read(
                        new FrameReader(file, limits.frameMost()), form, Math.max(after, each.first - 1), each.last);
            } catch (IOException e) {
                content.unread++;
            }
        }
        return content;
    }

    private void read(FrameReader reader, BatchForm form, long after, long upTo) throws IOException {
        for (FrameReader.Found found = reader.next(0); found != null; found = reader.next(found.end())) {
            FrameHead head = found.head();
            long before = lastHead == null ? after : lastHead.sequence();
            if (head.sequence() <= Math.max(before, after) || head.sequence() > upTo) {
                continue;
            }
            try {
                batches.add(form.decode(reader.content(found)));
            } catch (IllegalArgumentException e) {
                missing++;
            }
            missing += lastHead == null ? 0 : Math.max(0, head.previous() - before);
            firstHead = firstHead == null ? head : firstHead;
            lastHead = head;
            lossSerial = Math.max(lossSerial, head.lossSerial());
        }
    }

    List<Batch> batches() {
        return batches;
    }

    /** The head of a frame that holds all of it; null = there is nothing. */
    @Nullable
    FrameHead head(int level, int length) {
        FrameHead first = firstHead;
        FrameHead last = lastHead;
        return first == null || last == null
                ? null
                : new FrameHead(
                        level, length, last.instance(), last.sequence(), first.previous(), lossSerial, last.atMicros());
    }

    /** Batches between the first and the last that cannot be read; a segment that cannot counts as one. */
    long missing() {
        return missing + unread;
    }

    /** What is lost where all of it is. */
    Losses.Entry asLoss(BatchForm form, Segment segment) {
        long flows = 0;
        long connections = missing() == 0 ? 0 : -1;
        if (!batches.isEmpty()) {
            Batch all = form.merge(batches, 0);
            flows = (long) all.live().size() + all.finished().size();
            long opened = openings(all.live()) + openings(all.finished());
            connections = missing() == 0 ? opened : -1;
        }
        return new Losses.Entry(segment.fromMicros, segment.toMicros, batches.size() + missing(), flows, connections);
    }

    private static long openings(List<Chunk> chunks) {
        long sum = 0;
        for (Chunk chunk : chunks) {
            for (int each : chunk.opened()) {
                sum += each;
            }
        }
        return sum;
    }
}
