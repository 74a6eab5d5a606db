package shawk.screen;

import java.util.List;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.OwnerFields;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.pivot.Pivot;
import shawk.pivot.RowChoice;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * What a row is called: {@code nginx (4656)}, {@code 10.0.0.11}, {@code 443 https}, or of a single connection its ends
 * and state, {@code 10.0.0.5:41312 → 10.0.0.9:443 ESTABLISHED tcp}, the arrow from the end that opened it, without the
 * remote address where a group above says it. Used by one thread.
 */
final class RowNames {
    private final Symbols symbols;
    private final List<KeyField> chain;
    private final Naming naming;
    private final boolean listening;
    private final boolean peerIsAbove;
    private final boolean processIsAbove;
    private final KeyValue value = new KeyValue();
    /** That of the row that is written: of what is gone since a mark the marked one. */
    private Snapshot snapshot;

    /** With addresses of hosts. */
    RowNames(Pivot pivot, Symbols symbols) {
        this(pivot, symbols, Naming.ADDRESSES);
    }

    RowNames(Pivot pivot, Symbols symbols, Naming naming) {
        this.naming = naming;
        this.snapshot = pivot.snapshot();
        this.symbols = symbols;
        this.chain = pivot.spec().groupBy();
        this.listening = pivot.spec().rows() == RowChoice.LISTENERS;
        this.processIsAbove = chain.contains(Fields.PROCESS) || chain.contains(OwnerFields.PID);
        this.peerIsAbove = chain.contains(Fields.PEER) || chain.contains(EndpointFields.RADDR);
    }

    /** Head of the column that the names stand in. */
    static String head(Arrangement arrangement) {
        if (arrangement.view() == View.LISTENING) {
            return "LISTENER";
        }
        List<KeyField> groupBy = arrangement.groupBy();
        if (groupBy.isEmpty()) {
            return "CONNECTION";
        }
        boolean names = !groupBy.contains(Fields.PROCESS);
        return String.join(
                " / ",
                groupBy.stream()
                        .map(field -> names && field.equals(OwnerFields.PID) ? Fields.PROCESS : field)
                        .map(Field::title)
                        .toList());
    }

    String of(Tree.Row row) {
        return inFull(row, Brevity.NONE);
    }

    /**
     * The name within {@code cells}: where a connection's is too long it goes without what its other columns or the
     * details say too, one after the other, so that the remote end is what stays. One that is longer still is in its
     * shortest form.
     */
    String within(int cells, Tree.Row row) {
        String name = "";
        for (Brevity brevity : Brevity.values()) {
            name = inFull(row, brevity);
            if (row.group() || DisplayWidth.of(name) <= cells) {
                return name;
            }
        }
        return name;
    }

    /** How much a connection's name leaves out; each what those before it do, too. */
    private enum Brevity {
        NONE,
        PROTOCOL_TCP,
        LOCAL_ADDRESS,
        STATE,
        PID
    }

    private String inFull(Tree.Row row, Brevity brevity) {
        snapshot = row.level().snapshot(row.index());
        StringBuilder out = new StringBuilder();
        if (row.group()) {
            appendGroup(out, row);
        } else {
            appendConnection(out, row, brevity);
        }
        return out.toString();
    }

    /** Appends a value that all rows of an entry have in common. */
    void appendCommon(StringBuilder out, KeyField field, Tree.Row row, KeyValue common) {
        snapshot = row.level().snapshot(row.index());
        int any = row.level().row(row.index());
        if (naming.numeric() && field.equals(OwnerFields.USER)) {
            appendKey(out, OwnerFields.UID, any);
            return;
        }
        long high = common.distinct() ? field.high().read(snapshot, any) : common.high();
        long low = common.distinct() ? field.low().read(snapshot, any) : common.low();
        boolean remote = field.equals(Fields.PEER) || field.equals(EndpointFields.RADDR);
        SafeText name = remote ? naming.host(high, low) : SafeText.EMPTY;
        if (name.isEmpty()) {
            Human.appendKey(out, field, snapshot, high, low);
        } else {
            out.append(name.value());
        }
    }

    private void appendGroup(StringBuilder out, Tree.Row row) {
        Level level = row.level();
        if (level.fields().isEmpty()) {
            appendListener(out, level.row(row.index()));
        }
        for (KeyField field : level.fields()) {
            out.append(out.isEmpty() ? "" : " ");
            level.key(field, row.index(), value);
            if (value.absent()) {
                out.append(nameOfNone(field));
                continue;
            }
            if (field.equals(OwnerFields.PID) && !chain.contains(Fields.PROCESS)) {
                appendProcess(out, row);
                continue;
            }
            appendCommon(out, field, row, value);
            if (field.equals(Fields.PROCESS)) {
                appendPid(out, row);
            } else if (field.equals(Fields.PORT) && !naming.numeric()) {
                appendService(out, row);
            }
        }
    }

    /** {@code 10.0.0.5:5432 tcp}, {@code /run/php.sock unix}. */
    private void appendListener(StringBuilder out, int socket) {
        if (snapshot.table().value(Column.PROTOCOL, socket) == Protocol.UNIX.ordinal()) {
            out.append(Facts.name(snapshot, socket));
        } else {
            appendAddress(out, socket, Column.LADDR_HIGH, Column.LADDR_LOW);
            appendPort(out, socket, Column.LPORT);
        }
        appendKey(out.append(' '), EndpointFields.PROTO, socket);
    }

