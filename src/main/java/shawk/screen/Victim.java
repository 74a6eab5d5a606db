package shawk.screen;

import shawk.field.EndpointFields;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/**
 * A connection that is to be killed, as it was seen: the cookie keeps a later one with the same ends from being hit.
 *
 * @param netns inode number of its network namespace
 * @param cookie the kernel's, not 0
 * @param protocol 6 or 17
 * @param mptcp whether it is what an application has, of which the kernel may know how to kill the subflows only
 * @param localHigh upper half of the local address
 * @param localLow lower half
 * @param localPort its port
 * @param remoteHigh upper half of the remote address
 * @param remoteLow lower half
 * @param remotePort its port
 * @param text its ends and state, for people
 */
public record Victim(
        long netns,
        long cookie,
        int protocol,
        boolean mptcp,
        long localHigh,
        long localLow,
        int localPort,
        long remoteHigh,
        long remoteLow,
        int remotePort,
        String text) {

    /**
     * Whether a row of the table can be killed: a socket with two ends, by a source that has its cookie. What has ended
     * cannot, nor one flow of a UDP socket that is not connected, which may serve many others.
     */
    static boolean can(SocketTable table, int row) {
        long protocol = table.value(Column.PROTOCOL, row);
        return protocol != Protocol.UNIX.ordinal()
                && table.value(Column.KIND, row) != RowKind.ENDED.ordinal()
                && table.value(Column.STATE, row) != SocketState.UNCONN.ordinal()
                && table.has(Column.COOKIE, row)
                && table.value(Column.COOKIE, row) != 0
                && table.has(Column.NETNS, row)
                && table.has(Column.RADDR_LOW, row)
                && table.has(Column.RPORT, row);
    }

    static Victim of(Snapshot snapshot, int row) {
        SocketTable table = snapshot.table();
        Protocol protocol = Protocol.values()[(int) table.value(Column.PROTOCOL, row)];
        return new Victim(
                table.value(Column.NETNS, row),
                table.value(Column.COOKIE, row),
                protocol == Protocol.UDP ? Protocol.UDP.number() : Protocol.TCP.number(),
                protocol == Protocol.MPTCP,
                table.value(Column.LADDR_HIGH, row),
                table.value(Column.LADDR_LOW, row),
                (int) table.value(Column.LPORT, row),
                table.value(Column.RADDR_HIGH, row),
                table.value(Column.RADDR_LOW, row),
                (int) table.value(Column.RPORT, row),
                text(table, row));
    }

    private static String text(SocketTable table, int row) {
        StringBuilder out = new StringBuilder();
        end(out, table.value(Column.LADDR_HIGH, row), table.value(Column.LADDR_LOW, row));
        out.append(':').append(table.value(Column.LPORT, row)).append(" - ");
        end(out, table.value(Column.RADDR_HIGH, row), table.value(Column.RADDR_LOW, row));
        out.append(':').append(table.value(Column.RPORT, row)).append(' ');
        long state = table.value(Column.STATE, row);
        out.append(state == SocketTable.ABSENT ? "" : SocketState.values()[(int) state].name() + " ");
        return out.append(EndpointFields.PROTO.names().get((int) table.value(Column.PROTOCOL, row)))
                .toString();
    }

    private static void end(StringBuilder out, long high, long low) {
        boolean brackets = !Address.isV4(high, low);
        out.append(brackets ? "[" : "");
        Address.append(out, high, low);
        out.append(brackets ? "]" : "");
    }
}
