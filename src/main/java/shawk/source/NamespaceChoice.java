package shawk.source;

/**
 * Which network namespaces are looked at.
 *
 * @param scope which kind of choice
 * @param inode for {@link Scope#INODE}, else 0
 * @param name for {@link Scope#NAME}, else empty
 */
public record NamespaceChoice(Scope scope, long inode, String name) {
    /** Every namespace that a process lives in or that has a name. */
    public static final NamespaceChoice ALL = new NamespaceChoice(Scope.ALL, 0, "");

    /** The one that this program runs in. */
    public static final NamespaceChoice SELF = new NamespaceChoice(Scope.SELF, 0, "");

    /** Kinds of choice. */
    public enum Scope {
        ALL,
        SELF,
        INODE,
        NAME
    }

    /** The choice that {@code text} is: {@code all}, {@code self}, an inode number, or a name. */
    public static NamespaceChoice parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        if (text.equals("self")) {
            return SELF;
        }
        if (text.matches("[0-9]{1,18}")) {
            return new NamespaceChoice(Scope.INODE, Long.parseLong(text), "");
        }
        if (text.isEmpty() || text.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "network namespace '" + text + "': give all, self, an inode number or a name");
        }
        return new NamespaceChoice(Scope.NAME, 0, text);
    }
}
