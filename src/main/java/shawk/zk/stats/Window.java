package shawk.zk.stats;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which minute is asked for. */
public enum Window {
    /** The last one that is over: what ZKTraffic shows, and the same for all who ask within a minute. */
    PREVIOUS,
    /** The one that has begun. */
    CURRENT,
    /** The last sixty seconds, and up to five more: it ends now. */
    SLIDING,
    /**
     * All since the start, but for keys that were let go to make room: what there is to tell of a capture that is over.
     */
    ALL;

    /** As it is typed. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name; null = there is none. */
    public static @Nullable Window find(String id) {
        for (Window window : values()) {
            if (window.id().equals(id)) {
                return window;
            }
        }
        return null;
    }
}
