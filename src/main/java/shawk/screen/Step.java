package shawk.screen;

import java.util.List;

/** What an event led to: the new state, and what is to be done outside. */
public record Step(UiState state, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(UiState state, Effect... effects) {
        return new Step(state, List.of(effects));
    }
}
