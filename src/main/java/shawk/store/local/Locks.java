package shawk.store.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The locks that the processes of this program share: who may start the server, whether there is one, who uses it. They
 * end with the process that holds them, however it ends. This JVM holds each once; any thread may ask.
 *
 * <p>The kernel lets go of all that a process has locked in a file when that process closes the file: so no file is
 * opened twice.
 */
final class Locks {
    /** Byte of the supervisor, and byte of the server's processes, in the lock of the server. */
    static final int SUPERVISOR = 0;

    static final int SERVER = 1;

    private static final Map<Path, Shared> USED = new HashMap<>();
    private static final ReentrantLock STARTING = new ReentrantLock();

    private Locks() {}

    private static final class Shared {
        final FileChannel channel;
        int holders;

        Shared(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** Whether some process holds {@code which}; a file that is not there is held by nobody. */
    static boolean held(Path folder, int which) throws IOException {
        Path file = folder.resolve("server.lock");
        synchronized (USED) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                    FileLock lock = channel.tryLock(which, 1, true)) {
                return lock == null;
            }
        }
    }

    /** The right to start the server, and to clear up after one. */
    static final class Start implements AutoCloseable {
        private final FileChannel channel;

        private Start(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                STARTING.unlock();
            }
        }
    }

    /** That right; null = another process, or another thread, has it until {@code endNanos}. */
    static @Nullable Start start(Path folder, long endNanos) throws IOException {
        try {
            if (!STARTING.tryLock(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = OwnFiles.open(folder.resolve("start.lock"));
            taken = awaitLock(channel, endNanos);
            return taken ? new Start(channel) : null;
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                STARTING.unlock();
            }
        }
    }

    private static boolean awaitLock(FileChannel channel, long endNanos) throws IOException {
        while (channel.tryLock() == null) {
            if (System.nanoTime() > endNanos) {
                return false;
            }
            pause();
        }
        return true;
    }

    /**
     * This process uses the server until {@link #leave}; false = it is being stopped, and was until {@code endNanos}.
     */
    static boolean use(Path folder, long endNanos) throws IOException {
        Path file = folder.resolve("users.lock");
        while (true) {
            synchronized (USED) {
                Shared shared = USED.get(file);
                if (shared == null) {
                    shared = lock(file);
                }
                if (shared != null) {
                    shared.holders++;
                    USED.put(file, shared);
                    return true;
                }
            }
            if (System.nanoTime() > endNanos) {
                return false;
            }
            pause();
        }
    }

    private static @Nullable Shared lock(Path file) throws IOException {
        FileChannel channel = OwnFiles.open(file);
        if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
            channel.close();
            return null;
        }
        return new Shared(channel);
    }

    /** Ends one {@link #use}. */
    static void leave(Path folder) throws IOException {
        Path file = folder.resolve("users.lock");
        synchronized (USED) {
            Shared shared = USED.get(file);
            if (shared != null && --shared.holders == 0) {
                USED.remove(file);
                shared.channel.close();
            }
        }
    }

    /** Between two looks at what another process does. */
    static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
