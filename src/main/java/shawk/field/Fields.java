package shawk.field;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shawk.model.Column;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** The field table, in the order in which dumps and man pages list it. */
public final class Fields {
    public static final KeyField PROCESS = new KeyField(
            "process",
            "PROCESS",
            KeyField.Type.TEXT,
            true,
            KeyField.Rollup.ONE,
            16,
            (s, row) -> {
                long owner = s.table().value(Column.OWNER, row);
                return owner == SocketTable.ABSENT
                        ? SocketTable.ABSENT
                        : s.processTexts().name((int) owner);
            },
            Fields::none,
            "name of the process that owns the socket");

    public static final KeyField PEER = new KeyField(
            "peer",
            "PEER",
            KeyField.Type.ADDRESS,
            true,
            KeyField.Rollup.DISTINCT,
            15,
            (s, row) -> s.table().value(Column.RADDR_LOW, row),
            (s, row) -> s.table().value(Column.RADDR_HIGH, row),
            "remote address");

    public static final KeyField PORT = new KeyField(
            "port",
            "PORT",
            KeyField.Type.PORT,
            true,
            KeyField.Rollup.ONE,
            5,
            (s, row) -> s.table().value(Column.PORT, row),
            Fields::none,
            "port of the service: that of the listening side");

    public static final MeasureField CONNS = new MeasureField(
            "conns",
            "CONNS",
            MeasureField.Unit.COUNT,
            MeasureField.Rollup.SUM,
            7,
            (s, row) -> s.table().value(Column.KIND, row) == RowKind.CONNECTION.ordinal() ? 1 : 0,
            (s, row) -> 1,
            true,
            "connections: TCP states other than LISTEN, CLOSE and TIME_WAIT, connected UDP sockets");

    /** Every field. */
    public static final List<Field> ALL = List.of(PROCESS, PEER, PORT, CONNS);

    private static final Map<String, Field> BY_ID =
            ALL.stream().collect(Collectors.toMap(Field::id, Function.identity()));

    private Fields() {}

    /** The field of this id; null where there is none. */
    public static @Nullable Field find(String id) {
        return BY_ID.get(id);
    }

    private static long none(Snapshot snapshot, int row) {
        return 0;
    }
}
