package shawk.arch.bad.source;

import com.sun.jna.Native;
import shawk.arch.bad.flow.Folds;

/** A source that folds what it reads, and calls C by itself. */
public final class Reads {
    Folds table = new Folds();
    int size = Native.POINTER_SIZE + Native.getNativeSize(int.class);
}
