package shawk.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.FieldListParser;
import shawk.expr.Nearest;
import shawk.field.Field;
import shawk.screen.KeyChanges;
import shawk.screen.Keymap;
import shawk.screen.Setup;
import shawk.screen.Theme;
import shawk.screen.View;
import shawk.screen.Views;

/**
 * What the config file says. A line that means nothing is said and left out: no config keeps the program from starting.
 * Used by one thread.
 *
 * <pre>
 * interval = 2s
 * theme = dark
 * [dump]
 * format = json
 * [keys]
 * kill-process = F9
 * [columns]
 * flows = +rtt_p95,-dir
 * </pre>
 */
final class Config {
    static final String KEYS = "keys";
    static final String COLUMNS = "columns";

    private static final String THEME = "theme";
    private static final String MOUSE = "mouse";
    private static final String NONE = "";
    private static final List<Command> COMMANDS = List.of(Command.TOP, Command.DUMP);
    private static final int MOST_PROBLEMS = 20;

    private final String file;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Config(String file) {
        this.file = file;
    }

    /** One setting. */
    private record Line(int number, String section, String name, String value) {}

    /** There is none. */
    static Config empty() {
        return new Config("");
    }

    /** One that cannot be read. */
    static Config broken(String file, String why) {
        Config config = new Config(file);
        config.problems.add(Failure.plain(file) + " is not used: " + why);
        return config;
    }