    /** {@code nginx (4656)}, where the pid is the group. */
    private void appendProcess(StringBuilder out, Tree.Row row) {
        row.level().key(Fields.PROCESS, row.index(), value);
        if (!value.absent()) {
            appendCommon(out, Fields.PROCESS, row, value);
            out.append(' ');
        }
        row.level().key(OwnerFields.PID, row.index(), value);
        appendCommon(out.append('('), OwnerFields.PID, row, value);
        out.append(')');
    }

    private static String nameOfNone(KeyField field) {
        if (field.equals(Fields.PORT)) {
            return Human.MANY;
        }
        if (field.equals(Fields.PEER) || field.equals(EndpointFields.RADDR)) {
            return "(no peer)";
        }
        boolean owner = field.equals(Fields.PROCESS) || field.equals(OwnerFields.PID) || field.equals(OwnerFields.USER);
        return owner ? "(unknown)" : "(none)";
    }

    private void appendPid(StringBuilder out, Tree.Row row) {
        row.level().key(OwnerFields.PID, row.index(), value);
        if (value.absent()) {
            return;
        }
        out.append(" (");
        if (value.distinct() && value.low() != 1) {
            out.append(value.low()).append(" pids");
        } else {
            appendCommon(out, OwnerFields.PID, row, value);
        }
        out.append(')');
    }

    private void appendService(StringBuilder out, Tree.Row row) {
        row.level().key(EndpointFields.SERVICE, row.index(), value);
        if (!value.absent()) {
            out.append(' ');
            appendCommon(out, EndpointFields.SERVICE, row, value);
        }
    }

    /** Where no group above says it the process comes first: nothing else on the screen would tell it. */
    private void appendConnection(StringBuilder out, Tree.Row row, Brevity brevity) {
        int socket = row.level().row(row.index());
        SocketTable table = snapshot.table();
        if (!processIsAbove || listening) {
            long owner = table.value(Column.OWNER, socket);
            appendProcess(out, owner, brevity != Brevity.PID);
            out.append(' ');
        }
        if (table.value(Column.PROTOCOL, socket) == Protocol.UNIX.ordinal()) {
            appendUnixEnds(out, socket);
        } else {
            appendEnds(out, socket, brevity.compareTo(Brevity.LOCAL_ADDRESS) >= 0);
        }
        if (brevity.compareTo(Brevity.STATE) < 0) {
            out.append(' ').append(Facts.state(snapshot, socket));
        }
        if (brevity == Brevity.NONE || table.value(Column.PROTOCOL, socket) != Protocol.TCP.ordinal()) {
            appendKey(out.append(' '), EndpointFields.PROTO, socket);
        }
    }

    private void appendProcess(StringBuilder out, long place, boolean withPid) {
        if (place == SocketTable.ABSENT) {
            out.append("(unknown)");
        } else {
            var process = snapshot.processes().get((int) place);
            out.append(process.name().value());
            if (withPid) {
                out.append(" (").append(process.id().pid()).append(')');
            }
        }
    }

    /** {@code /run/php.sock ← nginx (44)}: a unix socket has a name, or its peer has, and no address. */
    private void appendUnixEnds(StringBuilder out, int socket) {
        SocketTable table = snapshot.table();
        out.append(Facts.name(snapshot, socket));
        if (table.has(Column.PEER_OWNER, socket)) {
            out.append(' ').append(arrow(table.value(Column.DIRECTION, socket))).append(' ');
            appendProcess(out, table.value(Column.PEER_OWNER, socket), true);
        }
    }

    /** A socket that is not connected has nothing but its local address. */
    private void appendEnds(StringBuilder out, int socket, boolean briefly) {
        SocketTable table = snapshot.table();
        boolean connected = table.has(Column.RADDR_LOW, socket);
        if (!briefly || !connected) {
            appendAddress(out, socket, Column.LADDR_HIGH, Column.LADDR_LOW);
        }
        appendPort(out, socket, Column.LPORT);
        if (connected) {
            out.append(' ').append(arrow(table.value(Column.DIRECTION, socket))).append(' ');
            if (!peerIsAbove) {
                appendRemote(out, socket);
            }
            appendPort(out, socket, Column.RPORT);
        }
    }

    /** It says what the column of directions says of a group. */
    private String arrow(long direction) {
        return direction == Direction.IN.ordinal()
                ? symbols.in()
                : direction == Direction.OUT.ordinal() ? symbols.out() : symbols.between();
    }

    private void appendKey(StringBuilder out, KeyField field, int socket) {
        Human.appendKey(
                out,
                field,
                snapshot,
                field.high().read(snapshot, socket),
                field.low().read(snapshot, socket));
    }

    private void appendRemote(StringBuilder out, int socket) {
        SocketTable table = snapshot.table();
        SafeText name = naming.host(table.value(Column.RADDR_HIGH, socket), table.value(Column.RADDR_LOW, socket));
        if (name.isEmpty()) {
            appendAddress(out, socket, Column.RADDR_HIGH, Column.RADDR_LOW);
        } else {
            out.append(name.value());
        }
    }

    private void appendAddress(StringBuilder out, int socket, Column highColumn, Column lowColumn) {
        long high = snapshot.table().value(highColumn, socket);
        long low = snapshot.table().value(lowColumn, socket);
        boolean brackets = !Address.isV4(high, low);
        out.append(brackets ? "[" : "");
        Address.append(out, high, low);
        out.append(brackets ? "]" : "");
    }

    private void appendPort(StringBuilder out, int socket, Column column) {
        long port = snapshot.table().value(column, socket);
        out.append(':').append(port == SocketTable.ABSENT ? "*" : Long.toString(port));
    }
}
