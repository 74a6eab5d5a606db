package shawk.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import shawk.tcp.ByteLedger;
import shawk.tcp.StreamLimits;
import shawk.tcp.TcpCounts;

/** Says at the end of a run what of the capture is missing or was no message. */
final class ZkLosses {
    /** Ports of a capture that are named where it has none of those looked for. */
    private static final int MOST_PORTS = 5;

    private final Notices notices;
    private final CaptureSettings settings;
    private final DebugLog log;

    ZkLosses(Notices notices, CaptureSettings settings, DebugLog log) {
        this.notices = notices;
        this.settings = settings;
        this.log = log;
    }

    void say(ZkRun.State state) {
        ByteLedger bytes = state.streams().ledger();
        TcpCounts counts = state.streams().counts();
        long dropped = state.dropped();
        if (dropped > 0) {
            notices.say(
                    amount(dropped, "packet") + " dropped by the kernel: they came faster than they were decoded; what"
                            + " they held is missing");
        }
        if (counts.cutData > 0) {
            notices.say(amount(counts.cutData, "packet") + " captured in part: capture whole ones, with tcpdump -s 0");
        }
        if (bytes.gap > 0) {
            notices.say(amount(bytes.gap, "byte") + " missing in " + counts.gaps + (counts.gaps == 1 ? " gap" : " gaps")
                    + " of streams: they were not captured");
        }
        if (bytes.malformed > 0) {
            String advice = settings.bad() ? "" : "; shawk zk dump --dump-bad-packet shows them";
            notices.say(amount(bytes.malformed, "byte") + " no messages of ZooKeeper" + advice);
        }
        if (bytes.evicted > 0 && (counts.crowded == 0 || counts.evicted > counts.crowded)) {
            notices.say(amount(bytes.evicted, "byte") + " let go for want of room; raise --max-buffer");
        }
        if (counts.crowded > 0) {
            notices.say(amount(counts.crowded, "connection") + " let go, idle longest first: more than "
                    + StreamLimits.MOST_CONNECTIONS
                    + " were there at once; choose some, as with --include-host 10.0.0.5");
        }
        if (counts.connections == 0) {
            sayNothing(counts);
        }
        if (settings.summary() || log.on()) {
            summary(bytes, counts, dropped, state.streams().heldBytes());
        }
    }

    /** Not a single connection said anything that is looked for. */
    private void sayNothing(TcpCounts counts) {
        if (counts.packets == 0) {
            sayNoPacket();
            return;
        }
        String begin = "of " + amount(counts.packets, "packet").replaceFirst(" w[a-z]+$", "") + " none ";
        if (counts.segments > counts.otherPorts) {
            notices.say(begin + "holds data of " + settings.connections() + ": they were idle");
            return;
        }
        int[] others = counts.ports.busiest(MOST_PORTS);
        String seen = Arrays.stream(others).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String option = settings.portsOption();
        notices.say(begin + "is of " + settings.connections()
                + (others.length == 0 || settings.clientPort() != 0
                        ? ""
                        : "; most are of " + (others.length == 1 ? "port " : "ports ") + seen
                                + ": name the servers' with " + option.substring(0, option.indexOf(' '))));
    }

    private void sayNoPacket() {
        String file = settings.offline();
        if (file == null) {
            notices.say("no packet came: there was nothing of " + settings.connections() + " on " + settings.iface());
            return;
        }
        List<String> options = new ArrayList<>();
        if (!settings.packetFilter().isEmpty()) {
            options.add("--packet-filter");
        }
        if (!settings.include().isEmpty()) {
            options.add("--include-host");
        }
        if (!settings.exclude().isEmpty()) {
            options.add("--exclude-host");
        }
        notices.say((file.equals("-") ? "standard input" : file) + " holds no packet"
                + (options.isEmpty() ? "" : " for " + String.join(" and ", options)));
    }

    private void summary(ByteLedger bytes, TcpCounts counts, long dropped, long held) {
        String line = "packets " + counts.packets + ": segments " + counts.segments + ", not IP " + counts.notIp
                + ", not TCP " + counts.notTcp + ", fragments " + counts.fragments + ", cut " + counts.cutHeaders
                + ", bad " + counts.bad + "; dropped by the kernel " + dropped;
        String sum = "bytes " + bytes.in + " + missing " + bytes.gap + " = decoded " + bytes.decoded + " + ignored "
                + bytes.ignored + " + no message " + bytes.malformed + " + let go " + bytes.evicted + " + missing "
                + bytes.gap + " + held " + held + "; captured again " + bytes.repeated + ", of which differing "
                + bytes.differing;
        if (settings.summary()) {
            notices.say(line);
            notices.say(sum);
        }
        log.line(line);
        log.line(sum);
    }

    private static String amount(long count, String what) {
        return count + " " + what + (count == 1 ? " was" : "s were");
    }
}
