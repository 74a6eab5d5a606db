package shawk.store.spool;

import org.jspecify.annotations.Nullable;

/** Why something was not stored. The order is part of what is on disk. */
public enum Loss {
    /** The spool had no room for it. */
    FULL("spool full"),
    /** It was on disk and could not be read any more. */
    DAMAGED("spool damaged"),
    /** The disk did not take it. */
    DISK("disk full or failing"),
    /** The store did not take it for what was in it. */
    CONTENT("refused by the store"),
    /** Batches came faster than the disk took them. */
    LATE("disk too slow");

    private final String text;

    Loss(String text) {
        this.text = text;
    }

    /** In a few words. */
    public String text() {
        return text;
    }

    static @Nullable Loss of(String text) {
        for (Loss each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        return null;
    }
}
