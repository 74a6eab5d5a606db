package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;

/**
 * Moments of the past that can be gone to. Implementations decode and fold on a thread of their own, and tell the
 * feed's listener when the moment is there; every method returns at once, and may be called from any thread.
 */
public interface Timeline {
    /** There is only now. */
    Timeline NONE = new Timeline() {
        @Override
        public void travel(TimeCommand command) {}

        @Override
        public @Nullable Snapshot moment() {
            return null;
        }

        @Override
        public TimeStatus status() {
            return TimeStatus.NONE;
        }
    };

    /** Begins to do what is wanted. */
    void travel(TimeCommand command);

    /** The moment that was gone to; null where none was. */
    @Nullable
    Snapshot moment();

    /** Where it is. */
    TimeStatus status();
}
