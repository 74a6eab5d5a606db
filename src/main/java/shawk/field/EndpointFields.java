package shawk.field;

import static shawk.field.KeyField.Rollup.DISTINCT;
import static shawk.field.KeyField.Rollup.NONE;

import java.util.List;
import java.util.stream.Stream;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Family;
import shawk.model.NamespaceInfo;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/** Fields that say which socket it is: protocol, state, addresses, ports, namespace. */
public final class EndpointFields {
    public static final KeyField PROTO = new KeyField.Builder("proto", "PROTO")
            .ordinal(
                    Column.PROTOCOL,
                    Stream.of(Protocol.values()).map(Protocol::id).toList())
            .groupable()
            .width(5)
            .help("protocol: tcp, udp, mptcp; unix where asked for with --proto");

    public static final KeyField FAMILY = new KeyField.Builder("family", "FAMILY")
            .ordinal(Column.FAMILY, Stream.of(Family.values()).map(Family::id).toList())
            .groupable()
            .width(6)
            .help("address family: ipv4 (v4-mapped addresses too), ipv6, unix");

    public static final KeyField STATE = new KeyField.Builder("state", "STATE")
            .ordinal(
                    Column.STATE,
                    Stream.of(SocketState.values()).map(SocketState::name).toList())
            .groupable()
            .width(12)
            .help("state under the kernel's name; of UDP UNCONN or ESTABLISHED");

    public static final KeyField DIR = new KeyField.Builder("dir", "DIR")
            .ordinal(
                    Column.DIRECTION,
                    Stream.of(Direction.values()).map(Direction::id).toList())
            .groupable()
            .width(7)
            .help("who opened the connection: in (the peer), out (this host), listen (none yet), unknown");

    public static final KeyField LADDR = new KeyField.Builder("laddr", "LOCAL")
            .address(Column.LADDR_HIGH, Column.LADDR_LOW)
            .groupable()
            .rollup(DISTINCT)
            .width(15)
            .help("local address");

    public static final KeyField LPORT = new KeyField.Builder("lport", "LPORT")
            .port(Column.LPORT)
            .groupable()
            .rollup(DISTINCT)
            .width(6)
            .help("local port");

    public static final KeyField RADDR = new KeyField.Builder("raddr", "REMOTE")
            .address(Column.RADDR_HIGH, Column.RADDR_LOW)
            .groupable()
            .rollup(DISTINCT)
            .width(15)
            .help("remote address; none where the socket is not connected");

    public static final KeyField RPORT = new KeyField.Builder("rport", "RPORT")
            .port(Column.RPORT)
            .groupable()
            .rollup(DISTINCT)
            .width(6)
            .help("remote port; none where the socket is not connected");

    public static final KeyField IFACE = new KeyField.Builder("iface", "IFACE")
            .text(Column.IFACE)
            .groupable()
            .width(15)
            .help("device or VRF that the socket is bound to, or zone of a link-local address");

    public static final KeyField PEER = new KeyField.Builder("peer", "PEER")
            .address(Column.RADDR_HIGH, Column.RADDR_LOW)
            .groupable()
            .rollup(DISTINCT)
            .width(15)
            .help("remote address");

    public static final KeyField PORT = new KeyField.Builder("port", "PORT")
            .port(Column.PORT)
            .groupable()
            .width(5)
            .help("port of the service: that of the listening side, never a client's own");

    public static final KeyField SERVICE = new KeyField.Builder("service", "SERVICE")
            .text(Column.SERVICE)
            .groupable()
            .width(15)
            .help("name of port and proto, as in /etc/services");

    public static final KeyField NETNS = new KeyField.Builder("netns", "NETNS")
            .number(Column.NETNS)
            .groupable()
            .width(10)
            .help("inode number of the network namespace");

    public static final KeyField NETNS_NAME = new KeyField.Builder("netns_name", "NETNS NAME")
            .text(EndpointFields::netnsName)
            .width(15)
            .help("name of the network namespace under /run/netns; none where it has none");

    public static final KeyField INODE = new KeyField.Builder("inode", "INODE")
            .number(Column.INODE)
            .rollup(NONE)
            .width(10)
            .help("inode number of the socket; none where no process can hold it");

    public static final KeyField COOKIE = new KeyField.Builder("cookie", "COOKIE")
            .hex(Column.COOKIE)
            .rollup(NONE)
            .width(18)
            .help("number that the kernel gives each socket once, as 0x and hexadecimal digits");

    public static final KeyField PATH = new KeyField.Builder("path", "PATH")
            .text(Column.PATH)
            .groupable()
            .width(24)
            .help("name of a unix socket, or where it has none of its peer; an abstract one begins with @");

    public static final KeyField MPTCP = new KeyField.Builder("mptcp", "MPTCP")
            .hex(Column.MPTCP_TOKEN)
            .groupable()
            .width(10)
            .help("token of the MPTCP socket, the same for it and for the TCP sockets that it is made of");

    static final List<Field> ALL = List.of(
            PROTO,
            FAMILY,
            STATE,
            DIR,
            LADDR,
            LPORT,
            RADDR,
            RPORT,
            IFACE,
            PEER,
            PORT,
            SERVICE,
            NETNS,
            NETNS_NAME,
            INODE,
            COOKIE,
            PATH,
            MPTCP);

    private EndpointFields() {}

    private static long netnsName(Snapshot snapshot, int row) {
        long inode = snapshot.table().value(Column.NETNS, row);
        List<NamespaceInfo> namespaces = snapshot.namespaces();
        for (int i = 0; i < namespaces.size(); i++) {
            NamespaceInfo namespace = namespaces.get(i);
            if (namespace.inode() == inode) {
                int number = snapshot.texts().find(namespace.name());
                return number > 0 ? number : SocketTable.ABSENT;
            }
        }
        return SocketTable.ABSENT;
    }
}
