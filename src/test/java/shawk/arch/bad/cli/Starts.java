package shawk.arch.bad.cli;

import shawk.arch.bad.model.Knows;

/** The program itself: may do all this, but closes a circle with {@link Knows}. */
public final class Starts {
    Knows model = new Knows();
    long when = System.currentTimeMillis();

    void end() {
        System.err.println("bye");
        System.exit(0);
    }
}
