package shawk.enrich;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shawk.model.ContainerId;
import shawk.model.ContainerName;
import shawk.model.ContainerNames;

/**
 * Names of containers out of their runtimes' files, read on threads of its own: one for the host's runtimes, one for
 * those of users, whose files may lie where reading takes for ever. What was found is kept; what was not is looked for
 * again after a while, when somebody asks. The threads begin with the first container and end when there is nothing to
 * do. Thread-safe.
 */
public final class Containers implements ContainerNames {
    /** Containers that are kept; beyond it those asked for longest ago go. */
    static final int KEPT_MAX = 4_096;

    /** Containers that wait to be looked up; a further one waits for the next sample. */
    static final int QUEUED_MAX = 1_024;

    private static final int PASSWD_MAX = 8 << 20;
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long IDLE_SECONDS = 10;

    private final ContainerRoots roots;
    private @Nullable ThreadPoolExecutor hosts;
    private @Nullable ThreadPoolExecutor users;
    private final Map<ContainerId, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ContainerId, Known> eldest) {
            return size() > KEPT_MAX;
        }
    };
    private @Nullable Map<Long, Path> homes;
    private long patienceNanos;

    /**
     * What is known of a container.
     *
     * @param name null = it is being looked up
     * @param nanos when that was found
     */
    private record Known(@Nullable ContainerName name, long nanos) {}

    /**
     * Nothing is read yet.
     *
     * @param patienceMillis time that all calls together may wait for the files; 0 = none ever waits
     */
    public Containers(ContainerRoots roots, long patienceMillis) {
        this.roots = roots;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    private static ThreadPoolExecutor worker(String name) {
        ThreadPoolExecutor worker = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUED_MAX), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
        return worker;
    }

    @Override
    public synchronized @Nullable ContainerName find(ContainerId id) {
        long now = System.nanoTime();
        Known before = known.get(id);
        boolean stale = before != null
                && before.name() != null
                && before.name().equals(ContainerName.UNKNOWN)
                && now - before.nanos() > UNKNOWN_NANOS;
        if (before == null || stale) {
            ask(id, now);
        }
        await(id);
        Known after = known.get(id);
        return after == null ? null : after.name();
    }

    private void ask(ContainerId id, long now) {
        try {
            workerFor(id).execute(() -> look(id));
            known.put(id, new Known(null, now));
        } catch (RejectedExecutionException e) {
            // The next sample asks again.
        }
    }

    private ThreadPoolExecutor workerFor(ContainerId id) {
        if (id.uid() == ContainerId.HOST) {
            hosts = hosts == null ? worker("containers") : hosts;
            return hosts;
        }
        users = users == null ? worker("user-containers") : users;
        return users;
    }

    private void await(ContainerId id) {
        while (patienceNanos > 0) {
            Known state = known.get(id);
            if (state == null || state.name() != null) {
                return;
            }
            long before = System.nanoTime();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, patienceNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                patienceNanos = 0;
            }
            patienceNanos -= System.nanoTime() - before;
        }
    }

    private void look(ContainerId id) {
        ContainerName name = ContainerName.UNKNOWN;
        try {
            name = query(id);
        } finally {
            synchronized (this) {
                known.put(id, new Known(name, System.nanoTime()));
                notifyAll();
            }
        }
    }

    private ContainerName query(ContainerId id) {
        if (id.uid() == ContainerId.HOST) {
            return ContainerFiles.query(roots, id);
        }
        Path home = homes().get(id.uid());
        return home == null ? ContainerName.UNKNOWN : ContainerFiles.query(roots.ofUser(home), id);
    }

    /** Used by the users' thread only. */
    private Map<Long, Path> homes() {
        if (homes == null) {
            homes = parseHomes(SmallFiles.query(roots.passwd(), PASSWD_MAX));
        }
        return homes;
    }

    /** Users' homes, of a file like {@code /etc/passwd}; a home that is no absolute path is none. */
    static Map<Long, Path> parseHomes(byte[] passwd) {
        Map<Long, Path> found = new HashMap<>();
        for (String line : new String(passwd, StandardCharsets.UTF_8).split("\n")) {
            String[] parts = line.split(":", 7);
            if (parts.length >= 6 && parts[2].matches("[0-9]{1,10}") && parts[5].matches("/[^\0]+")) {
                try {
                    found.putIfAbsent(Long.parseLong(parts[2]), Path.of(parts[5]));
                } catch (InvalidPathException e) {
                    // A home with characters that this locale does not have.
                }
            }
        }
        return found;
    }
}
