package shawk.model;

/**
 * A figure about the reading itself: {@code enum shawk_meter_id}, in its order. Counts are since the start, unless they
 * are states. {@code LIVE_AT_START + ESTABLISHED = LIVE + ENDED + LOST}.
 */
public enum Meter {
    /** Connections older than the program. */
    LIVE_AT_START("older than the program", Unit.COUNT, false),
    /** Connections that began. */
    ESTABLISHED("began", Unit.COUNT, false),
    /** Connections that have not ended, as counted in the kernel. */
    LIVE("live", Unit.COUNT, false),
    /** Connections that ended and were handed out in bundles. */
    ENDED("ended", Unit.COUNT, false),
    /** Connections that neither live nor were handed out. */
    LOST("lost", Unit.COUNT, true),
    /** SYN_SENT. */
    ATTEMPTS("attempts", Unit.COUNT, false),
    /** Attempts that ended before ESTABLISHED. */
    FAILED("failed attempts", Unit.COUNT, false),
    /** Transitions that the kernel did not run the program for. */
    MISSED("transitions not seen", Unit.COUNT, true),
    /** Connections that there was no room to keep an account of: counted, not owned. */
    UNTRACKED("without an account", Unit.COUNT, true),
    /** Ends counted without owner and addresses, for want of a bundle. */
    OVERFLOWED("counted without owner", Unit.COUNT, true),
    /** Records of single connections handed out. */
    EVENTS("events", Unit.COUNT, false),
    /** Such records that the ring had no room for; their counts are not lost. */
    EVENTS_DROPPED("events dropped", Unit.COUNT, true),
    /** Processes that there was no room to name. */
    PROCESSES_DROPPED("processes without a name", Unit.COUNT, true),
    /** Datagrams counted for no flow, for want of room. */
    FLOWS_DROPPED("datagrams of no flow", Unit.COUNT, true),
    /** In the last interval; of at most. */
    BUNDLES("bundles", Unit.COUNT, false),
    BUNDLES_MAX("bundles at most", Unit.COUNT, false),
    /** Connections with an account in the kernel; of at most. */
    TRACKED("accounts", Unit.COUNT, false),
    TRACKED_MAX("accounts at most", Unit.COUNT, false),
    /** UDP flows of the last interval; of at most. */
    FLOWS("UDP flows", Unit.COUNT, false),
    FLOWS_MAX("UDP flows at most", Unit.COUNT, false),
    /** Of the ring, used when it was read; of at most. */
    RING_BYTES("ring", Unit.BYTES, false),
    RING_BYTES_MAX("ring at most", Unit.BYTES, false),
    /** Memory of maps and programs. */
    KERNEL_BYTES("kernel memory", Unit.BYTES, false),
    /** Time taken by the last sample: changing the bundles, until no program is at work on the old ones. */
    SWITCH_NANOS("waiting for programs at work", Unit.NANOS, false),
    /** Sockets and their holders. */
    ITERATE_NANOS("sockets and holders", Unit.NANOS, false),
    /** Bundles and records. */
    DRAIN_NANOS("bundles and events", Unit.NANOS, false);

    /** What a figure is of. */
    public enum Unit {
        COUNT,
        BYTES,
        NANOS
    }

    private final String title;
    private final Unit unit;
    private final boolean loss;

    Meter(String title, Unit unit, boolean loss) {
        this.title = title;
        this.unit = unit;
        this.loss = loss;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether anything but 0 tells of something that was not seen, or not in full. */
    public boolean isLoss() {
        return loss;
    }
}
