package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;

/** The help texts, laid out from the tables of commands, options and fields. */
final class Help {
    /** What {@code shawk help} explains besides the commands. */
    static final String FIELDS = "fields";

    private static final int WIDTH = 100;

    private Help() {}

    /** The text for an operand of {@code shawk help}; null = the program as a whole. */
    static String text(@Nullable String topic) throws Failure {
        if (topic == null) {
            return overview();
        }
        if (topic.equals(FIELDS)) {
            return fields();
        }
        if (topic.equals(Command.ZK)) {
            return tools();
        }
        if (Command.find(topic) == null) {
            List<String> known = new ArrayList<>(Command.ids());
            known.add(FIELDS);
            throw Failure.usage("there is no help on " + Failure.quote(topic) + "; " + Choices.hint(topic, known));
        }
        return of(Command.parse(topic));
    }

    /** How one command is used. */
    static String of(Command command) {
        CommandSpec spec = CommandSpec.create().name("shawk " + command.id());
        String operands = command.operands().isEmpty() ? "" : " " + command.operands();
        UsageMessageSpec usage = usage(spec)
                .customSynopsis(
                        "shawk " + (command == Command.TOP ? "[top]" : command.id()) + " [OPTION]..." + operands)
                .description(sentence(command.summary()))
                .optionListHeading("%nOptions:%n");
        for (Opt option : Opt.of(command)) {
            spec.addOption(specOf(option));
        }
        if (command == Command.ASSERT) {
            usage.footer(
                    "",
                    "EXPR is a filter, in one word: shawk assert 'state = close-wait' --max 0. See shawk-fields(7).");
        } else if (command == Command.EVENTS) {
            usage.footer("", "The fields that -f and -F take: shawk-events(1). Filters: shawk-fields(7).");
        } else if (command == Command.ZK_DUMP) {
            usage.footer("", "Fields of -f, forms of the output, examples: shawk-zk-dump(1).");
        } else if (command == Command.ZK_TOP) {
            usage.footer("", "Keys: press ? in it, or shawk-zk-top(1). Fields of -f: shawk-zk-dump(1).");
        } else if (command == Command.ZK_ZAB || command == Command.ZK_FLE || command == Command.ZK_OMNI) {
            usage.footer("", "Forms of the output, examples: shawk-" + command.dashed() + "(1).");
        } else if (command == Command.PROBE) {
            usage.footer("", "The environment says where it stores and how often: shawk-probe(1).");
        } else if (command == Command.TOP || command == Command.DUMP) {
            usage.footer(
                    "", "shawk help fields lists the fields that -g, -s, -f and -F take. Filters: shawk-fields(7).");
        }
        return render(spec);
    }

    private static String overview() {
        CommandSpec spec = CommandSpec.create().name("shawk");
        usage(spec)
                .customSynopsis("shawk [COMMAND] [OPTION]...")
                .description("Connections of this host by process, peer and port.")
                .commandListHeading("%nCommands:%n")
                .footer(
                        "",
                        "shawk help COMMAND lists a command's options, shawk help fields the fields.",
                        "",
                        "Environment:",
                        "  SHAWK_DEBUG     1: debug log to standard error; a path: to that file",
                        "  SHAWK_ENV_FILE  a file of NAME=value lines; the environment itself wins",
                        "  SHAWK_CMDB_URL  the CMDB: postgres://user:password@host/database; else the embedded one",
                        "  PROC_ROOT       root of procfs instead of /proc",
                        "  NO_COLOR        no colours",
                        "",
                        "Exit status: 0 done, 1 an assertion broken, 2 wrong usage, 3 something needed is missing,",
                        "4 internal error; after a signal 128 + its number, but 0 after Ctrl-C in the monitor and",
                        "with dump -c 0 and events.");
        for (Command command : Command.values()) {
            CommandSpec sub = CommandSpec.create().name(command.id());
            sub.usageMessage().description(command.summary());
            spec.addSubcommand(command.id(), sub);
        }
        return render(spec);
    }

    /** The ZooKeeper tools. */
    private static String tools() {
        CommandSpec spec = CommandSpec.create().name("shawk " + Command.ZK);
        usage(spec)
                .customSynopsis("shawk zk TOOL [OPTION]...")
                .description("What ZooKeeper's clients and servers say to each other, live or out of a capture.")
                .commandListHeading("%nTools:%n")
                .footer(
                        "",
                        "shawk help zk TOOL lists a tool's options. A link named zk-dump to shawk is shawk zk dump.");
        for (Command command : Command.values()) {
            if (command.isZk()) {
                CommandSpec sub = CommandSpec.create().name(command.tool());
                sub.usageMessage().description(command.summary());
                spec.addSubcommand(command.tool(), sub);
            }
        }
        return render(spec);
    }

    private static UsageMessageSpec usage(CommandSpec spec) {
        return spec.usageMessage()
                .width(WIDTH)
                .sortOptions(false)
                .sortSynopsis(false)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n");
    }

    private static OptionSpec specOf(Opt option) {
        String fallback = option.fallback().isEmpty() ? "" : " (default: " + option.fallback() + ")";
        OptionSpec.Builder builder = (option.shortName().isEmpty()
                        ? OptionSpec.builder(option.longName())
                        : OptionSpec.builder(option.shortName(), option.longName()))
                .description((sentence(option.help()).replaceAll("\\.$", "") + fallback).replace("%", "%%"));
        if (!option.takesValue()) {
            return builder.arity("0").type(boolean.class).build();
        }
        return builder.arity(option.valueOptional() ? "0..1" : "1")
                .type(String.class)
                .paramLabel(option.param())
                .build();
    }

    private static String render(CommandSpec spec) {
        return new CommandLine(spec).getUsageMessage(Ansi.OFF);
    }

    private static String sentence(String line) {
        return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
    }

    private static String fields() {
        StringBuilder out = new StringBuilder("Fields. g = can be grouped by; units as dumps have them.\n\n");
        List<Field> all = Fields.ALL;
        for (Field field : all) {
            out.append("  ").append(padded(field.id(), 17));
            out.append(padded(field.groupable() ? "g" : "", 2));
            out.append(padded(unit(field), 9)).append(field.help()).append('\n');
        }
        return out.toString();
    }

    private static String unit(Field field) {
        if (field instanceof MeasureField measure) {
            return switch (measure.unit()) {
                case COUNT -> "count";
                case PER_SECOND -> "1/s";
                case BYTES, QUEUED -> "bytes";
                case BYTES_PER_SECOND -> "bytes/s";
                case MICROS -> "µs";
                case MILLIS -> "ms";
                case PERCENT -> "%";
                case SEGMENTS -> "segments";
            };
        }
        if (field instanceof KeyField key) {
            return switch (key.type()) {
                case TEXT, ENUM -> "name";
                case ADDRESS -> "address";
                case PORT -> "port";
                case NUMBER -> "number";
                case HEX -> "\"0x…\"";
                case TIMER -> "timer";
            };
        }
        return "list";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
