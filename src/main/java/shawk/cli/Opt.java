package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options: parsing, refusals, help and man pages all come from this table, in this order. */
enum Opt {
    SOURCE("--source", "", "auto|netlink|proc", "auto", "where the sockets come from; auto takes the best that works"),
    INTERVAL("--interval", "-i", "DURATION", "1s", "time between samples: 500ms, 1s, 2m"),
    GROUP_BY(
            "--group-by",
            "-g",
            "LIST",
            "process,peer,port",
            "fields to group by, outermost first; none = single connections"),
    SORT("--sort", "-s", "FIELD[:asc|:desc]", "conns:desc", "field to sort by; given again: the next sort key"),
    FILTER("--filter", "-f", "EXPR", "", "only rows that match, e.g. 'port = 443 and rtt > 100ms'"),
    ALL("--all", "-a", "", "", "listening and TIME_WAIT sockets too, unless the filter names state"),
    FIELDS("--fields", "-F", "LIST", "", "the fields to show; +rtt,-comm changes the default ones; all = every field"),
    NETNS(
            "--netns",
            "",
            "all|self|INODE|NAME",
            "",
            "network namespaces to look at; all where the source can, else self"),
    REDACT("--redact", "", "[KEY]", "", "pseudonyms for addresses and hosts; with =KEY the same ones in every run"),
    COUNT("--count", "-c", "N", "1", "number of samples; 0 = until interrupted"),
    FORMAT("--format", "", "table|json|ndjson|csv", "table", "form of the output"),
    LEVELS("--levels", "", "", "", "the parents of a grouping too, not only its leaves"),
    RATES("--rates", "", "", "", "takes one sample before the first that is printed, so that all have rates"),
    LIMIT("--limit", "-l", "N", "", "at most so many rows a sample"),
    NO_HEADER("--no-header", "", "", "", "leaves the line of column names away"),
    COLOR(
            "--color",
            "",
            "auto|always|never",
            "auto",
            "colours in a table; auto: on a terminal where NO_COLOR is not set"),
    HELP("--help", "-h", "", "", "prints how the command is used"),
    VERSION("--version", "", "", "", "prints the version"),
    CREDITS("--credits", "", "", "", "prints what this program is made of, and the licences");

    private final String longName;
    private final String shortName;
    private final String param;
    private final String fallback;
    private final String help;

    Opt(String longName, String shortName, String param, String fallback, String help) {
        this.longName = longName;
        this.shortName = shortName;
        this.param = param;
        this.fallback = fallback;
        this.help = help;
    }

    /** E.g. {@code --interval}. */
    String longName() {
        return longName;
    }

    /** E.g. {@code -i}; empty where it has none. */
    String shortName() {
        return shortName;
    }

    /** What its value is called in help; empty where it takes none. */
    String param() {
        return valueOptional() ? param.substring(1, param.length() - 1) : param;
    }

    /** Value where it is not given; empty where there is none, or where it depends. */
    String fallback() {
        return fallback;
    }

    /** One line: what it does. */
    String help() {
        return help;
    }

    boolean takesValue() {
        return !param.isEmpty();
    }

    /** Whether the value may be left away, and must be joined by {@code =} where it is given. */
    boolean valueOptional() {
        return param.startsWith("[");
    }

    /** The values that there are, of an option that takes one of a few. */
    List<String> choices() {
        return List.of(param.split("\\|"));
    }

    boolean repeatable() {
        return this == SORT;
    }

    boolean taken(Command command) {
        if (ordinal() >= HELP.ordinal()) {
            return true;
        }
        return command == Command.DUMP || command == Command.TOP && ordinal() < COUNT.ordinal();
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

    /** The option of this long or short name; null where there is none. */
    static @Nullable Opt find(String name) {
        for (Opt option : values()) {
            if (option.longName.equals(name) || option.shortName.equals(name) && !name.isEmpty()) {
                return option;
            }
        }
        return null;
    }
}
