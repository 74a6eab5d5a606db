package shawk.screen.zk;

/** What the rows are. */
public enum TopGroup {
    PATH("Paths", "PATH"),
    TYPE("Types", "TYPE"),
    CLIENT("Clients", "CLIENT"),
    SESSION("Sessions", "SESSION");

    private static final TopGroup[] VALUES = values();

    private final String tab;
    private final String head;

    TopGroup(String tab, String head) {
        this.tab = tab;
        this.head = head;
    }

    /** Its word in the second line. */
    String tab() {
        return tab;
    }

    /** Head of the column of names. */
    String head() {
        return head;
    }

    TopGroup next(int step) {
        return VALUES[Math.floorMod(ordinal() + step, VALUES.length)];
    }
}
