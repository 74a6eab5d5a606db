package shawk.screen;

import org.jspecify.annotations.Nullable;

/** The keys of the palette and the mouse. */
final class ActKeys {
    private ActKeys() {}

    static void add(KeyTable table) {
        table.keys("palette", Key.of(':'))
                .does(
                        "type the name of an action, or a command such as sort rtt",
                        (state, tree) -> Step.to(state.withDialog(PaletteDialog.EMPTY)));
        table.keys("mouse", Key.of('M'))
                .does("mouse off, so that the terminal's own selection works, or on", ActKeys::mouse);
        acting(table);
    }

    private static void acting(KeyTable table) {
        table.keys("kill-connections", Key.of('X'))
                .unless(ActKeys::noKill)
                .does("kill the connection, or all of the group; asks first", KillDialog::ask);
        table.keys("kill-process", Key.of('K'), Key.of(Key.Kind.F9))
                .unless(ActKeys::noSignal)
                .does("send the process a signal; asks first", SignalDialog::ask);
        table.keys("export", Key.of('e'))
                .unless((state, tree) ->
                        state.setup().noWrite().isEmpty() ? null : state.setup().noWrite())
                .does("write the rows into a file: JSON, CSV or text", ExportDialog::ask);
        table.keys("flush", Key.of('F'))
                .unless(ActKeys::noFlush)
                .does("store what is there now in the CMDB", ActKeys::flush);
        table.keys("copy", Key.of('c')).unless(ActKeys::noRow).does("copy the row to the clipboard", ActKeys::copy);
    }

    private static @Nullable String noRow(UiState state, Tree tree) {
        return tree.size() == 0 ? "no row" : null;
    }

    /** Why nothing can be killed at all now; null = something may. */
    private static @Nullable String forbidden(UiState state) {
        String why = state.calm().comparing() ? "not while two moments are compared" : "";
        why = state.setup().noKill().isEmpty() ? why : state.setup().noKill();
        return why.isEmpty() ? null : why;
    }

    private static @Nullable String noKill(UiState state, Tree tree) {
        String why = forbidden(state);
        if (why == null) {
            why = noRow(state, tree);
        }
        boolean ended = why == null && tree.at(state.cursor().row()).ended();
        return ended || state.view() == View.CLOSED ? "they have ended already" : why;
    }

    private static @Nullable String noSignal(UiState state, Tree tree) {
        String why = forbidden(state);
        return why == null ? SignalDialog.none(state, tree) : why;
    }

    private static @Nullable String noFlush(UiState state, Tree tree) {
        if (state.time().replay()) {
            return "a recording is not what is there now";
        }
        return state.setup().noWrite().isEmpty() ? null : state.setup().noWrite();
    }

    private static Step flush(UiState state, Tree tree) {
        return Step.to(state.withMessage("storing…"), new Effect.Flush());
    }

    private static Step copy(UiState state, Tree tree) {
        String text = Shown.line(tree, state);
        String name = text.substring(0, text.indexOf('\t')).strip();
        return Step.to(state.withMessage("copied " + name), new Effect.Copy(text));
    }

    private static Step mouse(UiState state, Tree tree) {
        return mouse(state, !state.setup().mouse());
    }

    static Step mouse(UiState state, boolean on) {
        String said = on ? "the mouse is on" : "the mouse is off: the terminal's own selection works";
        return Step.to(state.withSetup(state.setup().withMouse(on)).withMessage(said), new Effect.ReportMouse(on));
    }

    static Step theme(UiState state, Theme theme) {
        return Step.to(state.withSetup(state.setup().withTheme(theme)), new Effect.Recolour(theme));
    }
}
