package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command palette: every action by its name or by words of what it does, and commands that take an argument.
 *
 * <pre>
 *  Command                     Enter runs it, Tab completes, Esc leaves
 *  : sort_
 *  sort-left          sort by the column on the left          <
 *  sort-right         sort by the column on the right         > F6
 *  sort FIELD[:asc]   sort by any field
 * </pre>
 *
 * @param line what is typed
 * @param selected number of the entry that Enter runs
 * @param error what is wrong with what was typed, null = nothing
 * @param recalled how many commands back the line was taken from; 0 = typed
 */
record PaletteDialog(LineEdit line, int selected, @Nullable String error, int recalled) implements Dialog {
    static final PaletteDialog EMPTY = new PaletteDialog(LineEdit.of(""), 0, null, 0);

    private static final int WIDTH = 76;
    private static final int NAME_WIDTH = 22;
    private static final int KEYS_WIDTH = 14;
    /** The line that is typed, and the one about what is wrong. */
    private static final int OTHER_LINES = 2;

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case UP -> Step.to(state.withDialog(at(selected - 1, state, tree)));
            case DOWN -> Step.to(state.withDialog(at(selected + 1, state, tree)));
            case TAB -> Step.to(state.withDialog(typed(completed(state, tree))));
            case ENTER -> run(state, tree);
            case CTRL ->
                switch (key.codePoint()) {
                    case 'p' -> Step.to(state.withDialog(recall(state, recalled + 1)));
                    case 'n' -> Step.to(state.withDialog(recall(state, recalled - 1)));
                    default -> Step.to(state.withDialog(typed(line.on(key))));
                };
            default -> Step.to(state.withDialog(typed(line.on(key))));
        };
    }

    private PaletteDialog typed(LineEdit changed) {
        return new PaletteDialog(changed, changed.text().equals(line.text()) ? selected : 0, null, 0);
    }

    private PaletteDialog at(int entry, UiState state, Tree tree) {
        int last = entries(state, tree).size() - 1;
        return new PaletteDialog(line, Math.max(0, Math.min(entry, last)), null, recalled);
    }

    /** The command so many back; before the oldest nothing changes, after the newest is an empty line. */
    private PaletteDialog recall(UiState state, int back) {
        List<String> history = state.setup().history();
        if (back > history.size()) {
            return this;
        }
        String text = back <= 0 ? "" : history.get(history.size() - back);
        return new PaletteDialog(LineEdit.of(text), 0, null, Math.max(0, back));
    }

    /** What is offered: nothing once a command with its argument is being typed. */
    private List<PaletteEntry> entries(UiState state, Tree tree) {
        return withArgument() == null ? PaletteEntry.matching(state, tree, line.text()) : List.of();
    }

    private Commands.@Nullable Command withArgument() {
        String text = line.text().stripLeading();
        Commands.Command command = Commands.begun(text);
        return command != null && text.startsWith(command.name() + " ") ? command : null;
    }

    private LineEdit completed(UiState state, Tree tree) {
        Commands.Command command = withArgument();
        if (command != null) {
            String argument = Commands.argument(command, line.text());
            List<String> names = command.completions().apply(argument);
            return names.isEmpty() ? line : LineEdit.of(command.name() + " " + completed(argument, names));
        }
        List<PaletteEntry> entries = entries(state, tree);
        if (entries.isEmpty()) {
            return line;
        }
        PaletteEntry entry = entries.get(Math.min(selected, entries.size() - 1));
        return LineEdit.of(
                entry.binding() != null
                        ? entry.name()
                        : entry.name().substring(0, entry.name().indexOf(' ') + 1));
    }

    /** The last name of a list, as far as it is certain. */
    private static String completed(String argument, List<String> names) {
        int comma = argument.lastIndexOf(',') + 1;
        String common = names.get(0);
        for (String name : names) {
            while (!name.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common.length() < argument.length() - comma ? argument : argument.substring(0, comma) + common;
    }

    private Step run(UiState state, Tree tree) {
        String text = line.text().strip();
        Commands.Command command = Commands.begun(text);
        List<PaletteEntry> entries = entries(state, tree);
        PaletteEntry chosen = entries.isEmpty() ? null : entries.get(Math.min(selected, entries.size() - 1));
        Binding exact = state.keys().named(text);
        if (exact == null && chosen != null && (command == null || selected > 0)) {
            exact = chosen.binding();
        }
        UiState closed = state.withDialog(null);
        if (exact != null) {
            return exact.press(remembering(closed, exact.id()), tree);
        }
        if (command == null && chosen != null) {
            return Step.to(state.withDialog(typed(completed(state, tree))));
        }
        if (command == null) {
            return Step.to(state.withDialog(new PaletteDialog(line, 0, "no such action", recalled)));
        }
        Commands.Done done = command.run().apply(remembering(closed, text), Commands.argument(command, text));
        return done.error() == null
                ? done.step()
                : Step.to(state.withDialog(new PaletteDialog(line, selected, done.error(), recalled)));
    }

    private static UiState remembering(UiState state, String command) {
        return state.withSetup(state.setup().remembering(command));
    }

    @Override
    public Step click(UiState state, Event.Clicked click, Tree tree) {
        List<PaletteEntry> entries = entries(state, tree);
        Box box = box(state.columns(), state.rows());
        int entry = box.lineAt(click) - 1 + first(box, entries.size());
        if (box.lineAt(click) < 1 || entry >= entries.size()) {
            return Step.to(state);
        }
        PaletteDialog chosen = new PaletteDialog(line, entry, null, recalled);
        return click.twice() ? chosen.run(state, tree) : Step.to(state.withDialog(chosen));
    }

    private static Box box(int columns, int rows) {
        return Box.centred(columns, rows, WIDTH, rows - 4);
    }

    /** The first entry in view: the selected one always is. */
    private int first(Box box, int entries) {
        int page = box.height() - 2 - OTHER_LINES;
        return Math.max(0, Math.min(selected - page + 1, entries - page));
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        Box box = box(pen.grid().columns(), pen.grid().rows());
        box.draw(pen, "Command", "Enter runs it, Tab completes, Esc leaves");
        box.input(pen, 0, ": ", line);
        List<PaletteEntry> entries = entries(scene.state(), scene.tree());
        int page = box.height() - 2 - OTHER_LINES;
        int first = first(box, entries.size());
        for (int i = 0; i < page && first + i < entries.size(); i++) {
            draw(pen, box, i + 1, entries.get(first + i), first + i == selected);
        }
        Commands.Command command = withArgument();
        if (command != null) {
            String argument = Commands.argument(command, line.text());
            box.text(pen, 1, command.name() + " " + command.argument() + ": " + command.what(), Style.INPUT);
            List<String> names = command.completions().apply(argument);
            box.text(pen, 2, names.isEmpty() ? "" : "Tab completes: " + String.join(" ", names), Style.DIM);
        }
        String remark = error != null ? error : entries.isEmpty() && command == null ? "no such action" : "";
        box.text(pen, box.height() - 3, remark, Style.BAD);
    }

    private static void draw(Pen pen, Box box, int line, PaletteEntry entry, boolean chosen) {
        int row = box.top() + 1 + line;
        int left = box.left() + 2;
        Style style = entry.disabled() == null ? Style.INPUT : Style.DIM;
        String what = entry.disabled() == null ? entry.what() : entry.what() + " (now: " + entry.disabled() + ")";
        int keys = Math.min(KEYS_WIDTH, entry.keys().length() + 1);
        pen.text(left, row, NAME_WIDTH - 1, entry.name(), style);
        pen.text(left + NAME_WIDTH, row, Math.max(0, box.room() - NAME_WIDTH - keys), what, style);
        pen.right(left + box.room() - keys + 1, row, keys - 1, entry.keys(), Style.KEY);
        if (chosen) {
            pen.text(box.left() + 1, row, 1, ">", style);
            pen.grid().restyle(box.left() + 1, row, box.width() - 2, Style.CURSOR);
        }
    }
}
