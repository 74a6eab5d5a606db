package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A folder that forgets, at a crash, some of what nobody made durable: writes are missing or torn, names are as they
 * were some operations ago. It can be full, fail, or crash at a chosen operation.
 */
final class FakeDisk implements Disk {
    /** The machine has stopped: nothing can catch it as an error of the disk. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Content {
        private byte[] now = {};
        private byte[] durable = {};
        /** What came since the last sync; null bytes = cut to {@code at}. */
        private final List<Write> pending = new ArrayList<>();
    }

    private record Write(long at, byte[] bytes, boolean cut) {}

    @FunctionalInterface
    private interface NameChange {
        void apply(Map<String, Content> names);
    }

    private final Random random;
    private final Map<String, Content> names = new TreeMap<>();
    private final Map<String, Content> durableNames = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();

    /** Bytes that it holds at most. */
    long room = Long.MAX_VALUE;
    /** Operations until the crash. */
    long untilCrash = Long.MAX_VALUE;
    /** One in so many syncs fails; 0 = none. */
    int syncFailures;
    /** Done before each sync of a file. */
    Runnable onSync = () -> {};
    /** What has been done. */
    long operations;
    /** The most that it ever held. */
    long most;

    private boolean crashed;

    FakeDisk(Random random) {
        this.random = random;
    }

    private void operation() {
        operations++;
        if (crashed || untilCrash-- <= 0) {
            crashed = true;
            throw new Crash();
        }
    }

    /** After the crash: what is left. */
    FakeDisk restarted() {
        FakeDisk left = new FakeDisk(random);
        int survivors = random.nextInt(pendingNames.size() + 1);
        pendingNames.subList(0, survivors).forEach(each -> each.apply(durableNames));
        durableNames.forEach((name, content) -> {
            Content after = new Content();
            after.now = survivor(content);
            after.durable = after.now.clone();
            left.names.put(name, after);
            left.durableNames.put(name, after);
        });
        left.room = room;
        left.most = most;
        left.syncFailures = syncFailures;
        return left;
    }

    private byte[] survivor(Content content) {
        byte[] bytes = content.durable.clone();
        for (Write each : content.pending) {
            int fate = random.nextInt(3);
            if (fate == 0) {
                continue;
            }
            if (each.cut) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length, each.at));
                continue;
            }
            int length = fate == 1 ? each.bytes.length : random.nextInt(each.bytes.length + 1);
            // The length may have become durable before what lies within it.
            int size = random.nextBoolean() ? each.bytes.length : length;
            bytes = put(bytes, each.at, Arrays.copyOf(each.bytes, length));
            bytes = bytes.length < each.at + size ? Arrays.copyOf(bytes, (int) each.at + size) : bytes;
        }
        return bytes;
    }

    private static byte[] put(byte[] into, long at, byte[] bytes) {
        byte[] all = into.length < at + bytes.length ? Arrays.copyOf(into, (int) at + bytes.length) : into;
        System.arraycopy(bytes, 0, all, (int) at, bytes.length);
        return all;
    }

    /** The bytes of a file, to be looked at and changed. */
    byte[] bytes(String name) {
        return content(name).now;
    }

    /** A file has these bytes, durably. */
    void put(String name, byte[] bytes) {
        Content content = new Content();
        content.now = bytes.clone();
        content.durable = bytes.clone();
        names.put(name, content);
        durableNames.put(name, content);
    }

    /** Another disk with the same files, all durable. */
    FakeDisk copy() {
        FakeDisk copy = new FakeDisk(random);
        names.forEach((name, content) -> copy.put(name, content.now));
        return copy;
    }

    long held() {
        long sum = 0;
        for (Content each : names.values()) {
            sum += each.now.length;
        }
        return sum;
    }

    private Content content(String name) {
        Content content = names.get(name);
        if (content == null) {
            throw new IllegalArgumentException(name);
        }
        return content;
    }

    @Override
    public List<String> list() {
        operation();
        return List.copyOf(names.keySet());
    }

    @Override
    public DiskFile create(String name) throws IOException {
        operation();
        if (names.containsKey(name)) {
            throw new IOException("exists: " + name);
        }
        Content content = new Content();
        change(all -> all.put(name, content));
        return new File(content);
    }

    private void change(NameChange change) {
        change.apply(names);
        pendingNames.add(change);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        operation();
        if (!names.containsKey(name)) {
            throw new IOException("missing: " + name);
        }
        return new File(content(name));
    }

    @Override
    public void delete(String name) {
        operation();
        change(all -> all.remove(name));
    }

    @Override
    public void rename(String from, String to) {
        operation();
        Content content = content(from);
        change(all -> {
            all.remove(from);
            all.put(to, content);
        });
    }

    @Override
    public void syncFolder() {
        operation();
        pendingNames.forEach(each -> each.apply(durableNames));
        pendingNames.clear();
    }

    @Override
    public void close() {}

    private final class File implements DiskFile {
        private final Content content;

        File(Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            operation();
            return content.now.length;
        }

        @Override
        public void read(ByteBuffer into, long at) {
            operation();
            int length = (int) Math.max(0, Math.min(into.remaining(), content.now.length - at));
            into.put(content.now, length == 0 ? 0 : (int) at, length);
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            long more = Math.max(0, at + bytes.length - content.now.length);
            long free = room - held();
            if (more > free) {
                int fits = (int) Math.max(0, bytes.length - (more - free));
                write(Arrays.copyOf(bytes, fits), at);
                throw new IOException("No space left on device");
            }
            write(bytes, at);
        }

        private void write(byte[] bytes, long at) {
            content.pending.add(new Write(at, bytes, false));
            operation();
            content.now = put(content.now, at, bytes);
            most = Math.max(most, held());
        }

        @Override
        public void truncate(long size) {
            content.pending.add(new Write(size, new byte[0], true));
            operation();
            content.now = Arrays.copyOf(content.now, (int) Math.min(content.now.length, size));
        }

        @Override
        public void sync() throws IOException {
            onSync.run();
            operation();
            if (syncFailures > 0 && random.nextInt(syncFailures) == 0) {
                // The kernel calls the pages clean from now on: what they hold may be read, and is not on disk.
                byte[] durable = survivor(content);
                content.durable = durable;
                content.pending.clear();
                throw new IOException("Input/output error");
            }
            content.durable = content.now.clone();
            content.pending.clear();
        }

        @Override
        public void close() {}
    }
}
