package shawk.support;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.OwnerProof;
import shawk.model.ProcessInfo;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.Verdict;

/** Reads a snapshot's rows in words. */
public final class Rows {
    private final Snapshot snapshot;

    public Rows(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** The only socket row with these ports. */
    public int row(int lport, int rport) {
        int found = -1;
        for (int row = 0; row < snapshot.table().sockets(); row++) {
            if (value(row, Column.LPORT) == lport && Math.max(0, value(row, Column.RPORT)) == rport) {
                if (found >= 0) {
                    throw new AssertionError("two rows of " + lport + " " + rport);
                }
                found = row;
            }
        }
        if (found < 0) {
            throw new AssertionError("no row of " + lport + " " + rport);
        }
        return found;
    }

    public long value(int row, Column column) {
        return snapshot.table().value(column, row);
    }

    /** The number, or {@code -} where it is absent. */
    public String text(int row, Column column) {
        return snapshot.table().has(column, row) ? Long.toString(value(row, column)) : "-";
    }

    /** {@code in 80}; {@code unknown -}. */
    public String direction(int row) {
        return Direction.values()[(int) value(row, Column.DIRECTION)].id() + " " + text(row, Column.PORT);
    }

    /** {@code nginx(100) proven}; {@code - unknown}. */
    public String owner(int row) {
        String name = "-";
        if (snapshot.table().has(Column.OWNER, row)) {
            ProcessInfo owner = snapshot.processes().get((int) value(row, Column.OWNER));
            name = owner.name() + "(" + owner.id().pid() + ")";
        }
        return name + " " + OwnerProof.values()[(int) value(row, Column.OWNER_PROOF)].id();
    }

    /** Name of the process at the other end, {@code -} where it is not known. */
    public String peer(int row) {
        return snapshot.table().has(Column.PEER_OWNER, row)
                ? snapshot.processes()
                        .get((int) value(row, Column.PEER_OWNER))
                        .name()
                        .value()
                : "-";
    }

    /** Pids of all holders, blanks between. */
    public String holders(int row) {
        List<String> pids = new ArrayList<>();
        for (int i = 0; i < snapshot.holders().count(row); i++) {
            pids.add(Integer.toString(snapshot.processes()
                    .get(snapshot.holders().process(row, i))
                    .id()
                    .pid()));
        }
        return String.join(" ", pids);
    }

    public String verdict(int row) {
        return snapshot.table().has(Column.VERDICT, row)
                ? Verdict.values()[(int) value(row, Column.VERDICT)].id()
                : "-";
    }

    public SocketState state(int row) {
        return SocketState.values()[(int) value(row, Column.STATE)];
    }

    public RowKind kind(int row) {
        return RowKind.values()[(int) value(row, Column.KIND)];
    }

    /** {@code tcp 10.0.0.1:80 10.0.0.2:4000}. */
    public String ends(int row) {
        StringBuilder out = new StringBuilder();
        out.append(Protocol.values()[(int) value(row, Column.PROTOCOL)].id()).append(' ');
        address(out, row, Column.LADDR_HIGH, Column.LADDR_LOW);
        out.append(':').append(text(row, Column.LPORT)).append(' ');
        address(out, row, Column.RADDR_HIGH, Column.RADDR_LOW);
        return out.append(':').append(text(row, Column.RPORT)).toString();
    }

    private void address(StringBuilder out, int row, Column high, Column low) {
        if (snapshot.table().has(low, row)) {
            Address.append(out, value(row, high), value(row, low));
        } else {
            out.append('-');
        }
    }

    /** Sum of a column over all rows, absent ones as 0. */
    public long sum(Column column) {
        long sum = 0;
        for (int row = 0; row < snapshot.table().size(); row++) {
            long value = value(row, column);
            sum += value == SocketTable.ABSENT ? 0 : value;
        }
        return sum;
    }

    /** {@code opened 1+1 closed 0+0 failed 0+0}: since the start, and of these in the last interval. */
    public String counts() {
        return "opened " + sum(Column.OPENED) + "+" + sum(Column.OPENED_NOW) + " closed " + sum(Column.CLOSED) + "+"
                + sum(Column.CLOSED_NOW) + " failed " + sum(Column.FAILED) + "+" + sum(Column.FAILED_NOW);
    }
}
