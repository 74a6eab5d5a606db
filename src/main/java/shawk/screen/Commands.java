package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.expr.Nearest;
import shawk.expr.SortKey;
import shawk.expr.SortParser;
import shawk.field.Field;
import shawk.field.Fields;

/** Commands of the palette that take an argument, such as {@code sort rtt:asc}. */
final class Commands {
    static final List<Command> ALL = List.of(
            new Command(
                    "filter", "EXPR", "only rows that match; nothing clears it", Commands::filter, text -> List.of()),
            new Command("group", "LIST", "group by a chain of fields, or none", Commands::group, Presets::completions),
            new Command("sort", "FIELD[:asc|:desc]", "sort by any field", Commands::sort, Commands::fieldNames),
            new Command("interval", "DURATION", "time between samples", Commands::interval, text -> List.of()),
            new Command(
                    "theme",
                    "NAME",
                    "colours: " + String.join(", ", Theme.ids()),
                    Commands::theme,
                    text -> of(Theme.ids(), text)),
            new Command(
                    "mouse",
                    "on|off",
                    "mouse, or the terminal's own selection",
                    Commands::mouse,
                    text -> of(List.of("on", "off"), text)));

    private Commands() {}

    /**
     * One command.
     *
     * @param name the first word
     * @param argument what follows, as the palette shows it
     * @param what one line: what it does
     * @param run what it does with an argument
     * @param completions what an argument that is begun may become
     */
    record Command(
            String name,
            String argument,
            String what,
            BiFunction<UiState, String, Done> run,
            Function<String, List<String>> completions) {}

    /**
     * What came of a command: a step, or why not.
     *
     * @param error one line; null = it was done
     */
    record Done(Step step, @Nullable String error) {
        static Done of(Step step) {
            return new Done(step, null);
        }

        static Done failed(UiState state, String error) {
            return new Done(Step.to(state), error);
        }
    }

    /** The command whose name and a blank the text begins with; null where it does with none. */
    static @Nullable Command begun(String text) {
        for (Command command : ALL) {
            if (text.startsWith(command.name() + " ") || text.strip().equals(command.name())) {
                return command;
            }
        }
        return null;
    }

    /** What stands behind the command's name. */
    static String argument(Command command, String text) {
        return text.stripLeading().substring(command.name().length()).strip();
    }

    private static Done filter(UiState state, String text) {
        if (!state.view().hasRows()) {
            return Done.failed(state, Views.NO_ROWS);
        }
        Arrangement arrangement = state.arrangement();
        if (text.isEmpty()) {
            return Done.of(Step.to(state.withArrangement(arrangement.withFilter("", null))));
        }
        try {
            Filter filter = FilterParser.parse(text);
            return Done.of(Step.to(state.withArrangement(arrangement.withFilter(text, filter))));
        } catch (ExprException e) {
            return Done.failed(state, String.valueOf(e.getMessage()));
        }
    }

    private static Done group(UiState state, String text) {
        if (text.isEmpty()) {
            return Done.failed(state, "type fields, such as group process,port, or group none");
        }
        if (!state.view().hasRows()) {
            return Done.failed(state, Views.NO_ROWS);
        }
        Presets.Chain chain = Presets.parse(text);
        return chain.error() == null
                ? Done.of(Step.to(ArrangeDialog.regrouped(state, chain.fields())))
                : Done.failed(state, chain.error());
    }

    private static Done sort(UiState state, String text) {
        if (text.isEmpty()) {
            return Done.failed(state, "type a field, such as sort rtt or sort age:asc");
        }
        if (!state.view().hasRows()) {
            return Done.failed(state, Views.NO_ROWS);
        }
        try {
            List<SortKey> keys = new ArrayList<>();
            for (String each : text.split("[\\s,]+")) {
                keys.add(SortParser.parse(each));
            }
            return Done.of(Step.to(state.withArrangement(state.arrangement().withSort(keys))));
        } catch (ExprException e) {
            return Done.failed(state, String.valueOf(e.getMessage()));
        }
    }

    private static Done interval(UiState state, String text) {
        long millis = Intervals.parse(text);
        return millis > 0
                ? Done.of(Actions.setInterval(state, millis))
                : Done.failed(state, "from 50ms to 24h, such as interval 500ms");
    }

    private static Done theme(UiState state, String text) {
        Theme theme = Theme.find(text);
        return theme != null
                ? Done.of(ActKeys.theme(state, theme))
                : Done.failed(state, "no theme '" + text + "'; " + nearest(text, Theme.ids()));
    }

    private static Done mouse(UiState state, String text) {
        return text.equals("on") || text.equals("off")
                ? Done.of(ActKeys.mouse(state, text.equals("on")))
                : Done.failed(state, "type mouse on or mouse off");
    }

    private static String nearest(String text, List<String> names) {
        return Nearest.advice(text, names, "there are: " + String.join(", ", names));
    }

    private static List<String> fieldNames(String begun) {
        List<String> names = new ArrayList<>();
        for (Field field : Fields.ALL) {
            names.add(field.id());
        }
        return of(names, begun);
    }

    private static List<String> of(List<String> names, String begun) {
        return names.stream().filter(name -> name.startsWith(begun)).toList();
    }
}
