package shawk.field;

/** One line of the field table. Immutable; reading a value makes no object. */
public sealed interface Field permits KeyField, MeasureField, HoldersField {

    /** Name in filters, dumps, options and man pages, e.g. {@code retrans_pct}. */
    String id();

    /** Head of its column, e.g. {@code RETR%}. */
    String title();

    /** Width of its column in cells, its head included: fixed, so that columns do not jump. */
    int width();

    /** One line: what it means, with unit. */
    String help();

    /** Whether rows can be grouped by it. */
    default boolean groupable() {
        return false;
    }

    /** Whether its column is set flush right. */
    boolean flushRight();
}
