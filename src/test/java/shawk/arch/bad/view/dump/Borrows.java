package shawk.arch.bad.view.dump;

import shawk.arch.bad.view.tui.Paints;

/** A view that knows another. */
public final class Borrows {
    Paints other = new Paints();
}
