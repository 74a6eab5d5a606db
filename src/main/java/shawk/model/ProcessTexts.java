package shawk.model;

/**
 * For each process of a snapshot the dictionary numbers of its texts, so that grouping by them compares numbers.
 * Immutable by convention: the arrays are handed over once and never written again.
 */
public final class ProcessTexts {
    /** Of no processes. */
    public static final ProcessTexts NONE =
            new ProcessTexts(new int[0], new int[0], new int[0], new int[0], new int[0]);

    private final int[] names;
    private final int[] users;
    private final int[] exes;
    private final int[] cmdlines;
    private final int[] cgroups;

    /** One number a process in each array; the arrays are not copied. */
    public ProcessTexts(int[] names, int[] users, int[] exes, int[] cmdlines, int[] cgroups) {
        this.names = names;
        this.users = users;
        this.exes = exes;
        this.cmdlines = cmdlines;
        this.cgroups = cgroups;
    }

    /** Number of the name of process {@code index}. */
    public int name(int index) {
        return names[index];
    }

    /** Number of its user's name, 0 = none. */
    public int user(int index) {
        return users[index];
    }

    /** Number of its executable's path, 0 = unknown. */
    public int exe(int index) {
        return exes[index];
    }

    /** Number of its command line, 0 = unknown. */
    public int cmdline(int index) {
        return cmdlines[index];
    }

    /** Number of its cgroup path, 0 = unknown. */
    public int cgroup(int index) {
        return cgroups[index];
    }
}
