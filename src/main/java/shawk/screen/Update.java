package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.field.KeyField;

/** What an event does to the state. Pure, but for reading the rows that are shown. */
final class Update {
    private Update() {}

    /** The state after {@code event}; {@code tree} holds the rows that were shown when it came. */
    static Step on(UiState state, Event event, Tree tree) {
        if (event instanceof Event.KeyPressed pressed) {
            return key(state.withMessage(""), pressed.key(), tree);
        }
        if (event instanceof Event.Resized resized) {
            return Step.to(state.withSize(Math.max(1, resized.columns()), Math.max(1, resized.rows())));
        }
        if (event instanceof Event.Said said) {
            return Step.to(state.withMessage(said.message()));
        }
        Event.SampleArrived arrived = (Event.SampleArrived) event;
        int degradations = arrived.snapshot().degradations().size();
        return state.paused() != null
                ? Step.to(state)
                : Step.to(state.withNotices(new Notices(state.notices().hidden(), degradations)));
    }

    private static Step key(UiState state, Key key, Tree tree) {
        Binding binding = Keys.find(key);
        if (state.dialog() != null && (binding == null || !binding.everywhere())) {
            return dialogKey(state, state.dialog(), key, tree);
        }
        return binding == null ? Step.to(state) : press(binding, state, tree);
    }

    private static Step press(Binding binding, UiState state, Tree tree) {
        String reason = binding.disabled().apply(state, tree);
        return reason == null ? binding.action().apply(state, tree) : Step.to(state.withMessage(reason));
    }

    private static Step dialogKey(UiState state, Dialog dialog, Key key, Tree tree) {
        if (dialog instanceof Dialog.FilterInput input) {
            return filterKey(state, input, key);
        }
        if (dialog instanceof Dialog.IntervalInput input) {
            return intervalKey(state, input, key);
        }
        if (dialog instanceof Dialog.Arrange arrange) {
            return arrangeKey(state, arrange, key);
        }
        return helpKey(state, (Dialog.Help) dialog, key, tree);
    }

    private static Step filterKey(UiState state, Dialog.FilterInput input, Key key) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(withFilter(state, "").withDialog(null));
            case ENTER -> input.error() == null ? Step.to(state.withDialog(null)) : Step.to(state);
            default -> {
                LineEdit line = input.line().on(key);
                yield line.text().equals(input.line().text())
                        ? Step.to(state.withDialog(new Dialog.FilterInput(line, input.error(), input.errorAt())))
                        : Step.to(typed(state, line));
            }
        };
    }

    /** What is typed works at once; while it is no filter, the one before it goes on. */
    private static UiState typed(UiState state, LineEdit line) {
        if (line.text().isBlank()) {
            return withFilter(state, "").withDialog(new Dialog.FilterInput(line, null, 0));
        }
        try {
            Filter filter = FilterParser.parse(line.text());
            return state.withArrangement(state.arrangement().withFilter(line.text(), filter))
                    .withDialog(new Dialog.FilterInput(line, null, 0));
        } catch (ExprException e) {
            int characters = Math.min(
                    e.position() - 1, line.text().codePointCount(0, line.text().length()));
            int at = line.text().offsetByCodePoints(0, characters);
            return state.withDialog(new Dialog.FilterInput(line, e.getMessage(), at));
        }
    }

    private static UiState withFilter(UiState state, String none) {
        return state.withArrangement(state.arrangement().withFilter(none, null));
    }

    private static Step intervalKey(UiState state, Dialog.IntervalInput input, Key key) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case ENTER -> {
                long millis = Intervals.parse(input.line().text());
                yield millis > 0
                        ? Actions.setInterval(state.withDialog(null), millis)
                        : Step.to(state.withDialog(
                                new Dialog.IntervalInput(input.line(), "from 50ms to 24h, such as 500ms, 2s, 1m")));
            }
            default ->
                Step.to(state.withDialog(new Dialog.IntervalInput(input.line().on(key), null)));
        };
    }

    private static Step arrangeKey(UiState state, Dialog.Arrange dialog, Key key) {
        int last = Presets.ALL.size() - 1;
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case UP -> Step.to(state.withDialog(selected(Math.max(0, dialog.selected() - 1))));
            case DOWN -> Step.to(state.withDialog(selected(Math.min(last, dialog.selected() + 1))));
            case TAB ->
                Step.to(state.withDialog(new Dialog.Arrange(
                        LineEdit.of(Presets.complete(dialog.line().text())), dialog.selected(), null)));
            case ENTER -> chosen(state, dialog);
            default -> Step.to(state.withDialog(new Dialog.Arrange(dialog.line().on(key), dialog.selected(), null)));
        };
    }

    private static Dialog.Arrange selected(int preset) {
        return new Dialog.Arrange(LineEdit.of(""), preset, null);
    }

    private static Step chosen(UiState state, Dialog.Arrange dialog) {
        Presets.Chain chain = dialog.line().text().isBlank()
                ? new Presets.Chain(Presets.ALL.get(dialog.selected()), null)
                : Presets.parse(dialog.line().text());
        if (chain.error() != null) {
            return Step.to(state.withDialog(new Dialog.Arrange(dialog.line(), dialog.selected(), chain.error())));
        }
        return Step.to(regrouped(state.withDialog(null), chain.fields()));
    }

    /** Other groups: who was unfolded and where the cursor was means nothing any more. */
    private static UiState regrouped(UiState state, List<KeyField> chain) {
        if (chain.equals(state.arrangement().groupBy())) {
            return state;
        }
        return state.withArrangement(state.arrangement().withGroupBy(chain))
                .withFolding(Folding.NONE)
                .withCursor(Cursor.TOP);
    }

    /** Moving keys scroll the text, keys that quit quit, all others close the help. */
    private static Step helpKey(UiState state, Dialog.Help help, Key key, Tree tree) {
        int page = Math.max(1, state.rows() - 4);
        int scroll =
                switch (key.kind()) {
                    case UP -> help.scroll() - 1;
                    case DOWN -> help.scroll() + 1;
                    case PAGE_UP -> help.scroll() - page;
                    case PAGE_DOWN -> help.scroll() + page;
                    case HOME -> 0;
                    case END -> Integer.MAX_VALUE;
                    case CHAR ->
                        key.codePoint() == 'j'
                                ? help.scroll() + 1
                                : key.codePoint() == 'k' ? help.scroll() - 1 : Integer.MIN_VALUE;
                    default -> Integer.MIN_VALUE;
                };
        if (scroll == Integer.MIN_VALUE) {
            return quitsOrCloses(state, key, tree);
        }
        int most = Math.max(0, HelpOverlay.lines(state, tree).size() - HelpOverlay.page(state));
        return Step.to(state.withDialog(new Dialog.Help(Math.max(0, Math.min(scroll, most)))));
    }

    private static Step quitsOrCloses(UiState state, Key key, Tree tree) {
        @Nullable Binding binding = Keys.find(key);
        Step step = binding == null ? null : press(binding, state, tree);
        boolean quits = step != null && step.effects().stream().anyMatch(Effect.Quit.class::isInstance);
        return quits && step != null ? step : Step.to(state.withDialog(null));
    }
}
