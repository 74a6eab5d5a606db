package shawk.screen;

import org.jspecify.annotations.Nullable;

/**
 * A moment to go to is being typed.
 *
 * @param line what there is
 * @param error what is wrong with it, null = nothing
 */
record JumpDialog(LineEdit line, @Nullable String error) implements Dialog {
    @Override
    public Step key(UiState state, Key key, Tree tree) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case ENTER -> {
                TimeTarget target = TimeTarget.parse(line.text());
                yield target != null
                        ? TimeKeys.travel(state.withDialog(null), new TimeCommand.Jump(target))
                        : Step.to(state.withDialog(new JumpDialog(line, TimeTarget.EXPECTED)));
            }
            default -> Step.to(state.withDialog(new JumpDialog(line.on(key), null)));
        };
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        InputLine.draw(pen, " jump to: ", line, error, -1);
    }

    @Override
    public boolean onLastLine() {
        return true;
    }
}
