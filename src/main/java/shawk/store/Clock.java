package shawk.store;

/**
 * Which minute of which chunk it is, by the wall time of samples. A clock that is set back a little stands still until
 * that has passed; where it is set back further, what follows belongs to another run, so that no chunk of it takes the
 * place of an earlier one. Used by one thread.
 */
final class Clock {
    private static final long MINUTE_MICROS = 60_000_000;
    /** As far as time stands still, microseconds. */
    private static final long PATIENCE_MICROS = 2 * MINUTE_MICROS;

    private long micros = Long.MIN_VALUE;
    private int run;

    /** Run {@code firstRun} begins. */
    Clock(int firstRun) {
        this.run = firstRun;
    }

    /** Whether it is set back so far that a new run begins, see {@link #nextRun}. */
    boolean isSetBackBy(long wallMicros) {
        return micros != Long.MIN_VALUE && wallMicros < micros - PATIENCE_MICROS;
    }

    /** Takes in the time of a sample; {@code again}: whatever it was before. */
    void set(long wallMicros, boolean again) {
        micros = again ? wallMicros : Math.max(micros, wallMicros);
    }

    /** What follows has other chunks than what came before, even where their time is the same. */
    void nextRun() {
        run++;
    }

    int run() {
        return run;
    }

    /** Microseconds since the epoch. */
    long micros() {
        return micros;
    }

    /** Chunks since the epoch; {@link Flows#NO_CHUNK} before the first sample. */
    long chunk() {
        return micros == Long.MIN_VALUE ? Flows.NO_CHUNK : Math.floorDiv(micros, Chunk.LENGTH_MICROS);
    }

    /** Which minute of the chunk. */
    int minute() {
        return (int) (Math.floorMod(micros, Chunk.LENGTH_MICROS) / MINUTE_MICROS);
    }
}
