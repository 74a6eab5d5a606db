package shawk.tcp;

import org.jspecify.annotations.Nullable;

/** Connections in the order of their last use. Each step takes the same time. Used by one thread. */
final class Recency {
    /** Of one connection in one such order. */
    static final class Place {
        private final Flow flow;
        private @Nullable Recency in;
        private @Nullable Place before;
        private @Nullable Place after;

        Place(Flow flow) {
            this.flow = flow;
        }
    }

    private @Nullable Place oldest;
    private @Nullable Place newest;
    private int size;

    int size() {
        return size;
    }

    /** The one that has not been used for longest; null = there is none. */
    @Nullable
    Flow oldest() {
        return oldest == null ? null : oldest.flow;
    }

    /** It is used now; wherever it was before. */
    void touch(Place place) {
        if (place == newest) {
            return;
        }
        if (place.in != null) {
            place.in.remove(place);
        }
        place.in = this;
        place.before = newest;
        place.after = null;
        if (newest == null) {
            oldest = place;
        } else {
            newest.after = place;
        }
        newest = place;
        size++;
    }

    /** Out of the order that it is in, if it is in one. */
    static void leave(Place place) {
        if (place.in != null) {
            place.in.remove(place);
        }
    }

    private void remove(Place place) {
        if (place.before == null) {
            oldest = place.after;
        } else {
            place.before.after = place.after;
        }
        if (place.after == null) {
            newest = place.before;
        } else {
            place.after.before = place.before;
        }
        place.in = null;
        place.before = null;
        place.after = null;
        size--;
    }
}
