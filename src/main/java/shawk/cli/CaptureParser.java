package shawk.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;
import shawk.expr.Sizes;
import shawk.source.pcap.PortRange;
import shawk.zk.proto.DecodeLimits;

/** Options that the ZooKeeper tools share to settings; what makes no sense is wrong usage. Pure. */
final class CaptureParser {
    private static final long LEAST_BUFFER = 1L << 20;
    private static final long MOST_BUFFER = 1L << 34;
    private static final long LEAST_MESSAGE = 1_024;
    private static final long MOST_MESSAGE = 1L << 29;
    /**
     * What ZooKeeper's servers add to jute.maxbuffer for the rest of a message (zookeeper.jute.maxbuffer.extrasize).
     */
    private static final int EXTRA = 1_024;

    private static final int KEPT = 1 << 16;

    private final Arguments arguments;
    private final SettingsParser parser;

    CaptureParser(Arguments arguments) {
        this.arguments = arguments;
        this.parser = new SettingsParser(arguments);
    }

    /** What was asked for; {@code ports} is the option that names the servers' ports. */
    CaptureSettings parse(Opt ports) throws Failure {
        List<String> typed = arguments.all(ports);
        List<PortRange> ranges = ports(ports, typed.isEmpty() ? List.of(ports.fallback()) : typed);
        return parse(ranges, ports.longName() + " " + ports.fallback());
    }

    /** The same for any port; {@code option} names some, with an example. */
    CaptureSettings parseAnyPort(String option) throws Failure {
        return parse(List.of(), option);
    }

    private CaptureSettings parse(List<PortRange> ports, String option) throws Failure {
        if (arguments.has(Opt.ZK_INCLUDE_HOST) && arguments.has(Opt.ZK_EXCLUDE_HOST)) {
            throw Failure.usage("--include-host and --exclude-host exclude each other; leave one of them away");
        }
        String offline = arguments.value(Opt.ZK_OFFLINE);
        if (offline != null && arguments.has(Opt.ZK_IFACE)) {
            throw Failure.usage("--iface is where packets are captured, and --offline reads a file of them; leave one"
                    + " of them away");
        }
        if (offline != null && (offline.isEmpty() || offline.indexOf('\0') >= 0)) {
            throw Failure.usage("--offline needs a file; type --offline zookeeper.pcap, or - for standard input");
        }
        String iface = arguments.valueOrFallback(Opt.ZK_IFACE);
        if (iface.isBlank() || iface.indexOf('\0') >= 0 || iface.indexOf('/') >= 0) {
            throw Failure.usage(
                    "--iface " + Failure.quote(iface) + ": expected an interface; type --iface eth0, or any");
        }
        long buffer = size(Opt.ZK_MAX_BUFFER, LEAST_BUFFER, MOST_BUFFER);
        checkRoom(buffer);
        return new CaptureSettings(
                iface,
                offline,
                ports,
                option,
                clientPort(),
                arguments.all(Opt.ZK_INCLUDE_HOST),
                arguments.all(Opt.ZK_EXCLUDE_HOST),
                packetFilter(),
                buffer,
                limits(),
                arguments.has(Opt.ZK_DURATION) ? micros(Opt.ZK_DURATION) : 0,
                arguments.has(Opt.ZK_INCLUDE_PINGS),
                arguments.has(Opt.ZK_SHOW_CREDENTIALS),
                arguments.has(Opt.ZK_DUMP_BAD_PACKET),
                arguments.has(Opt.ZK_SUMMARY));
    }

    /** While a message grows its bytes are there twice. */
    private void checkRoom(long buffer) throws Failure {
        long message = size(Opt.ZK_MAX_MESSAGE, LEAST_MESSAGE, MOST_MESSAGE);
        if (buffer < 2 * message) {
            long least = 2 * message + (1 << 20) - 1 >> 20;
            throw Failure.usage("--max-buffer " + shown(buffer) + " has no room for a message of --max-message "
                    + arguments.valueOrFallback(Opt.ZK_MAX_MESSAGE) + " while it grows; type --max-buffer " + least
                    + "MiB or more, or a smaller --max-message");
        }
    }

    /** The ports that an option's values say: {@code 2181}, {@code 2181-2183}, several with commas. */
    static List<PortRange> ports(Opt option, List<String> typed) throws Failure {
        List<PortRange> ranges = new ArrayList<>();
        for (String value : typed) {
            for (String part : value.split(",", -1)) {
                PortRange range = PortRange.parse(part.strip());
                if (range == null) {
                    throw Failure.usage(option.longName() + " " + Failure.quote(value)
                            + ": expected ports from 1 to 65535; type " + option.longName()
                            + " 2181, or 2181-2183, or 2181,2281");
                }
                ranges.add(range);
            }
        }
        return ranges;
    }

    private DecodeLimits limits() throws Failure {
        boolean queued = Opt.ZK_MAX_QUEUED_REQUESTS.taken(arguments.command());
        int open = queued
                ? (int) Math.min(1_000_000, parser.parseNumber(Opt.ZK_MAX_QUEUED_REQUESTS, 1))
                : DecodeLimits.DEFAULT.maxOpen();
        int message = (int) size(Opt.ZK_MAX_MESSAGE, LEAST_MESSAGE, MOST_MESSAGE) + EXTRA;
        return new DecodeLimits(message, open, KEPT, arguments.has(Opt.ZK_TIMEOUT) ? micros(Opt.ZK_TIMEOUT) : 0);
    }

    private int clientPort() throws Failure {
        if (!Opt.ZK_CLIENT_PORT.taken(arguments.command())) {
            return 0;
        }
        long port = parser.parseNumber(Opt.ZK_CLIENT_PORT, 0);
        if (port > 65_535) {
            throw Failure.usage("--client-port " + port + ": expected a port up to 65535; type --client-port 40000");
        }
        return (int) port;
    }

    private String packetFilter() throws Failure {
        @Nullable String typed = arguments.value(Opt.ZK_PACKET_FILTER);
        if (typed != null && typed.indexOf('\0') >= 0) {
            throw Failure.usage("--packet-filter " + Failure.quote(typed) + ": type one such as 'tcp'");
        }
        return typed == null ? "" : typed.strip();
    }

    private long size(Opt option, long least, long most) throws Failure {
        String typed = arguments.valueOrFallback(option);
        try {
            long bytes = Sizes.parse(typed);
            if (bytes >= least && bytes <= most) {
                return bytes;
            }
        } catch (ExprException e) {
            throw Failure.usage(option.longName() + ": " + e.getMessage());
        }
        throw Failure.usage(option.longName() + " " + Failure.quote(typed) + " is out of range; type " + shown(least)
                + " to " + shown(most));
    }

    private static String shown(long bytes) {
        return bytes >= 1L << 30 ? (bytes >> 30) + "GiB" : bytes >= 1L << 20 ? (bytes >> 20) + "MiB" : bytes + "B";
    }

    private long micros(Opt option) throws Failure {
        String typed = arguments.valueOrFallback(option);
        try {
            Duration duration = Durations.parse(typed);
            if (duration.compareTo(Duration.ofMillis(1)) >= 0) {
                return duration.toNanos() / 1_000;
            }
        } catch (ExprException e) {
            throw Failure.usage(option.longName() + ": " + e.getMessage());
        }
        throw Failure.usage(option.longName() + " " + Failure.quote(typed) + " is too short; type 1ms or more");
    }
}
