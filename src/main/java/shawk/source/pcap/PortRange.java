package shawk.source.pcap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * TCP ports next to each other. Immutable.
 *
 * @param from the first, 1 to 65535
 * @param to the last, not below {@code from}
 */
public record PortRange(int from, int to) {
    private static final int MOST = 65_535;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    public PortRange {
        if (from < 1 || to < from || to > MOST) {
            throw new IllegalArgumentException("no ports: " + from + "-" + to);
        }
    }

    /** The ports that {@code text} is, as {@code 2181} or {@code 2181-2183}; null where it is none. */
    public static @Nullable PortRange parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        return from >= 1 && from <= to && to <= MOST ? new PortRange(from, to) : null;
    }

    /** Whether {@code port} is one of them. */
    public boolean holds(int port) {
        return from <= port && port <= to;
    }

    /** The same ports in as few ranges as there can be, in order. */
    static List<PortRange> merged(List<PortRange> ranges) {
        List<PortRange> all = new ArrayList<>(ranges);
        all.sort(Comparator.comparingInt(PortRange::from));
        List<PortRange> merged = new ArrayList<>();
        for (PortRange each : all) {
            PortRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && each.from <= last.to + 1) {
                merged.set(merged.size() - 1, new PortRange(last.from, Math.max(last.to, each.to)));
            } else {
                merged.add(each);
            }
        }
        return merged;
    }
}
