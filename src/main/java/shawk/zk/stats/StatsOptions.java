package shawk.zk.stats;

/**
 * How is counted. Immutable.
 *
 * @param depth components of a path that make a key; 0 = all of them
 * @param top keys of each operation that are told, those with the highest counts; 0 = all
 * @param bytes whether bytes are counted by key
 * @param sampling part of the requests and events that are counted by key, above 0 up to 1; what is told is scaled up
 * @param pings whether pings count
 */
public record StatsOptions(int depth, int top, boolean bytes, double sampling, boolean pings) {
    /** As ZKTraffic has them. */
    public static final StatsOptions DEFAULT = new StatsOptions(0, 10, true, 1, false);

    public StatsOptions {
        if (depth < 0 || top < 0 || !(sampling > 0 && sampling <= 1)) {
            throw new IllegalArgumentException("depth " + depth + ", top " + top + ", sampling " + sampling);
        }
    }
}
