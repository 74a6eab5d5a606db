package shawk.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the generator's connections, against what is true of them. Everything in the generator's namespaces
 * counts, so that nothing may be seen that was not.
 */
public final class Comparison {
    private final List<String> differences = new ArrayList<>();
    private int ends;
    private int rightOwners;
    private int proven;
    private int wrongProven;

    private Comparison() {}

    /** Each difference in words; empty: all is right. */
    public List<String> differences() {
        return differences;
    }

    /** Whether something has not been seen yet. */
    boolean isMissing() {
        return differences.stream().anyMatch(each -> each.startsWith("missing") || each.contains("too seldom"));
    }

    /** Ends of connections and attempts that there were. */
    public int ends() {
        return ends;
    }

    public int rightOwners() {
        return rightOwners;
    }

    public int proven() {
        return proven;
    }

    public int wrongProven() {
        return wrongProven;
    }

    /** Of {@code seen}, what has ended in a namespace of {@code truth}. */
    public static Comparison of(List<End> truth, List<End> seen) {
        Comparison comparison = new Comparison();
        Set<Long> places = new HashSet<>();
        truth.forEach(end -> places.add(end.netns()));
        Map<String, Deque<End>> left = new HashMap<>();
        for (End end : seen) {
            if (places.contains(end.netns()) && !end.kind().equals("opened")) {
                left.computeIfAbsent(end.key(), key -> new ArrayDeque<>()).add(end);
            }
        }
        for (End end : truth) {
            if (end.kind().equals("living")) {
                continue;
            }
            comparison.ends++;
            End match = take(left.get(end.key()), end);
            if (match == null) {
                comparison.differences.add("missing: " + end);
            } else {
                comparison.compare(end, match);
            }
        }
        left.values().forEach(rest -> rest.forEach(end -> comparison.differences.add("not true: " + end)));
        comparison.checkOpenings(truth, seen, places);
        return comparison;
    }

    /**
     * The one with the same owner, direction and reason where several have the same ends, as a self-connect's would.
     */
    private static @Nullable End take(@Nullable Deque<End> candidates, End like) {
        if (candidates == null || candidates.isEmpty()) {
            return null;
        }
        for (End candidate : candidates) {
            if (candidate.pid() == like.pid() && candidate.reason().equals(like.reason())) {
                candidates.remove(candidate);
                return candidate;
            }
        }
        return candidates.poll();
    }

    private void compare(End truth, End seen) {
        boolean right = seen.pid() == truth.pid() && seen.name().equals(truth.name());
        rightOwners += right ? 1 : 0;
        proven += seen.proof().equals("proven") ? 1 : 0;
        wrongProven += !right && seen.proof().equals("proven") ? 1 : 0;
        check("owner", truth, seen, right);
        check("proof", truth, seen, seen.proof().equals(truth.proof()));
        check("direction", truth, seen, seen.direction().equals(truth.direction()));
        check("reason", truth, seen, truth.reason().equals("-") || seen.reason().equals(truth.reason()));
        if (truth.kind().equals("closed")) {
            check("bytes", truth, seen, seen.tx() == truth.tx() && seen.rx() == truth.rx());
            // Who holds a connection that another destroys learns of its end later.
            boolean late = truth.reason().equals("destroyed");
            check("duration", truth, seen, late || seen.micros() >= truth.micros() - 1);
        }
    }

    private void check(String what, End truth, End seen, boolean holds) {
        if (!holds) {
            differences.add(what + ": " + seen + " of " + truth);
        }
    }

    /** Each connection opened once, if openings were asked for. */
    private void checkOpenings(List<End> truth, List<End> seen, Set<Long> places) {
        Map<String, Integer> opened = new HashMap<>();
        seen.stream()
                .filter(end -> end.kind().equals("opened") && places.contains(end.netns()))
                .forEach(end -> opened.merge(ends(end), 1, Integer::sum));
        if (opened.isEmpty()) {
            return;
        }
        truth.stream()
                .filter(end -> !end.kind().equals("failed"))
                .forEach(end -> opened.merge(ends(end), -1, Integer::sum));
        opened.forEach((key, count) -> {
            if (count != 0) {
                differences.add(
                        "opened " + (count > 0 ? count + " times too often: " : -count + " times too seldom: ") + key);
            }
        });
    }

    private static String ends(End end) {
        return end.netns() + " " + end.laddr() + ":" + end.lport() + " " + end.raddr() + ":" + end.rport();
    }
}
