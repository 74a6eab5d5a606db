package shawk.field;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shawk.model.EventKind;

/** What single events have of the field table, and what is shown of each kind where nobody chose anything. */
public final class EventFields {
    /** Shown with the bytes of either direction. */
    public static final MeasureField TX_BYTES = CountFields.TX_BYTES;

    public static final MeasureField RTT = QualityFields.RTT;

    private static final List<Field> COMMON = List.of(
            OwnerFields.PID,
            OwnerFields.PROCESS,
            EndpointFields.DIR,
            EndpointFields.PROTO,
            EndpointFields.LADDR,
            EndpointFields.LPORT,
            EndpointFields.RADDR,
            EndpointFields.RPORT,
            EndpointFields.NETNS,
            EndpointFields.COOKIE,
            OwnerFields.OWNER_PROOF,
            OwnerFields.HOLDERS);

    private static final List<Field> CLOSED = List.of(
            EndedFields.DURATION,
            CountFields.TX_BYTES,
            CountFields.RX_BYTES,
            QualityFields.RTT,
            EndedFields.CLOSE_REASON);
    private static final List<Field> FAILED = List.of(EndedFields.DURATION, EndedFields.FAIL_REASON);

    /** The fields of all kinds, where one header has to do for them. */
    public static final List<Field> EVERY_KIND =
            Stream.of(COMMON, CLOSED, FAILED).flatMap(List::stream).distinct().toList();

    /** Besides those of {@link #EVERY_KIND}. */
    private static final List<Field> MORE = List.of(
            EndpointFields.FAMILY,
            EndpointFields.IFACE,
            EndpointFields.PEER,
            EndpointFields.PORT,
            EndpointFields.SERVICE,
            EndpointFields.NETNS_NAME,
            OwnerFields.PGID,
            OwnerFields.PPID,
            OwnerFields.EXE,
            OwnerFields.CMDLINE,
            OwnerFields.UID,
            OwnerFields.USER,
            OwnerFields.CONTAINER,
            OwnerFields.UNIT,
            OwnerFields.CGROUP,
            OwnerFields.POD,
            PeerFields.COUNTRY,
            PeerFields.ASN,
            QualityFields.MIN_RTT,
            EndedFields.CONNECT_TIME,
            QualityFields.RETRANS,
            QualityFields.RETRANS_PCT);

    private static final Set<Field> ALL = both();

    private EventFields() {}

    private static Set<Field> both() {
        Set<Field> all = new LinkedHashSet<>(EVERY_KIND);
        all.addAll(MORE);
        return Set.copyOf(all);
    }

    /** What is shown of an event of this kind. */
    public static List<Field> of(EventKind kind) {
        List<Field> all = new ArrayList<>(COMMON);
        all.addAll(
                switch (kind) {
                    case OPENED -> List.<Field>of();
                    case CLOSED -> CLOSED;
                    case FAILED -> FAILED;
                });
        return List.copyOf(all);
    }

    /** Whether an event of some kind has it: what it lacks is of sockets that live, or of many. */
    public static boolean has(Field field) {
        return ALL.contains(field);
    }

    /** Those that {@link #has}, in the order of the field table. */
    public static List<Field> all() {
        return Fields.ALL.stream().filter(EventFields::has).collect(Collectors.toUnmodifiableList());
    }
}
