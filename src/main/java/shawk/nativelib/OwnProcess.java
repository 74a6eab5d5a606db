package shawk.nativelib;

/** What this process does with itself: how often it runs, where, and whose session it belongs to. Thread-safe. */
public final class OwnProcess {
    /** Processors that can be named. */
    public static final int MOST_CPU = 0x7fff;

    private OwnProcess() {}

    /**
     * All its threads run less often from now on, and those that come.
     *
     * @param niceness -20 to 19
     * @throws NativeException if that is not allowed
     */
    public static void nice(int niceness) throws NativeException {
        NativeLibrary.load();
        NativeException.check(Bindings.shawk_self_nice(niceness), "cannot set the niceness");
    }

    /**
     * All its threads run on these processors alone from now on, and those that come.
     *
     * @param cpus numbers from 0 to {@link #MOST_CPU}
     * @throws NativeException if there is none of them, or it may use none
     */
    public static void pin(int... cpus) throws NativeException {
        NativeLibrary.load();
        short[] numbers = new short[cpus.length];
        for (int i = 0; i < cpus.length; i++) {
            numbers[i] = (short) cpus[i];
        }
        NativeException.check(Bindings.shawk_self_affinity(numbers, numbers.length), "cannot choose processors");
    }

    /**
     * It has a session of its own from now on, and no terminal.
     *
     * @throws NativeException if it has one already
     */
    public static void detach() throws NativeException {
        NativeLibrary.load();
        NativeException.check(Bindings.shawk_self_detach(), "cannot leave the session");
    }
}
