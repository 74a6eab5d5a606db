package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.PeerFields;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** What is said of a socket's other end, and of the socket itself. Pure. */
final class EndFacts {
    /** Sockets of an MPTCP connection that are named; of more only the count is said. */
    private static final int MAX_SUBFLOWS = 16;

    private final Facts facts;
    private final Snapshot snapshot;
    private final SocketTable table;
    private final int row;
    private final Symbols symbols;
    private final boolean unix;

    EndFacts(Facts facts, Snapshot snapshot, int row, Symbols symbols) {
        this.facts = facts;
        this.snapshot = snapshot;
        this.table = snapshot.table();
        this.row = row;
        this.symbols = symbols;
        this.unix = table.value(Column.PROTOCOL, row) == Protocol.UNIX.ordinal();
    }

    /** Who is there, where it truly is, and in which country. */
    void otherEnd() {
        boolean waits = table.value(Column.DIRECTION, row) == Direction.LISTEN.ordinal();
        if (!table.has(Column.RADDR_LOW, row) && (!unix || waits)) {
            return;
        }
        facts.section("Other end");
        long owner = table.value(Column.PEER_OWNER, row);
        if (owner != SocketTable.ABSENT) {
            facts.add("process", Facts.process(snapshot.processes().get((int) owner)) + ", on this host");
        } else {
            elsewhere();
        }
        if (table.has(Column.NAT_RADDR_LOW, row)) {
            facts.add(
                    "truly",
                    Facts.end(snapshot, row, Column.NAT_RADDR_HIGH, Column.NAT_RADDR_LOW, Column.NAT_RPORT)
                            + " by conntrack; the socket itself knows "
                            + Facts.end(snapshot, row, Column.RADDR_HIGH, Column.RADDR_LOW, Column.RPORT));
        }
        if (table.has(Column.COUNTRY, row)) {
            facts.add("country", Facts.key(PeerFields.COUNTRY, snapshot, row));
        }
        if (table.has(Column.ASN, row)) {
            facts.add("network", Facts.key(PeerFields.ASN, snapshot, row));
        }
    }

    /** Read by the field, so that it is looked up where it can be. */
    private void elsewhere() {
        String process = Facts.key(PeerFields.PEER_PROCESS, snapshot, row);
        if (table.has(Column.PEER_PROCESS, row)) {
            facts.add("process", process + ", on " + Facts.key(PeerFields.PEER_HOST, snapshot, row));
            return;
        }
        boolean ended = table.has(Column.ENDED_MILLIS, row);
        String why = unix
                ? "nobody is known to hold it"
                : ended ? "none of those that ended here" : "no socket of this host";
        facts.add("process", "-: " + why);
    }

    void socket() {
        facts.section("Socket");
        if (unix) {
            facts.add("name", Facts.name(snapshot, row));
        }
        facts.add("opened by", direction());
        if (!unix) {
            String service = Facts.key(EndpointFields.SERVICE, snapshot, row);
            facts.add("service", Facts.key(Fields.PORT, snapshot, row) + " " + service);
        }
        if (table.has(Column.MPTCP_TOKEN, row)) {
            mptcp();
        }
        String name = Facts.key(EndpointFields.NETNS_NAME, snapshot, row);
        facts.add("namespace", Facts.key(EndpointFields.NETNS, snapshot, row) + (name.equals("-") ? "" : " " + name));
        if (table.has(Column.IFACE, row)) {
            facts.add("device", Facts.key(EndpointFields.IFACE, snapshot, row));
        }
        facts.add(
                "inode",
                Facts.key(EndpointFields.INODE, snapshot, row) + ", cookie "
                        + Facts.key(EndpointFields.COOKIE, snapshot, row));
    }

    private String direction() {
        long direction = table.value(Column.DIRECTION, row);
        if (direction == SocketTable.ABSENT) {
            return "-";
        }
        return switch (Direction.values()[(int) direction]) {
            case IN -> "the other end";
            case OUT -> unix ? "this end" : "this host";
            case LISTEN -> "nobody: it waits for others";
            case UNKNOWN -> unix ? "unknown: neither end has a name" : "unknown: neither end is known to listen";
        };
    }

    /** The token, and the sockets that have it. */
    private void mptcp() {
        long token = table.value(Column.MPTCP_TOKEN, row);
        List<String> named = new ArrayList<>();
        int count = 0;
        for (int other = 0; other < table.sockets(); other++) {
            if (table.value(Column.MPTCP_TOKEN, other) != token
                    || table.value(Column.PROTOCOL, other) == Protocol.MPTCP.ordinal()
                    || table.value(Column.NETNS, other) != table.value(Column.NETNS, row)) {
                continue;
            }
            count++;
            if (named.size() < MAX_SUBFLOWS) {
                named.add(Facts.ends(snapshot, other, symbols) + (other == row ? " (this one)" : ""));
            }
        }
        facts.add("mptcp", "token " + Facts.key(EndpointFields.MPTCP, snapshot, row));
        facts.add("subflows", count == 0 ? "none seen" : count + (named.size() < count ? ", of which" : ""));
        named.forEach(each -> facts.add("", each));
    }
}
