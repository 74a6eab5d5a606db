package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.ProcessInfo;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/** The first few connections that broke a bound, a line each. Pure; ASCII but for names from outside. */
final class Offenders {
    private static final int SHOWN = 5;

    private Offenders() {}

    /** The lines; the last one says how many more there are, and what lists them. */
    static List<String> lines(Snapshot snapshot, List<Integer> rows, String expression) {
        List<String> lines = new ArrayList<>();
        for (int row : rows.subList(0, Math.min(SHOWN, rows.size()))) {
            lines.add(line(snapshot, row));
        }
        if (rows.size() > SHOWN) {
            lines.add("and " + (rows.size() - SHOWN) + " more; shawk dump -g none -f " + Failure.quote(expression)
                    + " lists them");
        }
        return lines;
    }

    private static String line(Snapshot snapshot, int row) {
        SocketTable table = snapshot.table();
        StringBuilder out = new StringBuilder(96).append(owner(snapshot, row)).append("  ");
        endpoint(out, table, Column.LADDR_HIGH, Column.LADDR_LOW, Column.LPORT, row);
        out.append(arrow(table.value(Column.DIRECTION, row)));
        endpoint(out, table, Column.RADDR_HIGH, Column.RADDR_LOW, Column.RPORT, row);
        long state = table.value(Column.STATE, row);
        if (state != SocketTable.ABSENT) {
            out.append("  ").append(SocketState.values()[(int) state].name());
        }
        return out.toString();
    }

    private static String owner(Snapshot snapshot, int row) {
        long owner = snapshot.table().value(Column.OWNER, row);
        if (owner == SocketTable.ABSENT) {
            return "(owner unknown)";
        }
        ProcessInfo process = snapshot.processes().get((int) owner);
        return process.name().value() + " (" + process.id().pid() + ")";
    }

    private static String arrow(long direction) {
        if (direction == Direction.IN.ordinal()) {
            return " <- ";
        }
        return direction == Direction.OUT.ordinal() ? " -> " : " -- ";
    }

    private static void endpoint(StringBuilder out, SocketTable table, Column high, Column low, Column port, int row) {
        long lowHalf = table.value(low, row);
        if (lowHalf == SocketTable.ABSENT) {
            out.append('*');
            return;
        }
        long highHalf = table.value(high, row);
        boolean v6 = !Address.isV4(highHalf, lowHalf);
        out.append(v6 ? "[" : "");
        Address.append(out, highHalf, lowHalf);
        out.append(v6 ? "]:" : ":");
        long number = table.value(port, row);
        out.append(number == SocketTable.ABSENT ? "*" : Long.toString(number));
    }
}
