package shawk.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import shawk.expr.Nearest;

/**
 * Takes a command line apart by the option table. Pure.
 *
 * <p>By hand: building and running a general parser takes longer than the rest of a small dump.
 */
final class ArgumentParser {
    private final Command command;
    private final String[] args;
    private final Map<Opt, List<String>> values = new EnumMap<>(Opt.class);
    private final List<String> operands = new ArrayList<>();
    private int next;

    private ArgumentParser(Command command, String[] args, int next) {
        this.command = command;
        this.args = args;
        this.next = next;
    }

    /** The parts; what the command does not take is wrong usage. */
    static Arguments parse(String... args) throws Failure {
        boolean named = args.length > 0 && !args[0].startsWith("-");
        if (named && args[0].equals(Command.ZK) && args.length == 2 && isHelp(args[1])) {
            return new Arguments(Command.HELP, Map.of(), List.of(Command.ZK));
        }
        if (named && args[0].equals(Command.ZK)) {
            return new ArgumentParser(tool(args), args, 2).run();
        }
        Command command = named ? Command.parse(args[0]) : Command.TOP;
        return new ArgumentParser(command, args, named ? 1 : 0).run();
    }

    private static boolean isHelp(String word) {
        return word.equals(Opt.HELP.longName()) || word.equals(Opt.HELP.shortName());
    }

    /** The ZooKeeper tool that the second word names. */
    private static Command tool(String... args) throws Failure {
        List<String> tools = Command.tools();
        if (args.length < 2 || args[1].startsWith("-")) {
            throw Failure.usage("zk is followed by a tool; type shawk zk " + String.join(", shawk zk ", tools)
                    + ", or shawk help zk");
        }
        Command command = Command.find(Command.ZK + " " + args[1]);
        if (command == null) {
            throw Failure.usage("there is no zk " + Failure.quote(args[1]) + "; " + Choices.hint(args[1], tools));
        }
        return command;
    }

    private Arguments run() throws Failure {
        boolean options = true;
        while (next < args.length) {
            String word = args[next++];
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.startsWith("--")) {
                longOption(word);
            } else if (options && word.length() > 1 && word.charAt(0) == '-') {
                shortOptions(word);
            } else {
                operand(word);
            }
        }
        return new Arguments(command, values, operands);
    }

    private void longOption(String word) throws Failure {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Opt option = option(name);
        if (equals >= 0 && !option.takesValue()) {
            throw Failure.usage(
                    name + " takes no value: " + Failure.quote(word.substring(equals + 1)) + "; type " + name);
        }
        if (equals >= 0) {
            put(option, word.substring(equals + 1));
        } else {
            put(option, option.takesValue() && !option.valueOptional() ? following(option, name) : "");
        }
    }

    private void shortOptions(String word) throws Failure {
        for (int i = 1; i < word.length(); i++) {
            String name = "-" + new String(Character.toChars(word.codePointAt(i)));
            Opt option = option(name);
            if (option.takesValue()) {
                String joined = word.substring(i + 1);
                put(option, joined.isEmpty() ? following(option, name) : joined);
                return;
            }
            put(option, "");
        }
    }

    private String following(Opt option, String name) throws Failure {
        if (next == args.length) {
            throw Failure.usage(name + " needs a value; type " + name + " " + option.param());
        }
        return args[next++];
    }

    private void put(Opt option, String value) throws Failure {
        List<String> given = values.computeIfAbsent(option, o -> new ArrayList<>());
        if (!given.isEmpty() && option.takesValue() && !option.repeatable()) {
            throw Failure.usage(option.longName() + " is given twice: " + Failure.quote(given.get(0)) + " and "
                    + Failure.quote(value) + "; type it once");
        }
        given.add(value);
    }

    private Opt option(String name) throws Failure {
        Opt option = Opt.find(command, name);
        if (option != null) {
            return option;
        }
        String gone = command.isZk() ? GoneOptions.advice(name) : null;
        if (gone != null) {
            throw Failure.usage("shawk " + command.id() + " has no option " + Failure.quote(name) + "; " + gone);
        }
        Command taker = Opt.taker(name);
        if (taker != null) {
            throw Failure.usage("shawk " + command.id() + " does not take " + name + "; shawk " + taker.id() + " does");
        }
        List<String> known = new ArrayList<>();
        if (name.startsWith("--")) {
            for (Opt each : Opt.of(command)) {
                known.add(each.longName());
            }
        }
        throw Failure.usage("shawk " + command.id() + " has no option " + Failure.quote(name) + "; "
                + Nearest.advice(name, known, "shawk help " + command.id() + " lists them"));
    }

    private void operand(String word) throws Failure {
        if (!command.operands().isEmpty() && operands.isEmpty()) {
            operands.add(word);
            return;
        }
        if (command == Command.HELP && operands.equals(List.of(Command.ZK))) {
            operands.set(0, Command.ZK + " " + word);
            return;
        }
        if (operands.isEmpty() && Command.find(word) != null) {
            throw Failure.usage("the command comes first; type shawk " + word + " and then the options");
        }
        String advice = command != Command.ASSERT || operands.isEmpty()
                ? "shawk help " + command.id() + " says what it takes"
                : "quote what belongs together, as in '" + Failure.plain(operands.get(0)) + " …'";
        throw Failure.usage("shawk " + command.id() + " does not take " + Failure.quote(word) + "; " + advice);
    }
}
