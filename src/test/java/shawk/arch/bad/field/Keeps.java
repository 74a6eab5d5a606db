package shawk.arch.bad.field;

import java.util.HashMap;
import java.util.List;

/** A table that remembers. */
public final class Keeps {
    static int count;
    static final HashMap<String, String> CACHE = new HashMap<>();
    static final int[] TABLE = {1, 2};
    static final List<String> CONSTANTS = List.of("a");
}
