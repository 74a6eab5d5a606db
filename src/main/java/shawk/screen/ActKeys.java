package shawk.screen;

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
