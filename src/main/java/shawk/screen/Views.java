package shawk.screen;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.DefaultColumns;
import shawk.field.EndedFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.OwnerFields;
import shawk.pivot.RowChoice;

/** How each view is arranged where nobody said otherwise. */
public final class Views {
    private static final List<KeyField> FLOWS = List.of(Fields.PROCESS, Fields.PEER, Fields.PORT);
    private static final List<Field> COUNTED_WITH_ALL = List.of(CountFields.TIME_WAIT, CountFields.LISTENERS);
    private static final Map<View, List<String>> LEAST_WANTED = leastWanted();

    /** Why what is about rows does nothing in a view that has none. */
    static final String NO_ROWS = "this view has no rows: 1 shows the flows";

    private Views() {}

    /** The columns of a view. */
    public static List<Field> columns(View view) {
        return switch (view) {
            case FLOWS -> DefaultColumns.FLOWS;
            case CONNECTIONS -> DefaultColumns.CONNECTIONS;
            case LISTENING -> DefaultColumns.LISTENING;
            case PROCESSES -> DefaultColumns.PROCESSES;
            case PEERS -> DefaultColumns.PEERS;
            case CLOSED -> DefaultColumns.CLOSED;
            case SELF -> List.of();
        };
    }

    /** The same where every socket is a row: with the counts of what is none without. */
    static List<Field> columns(View view, RowChoice rows) {
        List<Field> own = columns(view);
        if (rows != RowChoice.ALL || !own.contains(CountFields.CONNS)) {
            return own;
        }
        List<Field> more = new ArrayList<>(own);
        more.removeAll(COUNTED_WITH_ALL);
        more.addAll(Math.max(more.indexOf(CountFields.CONNS), more.indexOf(CountFields.ESTAB)) + 1, COUNTED_WITH_ALL);
        return List.copyOf(more);
    }

    /** Which of these columns go first where there is no room for all. */
    static List<String> leastWanted(View view) {
        return LEAST_WANTED.getOrDefault(view, List.of());
    }

    private static Map<View, List<String>> leastWanted() {
        Map<View, List<String>> map = new EnumMap<>(View.class);
        map.put(
                View.FLOWS,
                ids("rtt_p95 verdict retrans_pct close_rate open_rate dir rtt estab rx_rate tx_rate conns"));
        map.put(View.CONNECTIONS, ids("age idle recvq sendq verdict retrans_pct rtt rx_rate tx_rate"));
        map.put(View.LISTENING, ids("holders netns rx_rate tx_rate user conns queue_drops sendq recvq pid process"));
        map.put(
                View.CLOSED,
                ids("retrans_pct rtt duration_p95 dir rx_bytes tx_bytes ended failed closed duration reason"));
        map.put(View.PROCESSES, ids("retrans_pct open_rate estab verdict rtt user listeners rx_rate tx_rate conns"));
        map.put(View.PEERS, ids("rtt_p95 open_rate port rx_rate tx_rate process retrans_pct verdict rtt conns"));
        return Map.copyOf(map);
    }

    private static List<String> ids(String blankBetween) {
        return List.of(blankBetween.split(" "));
    }

    /** The view that {@code first} begins in: a chain of no fields is what Connections shows. */
    static View of(Arrangement first) {
        return first.groupBy().isEmpty() ? View.CONNECTIONS : View.FLOWS;
    }

    /**
     * The tables of all views at the start.
     *
     * @param first what was asked for: of the view that it is for all of it, of the others the filter, and whether all
     *     sockets are rows
     */
    static Map<View, TableState> tables(Arrangement first) {
        Map<View, TableState> tables = new EnumMap<>(View.class);
        for (View view : View.values()) {
            boolean own = view == first.view();
            tables.put(view, TableState.of(own ? first : arrangement(view, first)));
        }
        return tables;
    }

    private static Arrangement arrangement(View view, Arrangement first) {
        RowChoice rows = rows(view, first.rows() == RowChoice.ALL);
        return new Arrangement(
                view,
                groupBy(view),
                sort(view),
                columns(view, rows),
                first.filterText(),
                first.filter(),
                rows,
                List.of());
    }

    /** Head of a column: a listener's queues hold connections, not bytes. */
    static String title(View view, Field field) {
        if (view != View.LISTENING) {
            return field.title();
        }
        return switch (field.id()) {
            case "recvq" -> "QUEUE";
            case "sendq" -> "LIMIT";
            case "queue_drops" -> "DROPS";
            default -> field.title();
        };
    }

    /** Which sockets are rows of a view. */
    static RowChoice rows(View view, boolean all) {
        return switch (view) {
            case LISTENING -> RowChoice.LISTENERS;
            case PROCESSES -> all ? RowChoice.ALL : RowChoice.OPEN;
            case FLOWS, CONNECTIONS, PEERS -> all ? RowChoice.ALL : RowChoice.CONNECTIONS;
            case CLOSED -> RowChoice.ENDED;
            case SELF -> RowChoice.NONE;
        };
    }

    private static List<KeyField> groupBy(View view) {
        return switch (view) {
            case FLOWS -> FLOWS;
            case CONNECTIONS, LISTENING, CLOSED, SELF -> List.of();
            case PROCESSES -> List.of(OwnerFields.PID, Fields.PEER, Fields.PORT);
            case PEERS -> List.of(Fields.PEER, Fields.PROCESS, Fields.PORT);
        };
    }

    /** Whether its rows mean something at two moments. */
    static boolean canBeCompared(View view) {
        return view.hasRows() && view != View.CLOSED;
    }

    /** The order of a view. */
    static List<SortKey> sort(View view) {
        return switch (view) {
            case FLOWS, PROCESSES, PEERS -> List.of(new SortKey(CountFields.CONNS, true));
            case CONNECTIONS -> List.of(new SortKey(CountFields.TX_RATE, true));
            case LISTENING -> List.of(new SortKey(EndpointFields.LPORT, false));
            case CLOSED -> List.of(new SortKey(EndedFields.ENDED, false));
            case SELF -> List.of();
        };
    }

    /** Why rows of this view are not grouped otherwise; null = they are. */
    static @Nullable String fixed(View view) {
        return switch (view) {
            case CONNECTIONS -> "these are single connections: 1 shows them in groups";
            case LISTENING -> "these are single listeners: they are not grouped";
            case SELF -> NO_ROWS;
            case FLOWS, CLOSED, PROCESSES, PEERS -> null;
        };
    }
}