    /** Takes a text apart; {@code file} is what its problems call it. */
    static Config parse(String file, String text) {
        Config config = new Config(file);
        String section = NONE;
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]") && line.length() > 2) {
                section = line.substring(1, line.length() - 1).strip();
                config.checkSection(number, section);
            } else if (equals <= 0) {
                config.problem(number, "expected name = value, or a section such as [keys]");
            } else {
                String name = line.substring(0, equals).strip();
                config.lines.add(new Line(
                        number, section, name, line.substring(equals + 1).strip()));
            }
        }
        return config;
    }

    private void checkSection(int number, String section) {
        List<String> known = new ArrayList<>(List.of(KEYS, COLUMNS));
        COMMANDS.forEach(command -> known.add(command.id()));
        if (!known.contains(section)) {
            problem(number, "there is no section " + Failure.quote(section) + "; " + Choices.hint(section, known));
        }
    }

    private void problem(int number, String what) {
        problems.add(Failure.plain(file) + ", line " + number + ": " + what);
    }

    /** What was found wrong up to now, a line each. */
    List<String> problems() {
        return problems.size() <= MOST_PROBLEMS ? List.copyOf(problems) : problems.subList(0, MOST_PROBLEMS);
    }

    /** Tells whether options make sense together. */
    @FunctionalInterface
    interface Check {
        void parse(Arguments arguments) throws Failure;
    }

    /** The arguments with what the file says of options that were not given. */
    Arguments under(Arguments given, Check check) {
        Map<Opt, List<String>> values = new EnumMap<>(Opt.class);
        for (Line line : lines) {
            boolean plain = line.section().isEmpty();
            if (plain || line.section().equals(given.command().id())) {
                option(line, given, values, check);
            }
        }
        Map<Opt, List<String>> merged = new EnumMap<>(Opt.class);
        merged.putAll(values);
        merged.putAll(given.values());
        Arguments together = new Arguments(given.command(), merged, given.operands());
        try {
            check.parse(together);
            return together;
        } catch (Failure e) {
            return fits(given, check) ? dropped(given, e) : given;
        }
    }

    private static boolean fits(Arguments given, Check check) {
        try {
            check.parse(given);
            return true;
        } catch (Failure e) {
            return false;
        }
    }

    private Arguments dropped(Arguments given, Failure why) {
        problems.add(Failure.plain(file) + " does not go with these options: " + why.line());
        return given;
    }

    private void option(Line line, Arguments given, Map<Opt, List<String>> values, Check check) {
        if (line.name().equals(THEME) || line.name().equals(MOUSE)) {
            return;
        }
        Opt option = find(given.command(), line.name());
        if (option == null) {
            unknown(line, given.command());
            return;
        }
        if (values.containsKey(option) && !option.repeatable() && line.section().isEmpty()) {
            problem(line.number(), line.name() + " stands twice; once is enough");
            return;
        }
        List<String> typed = values(option, line);
        if (typed == null) {
            return;
        }
        try {
            Map<Opt, List<String>> alone = new EnumMap<>(Opt.class);
            alone.put(option, typed);
            check.parse(new Arguments(given.command(), alone, given.operands()));
            if (!typed.isEmpty()) {
                values.put(option, typed);
            }
        } catch (Failure e) {
            problem(line.number(), e.line());
        }
    }

    /** The values of a line: none of a flag that is off; null = they make no sense. */
    private @Nullable List<String> values(Opt option, Line line) {
        if (!option.takesValue()) {
            Boolean on = onOrOff(line);
            return on == null ? null : on ? List.of("") : List.of();
        }
        return option.repeatable() ? List.of(line.value().split("\\s*,\\s*")) : List.of(line.value());
    }

    private @Nullable Boolean onOrOff(Line line) {
        return switch (line.value()) {
            case "on", "yes", "true" -> true;
            case "off", "no", "false" -> false;
            default -> {
                problem(line.number(), line.name() + " is on or off, not " + Failure.quote(line.value()));
                yield null;
            }
        };
    }

    private static @Nullable Opt find(Command command, String name) {
        Opt option = Opt.find(command, "--" + name);
        return option == null || option.aboutProgram() ? null : option;
    }

    /** A plain option of another command is none of this one's business. */
    private void unknown(Line line, Command command) {
        boolean elsewhere =
                line.section().isEmpty() && COMMANDS.stream().anyMatch(other -> find(other, line.name()) != null);
        if (elsewhere) {
            return;
        }
        List<String> known = new ArrayList<>(List.of(THEME, MOUSE));
        for (Opt option : Opt.values()) {
            boolean here = line.section().isEmpty() ? COMMANDS.stream().anyMatch(option::taken) : option.taken(command);
            if (here && !option.aboutProgram()) {
                known.add(option.longName().substring(2));
            }
        }
        problem(
                line.number(),
                "there is no option " + Failure.quote(line.name()) + "; "
                        + Nearest.advice(line.name(), known, "shawk help " + command.id() + " lists them"));
    }

    /** Mouse and colours. */
    Setup setup(Setup usual) {
        Setup setup = usual;
        for (Line line : lines) {
            boolean here = line.section().isEmpty() || line.section().equals(Command.TOP.id());
            if (here && line.name().equals(THEME)) {
                Theme theme = Theme.find(line.value());
                if (theme == null) {
                    problem(
                            line.number(),
                            "there is no theme " + Failure.quote(line.value()) + "; "
                                    + Choices.hint(line.value(), Theme.ids()));
                } else {
                    setup = setup.withTheme(theme);
                }
            } else if (here && line.name().equals(MOUSE)) {
                Boolean on = onOrOff(line);
                setup = on == null ? setup : setup.withMouse(on);
            }
        }
        return setup;
    }

    /** What the keys do. */
    Keymap keys() {
        KeyChanges changes = new KeyChanges();
        for (Line line : lines) {
            if (line.section().equals(KEYS)) {
                String wrong = changes.add(line.name(), line.value());
                if (wrong != null) {
                    problem(line.number(), wrong);
                }
            }
        }
        for (String lost : changes.lost()) {
            problems.add(Failure.plain(file) + ": " + lost);
        }
        return changes.made();
    }

    /** The columns of the views that it names. */
    Map<View, List<Field>> columns() {
        Map<View, List<Field>> columns = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.section().equals(COLUMNS)) {
                View view = View.find(line.name());
                try {
                    if (view == null) {
                        problem(
                                line.number(),
                                "there is no view " + Failure.quote(line.name()) + "; "
                                        + Choices.hint(line.name(), View.ids()));
                    } else {
                        columns.put(view, FieldListParser.parse(line.value(), Views.columns(view)));
                    }
                } catch (ExprException e) {
                    problem(line.number(), String.valueOf(e.getMessage()));
                }
            }
        }
        return columns;
    }
}
