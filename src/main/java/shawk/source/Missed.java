package shawk.source;

import java.util.Objects;

/**
 * Why a source does not work.
 *
 * @param reason what is missing, or what failed
 * @param fix what brings it; may be empty
 */
public record Missed(String reason, String fix) {
    public Missed {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(fix);
    }

    /** The one line that says both. */
    String line() {
        return fix.isEmpty() ? reason : reason + "; " + fix;
    }
}
