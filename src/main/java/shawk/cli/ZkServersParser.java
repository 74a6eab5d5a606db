package shawk.cli;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.source.pcap.PortRange;
import shawk.view.zk.Output;
import shawk.zk.omni.PortRoles;
import shawk.zk.proto.Protocol;

/** Options of {@code shawk zk zab}, {@code fle} and {@code omni} to settings. Pure. */
final class ZkServersParser {
    private static final String EXAMPLE = "--ports fle=3881-3883,zab=2881-2883,zk=2191";

    private final Arguments arguments;
    private final ZkOutputParser outputs;

    /** {@code variables} of the environment say whether a terminal shows more than ASCII. */
    ZkServersParser(Arguments arguments, Map<String, String> variables, ZoneId zone) {
        this.arguments = arguments;
        this.outputs = new ZkOutputParser(arguments, variables, zone);
    }

    ZkServersSettings parse() throws Failure {
        Command command = arguments.command();
        PortRoles roles = new PortRoles();
        CaptureSettings capture = capture(command, roles);
        Output.Format format = outputs.parseFormat();
        boolean timing = command == Command.ZK_ZAB && arguments.has(Opt.ZK_TIMING);
        boolean outcome = command == Command.ZK_FLE && arguments.has(Opt.ZK_OUTCOME);
        if (timing || outcome) {
            refuse(
                    timing ? Opt.ZK_TIMING : Opt.ZK_OUTCOME,
                    "writes no messages",
                    Opt.ZK_ONELINE,
                    Opt.ZK_COLORS,
                    Opt.ZK_FILTER,
                    Opt.ZK_BODY_BYTES,
                    Opt.ZK_INCLUDE_PINGS,
                    Opt.ZK_SHOW_CREDENTIALS,
                    Opt.ZK_DUMP_BAD_PACKET);
        } else if (format == Output.Format.TEXT) {
            refuse(Opt.ZK_BODY_BYTES, Opt.ZK_FORMAT.longName() + " json");
        } else {
            refuse(Opt.ZK_FORMAT, "is not text", Opt.ZK_ONELINE, Opt.ZK_COLORS);
        }
        return new ZkServersSettings(
                command,
                capture,
                outputs.parse(capture, true),
                arguments.has(Opt.ZK_ONELINE),
                ZkOutputParser.parseFilter(arguments),
                outputs.parseCount(),
                timing || outcome,
                roles);
    }

    /** What has no meaning beside {@code given} is wrong usage. */
    private void refuse(Opt given, String why, Opt... others) throws Failure {
        for (Opt other : others) {
            if (arguments.has(other)) {
                throw Failure.usage(other.longName() + " and " + given.longName() + ", which " + why
                        + ", exclude each other; leave one of them away");
            }
        }
    }

    private void refuse(Opt option, String instead) throws Failure {
        if (arguments.has(option)) {
            throw Failure.usage(option.longName() + " is for JSON and CSV; add " + instead + ", or leave it away");
        }
    }

    private CaptureSettings capture(Command command, PortRoles roles) throws Failure {
        CaptureParser captures = new CaptureParser(arguments);
        if (command == Command.ZK_OMNI) {
            add(roles, Protocol.CLIENT, CaptureParser.ports(Opt.ZK_ZOOKEEPER_PORT, clients()));
            add(roles, Protocol.ZAB, List.of(new PortRange(2888, 2889)));
            add(roles, Protocol.FLE, List.of(new PortRange(3888, 3888)));
            for (String typed : arguments.all(Opt.ZK_PORTS)) {
                told(roles, typed);
            }
            return captures.parseAnyPort(EXAMPLE);
        }
        boolean zab = command == Command.ZK_ZAB;
        CaptureSettings capture = captures.parse(zab ? Opt.ZK_ZAB_PORT : Opt.ZK_FLE_PORT);
        add(roles, zab ? Protocol.ZAB : Protocol.FLE, capture.ports());
        return capture;
    }

    private List<String> clients() {
        List<String> typed = arguments.all(Opt.ZK_ZOOKEEPER_PORT);
        return typed.isEmpty() ? List.of(Opt.ZK_ZOOKEEPER_PORT.fallback()) : typed;
    }

    private static void add(PortRoles roles, Protocol protocol, List<PortRange> ranges) {
        ranges.forEach(range -> roles.add(protocol, range.from(), range.to()));
    }

    /** {@code fle=3881-3883,3888,zab=2881}: a range without a name belongs to the name before it. */
    private static void told(PortRoles roles, String typed) throws Failure {
        @Nullable Protocol protocol = null;
        for (String part : typed.split(",", -1)) {
            int equals = part.indexOf('=');
            protocol =
                    equals < 0 ? protocol : protocol(part.substring(0, equals).strip());
            PortRange range = PortRange.parse(part.substring(equals + 1).strip());
            if (protocol == null || range == null) {
                throw Failure.usage(Opt.ZK_PORTS.longName() + " " + Failure.quote(typed) + ": expected "
                        + "fle=, zab= or zk= and ports; type " + EXAMPLE);
            }
            add(roles, protocol, List.of(range));
        }
    }

    private static @Nullable Protocol protocol(String name) {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.id().equals(name)) {
                return protocol;
            }
        }
        return null;
    }
}
