package shawk.zk.tally;

import java.util.Locale;

/**
 * What messages are put together by.
 *
 * @param depth of a path how many of its names count, 0 = all: at depth 1 {@code /a/b} is {@code /a}
 */
public record Grouping(By by, int depth) {
    /** What the key of a message is. */
    public enum By {
        PATH,
        /** Its operation. */
        TYPE,
        /** What ZKTraffic calls it, which tells more of a create and a connect. */
        NAME,
        /** Address and port. */
        CLIENT,
        SESSION;

        /** The word that is typed and shown. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Grouping {
        if (depth < 0) {
            throw new IllegalArgumentException("depth " + depth);
        }
    }
}
