package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;

/** The keys that go through time. */
final class TimeKeys {
    private TimeKeys() {}

    static void add(KeyTable table) {
        table.keys("pause", Key.of(' '), Key.of('p'))
                .hint("pause")
                .does("pause: the snapshot stays, the keys go on", TimeKeys::pause);
        table.keys("time-back", Key.of('['))
                .unless(TimeKeys::nothingKept)
                .does("one sample back; pauses", (state, tree) -> step(state, tree, -1));
        table.keys("time-forward", Key.of(']'))
                .unless(TimeKeys::nothingKept)
                .does("one sample forward; pauses", (state, tree) -> step(state, tree, 1));
        table.keys("time-jump", Key.of('J'))
                .unless(TimeKeys::nothingKept)
                .does("type a moment to go to: 14:05:30, -5m, +30s, 50%, start, end", TimeKeys::jump);
        table.keys("slower", Key.of('{'))
                .unless(TimeKeys::nothingPlayed)
                .does("play the recording slower", (state, tree) -> travel(state, new TimeCommand.Speed(-1)));
        table.keys("faster", Key.of('}'))
                .unless(TimeKeys::nothingPlayed)
                .does("play the recording faster", (state, tree) -> travel(state, new TimeCommand.Speed(1)));
    }

    private static @Nullable String nothingKept(UiState state, Tree tree) {
        return state.time().samples() > 0 ? null : "no samples are kept yet";
    }

    private static @Nullable String nothingPlayed(UiState state, Tree tree) {
        return state.time().replay() ? null : "only a recording has a speed: shawk --source replay:FILE";
    }

    /** Why the interval cannot be changed; null = it can. */
    static @Nullable String played(UiState state) {
        return state.time().replay() ? "a recording has its own interval; { and } change the speed" : null;
    }

    private static Step pause(UiState state, Tree tree) {
        if (state.paused() != null) {
            return travel(state.withPaused(null), new TimeCommand.Resume());
        }
        Snapshot shown = tree.pivot().snapshot();
        return travel(state.withPaused(shown), new TimeCommand.Pause(shown.sequence()));
    }

    private static Step paused(UiState state, Tree tree) {
        return state.paused() == null ? pause(state, tree) : Step.to(state);
    }

    private static Step step(UiState state, Tree tree, int samples) {
        return and(paused(state, tree), new TimeCommand.Step(samples));
    }

    private static Step jump(UiState state, Tree tree) {
        Step paused = state.time().replay() ? Step.to(state) : paused(state, tree);
        return new Step(paused.state().withDialog(new JumpDialog(LineEdit.of(""), null)), paused.effects());
    }

    private static Step and(Step first, TimeCommand then) {
        List<Effect> effects = new ArrayList<>(first.effects());
        effects.add(new Effect.Travel(then));
        return new Step(first.state(), effects);
    }

    static Step travel(UiState state, TimeCommand command) {
        return Step.to(state, new Effect.Travel(command));
    }
}
