package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies of what could not be read or stored, for a person to look at; the oldest go where they become too many. That a
 * copy cannot be made stops nothing. Used by one thread at a time.
 */
final class Kept {
    private static final String PREFIX = "kept-";
    private static final int PIECE = 64 << 10;
    /** Most copies, whatever their size. */
    static final int MOST = 64;

    private final long mostBytes;
    private final Map<String, Long> files = new TreeMap<>(Comparator.naturalOrder());
    private long bytes;
    private long next;

    /** Copies take {@code mostBytes} at most. */
    Kept(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    static String nameOf(String what, long number) {
        return PREFIX + String.format(Locale.ROOT, "%016x", number & Long.MAX_VALUE) + "-" + what;
    }

    /** Those that are there already. */
    void find(Disk disk) throws IOException {
        for (String name : disk.list()) {
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            long size = 0;
            try (Disk.DiskFile file = disk.open(name)) {
                size = file.size();
            } catch (IOException e) {
                // Something else of that name: left alone.
                continue;
            }
            add(name, size);
            next = Math.max(next, numberOf(name) + 1);
        }
        bound(disk, 0);
    }

    private static long numberOf(String name) {
        int end = PREFIX.length() + 16;
        try {
            return name.length() < end ? 0 : Long.parseLong(name.substring(PREFIX.length(), end), 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void add(String name, long size) {
        files.put(name, size);
        bytes += size;
    }

    /** What they take. */
    long bytes() {
        return bytes;
    }

    /** Takes {@code name} out of the way, whatever it is. */
    void move(Disk disk, String name) throws IOException {
        String to = nameOf(name, next++);
        disk.rename(name, to);
        try (Disk.DiskFile file = disk.open(to)) {
            add(to, file.size());
            bound(disk, 0);
        } catch (IOException e) {
            // A folder, or a link to nowhere: it has left its place, and takes no room of note.
        }
    }

    /** Keeps a copy of a part of a file. */
    void copy(Disk disk, Disk.DiskFile from, long at, long length, String what) {
        long part = Math.min(length, mostBytes);
        if (part <= 0) {
            return;
        }
        String name = nameOf(what, next++);
        bound(disk, part);
        try (Disk.DiskFile file = disk.create(name)) {
            add(name, part);
            for (long done = 0; done < part; ) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, part - done));
                from.read(piece, at + done);
                done += piece.capacity();
                file.write(piece.flip(), done - piece.capacity());
            }
        } catch (IOException e) {
            forget(disk, name);
        }
    }

    private void bound(Disk disk, long more) {
        while (!files.isEmpty() && (bytes + more > mostBytes || files.size() >= MOST)) {
            forget(disk, files.keySet().iterator().next());
        }
    }

    private void forget(Disk disk, String name) {
        Long size = files.remove(name);
        bytes -= size == null ? 0 : size;
        try {
            disk.delete(name);
        } catch (IOException e) {
            // It stays; it is found again at the next start.
        }
    }
}
