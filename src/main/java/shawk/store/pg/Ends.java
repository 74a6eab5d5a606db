package shawk.store.pg;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import shawk.look.Meeting;
import shawk.model.Address;

/** Where flows meet, as statements ask for it: each meeting is one key for its servers and one for its clients. */
final class Ends {
    private static final int IN = 0;
    private static final int OUT = 1;

    /** In the order of the indexes: one is found beside the one before. */
    private static final Comparator<Address> ORDER = (a, b) -> {
        int order = Long.compareUnsigned(a.high(), b.high());
        return order == 0 ? Long.compareUnsigned(a.low(), b.low()) : order;
    };

    private static final Comparator<Key> BY_ADDRESSES = Comparator.comparing(Key::local, ORDER)
            .thenComparing(Key::peer, ORDER)
            .thenComparingInt(Key::port);

    private final List<Key> keys;

    private Ends(Collection<Key> keys) {
        this.keys = keys.stream().sorted(BY_ADDRESSES).toList();
    }

    private record Key(long hostId, Address local, Address peer, int port, int direction) {}

    /** Keys of those of {@code meetings} that are {@code wanted}, with their ports or without. */
    static Ends of(Collection<Meeting> meetings, boolean ports, Predicate<Meeting> wanted) {
        Set<Key> keys = new HashSet<>();
        for (Meeting meeting : meetings) {
            if (wanted.test(meeting)) {
                int port = ports ? meeting.port() : -1;
                keys.add(new Key(meeting.hostId(), meeting.server(), meeting.client(), port, IN));
                keys.add(new Key(meeting.hostId(), meeting.client(), meeting.server(), port, OUT));
            }
        }
        return new Ends(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    Bound to(Bound bound) throws SQLException {
        return bound.longs(all(Key::hostId))
                .addresses(all(Key::local))
                .addresses(all(Key::peer))
                .numbers(all(Key::port))
                .numbers(all(Key::direction));
    }

    private <T> List<T> all(Function<Key, T> part) {
        return keys.stream().map(part).toList();
    }
}
