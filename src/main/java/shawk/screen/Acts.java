package shawk.screen;

import java.util.function.Consumer;

/** Does what the screen asks for outside of itself. Implementations work on a thread of their own. */
public interface Acts {
    /**
     * Begins to do something, and returns at once.
     *
     * @param said gets one harmless line about what came of it, on any thread
     */
    void perform(Effect.Act act, Consumer<String> said);
}
