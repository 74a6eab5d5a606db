package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import shawk.field.EventFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.look.EdgeValues;

/**
 * Scripts with which a shell completes command lines of this program: tables out of those of commands, options and
 * fields, and behind them what the shell does with them.
 */
final class Completion {
    /** The shells that there are scripts for. */
    enum Shell {
        BASH("# bash completion of shawk; `source <(shawk completion bash)`\n"),
        ZSH("#compdef shawk\n# `source <(shawk completion zsh)`, or as _shawk in a folder of fpath\n");

        private final String head;

        Shell(String head) {
            this.head = head;
        }

        /** The word that is typed. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Completion() {}

    /** The script for the shell that {@code operands} name. */
    static String text(List<String> operands) throws Failure {
        List<String> ids = Stream.of(Shell.values()).map(Shell::id).toList();
        if (operands.isEmpty()) {
            throw Failure.usage("completion needs a shell; type shawk completion " + String.join(" or ", ids));
        }
        for (Shell shell : Shell.values()) {
            if (shell.id().equals(operands.get(0))) {
                return shell.head + tables() + queryBody(shell);
            }
        }
        throw Failure.usage("there is no completion for " + Failure.quote(operands.get(0)) + "; "
                + Choices.hint(operands.get(0), ids));
    }

    /** The tables, in words that both shells read: what they print is {@code word:help}, or a kind and its words. */
    private static String tables() {
        StringBuilder out = new StringBuilder();
        out.append("\n_shawk_commands() {\n    printf '%s\\n'");
        for (Command command : Command.values()) {
            out.append(" \\\n        ").append(quoted(command.id() + ":" + command.summary()));
        }
        out.append("\n}\n\n_shawk_options() {\n    case $1 in\n");
        for (Command command : Command.values()) {
            out.append("    ").append(word(command)).append(")\n        printf '%s\\n'");
            for (Opt option : Opt.of(command)) {
                for (String name : names(option)) {
                    out.append(" \\\n            ").append(quoted(name + ":" + option.help()));
                }
            }
            out.append("\n        ;;\n");
        }
        out.append("    esac\n}\n\n_shawk_values() {\n    case \"$1 $2\" in\n");
        for (Opt option : Opt.values()) {
            // An optional value is joined to the name: alone the name is a whole word.
            if (option.takesValue() && !option.valueOptional()) {
                append(out, option);
            }
        }
        for (Command command : Command.values()) {
            if (!command.operands().isEmpty()) {
                append(out, quoted(command.id() + " operand"), operand(command));
            }
        }
        return out.append("    *) return 1 ;;\n    esac\n}\n").toString();
    }

    /** As a pattern of the shell. */
    private static String word(Command command) {
        return command.isZk() ? quoted(command.id()) : command.id();
    }

    private static void append(StringBuilder out, String patterns, String values) {
        out.append("    ")
                .append(patterns)
                .append(") echo ")
                .append(quoted(values))
                .append(" ;;\n");
    }

    /** Events have fewer fields than sockets: what it takes there is a line of its own. */
    private static void append(StringBuilder out, Opt option) {
        String values = values(option, false);
        String ofEvents = values(option, true);
        List<Command> others = Stream.of(Command.values())
                .filter(option::taken)
                .filter(command -> command != Command.EVENTS || values.equals(ofEvents))
                .toList();
        if (!others.isEmpty()) {
            append(out, patterns(option, others), values);
        }
        if (option.taken(Command.EVENTS) && !values.equals(ofEvents)) {
            append(out, patterns(option, List.of(Command.EVENTS)), ofEvents);
        }
    }

    private static String patterns(Opt option, List<Command> commands) {
        List<String> patterns = new ArrayList<>();
        for (Command command : commands) {
            for (String name : names(option)) {
                patterns.add(quoted(command.id() + " " + name));
            }
        }
        return String.join(" | ", patterns);
    }

    private static List<String> names(Opt option) {
        return Stream.of(option.longName(), option.shortName())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * Which kind of value the option takes, and the words that there are, to a command about events or about sockets.
     */
    static String values(Opt option, boolean ofEvents) {
        List<Field> fields = ofEvents ? EventFields.all() : Fields.ALL;
        return switch (option) {
            case GROUP_BY -> "list none " + fields(Fields.ALL.stream().filter(Field::groupable));
            case FIELDS -> "fields all " + fields(fields.stream());
            case SORT -> "sort " + fields(Fields.ALL.stream());
            case FILTER -> "expr " + fields(fields.stream());
            case LOOK_FILTER -> "expr " + fields(EdgeValues.vocabulary().stream());
            case ZK_FILTER -> "expr " + fields(MessageValues.vocabulary().stream());
            case NETNS -> "netns " + words(option.choices());
            default -> values(option.param());
        };
    }

    /** The same out of what help calls the value: files, or a few words of which those in capitals stand for others. */
    static String values(String param) {
        List<String> choices = List.of(param.split("\\|"));
        if (choices.stream().anyMatch(choice -> choice.startsWith("replay:"))) {
            return "replay " + words(choices);
        } else if (param.contains("FILE") || param.equals("DIR")) {
            return "files";
        }
        return choices.size() > 1 ? "words " + words(choices) : "none";
    }

    private static String operand(Command command) {
        return switch (command) {
            case ASSERT -> "expr " + fields(Fields.ALL.stream());
            case HELP -> "words " + String.join(" ", topics()) + " " + Help.FIELDS;
            default -> values(command.operands().replaceAll("[\\[\\]]", ""));
        };
    }

    /** What there is help on, in one word each. */
    private static List<String> topics() {
        return Stream.of(Command.values())
                .map(command -> command.isZk() ? Command.ZK : command.id())
                .distinct()
                .toList();
    }

    private static String words(List<String> choices) {
        return String.join(
                " ",
                choices.stream().filter(choice -> choice.matches("[a-z0-9-]+")).toList());
    }

    private static String fields(Stream<Field> fields) {
        return String.join(" ", fields.map(Field::id).toList());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String queryBody(Shell shell) {
        String file = "completion." + shell.id();
        try (InputStream in = Completion.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
