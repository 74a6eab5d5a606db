package shawk.enrich;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Cells;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SocketTable;

/**
 * What connections have in common whose other end is asked about once: a key of a map, and by {@link #read} also what
 * looks for one without a new object for each row. Used by one thread, and no more changed once it is in a map.
 */
final class PeerKey {
    private static final long ABSENT = SocketTable.ABSENT;

    private boolean out;
    private boolean udp;
    private long port;
    private long natPort;
    /** Own address, that as the other end sees it, the other end's, its true one; each high and low. */
    private final long[] addresses = new long[8];

    /** Takes the ends of a row; false where nobody on another host can be there. */
    boolean read(Cells cells, int row) {
        long direction = cells.value(Column.DIRECTION, row);
        long protocol = cells.value(Column.PROTOCOL, row);
        out = direction == Direction.OUT.ordinal();
        udp = protocol == Protocol.UDP.ordinal();
        port = cells.value(Column.PORT, row);
        addresses[0] = cells.value(Column.LADDR_HIGH, row);
        addresses[1] = cells.value(Column.LADDR_LOW, row);
        addresses[4] = cells.value(Column.RADDR_HIGH, row);
        addresses[5] = cells.value(Column.RADDR_LOW, row);
        boolean known = (out || direction == Direction.IN.ordinal())
                && protocol != Protocol.UNIX.ordinal()
                && port != ABSENT
                && addresses[1] != ABSENT
                && addresses[5] != ABSENT;
        if (!known || isHere(addresses[0], addresses[1]) || isHere(addresses[4], addresses[5])) {
            return false;
        }
        addresses[2] = cells.value(Column.NAT_LADDR_HIGH, row);
        addresses[3] = cells.value(Column.NAT_LADDR_LOW, row);
        addresses[6] = cells.value(Column.NAT_RADDR_HIGH, row);
        addresses[7] = cells.value(Column.NAT_RADDR_LOW, row);
        natPort = cells.value(out ? Column.NAT_RPORT : Column.NAT_LPORT, row);
        return true;
    }

    private static boolean isHere(long high, long low) {
        return Address.isLoopback(high, low) || Address.isWildcard(high, low);
    }

    /** One with the same content that stays as it is. */
    PeerKey copy() {
        PeerKey copy = new PeerKey();
        copy.out = out;
        copy.udp = udp;
        copy.port = port;
        copy.natPort = natPort;
        System.arraycopy(addresses, 0, copy.addresses, 0, addresses.length);
        return copy;
    }

    PeerSource.Question question() {
        Address local = new Address(addresses[0], addresses[1]);
        Address peer = new Address(addresses[4], addresses[5]);
        return new PeerSource.Question(
                out, udp, local, address(2), peer, address(6), (int) port, natPort == ABSENT ? -1 : (int) natPort);
    }

    private @Nullable Address address(int at) {
        return addresses[at + 1] == ABSENT ? null : new Address(addresses[at], addresses[at + 1]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerKey that
                && that.out == out
                && that.udp == udp
                && that.port == port
                && that.natPort == natPort
                && Arrays.equals(that.addresses, addresses);
    }

    @Override
    public int hashCode() {
        long hash = port * 31 + natPort + (out ? 1 : 0) + (udp ? 2 : 0);
        for (long each : addresses) {
            hash = (hash ^ each) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 32);
    }
}
