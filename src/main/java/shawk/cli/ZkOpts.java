package shawk.cli;

/** The options of the ZooKeeper tools, which {@link Opt} takes over. */
final class ZkOpts {
    private static final String ALL = "dump top stats zab fle omni";
    private static final String CLIENTS = "dump top stats";
    private static final String PRINTED = "dump zab fle omni";

    static final OptSpec IFACE =
            OptSpec.ofZk(ALL, "--iface", "", "NAME", "any", "interface to capture on; any = all, loopback too");
    static final OptSpec OFFLINE = OptSpec.ofZk(
            ALL, "--offline", "", "FILE", "", "reads a capture (pcap, pcapng; - = standard input) and no interface");
    static final OptSpec ZOOKEEPER_PORT = OptSpec.ofZk(
                    CLIENTS + " omni",
                    "--zookeeper-port",
                    "",
                    "PORTS",
                    "2181",
                    "ports of servers: 2181, 2181-2183, several with commas, or given again")
            .again();
    static final OptSpec CLIENT_PORT =
            OptSpec.ofZk("dump top", "--client-port", "", "N", "0", "only the client at this port; 0 = all");
    static final OptSpec INCLUDE_HOST = OptSpec.ofZk(
                    ALL, "--include-host", "", "HOST", "", "only packets from or to this host; given again: one more")
            .again();
    static final OptSpec EXCLUDE_HOST = OptSpec.ofZk(
                    ALL, "--exclude-host", "", "HOST", "", "no packets from or to this host; given again: one more")
            .again();
    static final OptSpec PACKET_FILTER = OptSpec.ofZk(
            ALL, "--packet-filter", "", "EXPR", "", "only packets that match, in the language of pcap-filter(7)");
    static final OptSpec MAX_BUFFER =
            OptSpec.ofZk(ALL, "--max-buffer", "", "SIZE", "64MiB", "most memory for bytes that wait for others");
    static final OptSpec MAX_MESSAGE = OptSpec.ofZk(
            ALL,
            "--max-message",
            "",
            "SIZE",
            "1MiB",
            "largest message that is believed; as much as the servers' jute.maxbuffer");
    static final OptSpec FORMAT =
            OptSpec.ofZk(PRINTED, "--format", "", "text|json|ndjson|csv", "text", "form of the output");
    static final OptSpec FILTER = OptSpec.ofZk(
            "dump top zab fle omni",
            "--filter",
            "-f",
            "EXPR",
            "",
            "only messages that match, e.g. 'op = create and path ~ \"^/locks\"'");
    static final OptSpec COUNT =
            OptSpec.ofZk(PRINTED, "--count", "", "N", "0", "number of messages; 0 = until interrupted");
    static final OptSpec DURATION = OptSpec.ofZk(
            ALL, "--duration", "", "DURATION", "", "ends after this time; of a capture file by the times in it");
    static final OptSpec COLORS =
            OptSpec.ofZk(PRINTED, "--colors", "-c", "", "", "a colour for each client, or for each server that sends");
    static final OptSpec SHOW_CREDENTIALS = OptSpec.ofZk(
            "dump zab fle omni", "--show-credentials", "", "", "", "shows passwords and tokens, which else are masked");
    static final OptSpec BODY_BYTES = OptSpec.ofZk(
            PRINTED,
            "--body-bytes",
            "",
            "N",
            "1024",
            "in JSON at most so many bytes of a buffer; its length stays true");
    static final OptSpec DUMP_BAD_PACKET = OptSpec.ofZk(
            PRINTED, "--dump-bad-packet", "", "", "", "shows bytes that are no message, with what is wrong with them");
    static final OptSpec INCLUDE_PINGS = OptSpec.ofZk(
            "dump top stats zab omni", "--include-pings", "-p", "", "", "pings too, which else are left out");
    static final OptSpec TIMEOUT = OptSpec.ofZk(
            "dump top stats omni",
            "--timeout",
            "",
            "DURATION",
            "",
            "a request without a reply for that long counts as unanswered; else when its connection ends");
    static final OptSpec MAX_QUEUED_REQUESTS = OptSpec.ofZk(
            "dump top omni",
            "--max-queued-requests",
            "",
            "N",
            "10000",
            "most requests of a connection that wait for replies; with more the oldest counts as unanswered");
    static final OptSpec SUMMARY = OptSpec.ofZk(
            PRINTED, "--summary", "", "", "", "says on standard error at the end what became of every captured byte");
    static final OptSpec UNPAIRED =
            OptSpec.ofZk("dump", "--unpaired", "", "", "", "in text messages in the order in which they were sent");
    static final OptSpec COUNT_REQUESTS = OptSpec.ofZk(
            "dump", "--count-requests", "", "N", "", "counts that many requests and events, prints how many of each");
    static final OptSpec MEASURE_LATENCY = OptSpec.ofZk(
            "dump",
            "--measure-latency",
            "",
            "N",
            "",
            "measures that many requests with replies, prints how long each took");
    static final OptSpec GROUP_BY =
            OptSpec.ofZk("dump", "--group-by", "", "path|type|client", "path", "what is counted or measured together");
    static final OptSpec SORT_BY = OptSpec.ofZk(
            "dump",
            "--sort-by",
            "",
            "avg|p95|p99|count|max|errors|path|type|client",
            "",
            "order of latencies (default: avg); of counts the same as --group-by");
    static final OptSpec AGGREGATION_DEPTH = OptSpec.ofZk(
            CLIENTS,
            "--aggregation-depth",
            "",
            "D",
            "0",
            "how many names of a path count, 2 for /a/b of /a/b/c; 0 = all");
    static final OptSpec SECONDS = OptSpec.ofZk(
            "dump", "--seconds", "", "", "", "latencies as seconds in plain numbers, as ZKTraffic has them");
    static final OptSpec TOP_GROUP_BY =
            OptSpec.ofZk("top", "--group-by", "", "path|type|client|session", "path", "what the rows are at first");
    static final OptSpec TOP_SORT_BY = OptSpec.ofZk(
            "top",
            "--sort-by",
            "",
            "rate|count|errors|open|in|out|avg|p50|p95|p99|max",
            "rate",
            "column to sort by at first; of a file count");
    static final OptSpec TOP_INTERVAL = OptSpec.ofZk(
            "top", "--interval", "-i", "DURATION", "1s", "time between two looks at the counts: 500ms, 1s");
    static final OptSpec ZAB_PORT = OptSpec.ofZk(
                    "zab", "--port", "", "PORTS", "2888,2889", "ports on which leaders are reached, as 2888-2890")
            .again();
    static final OptSpec FLE_PORT = OptSpec.ofZk(
                    "fle", "--port", "", "PORTS", "3888", "ports of leader election, as 3888-3890")
            .again();
    static final OptSpec PORTS = OptSpec.ofZk(
                    "omni",
                    "--ports",
                    "",
                    "LIST",
                    "",
                    "ports that are known beforehand: fle=3881-3883,zab=2881-2883,zk=2191")
            .again();
    static final OptSpec ONELINE =
            OptSpec.ofZk("zab fle omni", "--oneline", "", "", "", "in text each message on one line");
    static final OptSpec TIMING = OptSpec.ofZk(
            "zab",
            "--timing",
            "",
            "",
            "",
            "how long proposals took to acks and commits, and percentiles of each follower");
    static final OptSpec OUTCOME =
            OptSpec.ofZk("fle", "--outcome", "", "", "", "who led after which rounds, and how long it took");

