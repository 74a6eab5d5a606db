package shawk.flow;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Cells;
import shawk.model.Column;
import shawk.model.ProcessInfo;

/**
 * Both ends of connections that ended on this host: two events with the same two ends, the other way round. Where
 * several processes had those ends, nobody is named. Used by one thread.
 */
final class EndedPairs {
    private final Cells cells;
    /** By ends whose they were; null = several processes'. */
    private final Map<Key, @Nullable ProcessInfo> owners = new HashMap<>();

    EndedPairs(Cells cells) {
        this.cells = cells;
    }

    /** A loopback address does not leave its namespace. */
    private record Key(long lHigh, long lLow, long lport, long rHigh, long rLow, long rport, long space) {}

    private Key key(int row, boolean turned) {
        long lHigh = cells.value(Column.LADDR_HIGH, row);
        long lLow = cells.value(Column.LADDR_LOW, row);
        long lport = cells.value(Column.LPORT, row);
        long rHigh = cells.value(Column.RADDR_HIGH, row);
        long rLow = cells.value(Column.RADDR_LOW, row);
        long rport = cells.value(Column.RPORT, row);
        boolean stays = Address.isLoopback(lHigh, lLow) || Address.isLoopback(rHigh, rLow);
        long space = stays ? cells.value(Column.NETNS, row) : 0;
        return turned
                ? new Key(rHigh, rLow, rport, lHigh, lLow, lport, space)
                : new Key(lHigh, lLow, lport, rHigh, rLow, rport, space);
    }

    /** Takes in a row; {@code owner}: null = not known. */
    void add(int row, @Nullable ProcessInfo owner) {
        if (owner == null) {
            return;
        }
        Key key = key(row, false);
        if (!owners.containsKey(key)) {
            owners.put(key, owner);
        } else if (!owner.equals(owners.get(key))) {
            owners.put(key, null);
        }
    }

    /** Whose the other end of a row was; null = not known. */
    @Nullable
    ProcessInfo other(int row) {
        return owners.get(key(row, true));
    }
}
