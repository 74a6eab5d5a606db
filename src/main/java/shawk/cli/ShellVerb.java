package shawk.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of the prompt. */
enum ShellVerb {
    LOOK("OPTION...", "which process depends on which, out of the CMDB", Command.LOOK),
    CONNECTIONS("[OPTION]...", "live connections one by one, with the options of dump", Command.DUMP),
    DUMP("[OPTION]...", "live connections by process, peer and port, or as -g says", Command.DUMP),
    FILTER("[EXPR | off]", "only what matches, in all commands after it; alone: what holds now", null),
    FORMAT("[table | json | csv]", "how sql and hosts print rows; alone: what holds now", null),
    HOSTS("", "the hosts of the CMDB: name, id, addresses, when they were last seen, source, what was lost", null),
    HELP("[COMMAND]", "lists the commands, or says how one is used", null),
    HISTORY("", "what was typed before", null),
    SQL("STATEMENT;", "asks the CMDB; goes on over several lines, to the semicolon", null),
    EXIT("", "ends the shell, as Ctrl-D does", null);

    private final String operands;
    private final String summary;
    private final @Nullable Command command;

    ShellVerb(String operands, String summary, @Nullable Command command) {
        this.operands = operands;
        this.summary = summary;
        this.command = command;
    }

    /** The word that is typed. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What follows it, as help shows it. */
    String operands() {
        return operands;
    }

    /** One line: what it does. */
    String summary() {
        return summary;
    }

    /** The command of the program whose options it takes; null = none. */
    @Nullable
    Command command() {
        return command;
    }

    /** The verb of that name in any case; null where there is none. */
    static @Nullable ShellVerb find(String word) {
        for (ShellVerb verb : values()) {
            if (verb.id().equalsIgnoreCase(word)) {
                return verb;
            }
        }
        return word.equalsIgnoreCase("quit") ? EXIT : null;
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(ShellVerb::id).toList();
    }
}
