package shawk.model;

/** Values by column and row. */
@FunctionalInterface
public interface Cells {
    /** The value, or {@link SocketTable#ABSENT}. */
    long value(Column column, int row);
}
