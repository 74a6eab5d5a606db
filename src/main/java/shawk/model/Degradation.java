package shawk.model;

import java.util.Objects;

/**
 * Something that this run cannot see, why, and what would bring it back. Shown in the status line and in JSON.
 *
 * @param id short stable name, e.g. {@code owners}, {@code netns}
 * @param missing what is missing, e.g. "owners of other users' sockets"
 * @param reason why, e.g. "no CAP_SYS_PTRACE"
 * @param fix what to do, e.g. "run as root"
 */
public record Degradation(String id, String missing, String reason, String fix) {
    public Degradation {
        Objects.requireNonNull(id);
        Objects.requireNonNull(missing);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(fix);
    }

    /** The one line that says it all. */
    public String line() {
        return missing + ": " + reason + "; " + fix;
    }
}
