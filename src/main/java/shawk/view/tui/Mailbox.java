package shawk.view.tui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import shawk.screen.Event;

/** Where other threads leave word for the one that draws. Thread-safe. */
final class Mailbox {
    /** Keys and clicks that wait; whoever brings more waits too. */
    private static final int MAX_INPUT = 1_024;

    /** Lines that wait to be said: only the last is read. */
    private static final int MAX_SAID = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private List<Event> input = new ArrayList<>();
    private final Deque<String> said = new ArrayDeque<>();
    private boolean news;
    private boolean gone;
    private boolean suspend;
    private boolean continued;
    private @Nullable Throwable fault;

    /**
     * What had come when it was looked for.
     *
     * @param input keys and clicks in the order in which they came
     * @param said what is to be said about something that was done elsewhere
     * @param news whether the feed has something new
     * @param gone whether the terminal has gone
     * @param suspend whether the program is to stop
     * @param continued whether it was stopped and goes on
     * @param fault what went wrong in another thread that the view needs; null = nothing
     */
    record Mail(
            List<Event> input,
            List<String> said,
            boolean news,
            boolean gone,
            boolean suspend,
            boolean continued,
            @Nullable Throwable fault) {}

    void input(List<Event> more) throws InterruptedException {
        lock.lock();
        try {
            while (input.size() >= MAX_INPUT) {
                taken.await();
            }
            input.addAll(more);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** One line about something that was done elsewhere; of too many the oldest go. */
    void said(String line) {
        tell(() -> {
            if (said.size() >= MAX_SAID) {
                said.removeFirst();
            }
            said.addLast(line);
        });
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
            while (left > 0
                    && input.isEmpty()
                    && said.isEmpty()
                    && !(news || gone || suspend || continued || fault != null)) {
                left = arrived.awaitNanos(left);
            }
            Mail mail = new Mail(input, List.copyOf(said), news, gone, suspend, continued, fault);
            input = new ArrayList<>();
            said.clear();
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
