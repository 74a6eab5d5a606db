package shawk.screen;

import org.jspecify.annotations.Nullable;

/**
 * The interval is being typed.
 *
 * @param line what there is
 * @param error what is wrong with it, null = nothing
 */
record IntervalDialog(LineEdit line, @Nullable String error) implements Dialog {
    @Override
    public Step key(UiState state, Key key, Tree tree) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case ENTER -> {
                long millis = Intervals.parse(line.text());
                yield millis > 0
                        ? Actions.setInterval(state.withDialog(null), millis)
                        : Step.to(
                                state.withDialog(new IntervalDialog(line, "from 50ms to 24h, such as 500ms, 2s, 1m")));
            }
            default -> Step.to(state.withDialog(new IntervalDialog(line.on(key), null)));
        };
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        InputLine.draw(pen, " interval: ", line, error, -1);
    }

    @Override
    public boolean onLastLine() {
        return true;
    }
}
