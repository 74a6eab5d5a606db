package shawk.look;

/**
 * What was counted in a span of time.
 *
 * @param opened connections opened
 * @param closed connections ended
 * @param failed attempts that failed
 * @param peak most connections at once
 * @param txBytes payload bytes sent
 * @param rxBytes payload bytes received
 * @param rttSum microseconds, the sum over {@code rttMinutes}
 * @param rttMinutes minutes whose round-trip time is known
 * @param retrans segments sent again
 * @param minutes minutes in which something was there
 * @param watchedMicros how much of these minutes was watched: of the newest only as far as the newest sample
 * @param firstMicros beginning of the first of them, microseconds since the epoch; {@link Long#MAX_VALUE} = none
 * @param lastMicros end of the last of them; {@link Long#MIN_VALUE} = none
 */
public record Amounts(
        long opened,
        long closed,
        long failed,
        long peak,
        long txBytes,
        long rxBytes,
        double rttSum,
        long rttMinutes,
        long retrans,
        long minutes,
        long watchedMicros,
        long firstMicros,
        long lastMicros) {
    /** Nothing. */
    public static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

    /** Both, one after the other. */
    public Amounts plus(Amounts other) {
        return sum(other, Math.max(peak, other.peak), minutes + other.minutes, watchedMicros + other.watchedMicros);
    }

    /** Both, beside each other. */
    Amounts beside(Amounts other) {
        return sum(
                other,
                peak + other.peak,
                Math.max(minutes, other.minutes),
                Math.max(watchedMicros, other.watchedMicros));
    }

    private Amounts sum(Amounts other, long newPeak, long newMinutes, long newWatched) {
        return new Amounts(
                opened + other.opened,
                closed + other.closed,
                failed + other.failed,
                newPeak,
                txBytes + other.txBytes,
                rxBytes + other.rxBytes,
                rttSum + other.rttSum,
                rttMinutes + other.rttMinutes,
                retrans + other.retrans,
                newMinutes,
                newWatched,
                Math.min(firstMicros, other.firstMicros),
                Math.max(lastMicros, other.lastMicros));
    }

    /** The same as the other side has it: what is sent there is received here. */
    Amounts turned() {
        return new Amounts(
                opened,
                closed,
                failed,
                peak,
                rxBytes,
                txBytes,
                rttSum,
                rttMinutes,
                retrans,
                minutes,
                watchedMicros,
                firstMicros,
                lastMicros);
    }

    /** Of each amount the smaller one: no more than that can be what both have in common. */
    Amounts smaller(Amounts other) {
        boolean own = rttMinutes <= other.rttMinutes;
        return new Amounts(
                Math.min(opened, other.opened),
                Math.min(closed, other.closed),
                Math.min(failed, other.failed),
                Math.min(peak, other.peak),
                Math.min(txBytes, other.txBytes),
                Math.min(rxBytes, other.rxBytes),
                own ? rttSum : other.rttSum,
                own ? rttMinutes : other.rttMinutes,
                Math.min(retrans, other.retrans),
                Math.min(minutes, other.minutes),
                Math.min(watchedMicros, other.watchedMicros),
                Math.max(firstMicros, other.firstMicros),
                Math.min(lastMicros, other.lastMicros));
    }

    /** Connections that there surely were: as many as were opened, or were there at once. */
    public long connections() {
        return Math.max(opened, peak);
    }

    /** Mean round-trip time, microseconds; {@code NaN} where none is known. */
    public double rttMicros() {
        return rttMinutes == 0 ? Double.NaN : rttSum / rttMinutes;
    }

    /** Whether something was there. */
    boolean any() {
        return minutes > 0;
    }
}
