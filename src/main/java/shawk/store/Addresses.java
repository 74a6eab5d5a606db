package shawk.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import shawk.model.Address;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Addresses of this host, each told once until it is asked to tell all of them again. Used by one thread. */
final class Addresses {
    private final int bound;
    private final Set<AddressSeen> known = new HashSet<>();
    private final List<AddressSeen> fresh = new ArrayList<>();

    /** Knows at most {@code bound}; those beyond are left out until {@link #restart}. */
    Addresses(int bound) {
        this.bound = bound;
    }

    /** Takes in an address that a socket is bound to. */
    void add(SafeText netns, long high, long low) {
        if (low == SocketTable.ABSENT || Address.isWildcard(high, low) || isOfMany(high, low)) {
            return;
        }
        AddressSeen address = new AddressSeen(netns, new Address(high, low));
        if (known.size() < bound && known.add(address)) {
            fresh.add(address);
        }
    }

    /** Multicast and broadcast. */
    private static boolean isOfMany(long high, long low) {
        if (Address.isV4(high, low)) {
            return (low >>> 28 & 0xf) == 0xe || (int) low == -1;
        }
        return high >>> 56 == 0xff;
    }

    /** All are told again that are added from now on. */
    void restart() {
        known.clear();
    }

    /** Those not told yet. */
    List<AddressSeen> tell() {
        List<AddressSeen> list = List.copyOf(fresh);
        fresh.clear();
        return list;
    }
}
