package shawk.model;

/**
 * All processes that hold each socket of a table: for socket row r the indices {@code processes[starts[r]]} to
 * {@code processes[starts[r + 1] - 1]}. Immutable by convention: the arrays are handed over once.
 */
public final class Holders {
    /** Of no sockets. */
    public static final Holders NONE = new Holders(new int[1], new int[0]);

    private final int[] starts;
    private final int[] processes;

    /** {@code starts} has one entry more than there are sockets; the arrays are not copied. */
    public Holders(int[] starts, int[] processes) {
        this.starts = starts;
        this.processes = processes;
    }

    /** How many processes hold the socket of {@code row}; 0 for a bundle. */
    public int count(int row) {
        return row + 1 < starts.length ? starts[row + 1] - starts[row] : 0;
    }

    /** Holder number {@code index} (from 0) of {@code row}: an index into {@link Snapshot#processes()}. */
    public int process(int row, int index) {
        return processes[starts[row] + index];
    }
}
