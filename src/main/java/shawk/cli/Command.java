package shawk.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands. */
enum Command {
    TOP("top", "", "the monitor: live connections by process, peer and port (the default)"),
    DUMP("dump", "", "the monitor's rows to standard output: once, or every interval"),
    EVENTS("events", "", "connections as they open, close and fail, to standard output"),
    ASSERT("assert", "EXPR", "ends with status 1 where the number of connections that match breaks a bound"),
    DOCTOR("doctor", "", "says what works on this host, why the rest does not, and what would bring it"),
    RECORD("record", "FILE", "writes raw samples into a file, which --source replay:FILE plays"),
    LOOK("look", "", "who depends on whom, out of the CMDB"),
    SHELL("shell", "", "a prompt, with history and completion, over live connections and the CMDB"),
    CMDB("cmdb", "start|stop|status|url", "the embedded PostgreSQL, where no other server is named"),
    CREATE_SCHEME("create-scheme", "", "builds the tables of the CMDB, or brings them up to this version"),
    PROBE("probe", "", "the agent: takes samples and stores in the CMDB which process talks to whom"),
    ZK_DUMP("zk dump", "", "messages of ZooKeeper's clients and servers as they pass, or what they add up to"),
    ZK_TOP("zk top", "", "which paths, operations, clients and sessions load ZooKeeper, on the terminal"),
    ZK_ZAB("zk zab", "", "what a ZooKeeper leader and its followers say to each other, or how long commits take"),
    ZK_FLE("zk fle", "", "votes of ZooKeeper's leader election as they pass, or how elections ended"),
    ZK_OMNI("zk omni", "", "all that ZooKeeper's servers and clients say, on ports that it finds out"),
    ZK_STATS("zk stats", "", "counts messages of ZooKeeper's clients, and tells them over HTTP"),
    INSTALL_SERVICE("install-service", "", "installs the agent's systemd unit, the manual pages and completion"),
    COMPLETION("completion", "bash|zsh", "prints a script with which the shell completes command lines"),
    VERSION("version", "", "prints the version"),
    CREDITS("credits", "", "prints what this program is made of, and the licences"),
    HELP("help", "[COMMAND]", "prints how the program, or one command, is used");

    /** The first word of the ZooKeeper tools. */
    static final String ZK = "zk";

    private final String id;
    private final String operands;
    private final String summary;

    Command(String id, String operands, String summary) {
        this.id = id;
        this.operands = operands;
        this.summary = summary;
    }

    /** The word that is typed; of the ZooKeeper tools two. */
    String id() {
        return id;
    }

    /** What follows the options, as help shows it; empty = nothing may. */
    String operands() {
        return operands;
    }

    /** One line: what it does. */
    String summary() {
        return summary;
    }

    /** The command that {@code word} names; null where there is none. */
    static @Nullable Command find(String word) {
        for (Command command : values()) {
            if (command.id.equals(word) || command == CREATE_SCHEME && word.equals("create-schema")) {
                return command;
            }
        }
        return null;
    }

    /** As {@link #find}, but an unknown word is wrong usage. */
    static Command parse(String word) throws Failure {
        Command command = find(word);
        if (command != null) {
            return command;
        }
        throw Failure.usage("there is no command " + Failure.quote(word) + "; " + Choices.hint(word, ids()));
    }

    /** The name of its help text, of its page and of the link that calls it. */
    String dashed() {
        return id.replace(' ', '-');
    }

    /** Links to the program by which it is this command: what ZKTraffic calls it. */
    List<String> links() {
        if (!isZk()) {
            return List.of();
        }
        return switch (tool()) {
            case "dump" -> List.of("zk-dump");
            case "stats" -> List.of("zk-stats-daemon");
            case "zab" -> List.of("zab-dump");
            case "fle" -> List.of("fle-dump");
            case "omni" -> List.of("zk-omni-dump", "omni-dump");
            default -> List.of();
        };
    }

    /** Whether it is one of the ZooKeeper tools, which are two words. */
    boolean isZk() {
        return id.startsWith(ZK + " ");
    }

    /** The last of its words: {@code dump} of {@code zk dump}. */
    String tool() {
        return id.substring(id.indexOf(' ') + 1);
    }

    /** The last words of the ZooKeeper tools. */
    static List<String> tools() {
        return Arrays.stream(values()).filter(Command::isZk).map(Command::tool).toList();
    }

    /** The words of all commands. */
    static List<String> ids() {
        return Arrays.stream(values()).map(Command::id).toList();
    }
}
