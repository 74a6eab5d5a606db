package shawk.flow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import shawk.model.NamespaceInfo;
import shawk.model.NetnsRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;

/** The network namespaces of this sample and of the one before: what was looked at, and their port ranges. */
final class Namespaces {
    private static final int DEFAULT_LOW = 32768;
    private static final int DEFAULT_HIGH = 60999;
    private static final int TCP_PARTS = RawSample.TCP4 | RawSample.TCP6;

    private byte[] bytes = new byte[0];
    private List<NamespaceInfo> infos = List.of();
    private Part now = new Part();
    private Part before = new Part();
    private int at;
    private boolean hasSample;
    private boolean isFirst;

    /** Parallel arrays, one entry a namespace. */
    private static final class Part {
        private long[] inodes = new long[8];
        private int[] ranges = new int[8];
        /** Parts of a dump that could not be read now. */
        private int[] unread = new int[8];
        /** Parts of a dump that were read now or in some sample before. */
        private int[] read = new int[8];

        private int size;

        private void add(NetnsRecord r, Part before) {
            if (size == inodes.length) {
                inodes = Arrays.copyOf(inodes, 2 * size);
                ranges = Arrays.copyOf(ranges, 2 * size);
                unread = Arrays.copyOf(unread, 2 * size);
                read = Arrays.copyOf(read, 2 * size);
            }
            inodes[size] = r.inode();
            unread[size] = r.error() == 0 ? r.unread() : ~0;
            int known = before.find(r.inode());
            read[size] = ~unread[size] | (known >= 0 ? before.read[known] : 0);
            ranges[size++] = r.portLow() << 16 | r.portHigh();
        }

        private int find(long inode) {
            for (int i = 0; i < size; i++) {
                if (inodes[i] == inode) {
                    return i;
                }
            }
            return -1;
        }
    }

    void read(RawSample sample) {
        isFirst = !hasSample;
        hasSample = true;
        Part recycled = before;
        before = now;
        now = recycled;
        now.size = 0;
        at = 0;
        NetnsRecord r = new NetnsRecord(sample.buffer(RawSection.NAMESPACES));
        for (int i = 0; i < sample.count(RawSection.NAMESPACES); i++) {
            now.add(r.at(i), before);
        }
        readInfos(sample.buffer(RawSection.NAMESPACES), sample.count(RawSection.NAMESPACES), r);
    }

    /** Makes the list anew only where a byte has changed. */
    private void readInfos(ByteBuffer buffer, int count, NetnsRecord r) {
        int length = count * NetnsRecord.SIZE;
        if (length == bytes.length && buffer.slice(0, length).equals(ByteBuffer.wrap(bytes))) {
            return;
        }
        bytes = new byte[length];
        buffer.get(0, bytes);
        List<NamespaceInfo> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            r.at(i);
            list.add(new NamespaceInfo(r.inode(), SafeText.of(r.name()), r.error(), r.self() != 0));
        }
        infos = List.copyOf(list);
    }

    /** Gives the names numbers, by which the rows of a snapshot find them. */
    void number(Texts texts) {
        for (int i = 0; i < infos.size(); i++) {
            texts.number(infos.get(i).name());
        }
    }

    List<NamespaceInfo> infos() {
        return infos;
    }

    /** Whether the sockets of a part of the dump should be in this sample and are not. */
    boolean isUnread(long inode, int part) {
        int found = now.find(inode);
        return found >= 0 && (now.unread[found] & part) != 0;
    }

    /** Whether anything of TCP that should be in this sample is not. */
    boolean isUnread(long inode) {
        return isUnread(inode, TCP_PARTS);
    }

    /**
     * Whether a socket that no sample before had is newer than these: not so in the first sample, nor where a namespace
     * was there and this part of it could never be read.
     */
    boolean isNewSocketYoung(long inode, int part) {
        int found = before.find(inode);
        return found < 0 ? !isFirst : (before.read[found] & part) != 0;
    }

    /** Whether {@code port} is one that the kernel gives to sockets that do not ask for any. */
    boolean isEphemeral(long inode, int port) {
        if (at >= now.size || now.inodes[at] != inode) {
            at = Math.max(0, now.find(inode));
        }
        int range = at < now.size && now.inodes[at] == inode ? now.ranges[at] : 0;
        int low = range == 0 ? DEFAULT_LOW : range >>> 16;
        int high = range == 0 ? DEFAULT_HIGH : range & 0xffff;
        return port >= low && port <= high;
    }
}
