package shawk.source.pcap;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shawk.nativelib.NativeException;
import shawk.nativelib.PcapHandle;
import shawk.nativelib.PcapHandle.Reason;
import shawk.nativelib.PcapLibrary;
import shawk.tcp.LinkType;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;
import shawk.tcp.PacketsException;

/**
 * Packets of an interface of this network namespace, or of all of them, as they pass. A frame on loopback comes once.
 * Used by one thread, but for {@link #interrupt()}.
 */
public final class LivePackets implements Packets {
    /** All interfaces. */
    public static final String ANY = "any";

    /** What capturing takes, and how to start with it. */
    static final String RIGHTS =
            "run as root, or by setpriv --inh-caps=+net_raw --ambient-caps=+net_raw; setcap on java does not do";

    private static final int MOST_NAMES = 32;

    private final String name;
    private final PcapHandle handle;
    private final int link;

    private LivePackets(String name, PcapHandle handle) {
        this.name = name;
        this.handle = handle;
        this.link = handle.link();
    }

    /**
     * What passed an interface since the start.
     *
     * @param received packets that passed the filter, those that were dropped included
     * @param dropped of these, for want of room in the kernel's ring
     * @param interfaceDropped packets of any kind that the interface or its driver dropped
     */
    public record Stats(long received, long dropped, long interfaceDropped) {}

    /**
     * Begins to capture.
     *
     * @param name of the interface, or {@link #ANY}
     * @param ringBytes how much the kernel keeps until it is fetched; 0 = 32 MiB
     * @throws PacketsException one line: what, and what to do next
     */
    public static LivePackets open(String name, CaptureFilter filter, int ringBytes) throws PacketsException {
        PcapHandle handle;
        try {
            handle = PcapHandle.openLive(name, ringBytes);
        } catch (NativeException e) {
            throw new PacketsException(refusal(name, e));
        }
        LivePackets packets = new LivePackets(name, handle);
        try {
            Filters.checkLink(name, packets.link);
            Filters.apply(handle, filter, filter.expression(packets.link));
        } catch (PacketsException e) {
            packets.close();
            throw e;
        }
        return packets;
    }

    private static String refusal(String name, NativeException e) {
        return switch (Reason.of(e)) {
            case NO_SUCH_INTERFACE -> "no interface " + name + "; there are " + names();
            case NOT_PERMITTED -> "no capture on " + name + " without CAP_NET_RAW; " + RIGHTS;
            case INTERFACE_DOWN -> "interface " + name + " is down; ip link set " + name + " up";
            default ->
                e.errno() == 0
                        ? "no capture of packets: " + e.getMessage()
                        : "no capture on " + name + ": " + e.getMessage() + "; shawk doctor says more";
        };
    }

    private static String names() {
        List<String> there;
        try {
            there = PcapLibrary.queryInterfaces();
        } catch (NativeException e) {
            there = List.of();
        }
        String more = there.size() > MOST_NAMES ? ", and " + (there.size() - MOST_NAMES) + " more" : "";
        return Stream.concat(Stream.of(ANY), there.stream().limit(MOST_NAMES)).collect(Collectors.joining(", ")) + more;
    }

    /** The link type of all packets, as in {@link LinkType}. */
    public int linkType() {
        return link;
    }

    @Override
    public Outcome next(PacketBatch batch, int waitMillis) throws PacketsException {
        batch.count = 0;
        int count;
        try {
            count = handle.take(waitMillis);
        } catch (NativeException e) {
            throw new PacketsException("capturing on " + name + " ended: " + e.getMessage());
        }
        if (count == 0) {
            return Outcome.NONE;
        }
        Batches.fill(batch, handle.buffer(), count);
        return Outcome.PACKETS;
    }

    /** Counts since the start, of now. */
    public Stats stats() {
        long[] stats = handle.queryStats();
        return new Stats(stats[0], stats[1], stats[2]);
    }

    @Override
    public long dropped() {
        return stats().dropped();
    }

    /** Ends the wait of the {@link #next} under way, or of the next one. Any thread. */
    public void interrupt() {
        handle.interrupt();
    }

    @Override
    public void close() {
        handle.close();
    }
}
