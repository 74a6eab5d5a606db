package shawk.screen;

/** What somebody wants of time. */
public sealed interface TimeCommand {
    /**
     * The snapshot of this number stays: steps and jumps go from there.
     *
     * @param sequence {@link shawk.model.Snapshot#sequence()}
     */
    record Pause(long sequence) implements TimeCommand {}

    /** Back to what is happening now; a recording plays on from where it is. */
    record Resume() implements TimeCommand {}

    /** So many samples on; negative = back. */
    record Step(int samples) implements TimeCommand {}

    /** To a moment. */
    record Jump(TimeTarget target) implements TimeCommand {}

    /** A recording plays faster (1) or slower (-1). */
    record Speed(int direction) implements TimeCommand {}
}
