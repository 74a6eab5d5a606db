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
                        ? SocketTable.ABSENT
                        : snapshot.processTexts().name((int) owner);
            })
            .groupable()
            .width(16)
            .help("name of the process at the other end, where that is a socket of this host");

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

    static final List<Field> ALL = List.of(PEER_PROCESS, NAT_RADDR, NAT_RPORT, COUNTRY, ASN);

    private PeerFields() {}
}
