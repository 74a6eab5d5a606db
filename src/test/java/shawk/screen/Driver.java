package shawk.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.expr.SortKey;
import shawk.field.DefaultColumns;
import shawk.field.Fields;
import shawk.model.AddressNames;
import shawk.model.SafeText;
import shawk.model.Snapshot;

/** A monitor that is driven by the labels of keys, and read line by line. */
final class Driver {
    private static final Map<String, Key> BY_LABEL = new HashMap<>();

    static {
        for (Key.Kind kind : Key.Kind.values()) {
            if (kind != Key.Kind.CHAR && kind != Key.Kind.CTRL) {
                BY_LABEL.put(Key.of(kind).label(), Key.of(kind));
            }
        }
        for (char letter = 'a'; letter <= 'z'; letter++) {
            BY_LABEL.put(Key.ctrl(letter).label(), Key.ctrl(letter));
        }
        BY_LABEL.put("Space", Key.of(' '));
    }

    static final SelfCost COST =
            new SelfCost(0.8, 96_000_000, new Pace(1_234, 0, 12_400_000, 300_000, 1_000_000_000, Double.NaN));

    final Monitor monitor;
    final List<Effect> effects = new ArrayList<>();
    private final Grid grid = new Grid();
    private String failure = "";
    private SelfCost cost = COST;

    private Driver(boolean ascii) {
        this(ascii, AddressNames.NONE);
    }

    private Driver(boolean ascii, AddressNames names) {
        Arrangement arrangement = Arrangement.first(
                List.of(Fields.PROCESS, Fields.PEER, Fields.PORT),
                List.of(new SortKey(Fields.CONNS, true)),
                DefaultColumns.FLOWS,
                "",
                null,
                false);
        monitor = new Monitor(UiState.initial(arrangement, 1_000), SafeText.of("db01"), ascii, names);
    }

    /** A monitor of 80x24 that shows a snapshot. */
    static Driver of(Snapshot snapshot) {
        return new Driver(false).size(80, 24).sample(snapshot);
    }

    /** One that knows names of hosts. */
    static Driver named(Snapshot snapshot, AddressNames names) {
        return new Driver(false, names).size(80, 24).sample(snapshot);
    }

    static Driver ascii(Snapshot snapshot) {
        return new Driver(true).size(80, 24).sample(snapshot);
    }

    /** One that has no sample yet. */
    static Driver waiting() {
        return new Driver(false).size(80, 24);
    }

    Driver size(int columns, int rows) {
        monitor.on(new Event.Resized(columns, rows));
        return this;
    }

    Driver sample(Snapshot snapshot) {
        monitor.on(new Event.SampleArrived(snapshot));
        return this;
    }

    Driver taking(SelfCost changed) {
        cost = changed;
        return this;
    }

    Driver failing(String why) {
        failure = why;
        return this;
    }

    /** Presses keys by their labels, e.g. {@code "j", "Enter", "Ctrl-D"}. */
    Driver press(String... labels) {
        for (String label : labels) {
            Key key = BY_LABEL.getOrDefault(label, Key.of(label.codePointAt(0)));
            effects.addAll(monitor.on(new Event.KeyPressed(key)));
        }
        return this;
    }

    /** Types a text, character by character. */
    Driver type(String text) {
        text.codePoints().forEach(c -> effects.addAll(monitor.on(new Event.KeyPressed(Key.of(c)))));
        return this;
    }

    Grid grid() {
        monitor.draw(grid, cost, failure);
        return grid;
    }

    String screen() {
        return grid().toString();
    }

    String line(int row) {
        return grid().line(row);
    }

    String lastLine() {
        return grid().line(grid.rows() - 1);
    }

    /** The name in the row that the cursor is on. */
    String cursor() {
        Grid drawn = grid();
        for (int row = 0; row < drawn.rows(); row++) {
            if (drawn.style(0, row) == Style.CURSOR) {
                return name(drawn.line(row));
            }
        }
        return "";
    }

    /** The line that the cursor is on. */
    int cursorLine() {
        Grid drawn = grid();
        int row = 0;
        while (drawn.style(0, row) != Style.CURSOR) {
            row++;
        }
        return row;
    }

    /** The names in all rows, with their indent and mark, between the heads and the notices. */
    List<String> names() {
        Grid drawn = grid();
        List<String> names = new ArrayList<>();
        for (int row = 3; row < drawn.rows() - 1 - monitor.state().notices().lines(); row++) {
            String line = behindMargin(drawn.line(row));
            if (!line.isBlank()) {
                names.add(line.length() > 26 ? line.substring(0, 24).stripTrailing() : line);
            }
        }
        return names;
    }

    /** The marks in the margin of the rows, a blank where there is none. */
    String margin() {
        Grid drawn = grid();
        StringBuilder marks = new StringBuilder();
        for (int row = monitor.state().headsLine() + 1; row < drawn.rows() - 1; row++) {
            if (!drawn.line(row).isBlank()) {
                marks.appendCodePoint(drawn.codePoint(0, row));
            }
        }
        return marks.toString().stripTrailing();
    }

    private static String behindMargin(String line) {
        return line.isEmpty() ? line : line.substring(1);
    }

    private static String name(String marked) {
        String line = behindMargin(marked);
        String start = line.length() > 24 ? line.substring(0, 24) : line;
        return start.replaceAll("[\u25b8\u25be+-] ", "").strip();
    }
}
