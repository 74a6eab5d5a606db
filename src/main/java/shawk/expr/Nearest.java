package shawk.expr;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody probably meant. Stateless; any thread. */
public final class Nearest {
    private static final int MAX_LENGTH = 40;

    private Nearest() {}

    /** "did you mean 'proto'?", or {@code otherwise} where no name is near. */
    public static String advice(String typed, Collection<String> names, String otherwise) {
        String name = find(typed, names);
        return name == null ? otherwise : "did you mean '" + name + "'?";
    }

    /**
     * The name that fewest changed, missing, added or swapped characters make of {@code typed}; null = none is near.
     */
    public static @Nullable String find(String typed, Collection<String> names) {
        if (typed.isEmpty() || typed.length() > MAX_LENGTH) {
            return null;
        }
        String lower = typed.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(1, typed.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(lower, name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return best != null || lower.length() < 2
                ? best
                : names.stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(lower))
                        .findFirst()
                        .orElse(null);
    }

    /** Optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
