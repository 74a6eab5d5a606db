package shawk.doctor;

import java.util.Locale;
import java.util.Objects;
import shawk.model.SafeText;

/**
 * What came of one check. Immutable.
 *
 * @param id short stable name, e.g. {@code netlink-tcp4}
 * @param state whether it works
 * @param reason why it is so, or what was found
 * @param fix what would bring what is missing; empty where nothing is
 */
public record Finding(String id, State state, SafeText reason, SafeText fix) {
    /** Whether something works. */
    public enum State {
        WORKS,
        /** Some of it. */
        PARTLY,
        MISSING,
        /** Something good to know that neither works nor fails. */
        NOTE;

        /** Name as the report writes it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(fix);
    }

    static Finding works(String id, String reason) {
        return new Finding(id, State.WORKS, SafeText.of(reason), SafeText.EMPTY);
    }

    static Finding note(String id, String reason) {
        return new Finding(id, State.NOTE, SafeText.of(reason), SafeText.EMPTY);
    }

    static Finding partly(String id, String reason, String fix) {
        return new Finding(id, State.PARTLY, SafeText.of(reason), SafeText.of(fix));
    }

    static Finding missing(String id, String reason, String fix) {
        return new Finding(id, State.MISSING, SafeText.of(reason), SafeText.of(fix));
    }
}
