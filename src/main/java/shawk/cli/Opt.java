package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options, and the commands that take each: parsing, refusals, help, completion and man pages all come from this
 * table, in this order. Where a name means different values to different commands it has an entry for each.
 */
enum Opt {
    SOURCE(
            "--source",
            "",
            "auto|ebpf|netlink|proc|replay:FILE",
            "auto",
            "where the sockets come from; auto takes the best that works, replay:FILE a recording",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS,
            Command.ASSERT),
    LIVE_SOURCE(
            "--source",
            "",
            "auto|ebpf|netlink|proc",
            "auto",
            "where the sockets come from; auto takes the best that works",
            Command.RECORD),
    PROBE_SOURCE(
            "--source",
            "",
            "auto|ebpf|netlink|proc",
            "",
            "where the sockets come from; else what SHAWK_PROBE_MODE says: netlink (polling) or ebpf (streaming)",
            Command.PROBE),
    INTERVAL(
            "--interval",
            "-i",
            "DURATION",
            "1s",
            "time between samples: 500ms, 1s, 2m",
            Command.TOP,
            Command.DUMP,
            Command.ASSERT,
            Command.RECORD,
            Command.PROBE),
    GROUP_BY(
            "--group-by",
            "-g",
            "LIST",
            "process,peer,port",
            "fields to group by, outermost first; none = single connections",
            Command.TOP,
            Command.DUMP),
    SORT(
            "--sort",
            "-s",
            "FIELD[:asc|:desc]",
            "conns:desc",
            "field to sort by; given again: the next sort key",
            Command.TOP,
            Command.DUMP),
    FILTER(
            "--filter",
            "-f",
            "EXPR",
            "",
            "only rows that match, e.g. 'port = 443 and rtt > 100ms'",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS,
            Command.RECORD,
            Command.PROBE),
    ALL(
            "--all",
            "-a",
            "",
            "",
            "listening and TIME_WAIT sockets too, unless the filter names state",
            Command.TOP,
            Command.DUMP),
    FIELDS(
            "--fields",
            "-F",
            "LIST",
            "",
            "the fields to show; +rtt,-comm changes the default ones; all = every field",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS),
    NUMERIC(
            "--numeric",
            "-n",
            "",
            "",
            "addresses only, no names of hosts; the default but in the monitor",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS),
    RESOLVE(
            "--resolve",
            "-r",
            "",
            "",
            "names of remote hosts, by the hosts file and the DNS; the default in the monitor",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS),
    GEOIP(
            "--geoip",
            "",
            "FILE",
            "",
            "databases for country and asn, e.g. GeoLite2-Country.mmdb; several with commas, or given again",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS,
            Command.ASSERT),
    NETNS(
            "--netns",
            "",
            "all|self|INODE|NAME",
            "",
            "network namespaces to look at; all where the source can, else self",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS,
            Command.ASSERT,
            Command.RECORD,
            Command.PROBE),
    PROTO(
            "--proto",
            "",
            "LIST",
            "tcp,udp,mptcp",
            "protocols to look at: tcp, udp, mptcp, unix; all = every one",
            Command.TOP,
            Command.DUMP,
            Command.ASSERT,
            Command.RECORD),
    REDACT(
            "--redact",
            "",
            "[KEY]",
            "",
            "pseudonyms for addresses and hosts; with =KEY the same ones in every run",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS),
    BUDGET(
            "--budget",
            "",
            "PERCENT",
            "5",
            "the most of one core that shawk takes by itself: beyond it samples come less often",
            Command.TOP,
            Command.DUMP,
            Command.EVENTS,
            Command.RECORD,
            Command.PROBE),
    ONCE("--once", "", "", "", "takes one sample, with ebpf one interval, stores it and ends", Command.PROBE),
    ROOT("--root", "", "DIR", "/", "installs below that folder, as for an image", Command.INSTALL_SERVICE),
    REMOVE("--remove", "", "", "", "takes back what was installed", Command.INSTALL_SERVICE),
    FLUSH(
            "--flush",
            "",
            "",
            "",
            "stores what it sees in the CMDB, every flush interval and at the end",
            Command.TOP,
            Command.DUMP),
    READONLY("--readonly", "", "", "", "no kill, no write: kills, exports and saved settings are refused", Command.TOP),
    COUNT("--count", "-c", "N", "1", "number of samples; 0 = until interrupted, of a recording: all", Command.DUMP),
    EVENTS_COUNT("--count", "-c", "N", "0", "number of events; 0 = until interrupted", Command.EVENTS),
    RECORD_COUNT("--count", "-c", "N", "0", "number of samples; 0 = until interrupted", Command.RECORD),
    SHELL_COMMAND("--command", "-c", "COMMAND", "", "runs one command and ends", Command.SHELL),
    MAX_SIZE(
            "--max-size",
            "",
            "SIZE",
            "",
            "the most that the file may take, at least 1MiB; then the oldest samples are written over",
            Command.RECORD),
    FORMAT("--format", "", "table|json|ndjson|csv", "table", "form of the output", Command.DUMP),
    EVENTS_FORMAT("--format", "", "text|json|ndjson|csv", "text", "form of the output", Command.EVENTS),
    UNPAIRED(
            "--unpaired",
            "",
            "",
            "",
            "in text a line for each event that says all, none below another",
            Command.EVENTS),
    REPORT_FORMAT("--format", "", "text|json", "text", "form of the report", Command.DOCTOR),
    LEVELS("--levels", "", "", "", "the parents of a grouping too, not only its leaves", Command.DUMP),
    RATES(
            "--rates",
            "",
            "",
            "",
            "takes one sample before the first that is printed, so that all have rates",
            Command.DUMP),
    LIMIT("--limit", "-l", "N", "", "at most so many rows a sample", Command.DUMP),
    NO_HEADER("--no-header", "", "", "", "leaves the line of column names away", Command.DUMP),
    COLOR(
            "--color",
            "",
            "auto|always|never",
            "auto",
            "colours in text; auto: on a terminal where NO_COLOR is not set",
            Command.DUMP,
            Command.DOCTOR),
    MAX("--max", "", "N", "", "at most so many connections may match", Command.ASSERT),
    MIN("--min", "", "N", "", "at least so many connections have to match", Command.ASSERT),
    FOR(
            "--for",
            "",
            "DURATION",
            "",
            "the bound has to hold in every sample for that long; else one sample decides",
            Command.ASSERT),
    RETAIN("--retain", "", "DURATION", "", "how long minutes of flows are kept; 30d at first", Command.CREATE_SCHEME),
    RETAIN_HOURS(
            "--retain-hours", "", "DURATION", "", "how long their hours are kept; 90d at first", Command.CREATE_SCHEME),
    RETAIN_DAYS(
            "--retain-days",
            "",
            "DURATION",
            "",
            "how long their days, and flows that are no longer seen, are kept; 2y at first",
            Command.CREATE_SCHEME),
    DISTRIBUTED(
            "--distributed",
            "",
            "",
            "",
            "spreads the tables over the nodes of Citus, empty or filled",
            Command.CREATE_SCHEME),
    IPV4("--ipv4", "", "ADDRESS", "", "processes at this IPv4 address", Command.LOOK),
    IP("--ip", "", "ADDRESS", "", "processes at this address, IPv4 or IPv6", Command.LOOK),
    CIDR("--cidr", "", "NETWORK", "", "processes at addresses of this network: 10.0.0.0/8, fd00::/8", Command.LOOK),
    HOST(
            "--host",
            "",
            "NAME",
            "",
            "processes of this host: its name with or without domain, or machine id",
            Command.LOOK),
    PROCESS(
            "--process",
            "",
            "NAME",
            "",
            "processes of this name; with a slash in it, of this executable",
            Command.LOOK),
    PORT("--port", "", "N", "", "what serves this port, and who uses it", Command.LOOK),
    UNIT("--unit", "", "NAME", "", "processes of this systemd unit", Command.LOOK),
    CONTAINER("--container", "", "NAME", "", "processes in this container", Command.LOOK),
    LOOK_FILTER(
            "--filter",
            "-f",
            "EXPR",
            "",
            "only edges that match are shown and followed, e.g. 'port = 5432 and peer_host ~ \"^db\"'",
            Command.LOOK),
    DIRECTION(
            "--direction", "", "both|up|down", "both", "up: who depends on it; down: what it depends on", Command.LOOK),
    DEPTH("--depth", "", "N", "1", "how many edges far", Command.LOOK),
    SINCE(
            "--since",
            "",
            "TIME",
            "",
            "seen at this time or later: 5m or 2h45m ago, 2026-11-17T14:00; without it, ever; with --diff how long"
                    + " a time is compared (default: 1h)",
            Command.LOOK),
    UNTIL("--until", "", "TIME", "now", "seen before this time", Command.LOOK),
    LOOK_FORMAT("--format", "", "tree|json|ndjson|csv|dot|mermaid|svg", "tree", "form of the output", Command.LOOK),
    LOOK_LIMIT("--limit", "-l", "N", "5000", "at most so many edges", Command.LOOK),
    LONG(
            "--long",
            "",
            "",
            "",
            "in a tree also connections, bytes, their rates, round-trip time, when it was seen, and proof",
            Command.LOOK),
    DIFF(
            "--diff",
            "",
            "T1..T2",
            "",
            "edges that are new, gone or changed in the hour before T2 against the hour before T1",
            Command.LOOK),
    WATCH("--watch", "", "", "", "draws it again at each interval, until interrupted", Command.LOOK),
    LOOK_INTERVAL(
            "--interval", "-i", "DURATION", "5s", "with --watch: time from one drawing to the next", Command.LOOK),
    ZK_IFACE(ZkOpts.IFACE),
    ZK_OFFLINE(ZkOpts.OFFLINE),
    ZK_ZOOKEEPER_PORT(ZkOpts.ZOOKEEPER_PORT),
    ZK_CLIENT_PORT(ZkOpts.CLIENT_PORT),
    ZK_INCLUDE_HOST(ZkOpts.INCLUDE_HOST),
    ZK_EXCLUDE_HOST(ZkOpts.EXCLUDE_HOST),
    ZK_PACKET_FILTER(ZkOpts.PACKET_FILTER),
    ZK_MAX_BUFFER(ZkOpts.MAX_BUFFER),
    ZK_MAX_MESSAGE(ZkOpts.MAX_MESSAGE),
    ZK_FORMAT(ZkOpts.FORMAT),
    ZK_FILTER(ZkOpts.FILTER),
    ZK_COUNT(ZkOpts.COUNT),
    ZK_DURATION(ZkOpts.DURATION),
    ZK_COLORS(ZkOpts.COLORS),
    ZK_SHOW_CREDENTIALS(ZkOpts.SHOW_CREDENTIALS),
    ZK_BODY_BYTES(ZkOpts.BODY_BYTES),
    ZK_DUMP_BAD_PACKET(ZkOpts.DUMP_BAD_PACKET),
    ZK_INCLUDE_PINGS(ZkOpts.INCLUDE_PINGS),
    ZK_TIMEOUT(ZkOpts.TIMEOUT),
    ZK_MAX_QUEUED_REQUESTS(ZkOpts.MAX_QUEUED_REQUESTS),
    ZK_SUMMARY(ZkOpts.SUMMARY),
    ZK_UNPAIRED(ZkOpts.UNPAIRED),
    ZK_COUNT_REQUESTS(ZkOpts.COUNT_REQUESTS),
    ZK_MEASURE_LATENCY(ZkOpts.MEASURE_LATENCY),
    ZK_GROUP_BY(ZkOpts.GROUP_BY),
    ZK_SORT_BY(ZkOpts.SORT_BY),
    ZK_AGGREGATION_DEPTH(ZkOpts.AGGREGATION_DEPTH),
    ZK_SECONDS(ZkOpts.SECONDS),
    ZK_TOP_GROUP_BY(ZkOpts.TOP_GROUP_BY),
    ZK_TOP_SORT_BY(ZkOpts.TOP_SORT_BY),
    ZK_TOP_INTERVAL(ZkOpts.TOP_INTERVAL),
    ZK_ZAB_PORT(ZkOpts.ZAB_PORT),
    ZK_FLE_PORT(ZkOpts.FLE_PORT),
    ZK_PORTS(ZkOpts.PORTS),
    ZK_ONELINE(ZkOpts.ONELINE),
    ZK_TIMING(ZkOpts.TIMING),
    ZK_OUTCOME(ZkOpts.OUTCOME),
    ZK_HTTP_ADDRESS(ZkOpts.HTTP_ADDRESS),
    ZK_HTTP_PORT(ZkOpts.HTTP_PORT),
    ZK_HTTP_HOST(ZkOpts.HTTP_HOST),
    ZK_TOKEN(ZkOpts.TOKEN),
    ZK_TOKEN_FILE(ZkOpts.TOKEN_FILE),
    ZK_MAX_RESULTS(ZkOpts.MAX_RESULTS),
    ZK_SAMPLING(ZkOpts.SAMPLING),
    ZK_EXCLUDE_BYTES(ZkOpts.EXCLUDE_BYTES),
    ZK_REFRESH_TIME(ZkOpts.REFRESH_TIME),
    ZK_NICENESS(ZkOpts.NICENESS),
    ZK_SET_CPU_AFFINITY(ZkOpts.SET_CPU_AFFINITY),
    ZK_APP_DAEMONIZE(ZkOpts.APP_DAEMONIZE),
    ZK_APP_PIDFILE(ZkOpts.APP_PIDFILE),
    ZK_APP_DAEMON_STDOUT(ZkOpts.APP_DAEMON_STDOUT),
    ZK_APP_DAEMON_STDERR(ZkOpts.APP_DAEMON_STDERR),
    HELP("--help", "-h", "", "", "prints how the command is used", Command.values()),
    VERSION("--version", "", "", "", "prints the version", Command.values()),
    CREDITS("--credits", "", "", "", "prints what this program is made of, and the licences", Command.values());

