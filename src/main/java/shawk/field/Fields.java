package shawk.field;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The field table, in the order in which dumps and man pages list it. Its lines stand by topic in
 * {@link EndpointFields}, {@link OwnerFields}, {@link PeerFields}, {@link CountFields}, {@link QualityFields},
 * {@link QueueFields} and {@link EndedFields}.
 */
public final class Fields {
    public static final KeyField PROCESS = OwnerFields.PROCESS;
    public static final KeyField PEER = EndpointFields.PEER;
    public static final KeyField PORT = EndpointFields.PORT;
    public static final KeyField STATE = EndpointFields.STATE;
    public static final MeasureField CONNS = CountFields.CONNS;

    /** Every field. */
    public static final List<Field> ALL = Stream.of(
                    EndpointFields.ALL,
                    OwnerFields.ALL,
                    PeerFields.ALL,
                    CountFields.ALL,
                    QualityFields.ALL,
                    QueueFields.ALL,
                    EndedFields.ALL)
            .<Field>flatMap(List::stream)
            .toList();

    private static final Map<String, Field> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Field::id, Function.identity()));

    /** What {@link #countsEnded} says. */
    private static final Set<String> COUNTS_ENDED = Stream.of(
                    CountFields.OPENED,
                    CountFields.CLOSED,
                    CountFields.FAILED,
                    CountFields.OPEN_RATE,
                    CountFields.CLOSE_RATE,
                    CountFields.FAIL_RATE)
            .map(Field::id)
            .collect(Collectors.toUnmodifiableSet());

    /** What {@link #isRate} says. */
    private static final Set<String> RATES = Stream.of(
                    CountFields.OPEN_RATE,
                    CountFields.CLOSE_RATE,
                    CountFields.FAIL_RATE,
                    CountFields.TX_RATE,
                    CountFields.RX_RATE)
            .map(Field::id)
            .collect(Collectors.toUnmodifiableSet());

    /** What {@link #inBundles} says, besides {@link #COUNTS_ENDED}. */
    private static final Set<String> BUNDLE_KEYS = Stream.of(
                    EndpointFields.PROTO,
                    EndpointFields.FAMILY,
                    EndpointFields.DIR,
                    EndpointFields.LADDR,
                    EndpointFields.RADDR,
                    EndpointFields.PEER,
                    EndpointFields.PORT,
                    EndpointFields.SERVICE,
                    EndpointFields.NETNS,
                    EndpointFields.NETNS_NAME,
                    OwnerFields.PID,
                    OwnerFields.PGID,
                    OwnerFields.PPID,
                    OwnerFields.PROCESS,
                    OwnerFields.EXE,
                    OwnerFields.CMDLINE,
                    OwnerFields.CONTAINER,
                    OwnerFields.UNIT,
                    OwnerFields.CGROUP,
                    OwnerFields.POD,
                    PeerFields.COUNTRY,
                    PeerFields.ASN)
            .map(Field::id)
            .collect(Collectors.toUnmodifiableSet());

    private Fields() {}

    /** The field of this id; null where there is none. */
    public static @Nullable Field find(String id) {
        return BY_ID.get(id);
    }

    /**
     * Whether the rows of ended connections have it. Where a filter or a grouping asks for one that they lack, they
     * cannot be told to belong or not.
     */
    public static boolean inBundles(Field field) {
        return BUNDLE_KEYS.contains(field.id()) || countsEnded(field);
    }

    /** Whether it counts ended connections too, so that without their rows it is not known rather than partial. */
    public static boolean countsEnded(Field field) {
        return COUNTS_ENDED.contains(field.id());
    }

    /** Whether it is an amount of the last interval, so that a first sample has none. */
    public static boolean isRate(Field field) {
        return RATES.contains(field.id());
    }
}
