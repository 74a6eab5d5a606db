package shawk.look;

import shawk.model.SafeText;

/**
 * What is known of a process. All texts empty: nobody knows which one it is.
 *
 * @param name its name
 * @param exe path of its executable; empty = unknown
 * @param unit systemd's unit; empty = none, or unknown
 * @param container name of the container; empty = none, or unknown
 * @param user name of the user; empty = unknown
 * @param pid of the one that was started last; 0 = unknown
 * @param pgid its process group; 0 = unknown
 * @param listens the port that it listens on, where that is exactly one; -1 = none known, or several
 */
public record ProcessFacts(
        SafeText name, SafeText exe, SafeText unit, SafeText container, SafeText user, int pid, int pgid, int listens) {
    /** Nothing is known. */
    public static final ProcessFacts UNKNOWN =
            new ProcessFacts(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY, 0, 0, -1);

    /** Whether it is known which process it is. */
    public boolean known() {
        return !(name.isEmpty() && exe.isEmpty());
    }
}
