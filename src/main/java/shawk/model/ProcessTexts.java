package shawk.model;

/**
 * For each process of a snapshot the dictionary numbers of its texts, so that grouping by them compares numbers.
 * Immutable by convention: the arrays are handed over once and never written again.
 */
public final class ProcessTexts {
    private static final Text[] TEXTS = Text.values();

    /** Of no processes. */
    public static final ProcessTexts NONE = new ProcessTexts(new int[TEXTS.length][0]);

    private final int[][] numbers;

    /** The texts of a process, in the order in which their numbers are handed over. */
    public enum Text {
        NAME {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.name();
            }
        },
        USER {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.user();
            }
        },
        EXE {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.exe();
            }
        },
        CMDLINE {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.cmdline();
            }
        },
        CGROUP {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.cgroup();
            }
        },
        CONTAINER {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.container();
            }
        },
        UNIT {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.unit();
            }
        },
        POD {
            @Override
            public SafeText of(ProcessInfo process) {
                return process.pod();
            }
        };

        /** This text of {@code process}; empty where it has none. */
        public abstract SafeText of(ProcessInfo process);
    }

    /** For each {@link Text} one number a process; the arrays are not copied. */
    public ProcessTexts(int[][] numbers) {
        if (numbers.length != TEXTS.length) {
            throw new IllegalArgumentException(numbers.length + " columns, not " + TEXTS.length);
        }
        this.numbers = numbers;
    }

    /** Number of a text of process {@code index}; 0 = unknown, but of a name, which may be empty. */
    public int number(Text text, int index) {
        return numbers[text.ordinal()][index];
    }

    /** Number of the name of process {@code index}. */
    public int name(int index) {
        return number(Text.NAME, index);
    }
}
