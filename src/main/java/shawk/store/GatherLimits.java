package shawk.store;

/**
 * Bounds of what {@link Gatherer} keeps.
 *
 * @param flows flows; at the bound the chunks of those that have been idle longest are finished early, and what does
 *     not fit counts into flows without addresses
 * @param processes processes; those beyond count as nobody
 * @param listeners who listens; those beyond are left out
 * @param addresses addresses of this host; those beyond are left out
 * @param translations translations of ends; those beyond count as none
 */
public record GatherLimits(int flows, int processes, int listeners, int addresses, int translations) {
    /** What the program uses. */
    public static final GatherLimits DEFAULT = new GatherLimits(1 << 18, 1 << 16, 1 << 16, 1 << 16, 1 << 16);

    public GatherLimits {
        if (flows < 16 || processes < 4 || listeners < 1 || addresses < 1 || translations < 1) {
            throw new IllegalArgumentException("a bound is too small");
        }
    }
}
