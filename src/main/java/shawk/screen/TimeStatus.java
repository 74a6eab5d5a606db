package shawk.screen;

/**
 * Where in time the monitor is. Immutable.
 *
 * @param replay whether a recording is played
 * @param ended whether the recording is at its end
 * @param speed seconds of the recording in a second; 1 where nothing is played
 * @param samples how many can be gone to; 0 = none
 * @param position of the sample that is shown among these, from 0
 * @param offsetSeconds from universal time to that of the host
 */
public record TimeStatus(boolean replay, boolean ended, double speed, long samples, long position, int offsetSeconds) {
    /** There is only now. */
    public static final TimeStatus NONE = new TimeStatus(false, false, 1, 0, 0, 0);

    private static final long MICROS = 1_000_000;

    /** The time of day at {@code micros} since the epoch, as {@code 14:05:30}. */
    String clock(long micros) {
        long second = Math.floorMod(Math.floorDiv(micros, MICROS) + offsetSeconds, 86_400L);
        return two(second / 3600) + ':' + two(second / 60 % 60) + ':' + two(second % 60);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** What the first line says besides the time: how far it is, and how fast. */
    String progress() {
        StringBuilder out = new StringBuilder();
        if (samples > 1) {
            out.append(' ').append(100 * position / (samples - 1)).append('%');
        }
        if (replay && speed != 1) {
            out.append(" x").append(speed < 1 ? Double.toString(speed) : Long.toString(Math.round(speed)));
        }
        return out.append(ended ? " END" : "").toString();
    }
}
