package shawk.collect;

/** How much processor time this program has taken. Thread-safe. */
@FunctionalInterface
public interface Cpu {
    /** Microseconds of all its threads since its start; negative = not known. */
    long micros();
}
