package shawk.view.events;

import org.jspecify.annotations.Nullable;

/** Form in which events are written. Immutable. */
public enum EventsFormat {
    /** A line an event, for people: the end of a connection below its opening. */
    TEXT("text"),
    /** One array of objects. */
    JSON("json"),
    /** One object a line. */
    NDJSON("ndjson"),
    /** RFC 4180. */
    CSV("csv");

    private final String id;

    EventsFormat(String id) {
        this.id = id;
    }

    /** Name as options write it. */
    public String id() {
        return id;
    }

    /** The form of this name; null where there is none. */
    public static @Nullable EventsFormat find(String id) {
        for (EventsFormat format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        return null;
    }
}
