package shawk.view.events;

import shawk.model.EventKind;
import shawk.model.Snapshot;

/** How events become text. Used by one thread, event after event. */
interface EventForm {
    /** What comes before the first event. */
    default void begin() {
        // Most forms have nothing to say before it.
    }

    /** One event: a row of {@code snapshot}, which happened at {@code wallMicros} since the epoch. */
    void event(Snapshot snapshot, int row, EventKind kind, long wallMicros);

    /** That events were dropped before they could be read, {@code count} of them since this was said last. */
    default void dropped(long wallMicros, long count) {
        // A form without room for anything but events leaves it to standard error.
    }

    /** There will be no more events; there may have been none. */
    default void end() {
        // An event is complete in itself.
    }
}
