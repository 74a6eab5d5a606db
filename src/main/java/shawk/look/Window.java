package shawk.look;

/**
 * A span of time that is looked at.
 *
 * @param sinceMicros from when, microseconds since the epoch
 * @param untilMicros until when, exclusive
 */
public record Window(long sinceMicros, long untilMicros) {
    private static final long MINUTE = 60_000_000L;

    public Window {
        if (sinceMicros >= untilMicros) {
            throw new IllegalArgumentException(sinceMicros + " is not before " + untilMicros);
        }
    }

    /** The same, made wider to whole minutes: what is stored is by the minute. */
    public Window wholeMinutes() {
        return new Window(Math.floorDiv(sinceMicros, MINUTE) * MINUTE, -Math.floorDiv(-untilMicros, MINUTE) * MINUTE);
    }

    /** How long it is, seconds. */
    public double seconds() {
        return (untilMicros - sinceMicros) / 1e6;
    }
}
