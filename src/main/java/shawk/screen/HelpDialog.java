package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Degradation;
import shawk.text.DisplayWidth;

/**
 * The keys out of the key table, and what this run cannot see; over everything but the last line.
 *
 * <pre>
 *  Keys                                                          Esc closes, arrows scroll
 *  ? h F1             help, and what this run cannot see
 *  / F4               filter, live while typing; Esc clears
 *  Enter              unfold or fold the group (now: a single connection has nothing inside)
 *
 *  What this run cannot see
 *  owners of 212 processes: no CAP_SYS_PTRACE; run as root
 * </pre>
 *
 * @param scroll number of the first line in view
 */
record HelpDialog(int scroll) implements Dialog {
    private static final int KEYS_WIDTH = 18;

    /** One line; of a heading or a plain text the keys are empty. */
    record Line(String keys, String text, Style style) {}

    /** Lines that are in view at once. */
    static int page(UiState state) {
        return Math.max(1, state.rows() - 2);
    }

    static List<Line> lines(UiState state, Tree tree) {
        List<Line> lines = new ArrayList<>();
        for (Binding binding : state.keys().bindings()) {
            String reason = binding.disabled().apply(state, tree);
            String what = binding.what() + (reason == null ? "" : " (now: " + reason + ")");
            lines.add(new Line(binding.label(), what, reason == null ? Style.PLAIN : Style.DIM));
        }
        List<Degradation> degradations = tree.pivot().snapshot().degradations();
        if (!degradations.isEmpty()) {
            lines.add(new Line("", "", Style.PLAIN));
            lines.add(new Line("", "What this run cannot see", Style.GROUP));
            for (Degradation degradation : degradations) {
                wrap(lines, degradation.line(), state.columns() - 2);
            }
        }
        return lines;
    }

    private static void wrap(List<Line> lines, String text, int width) {
        String rest = text;
        while (DisplayWidth.of(rest) > width && width > 0) {
            int fitting = Math.max(1, DisplayWidth.fitting(rest, width));
            int blank = rest.lastIndexOf(' ', fitting);
            int end = blank > fitting / 2 ? blank : fitting;
            lines.add(new Line("", rest.substring(0, end), Style.WARN));
            rest = rest.substring(end).strip();
        }
        lines.add(new Line("", rest, Style.WARN));
    }

    /** Moving keys scroll the text, keys that quit quit, all others close the help. */
    @Override
    public Step key(UiState state, Key key, Tree tree) {
        int page = Math.max(1, state.rows() - 4);
        int wanted =
                switch (key.kind()) {
                    case UP -> scroll - 1;
                    case DOWN -> scroll + 1;
                    case PAGE_UP -> scroll - page;
                    case PAGE_DOWN -> scroll + page;
                    case HOME -> 0;
                    case END -> Integer.MAX_VALUE;
                    case CHAR ->
                        key.codePoint() == 'j' ? scroll + 1 : key.codePoint() == 'k' ? scroll - 1 : Integer.MIN_VALUE;
                    default -> Integer.MIN_VALUE;
                };
        if (wanted == Integer.MIN_VALUE) {
            return quitsOrCloses(state, key, tree);
        }
        int most = Math.max(0, lines(state, tree).size() - page(state));
        return Step.to(state.withDialog(new HelpDialog(Math.max(0, Math.min(wanted, most)))));
    }

    private static Step quitsOrCloses(UiState state, Key key, Tree tree) {
        Binding binding = state.keys().find(key);
        Step step = binding == null ? null : binding.press(state, tree);
        boolean quits = step != null && step.effects().stream().anyMatch(Effect.Quit.class::isInstance);
        return quits && step != null ? step : Step.to(state.withDialog(null));
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        int columns = pen.grid().columns();
        pen.clear(0, 0, columns, pen.grid().rows() - 1, Style.PLAIN);
        pen.line(0, Style.HEADER);
        pen.text(1, 0, columns - 1, "Keys", Style.HEADER);
        pen.right(8, 0, columns - 9, "Esc closes, arrows scroll", Style.HEADER);
        List<Line> lines = lines(scene.state(), scene.tree());
        int page = page(scene.state());
        for (int i = 0; i < page && scroll + i < lines.size(); i++) {
            Line line = lines.get(scroll + i);
            int start = 1;
            if (!line.keys().isEmpty()) {
                start += KEYS_WIDTH + 1;
                pen.text(1, i + 1, KEYS_WIDTH, line.keys(), Style.KEY);
            }
            pen.text(start, i + 1, columns - start - 1, line.text(), line.style());
        }
    }
}