    private final OptSpec spec;

    Opt(String longName, String shortName, String param, String fallback, String help, Command... takers) {
        this(new OptSpec(longName, shortName, param, fallback, help, false, List.of(takers)));
    }

    Opt(OptSpec spec) {
        this.spec = spec;
    }

    /** E.g. {@code --interval}. */
    String longName() {
        return spec.longName();
    }

    /** E.g. {@code -i}; empty where it has none. */
    String shortName() {
        return spec.shortName();
    }

    /** What its value is called in help; empty where it takes none. */
    String param() {
        return valueOptional() ? spec.param().substring(1, spec.param().length() - 1) : spec.param();
    }

    /** Value where it is not given; empty where there is none, or where it depends. */
    String fallback() {
        return spec.fallback();
    }

    /** One line: what it does. */
    String help() {
        return spec.help();
    }

    boolean takesValue() {
        return !spec.param().isEmpty();
    }

    /** Whether the value may be left away, and must be joined by {@code =} where it is given. */
    boolean valueOptional() {
        return spec.param().startsWith("[");
    }

    /** The values that there are, of an option that takes one of a few. */
    List<String> choices() {
        return List.of(spec.param().split("\\|"));
    }

    boolean repeatable() {
        return spec.repeatable() || this == SORT || this == GEOIP;
    }

    boolean taken(Command command) {
        return spec.takers().contains(command);
    }

    /** Whether it asks for something about the program, in place of what the command does. */
    boolean aboutProgram() {
        return this == HELP || this == VERSION || this == CREDITS;
    }

    /** The options that {@code command} takes. */
    static List<Opt> of(Command command) {
        List<Opt> taken = new ArrayList<>();
        for (Opt option : values()) {
            if (option.taken(command)) {
                taken.add(option);
            }
        }
        return taken;
    }

    /** The option that {@code command} takes by this long or short name; null where there is none. */
    static @Nullable Opt find(Command command, String name) {
        for (Opt option : values()) {
            if (option.taken(command) && option.isCalled(name)) {
                return option;
            }
        }
        return null;
    }

    /** The first command that takes an option of this name; null where there is none. */
    static @Nullable Command taker(String name) {
        for (Opt option : values()) {
            if (option.isCalled(name) && !option.spec.takers().isEmpty()) {
                return option.spec.takers().get(0);
            }
        }
        return null;
    }

    private boolean isCalled(String name) {
        return spec.longName().equals(name)
                || !name.isEmpty() && spec.shortName().equals(name);
    }
}
