package shawk.flow;

/**
 * Bounds of what the fold keeps, so that no host and no peer can make it grow without end. What happens at each bound
 * is counted and shown as a {@link shawk.model.Degradation}.
 *
 * @param sockets sockets of one sample; those beyond are left out of the snapshot
 * @param processes processes that hold sockets; those beyond are not named
 * @param endedProcesses ended processes that keep a row of their own; the longest ended roll up by name, executable,
 *     user and cgroup
 * @param bundles bundles of ended connections; the least lately changed lose their addresses
 * @param texts texts in the dictionary, live and stale; beyond it the stale ones are dropped
 * @param links interfaces whose counters are shown: the first ones
 * @param ended ended connections and failed attempts that are kept one by one: the last ones
 * @param udpFlows UDP flows; the least lately active are forgotten
 */
public record FlowLimits(
        int sockets, int processes, int endedProcesses, int bundles, int texts, int links, int ended, int udpFlows) {
    private static final int DEFAULT_LINKS = 1 << 10;
    private static final int DEFAULT_ENDED = 10_000;
    private static final int STORING_ENDED = 1 << 16;
    private static final int DEFAULT_UDP_FLOWS = 1 << 16;

    /** What the program uses. */
    public static final FlowLimits DEFAULT = new FlowLimits(1 << 20, 1 << 16, 1 << 11, 1 << 16, 1 << 18);

    /** What the program uses where it stores what it sees: what ends in one interval is looked at one by one. */
    public static final FlowLimits STORING = new FlowLimits(
            DEFAULT.sockets,
            DEFAULT.processes,
            DEFAULT.endedProcesses,
            DEFAULT.bundles,
            DEFAULT.texts,
            DEFAULT.links,
            STORING_ENDED,
            DEFAULT.udpFlows);

    /** With as many interfaces, single ended connections and UDP flows as the program shows. */
    public FlowLimits(int sockets, int processes, int endedProcesses, int bundles, int texts) {
        this(sockets, processes, endedProcesses, bundles, texts, DEFAULT_LINKS, DEFAULT_ENDED, DEFAULT_UDP_FLOWS);
    }

    public FlowLimits {
        if (sockets < 1 || processes < 1 || endedProcesses < 0 || bundles < 4 || texts < 1 || links < 0) {
            throw new IllegalArgumentException("a bound is too small");
        }
        if (ended < 1 || udpFlows < 4) {
            throw new IllegalArgumentException("a bound is too small");
        }
    }
}
