package shawk.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has ended, counted: closed, failed and payload bytes, by process and direction. */
final class Counts {
    private Counts() {}

    /** What is true. What no process has touched is counted as nobody's. */
    static Map<String, List<Long>> ofTruth(List<End> truth) {
        Map<String, List<Long>> counts = new TreeMap<>();
        for (End end : truth) {
            boolean closed = end.kind().equals("closed");
            if (closed || end.kind().equals("failed")) {
                add(
                        counts,
                        end.pid(),
                        end.direction(),
                        List.of(closed ? 1L : 0L, closed ? 0L : 1L, end.tx(), end.rx()));
            }
        }
        return counts;
    }

    /** What the kernel's bundles say of the namespaces that {@code truth} is about. */
    static Map<String, List<Long>> ofBundles(List<String> lines, List<End> truth) {
        Set<Long> places = new HashSet<>();
        truth.forEach(end -> places.add(end.netns()));
        Map<String, List<Long>> counts = new TreeMap<>();
        for (Line line : Line.of(lines, "bundle")) {
            if (places.contains(line.number("netns"))) {
                List<Long> values =
                        List.of(line.number("closed"), line.number("failed"), line.number("tx"), line.number("rx"));
                add(counts, line.number("pid"), line.text("dir"), values);
            }
        }
        return counts;
    }

    private static void add(Map<String, List<Long>> counts, long pid, String direction, List<Long> values) {
        counts.merge(
                pid + " " + direction,
                values,
                (left, right) -> List.of(
                        left.get(0) + right.get(0),
                        left.get(1) + right.get(1),
                        left.get(2) + right.get(2),
                        left.get(3) + right.get(3)));
    }
}