    static final OptSpec HTTP_ADDRESS = ofStats("--http-address", "ADDRESS", "127.0.0.1", "address to be asked at");
    static final OptSpec HTTP_PORT = ofStats("--http-port", "N", "7070", "port to be asked at; 0 = one that is free");
    static final OptSpec HTTP_HOST = ofStats(
                    "--http-host",
                    "NAME",
                    "",
                    "a name by which it may be asked, besides its address and localhost; given again: one more")
            .again();
    static final OptSpec TOKEN =
            ofStats("--token", "TOKEN", "", "what who asks has to know; ps shows it to all: see --token-file");
    static final OptSpec TOKEN_FILE =
            ofStats("--token-file", "FILE", "", "a file that holds it; or the variable SHAWK_ZK_TOKEN");
    static final OptSpec MAX_RESULTS =
            ofStats("--max-results", "N", "10", "keys of each operation that are told, the highest; 0 = all");
    static final OptSpec SAMPLING = ofStats(
            "--sampling", "PART", "1.0", "part of the messages that is counted by key; what is told is scaled up");
    static final OptSpec EXCLUDE_BYTES = ofStats("--exclude-bytes", "", "", "no bytes by key");
    static final OptSpec REFRESH_TIME =
            ofStats("--refresh-time", "SECONDS", "1", "time from one drawing of the page to the next");
    static final OptSpec NICENESS = ofStats("--niceness", "N", "0", "0 to 20: how much it gives way to other programs");
    static final OptSpec SET_CPU_AFFINITY =
            ofStats("--set-cpu-affinity", "LIST", "", "processors that it may use: 0,1 or 0-3; else all");
    static final OptSpec APP_DAEMONIZE =
            ofStats("--app_daemonize", "", "", "goes into the background once all is in order");
    static final OptSpec APP_PIDFILE =
            ofStats("--app_pidfile", "FILE", "", "a file for the number of its process, as long as it runs");
    static final OptSpec APP_DAEMON_STDOUT =
            ofStats("--app_daemon_stdout", "FILE", "/dev/null", "standard output in the background");
    static final OptSpec APP_DAEMON_STDERR =
            ofStats("--app_daemon_stderr", "FILE", "/dev/null", "standard error in the background");

    private static OptSpec ofStats(String longName, String param, String fallback, String help) {
        return OptSpec.ofZk("stats", longName, "", param, fallback, help);
    }

    private ZkOpts() {}
}
