package shawk.cli;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Signals that end a run, turned into a flag that the run looks at: it ends what it writes in good order. Whoever asks
 * a second time is not kept waiting.
 */
final class Stops {
    private static final int NONE = 0;

    /**
     * A signal that comes this soon after the first is the same one: timeout(1) sends it to the process and to its
     * group, and a terminal that hangs up may too.
     */
    static final long SAME_NANOS = 300_000_000;

    private final Thread waiting;
    private volatile int signal = NONE;
    private volatile long cameNanos;
    private volatile Runnable ending = () -> {};

    /** {@code waiting} is the thread that {@link #waitUntil} is called on. */
    Stops(Thread waiting) {
        this.waiting = waiting;
    }

    /** The signals, by the numbers that every Linux gives them. */
    private enum End {
        HUP(1),
        INT(2),
        TERM(15);

        private final int number;

        End(int number) {
            this.number = number;
        }
    }

    /** Takes the signals over. */
    void listen() {
        Consumer<String> arrived = this::arrived;
        for (End end : End.values()) {
            Signals.handle(end.name(), arrived);
        }
    }

    /** A signal came; the second one ends the program at once. */
    void arrived(String name) {
        int number = End.valueOf(name).number;
        if (signal != NONE) {
            if (System.nanoTime() - cameNanos > SAME_NANOS) {
                Runtime.getRuntime().halt(ExitStatus.SIGNAL + number);
            }
            return;
        }
        cameNanos = System.nanoTime();
        signal = number;
        LockSupport.unpark(waiting);
        ending.run();
    }

    /** Asks the run to end as Ctrl-C does; asked again, it is asked the same. */
    void cancel() {
        signal = End.INT.number;
        LockSupport.unpark(waiting);
        ending.run();
    }

    /**
     * What is done besides once the run is to end, on the thread that says so, or at once where it is to end already:
     * {@code action} ends what the run waits for. Done twice, it does no more.
     */
    void whenStopped(Runnable action) {
        ending = action;
        if (stopped()) {
            action.run();
        }
    }

    boolean stopped() {
        return signal != NONE;
    }

    /**
     * The exit status that the signal asks for.
     *
     * @param interruptExpected whether the run was to go on until somebody interrupts it
     */
    int status(boolean interruptExpected) {
        int came = signal;
        return came == NONE || came == End.INT.number && interruptExpected ? ExitStatus.OK : ExitStatus.SIGNAL + came;
    }

    /** Waits until {@code nanoTime}, or until a signal came; returns whether one did. */
    boolean waitUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (!stopped() && left > 0) {
            LockSupport.parkNanos(this, left);
            left = nanoTime - System.nanoTime();
        }
        return stopped();
    }
}
