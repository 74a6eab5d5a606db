package shawk.fuzz;

/** What Jazzer calls. Used by one thread. */
public final class JazzerTarget {
    private static Target target = Target.CLIENT_STREAM;

    private JazzerTarget() {}

    /** Which one it is. */
    public static void fuzzerInitialize(String[] arguments) {
        Meter.instrumented();
        target = Target.valueOf(arguments[0]);
    }

    /** Feeds it. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        target.feed(bytes);
    }
}
