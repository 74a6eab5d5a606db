package shawk.model;

/**
 * A container as a control group's path names it.
 *
 * @param digits the 64 hexadecimal digits of its id, and nothing else: they may become part of a path
 * @param uid user below whose service the control group stands, who can name it as he likes; {@link #HOST} = the host's
 */
public record ContainerId(String digits, long uid) {
    /** No user's own: a runtime of the host made it. */
    public static final long HOST = -1;

    private static final int DIGITS = 64;
    private static final int SHORT = 12;

    public ContainerId {
        if (!isId(digits)) {
            throw new IllegalArgumentException(SafeText.of(digits).value());
        }
    }

    /** Whether {@code text} is an id and nothing more. */
    public static boolean isId(String text) {
        if (text.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The first twelve digits, as the runtimes' own lists print them. */
    public String brief() {
        return digits.substring(0, SHORT);
    }
}
