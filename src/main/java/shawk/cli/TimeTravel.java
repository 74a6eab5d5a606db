package shawk.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.record.Recording;
import shawk.screen.TimeCommand;
import shawk.screen.TimeStatus;
import shawk.screen.Timeline;

/**
 * Goes through the samples of a recording on a thread of its own: to the one that is wanted, or from one to the next as
 * time went by when they were recorded. Thread-safe.
 */
final class TimeTravel implements Timeline, AutoCloseable {
    private static final long NOWHERE = -1;
    private static final double[] SPEEDS = {0.25, 0.5, 1, 2, 5, 10, 30, 60};
    private static final int NORMAL = 2;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Recording recording;
    private final Playback playback;
    private final boolean replay;
    private final UnaryOperator<Snapshot> redaction;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private final Thread thread = new Thread(this::run, "time-travel");

    private @Nullable Snapshot shown;
    private long position = NOWHERE;
    private long wanted = NOWHERE;
    private long commands;
    private boolean playing;
    private boolean closed;
    private int speed = NORMAL;
    private long anchorNanos;
    private long anchorRecorded;
    private String failure = "";

    /** {@code replay}: it plays from the first sample on; else it waits for a command. */
    TimeTravel(Recording recording, Playback playback, boolean replay, UnaryOperator<Snapshot> redaction) {
        this.recording = recording;
        this.playback = playback;
        this.replay = replay;
        this.redaction = redaction;
        this.playing = replay;
        this.wanted = replay ? recording.first() : NOWHERE;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void onNews(Runnable wake) {
        listeners.add(wake);
    }

    /** Why the recording cannot be read; empty = it can. */
    String failure() {
        synchronized (lock) {
            return failure;
        }
    }

    @Override
    public void travel(TimeCommand command) {
        synchronized (lock) {
            commands++;
            if (command instanceof TimeCommand.Pause pause) {
                playing = false;
                wanted = NOWHERE;
                position = pause.sequence() - 1;
            } else if (command instanceof TimeCommand.Resume) {
                playing = replay;
                wanted = NOWHERE;
                shown = replay ? shown : null;
                anchor();
            } else if (command instanceof TimeCommand.Step step) {
                want(from() + step.samples());
            } else if (command instanceof TimeCommand.Jump jump) {
                want(Moments.find(recording, from(), jump.target(), ZoneId.systemDefault()));
            } else if (command instanceof TimeCommand.Speed change) {
                speed = Math.max(0, Math.min(SPEEDS.length - 1, speed + change.direction()));
                anchor();
            }
            lock.notifyAll();
        }
        tell();
    }

    /** Where steps and jumps go from: what is on its way to be shown, or is shown. */
    private long from() {
        return wanted != NOWHERE ? wanted : position != NOWHERE ? position : recording.end() - 1;
    }

    private void want(long to) {
        wanted = Math.max(recording.first(), Math.min(recording.end() - 1, to));
    }

    private void anchor() {
        anchorNanos = System.nanoTime();
        anchorRecorded = position == NOWHERE ? 0 : recording.monotonicNanos(position);
    }

    @Override
    public @Nullable Snapshot moment() {
        synchronized (lock) {
            return shown;
        }
    }

    @Override
    public TimeStatus status() {
        synchronized (lock) {
            long first = recording.first();
            long end = recording.end();
            long at = position == NOWHERE ? end - 1 : position;
            Snapshot moment = shown;
            Instant when = Instant.ofEpochSecond(moment == null ? 0 : moment.wallMicros() / 1_000_000);
            int offset = ZoneId.systemDefault().getRules().getOffset(when).getTotalSeconds();
            boolean ended = replay && at >= end - 1;
            return new TimeStatus(
                    replay, ended, SPEEDS[speed], end - first, Math.max(0, Math.min(at, end - 1) - first), offset);
        }
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    private void run() {
        try {
            for (long to = next(); to != NOWHERE; to = next()) {
                go(to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeRecording();
        }
    }

    /** Waits until there is somewhere to go; {@link #NOWHERE} at the end of the run. */
    private long next() throws InterruptedException {
        synchronized (lock) {
            while (!closed && wanted == NOWHERE) {
                long left = playing && position + 1 < recording.end() ? dueNanos(position + 1) : Long.MAX_VALUE;
                if (left <= 0) {
                    return position + 1;
                }
                lock.wait(left == Long.MAX_VALUE ? 0 : 1 + left / NANOS_A_MILLI);
            }
            return closed ? NOWHERE : wanted;
        }
    }

    private long dueNanos(long next) {
        double passed = (recording.monotonicNanos(next) - anchorRecorded) / SPEEDS[speed];
        return anchorNanos + (long) passed - System.nanoTime();
    }

    private void go(long to) {
        long asked;
        boolean jumped;
        synchronized (lock) {
            asked = commands;
            jumped = wanted == to;
        }
        Snapshot made = null;
        String why = "";
        try {
            made = playback.at(to);
            made = made == null ? null : redaction.apply(made);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            why = "the recording cannot be read: " + Failure.plain(e.getMessage());
        }
        synchronized (lock) {
            failure = why;
            if (commands != asked && wanted != to) {
                return;
            }
            wanted = wanted == to ? NOWHERE : wanted;
            position = to;
            shown = made == null ? shown : made;
            if (jumped) {
                anchor();
            }
        }
        tell();
    }

    private void closeRecording() {
        try {
            recording.close();
        } catch (IOException e) {
            synchronized (lock) {
                failure = Failure.plain(e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
