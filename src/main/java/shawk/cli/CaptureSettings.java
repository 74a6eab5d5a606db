package shawk.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shawk.source.pcap.PortRange;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Ports;

/**
 * What the ZooKeeper tools have in common: which packets, and how they are taken apart.
 *
 * @param iface name of an interface, or {@code any}
 * @param offline path of a capture, {@code -} = standard input; null = live
 * @param ports of the servers; empty = any
 * @param portsOption the option that names them, with an example
 * @param clientPort of the client; 0 = any
 * @param include hosts of which one has to be an end, as typed; empty = any
 * @param exclude hosts of which none may be
 * @param packetFilter an expression of pcap-filter(7); empty = none
 * @param maxBuffer bytes of memory for what waits for other bytes
 * @param limits of decoding
 * @param durationMicros after which the run ends; 0 = never
 * @param pings whether these are told
 * @param credentials whether these are shown
 * @param bad whether bytes that are no message are shown
 * @param summary whether the end says what became of every byte
 */
record CaptureSettings(
        String iface,
        @Nullable String offline,
        List<PortRange> ports,
        String portsOption,
        int clientPort,
        List<String> include,
        List<String> exclude,
        String packetFilter,
        long maxBuffer,
        DecodeLimits limits,
        long durationMicros,
        boolean pings,
        boolean credentials,
        boolean bad,
        boolean summary) {
    CaptureSettings {
        ports = List.copyOf(ports);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The ports of the servers as a set. */
    Ports portSet() {
        Ports set = new Ports();
        ports.forEach(range -> set.add(range.from(), range.to()));
        return set;
    }

    /** Which connections are looked for, in words. */
    String connections() {
        if (clientPort != 0) {
            return "clients at port " + clientPort;
        }
        String shown = ports.stream()
                .map(range -> range.from() == range.to() ? "" + range.from() : range.from() + "-" + range.to())
                .collect(Collectors.joining(", "));
        boolean one = ports.size() == 1 && ports.get(0).from() == ports.get(0).to();
        return ports.isEmpty() ? "TCP" : (one ? "port " : "ports ") + shown;
    }

    boolean live() {
        return offline == null;
    }
}
