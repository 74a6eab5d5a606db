package shawk.field;

import static shawk.field.KeyField.Rollup.DISTINCT;

import java.util.List;
import shawk.model.Column;
import shawk.model.SocketTable;

/** Fields that say who is at the other end, beyond its address. */
public final class PeerFields {
    public static final KeyField PEER_PROCESS = new KeyField.Builder("peer_process", "PEER PROCESS")
            .text((snapshot, row) -> {
                long owner = snapshot.table().value(Column.PEER_OWNER, row);
                return owner == SocketTable.ABSENT
                        ? elsewhere(Column.PEER_PROCESS, snapshot.table(), row)
                        : snapshot.processTexts().name((int) owner);
            })
            .groupable()
            .width(16)
            .help("name of the process at the other end: a socket of this host, or out of the CMDB");

    public static final KeyField PEER_HOST = new KeyField.Builder("peer_host", "PEER HOST")
            .text((snapshot, row) -> snapshot.table().has(Column.PEER_OWNER, row)
                    ? snapshot.table().hostText()
                    : elsewhere(Column.PEER_HOST, snapshot.table(), row))
            .groupable()
            .width(16)
            .help("name of the host that the process at the other end is on");

    public static final KeyField NAT_RADDR = new KeyField.Builder("nat_raddr", "TRUE REMOTE")
            .address(Column.NAT_RADDR_HIGH, Column.NAT_RADDR_LOW)
            .rollup(DISTINCT)
            .width(15)
            .help("true remote address by conntrack, where that is another than raddr");

    public static final KeyField NAT_RPORT = new KeyField.Builder("nat_rport", "TRUE RPORT")
            .port(Column.NAT_RPORT)
            .rollup(DISTINCT)
            .width(10)
            .help("true remote port by conntrack, where address or port is another than raddr and rport");

    public static final KeyField COUNTRY = new KeyField.Builder("country", "COUNTRY")
            .text(Column.COUNTRY)
            .groupable()
            .width(7)
            .help("country of the remote address, two letters; only with --geoip");

    public static final KeyField ASN = new KeyField.Builder("asn", "AUTONOMOUS SYSTEM")
            .text(Column.ASN)
            .groupable()
            .width(24)
            .help("autonomous system of the remote address, number and name; only with --geoip");

    static final List<Field> ALL = List.of(PEER_PROCESS, PEER_HOST, NAT_RADDR, NAT_RPORT, COUNTRY, ASN);

    private PeerFields() {}

    /** What is read is wanted: it is looked up where it can be. */
    private static long elsewhere(Column column, SocketTable table, int row) {
        long text = table.value(column, row);
        if (text == SocketTable.ABSENT) {
            table.peers().ask(table, row);
        }
        return text;
    }
}
