package shawk.view.dump;

import java.io.IOException;
import shawk.model.Snapshot;
import shawk.pivot.Level;

/** How rows become text. Used by one thread, sample after sample. */
interface Form {
    /** What the name of the remote host is called where it stands beside the address. */
    String PEER_NAME = "peer_name";

    /** A sample begins; {@code number} is 1 for the first that is written. */
    void beginSample(Snapshot snapshot, long number) throws IOException;

    /** Looks at an entry that {@link #row} will get; called before {@link #beginRows}, where widths depend on it. */
    default void measure(Level level, int index) {
        // Most forms write an entry as it comes.
    }

    /** The entries begin. */
    default void beginRows() {
        // Most forms have said what there is to say when the sample began.
    }

    /** Entry {@code index} of {@code level}; the first {@code Level.depth()} fields of the grouping are its own. */
    void row(Level level, int index) throws IOException;

    void endSample() throws IOException;

    /** There will be no more samples; there may have been none. */
    void end() throws IOException;
}
