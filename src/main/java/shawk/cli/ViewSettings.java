package shawk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.model.Protocol;

/**
 * What the monitor and the dump have in common.
 *
 * @param source {@code auto}, {@code ebpf}, {@code netlink}, {@code proc}, or {@code replay:} and the path of a
 *     recording
 * @param intervalNanos between two samples; of a recording the least, 0 = every sample of it
 * @param groupBy empty = single connections
 * @param sort most important key first
 * @param filter null = every row
 * @param all whether listeners and TIME_WAIT rows are shown
 * @param fields null = the view's own
 * @param netns {@code all}, {@code self}, an inode number or a name; empty = all where the source can
 * @param redaction null = none
 * @param resolve whether names of remote hosts are looked up
 * @param protocols what is looked at, not empty
 * @param geoip files that tell countries and autonomous systems
 * @param budgetPercent the most of one core that the program takes by itself; 0 = without a bound
 * @param once whether one sample is all that is wanted
 */
record ViewSettings(
        String source,
        long intervalNanos,
        List<KeyField> groupBy,
        List<SortKey> sort,
        @Nullable Filter filter,
        boolean all,
        @Nullable List<Field> fields,
        String netns,
        @Nullable Redaction redaction,
        boolean resolve,
        Set<Protocol> protocols,
        List<Path> geoip,
        double budgetPercent,
        boolean once) {
    /** What is looked at where nobody says otherwise. */
    static final Set<Protocol> USUAL_PROTOCOLS = Set.of(Protocol.TCP, Protocol.UDP, Protocol.MPTCP);

    ViewSettings {
        protocols = Set.copyOf(protocols);
        groupBy = List.copyOf(groupBy);
        sort = List.copyOf(sort);
        geoip = List.copyOf(geoip);
        fields = fields == null ? null : List.copyOf(fields);
    }

    /** The same, of which one sample is all that is wanted. */
    ViewSettings forOneSample() {
        return new ViewSettings(
                source,
                intervalNanos,
                groupBy,
                sort,
                filter,
                all,
                fields,
                netns,
                redaction,
                resolve,
                protocols,
                geoip,
                budgetPercent,
                true);
    }

    /** What a source that is a recording begins with. */
    static final String REPLAY = "replay:";

    /** Path of the recording that is the source; null where the source is this host. */
    @Nullable
    String recording() {
        return source.startsWith(REPLAY) ? source.substring(REPLAY.length()) : null;
    }

    /**
     * That pseudonyms are wanted.
     *
     * @param key null = a new one for this run
     */
    record Redaction(@Nullable String key) {
        /** The key is a secret. */
        @Override
        public String toString() {
            return "Redaction[key " + (key == null ? "of this run" : "given") + "]";
        }
    }
}
