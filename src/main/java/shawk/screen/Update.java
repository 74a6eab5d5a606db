package shawk.screen;

import shawk.model.Snapshot;

/** What an event does to the state. Pure, but for reading the rows that are shown. */
final class Update {
    private Update() {}

    /** The state after {@code event}; {@code tree} holds the rows that were shown when it came. */
    static Step on(UiState state, Event event, Tree tree) {
        if (event instanceof Event.KeyPressed pressed) {
            UiState before = state.withMessage("");
            return CalmActions.settled(before, key(before, pressed.key(), tree));
        }
        if (event instanceof Event.Clicked click) {
            UiState before = state.withMessage("");
            return CalmActions.settled(before, Pointer.click(before, click, tree));
        }
        if (event instanceof Event.Wheeled wheeled) {
            UiState before = state.withMessage("");
            return CalmActions.settled(before, Pointer.wheel(before, wheeled.steps(), tree));
        }
        if (event instanceof Event.Background) {
            return Step.to(state);
        }
        if (event instanceof Event.Resized resized) {
            return Step.to(state.withSize(Math.max(1, resized.columns()), Math.max(1, resized.rows())));
        }
        if (event instanceof Event.Said said) {
            return Step.to(state.withMessage(said.message()));
        }
        if (event instanceof Event.MomentShown shown) {
            return Step.to(state.paused() == null ? state : moment(state, shown.snapshot()));
        }
        if (event instanceof Event.TimeTold told) {
            return Step.to(state.withTime(told.status()));
        }
        Event.SampleArrived arrived = (Event.SampleArrived) event;
        int degradations = arrived.snapshot().degradations().size();
        if (state.paused() != null) {
            return Step.to(state);
        }
        int links = LinkLines.worthALine(arrived.snapshot().links()).size();
        UiState told = state.withNotices(new Notices(state.notices().hidden(), degradations));
        return Step.to(told.withDisplay(told.display().withLinkCount(links)));
    }

    private static UiState moment(UiState state, Snapshot shown) {
        Notices notices =
                new Notices(state.notices().hidden(), shown.degradations().size());
        return state.withPaused(shown).withNotices(notices);
    }

    private static Step key(UiState state, Key key, Tree tree) {
        Binding binding = state.keys().find(key);
        Dialog dialog = state.dialog();
        // What can be typed is typed, whatever somebody has bound it to.
        boolean typed = key.kind() == Key.Kind.CHAR;
        if (dialog != null && (binding == null || typed || !binding.everywhere())) {
            return dialog.key(state, key, tree);
        }
        return binding == null ? Step.to(state) : binding.press(state, tree);
    }
}
