package shawk.model;

import java.util.Arrays;
import java.util.List;

/** What the source says about its own work: figures, and programs in the kernel. Immutable. */
public final class Meters {
    /** Of a source that counts nothing. */
    public static final Meters NONE = new Meters(new long[0], List.of());

    private final long[] values;
    private final List<Program> programs;

    /**
     * A program in the kernel.
     *
     * @param runNanos time it has run, 0 unless statistics are on
     * @param runs how often, 0 unless statistics are on
     * @param misses runs that the kernel left out
     * @param instructions that the verifier has processed, 0 = not told
     * @param error 0: at work; else the errno that keeps it out
     */
    public record Program(SafeText name, long runNanos, long runs, long misses, long instructions, int error) {}

    /** With the values of {@link Meter} in their order; those beyond the array are absent. */
    public Meters(long[] values, List<Program> programs) {
        this.values = values.clone();
        this.programs = List.copyOf(programs);
    }

    /** The figure, or {@link SocketTable#ABSENT}. */
    public long value(Meter meter) {
        return meter.ordinal() < values.length ? values[meter.ordinal()] : SocketTable.ABSENT;
    }

    /** Whether there are figures. */
    public boolean isEmpty() {
        return Arrays.stream(values).allMatch(value -> value == SocketTable.ABSENT);
    }

    /** Programs in the kernel. */
    public List<Program> programs() {
        return programs;
    }
}
