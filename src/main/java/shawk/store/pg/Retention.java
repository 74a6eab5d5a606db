package shawk.store.pg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long things are kept; null = as before, or as {@link #DEFAULT} says.
 *
 * @param chunks minutes of flows
 * @param hours hours of flows
 * @param days days of flows, and flows, processes and listeners that were not seen any more
 */
public record Retention(
        @Nullable Duration chunks,
        @Nullable Duration hours,
        @Nullable Duration days) {
    /** As before. */
    public static final Retention AS_IT_IS = new Retention(null, null, null);

    /** Where nothing was ever said. */
    static final Retention DEFAULT = new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(730));

    /** Names of settings and their values, as PostgreSQL reads intervals. */
    List<String[]> settings() {
        List<String[]> settings = new ArrayList<>();
        add(settings, "retain", chunks);
        add(settings, "retain_hours", hours);
        add(settings, "retain_days", days);
        return settings;
    }

    private static void add(List<String[]> settings, String name, @Nullable Duration value) {
        if (value != null) {
            settings.add(new String[] {name, value.toSeconds() + " seconds"});
        }
    }
}
