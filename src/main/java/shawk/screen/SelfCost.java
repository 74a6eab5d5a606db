package shawk.screen;

/**
 * What this program itself takes.
 *
 * @param cpuPercent of one core, lately; {@code NaN} = not known
 * @param residentBytes memory; negative = not known
 * @param pace how it takes samples
 */
public record SelfCost(double cpuPercent, long residentBytes, Pace pace) {
    public static final SelfCost UNKNOWN = new SelfCost(Double.NaN, -1, Pace.NONE);

    /** The same of a program that takes samples so. */
    public SelfCost withPace(Pace changed) {
        return new SelfCost(cpuPercent, residentBytes, changed);
    }
}
