package shawk.screen.zk;

/**
 * All that is captured, whatever the filter.
 *
 * @param requestRate requests a second in the last interval; {@code NaN} = not known yet
 * @param replyRate replies a second
 * @param errorRate replies a second that say an error
 * @param eventRate events a second
 * @param open requests that wait for their reply
 * @param dropped packets that the kernel had no room for, since the start; -1 = a file does not tell
 * @param missing bytes of streams that were never captured, since the start
 * @param undecoded bytes in which no message was recognised, since the start
 */
public record TopTotals(
        double requestRate,
        double replyRate,
        double errorRate,
        double eventRate,
        long open,
        long dropped,
        long missing,
        long undecoded) {
    static final TopTotals NONE = new TopTotals(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, -1, 0, 0);
}
