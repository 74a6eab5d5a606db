package shawk.view.shell;

import java.io.OutputStream;

/** What a command writes on. Used by one thread. */
public interface Paper {
    /**
     * Takes what a command says that comes to an end by itself: it is shown when the command is over, page by page
     * where that is more than the screen holds. What goes beyond a bound is left out, and the reader told.
     */
    OutputStream pages();

    /** Shows at once what a command says that goes on until somebody ends it. */
    OutputStream roll();

    /** Columns of the terminal; 0 = it is none. */
    int columns();

    /** Whether a person reads it. */
    boolean terminal();
}
