package shawk.screen;

/**
 * What this program itself takes.
 *
 * @param cpuPercent of one core, lately; {@code NaN} = not known
 * @param residentBytes memory; negative = not known
 */
public record SelfCost(double cpuPercent, long residentBytes) {
    public static final SelfCost UNKNOWN = new SelfCost(Double.NaN, -1);
}
