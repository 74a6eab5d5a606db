package shawk.view;

import java.time.Instant;
import java.time.ZoneId;

/** The second of the day somewhere, for clocks that are written on many lines. Used by one thread. */
public final class SecondOfDay {
    private static final long DAY = 86_400;
    /** Offsets from UTC change at full quarters of an hour. */
    private static final long QUARTER = 900;

    private final ZoneId zone;
    private long quarter = Long.MIN_VALUE;
    private long offset;

    /** In {@code zone}. */
    public SecondOfDay(ZoneId zone) {
        this.zone = zone;
    }

    /** That at {@code epochSecond}: 0 to 86,399. */
    public int at(long epochSecond) {
        if (Math.floorDiv(epochSecond, QUARTER) != quarter) {
            quarter = Math.floorDiv(epochSecond, QUARTER);
            offset = zone.getRules()
                    .getOffset(Instant.ofEpochSecond(epochSecond))
                    .getTotalSeconds();
        }
        return (int) Math.floorMod(epochSecond + offset, DAY);
    }
}
