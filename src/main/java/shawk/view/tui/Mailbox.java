package shawk.view.tui;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import shawk.screen.Key;

/** Where other threads leave word for the one that draws. Thread-safe. */
final class Mailbox {
    /** Keys that wait; whoever brings more waits too. */
    private static final int MAX_KEYS = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private List<Key> keys = new ArrayList<>();
    private boolean news;
    private boolean gone;
    private boolean suspend;
    private boolean continued;
    private @Nullable Throwable fault;

    /**
     * What had come when it was looked for.
     *
     * @param keys in the order in which they were pressed
     * @param news whether the feed has something new
     * @param gone whether the terminal has gone
     * @param suspend whether the program is to stop
     * @param continued whether it was stopped and goes on
     * @param fault what went wrong in another thread that the view needs; null = nothing
     */
    record Mail(
            List<Key> keys,
            boolean news,
            boolean gone,
            boolean suspend,
            boolean continued,
            @Nullable Throwable fault) {}

    void keys(List<Key> more) throws InterruptedException {
        lock.lock();
        try {
            while (keys.size() >= MAX_KEYS) {
                taken.await();
            }
            keys.addAll(more);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void news() {
        tell(() -> news = true);
    }

    void gone() {
        tell(() -> gone = true);
    }

    void broken(Throwable why) {
        tell(() -> fault = why);
    }

    void suspend() {
        tell(() -> suspend = true);
    }

    void continued() {
        tell(() -> continued = true);
    }

    private void tell(Runnable what) {
        lock.lock();
        try {
            what.run();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is there, but no longer than {@code millis}; takes all of it. */
    Mail await(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (left > 0 && keys.isEmpty() && !(news || gone || suspend || continued || fault != null)) {
                left = arrived.awaitNanos(left);
            }
            Mail mail = new Mail(keys, news, gone, suspend, continued, fault);
            keys = new ArrayList<>();
            news = false;
            suspend = false;
            continued = false;
            taken.signal();
            return mail;
        } finally {
            lock.unlock();
        }
    }
}
