package shawk.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands of a text of several lines: one a line, but SQL, which goes on to its semicolon. Blank lines and those that
 * begin with {@code #} are none. Used by one thread.
 */
final class ShellText {
    private static final String SQL = "sql";

    private final StringBuilder pending = new StringBuilder();

    /** The commands that this line ends. */
    List<String> add(String line) {
        List<String> commands = new ArrayList<>();
        if (pending.length() == 0 && (line.isBlank() || line.stripLeading().startsWith("#"))) {
            return commands;
        }
        pending.append(pending.length() == 0 ? "" : "\n").append(line);
        if (!unfinished(pending.toString())) {
            commands.addAll(rest());
        }
        return commands;
    }

    /** What was begun, and will not go on. */
    List<String> rest() {
        String command = pending.toString().strip();
        pending.setLength(0);
        return command.isEmpty() ? List.of() : List.of(command);
    }

    /** The commands of all lines. */
    static List<String> commands(String text) {
        ShellText lines = new ShellText();
        List<String> commands = new ArrayList<>();
        text.lines().forEach(line -> commands.addAll(lines.add(line)));
        commands.addAll(lines.rest());
        return commands;
    }

    /** Whether the last command of {@code text} is SQL without its semicolon. */
    static boolean unfinished(String text) {
        String command = text.stripLeading();
        return verb(command).equalsIgnoreCase(SQL) && !rest(command).isBlank() && !SqlText.ended(rest(command));
    }

    /** The first word. */
    static String verb(String command) {
        int end = 0;
        while (end < command.length() && !Character.isWhitespace(command.charAt(end))) {
            end++;
        }
        return command.substring(0, end);
    }

    /** What follows the first word. */
    static String rest(String command) {
        return command.substring(verb(command).length()).strip();
    }
}
