package shawk.view.dump;

import org.jspecify.annotations.Nullable;

/** Form of a dump. Immutable. */
public enum Format {
    /** Aligned columns, for people. */
    TABLE("table"),
    /** One array of samples. */
    JSON("json"),
    /** One object a row and line. */
    NDJSON("ndjson"),
    /** RFC 4180. */
    CSV("csv");

    private final String id;

    Format(String id) {
        this.id = id;
    }

    /** Name as options write it. */
    public String id() {
        return id;
    }

    /** The form of this name; null where there is none. */
    public static @Nullable Format find(String id) {
        for (Format format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        return null;
    }
}
