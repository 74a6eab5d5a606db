package shawk.view.events;

import shawk.field.EventFields;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.EndReason;
import shawk.model.EventKind;
import shawk.model.OwnerProof;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * Text, a line an event:
 *
 * <pre>
 * 21:08:07.432361 curl(5120)    10.0.0.5:41312 -&gt; 10.0.0.9:443  opened
 * ————————►21:08:07.447353 closed after 15.0 ms  tx 78 B rx 1.2 kB  rtt 0.3 ms  fin-local
 * </pre>
 *
 * <p>An arrow says that the opening stands above. Where other lines have come between, or another owner than the one
 * that stands there is known by now, the line says as well whose connection it is and between which ends; so does,
 * without an arrow, that of a connection whose opening was not written, or so long ago that it is forgotten. {@code ?}
 * marks an owner that is inferred. The arrows of text point from who opened the connection; {@code --} where nobody
 * knows.
 */
final class TextForm implements EventForm {
    private static final String ARROW = "————————►";
    private static final int PROCESS_WIDTH = 13;
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final EndReason[] REASONS = EndReason.values();
    private static final long NONE = SocketTable.ABSENT;

    private final EventsSpec spec;
    private final StringBuilder out;
    private final DayTime time;
    private final OpenLines openings = new OpenLines();
    /** Identity of the connection whose opening stands in the last line; absent where that is something else. */
    private long lastNetns = NONE;

    private long lastCookie = NONE;
    private long lastOrdinal = NONE;

    TextForm(EventsSpec spec, StringBuilder out) {
        this.spec = spec;
        this.out = out;
        this.time = new DayTime(spec.zone());
    }

    @Override
    public void event(Snapshot snapshot, int row, EventKind kind, long wallMicros) {
        SocketTable table = snapshot.table();
        long netns = table.value(Column.NETNS, row);
        long cookie = table.value(Column.COOKIE, row);
        long ordinal = table.value(Column.ORDINAL, row);
        boolean paired = !spec.unpaired() && cookie != NONE;
        boolean below = paired && kind != EventKind.OPENED && openings.isOpen(netns, cookie, ordinal);
        ProcessId owner = owner(snapshot, row);
        boolean rightBelow = below
                && cookie == lastCookie
                && ordinal == lastOrdinal
                && netns == lastNetns
                && openings.isOpenOf(netns, cookie, ordinal, owner);
        if (below) {
            out.append(ARROW);
        }
        time.append(out, wallMicros);
        out.append(' ');
        if (!rightBelow) {
            connection(snapshot, row);
        }
        what(snapshot, row, kind);
        out.append('\n');
        boolean begins = paired && kind == EventKind.OPENED;
        if (begins) {
            openings.opened(netns, cookie, ordinal, owner);
        }
        lastNetns = begins ? netns : NONE;
        lastCookie = begins ? cookie : NONE;
        lastOrdinal = begins ? ordinal : NONE;
    }

    private void connection(Snapshot snapshot, int row) {
        SocketTable table = snapshot.table();
        int from = out.length();
        process(snapshot, row);
        DisplayWidth.pad(out, PROCESS_WIDTH - DisplayWidth.of(out, from, out.length()));
        out.append(' ');
        end(table, row, Column.LADDR_HIGH, Column.LADDR_LOW, Column.LPORT, false);
        long direction = table.value(Column.DIRECTION, row);
        out.append(
                switch (direction == NONE ? Direction.UNKNOWN : DIRECTIONS[(int) direction]) {
                    case OUT -> " -> ";
                    case IN -> " <- ";
                    case LISTEN, UNKNOWN -> " -- ";
                });
        end(table, row, Column.RADDR_HIGH, Column.RADDR_LOW, Column.RPORT, true);
        out.append("  ");
    }

    private static ProcessId owner(Snapshot snapshot, int row) {
        long owner = snapshot.table().value(Column.OWNER, row);
        return owner == NONE
                ? OpenLines.NOBODY
                : snapshot.processes().get((int) owner).id();
    }

    private void process(Snapshot snapshot, int row) {
        long owner = snapshot.table().value(Column.OWNER, row);
        if (owner == NONE) {
            out.append(Human.ABSENT);
            return;
        }
        ProcessInfo process = snapshot.processes().get((int) owner);
        out.append(process.name().value());
        if (process.id().pid() != 0) {
            out.append('(').append(process.id().pid()).append(')');
        }
        if (snapshot.table().value(Column.OWNER_PROOF, row) == OwnerProof.INFERRED.ordinal()) {
            out.append('?');
        }
    }

    private void end(SocketTable table, int row, Column highColumn, Column lowColumn, Column port, boolean remote) {
        long high = table.value(highColumn, row);
        long low = table.value(lowColumn, row);
        SafeText name = remote ? spec.name(high, low) : SafeText.EMPTY;
        if (low == NONE) {
            out.append(Human.ABSENT);
        } else if (!name.isEmpty()) {
            out.append(name.value());
        } else if (Address.isV4(high, low)) {
            Address.append(out, high, low);
        } else {
            Address.append(out.append('['), high, low);
            out.append(']');
        }
        if (table.has(port, row)) {
            out.append(':').append(table.value(port, row));
        }
    }

    private void what(Snapshot snapshot, int row, EventKind kind) {
        SocketTable table = snapshot.table();
        out.append(kind.id());
        if (kind == EventKind.OPENED) {
            return;
        }
        if (table.has(Column.DURATION_MICROS, row)) {
            out.append(" after ");
            Human.appendSpan(out, table.value(Column.DURATION_MICROS, row));
        }
        if (kind == EventKind.CLOSED) {
            traffic(snapshot, row);
        }
        long reason = table.value(Column.END_REASON, row);
        if (reason != NONE && REASONS[(int) reason] != EndReason.UNKNOWN) {
            out.append("  ").append(REASONS[(int) reason].id());
        }
    }

    private void traffic(Snapshot snapshot, int row) {
        SocketTable table = snapshot.table();
        if (table.has(Column.TX_BYTES, row) && table.has(Column.RX_BYTES, row)) {
            Human.appendMeasure(out.append("  tx "), EventFields.TX_BYTES, (double) table.value(Column.TX_BYTES, row));
            Human.appendMeasure(out.append(" rx "), EventFields.TX_BYTES, (double) table.value(Column.RX_BYTES, row));
        }
        if (table.has(Column.RTT, row)) {
            Human.appendMeasure(out.append("  rtt "), EventFields.RTT, (double) table.value(Column.RTT, row));
        }
        if (table.has(Column.RETRANS, row) && table.value(Column.RETRANS, row) > 0) {
            out.append("  retrans ").append(table.value(Column.RETRANS, row));
        }
    }
}
