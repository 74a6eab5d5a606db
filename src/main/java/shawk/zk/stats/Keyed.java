package shawk.zk.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.RawText;
import shawk.model.SafeText;

/**
 * The tables of keys: by operation and path, and by client and user besides. What has no room counts under
 * {@link Names#OTHER}. One thread.
 */
final class Keyed {
    private static final int PATH_SHIFT = 20;
    private static final int OPERATION_SHIFT = 40;
    private static final int NUMBER = (1 << PATH_SHIFT) - 1;

    final Names paths;
    final Names addresses;
    final Names users;
    final CountTable byPath;
    final CountTable byAddress;
    final CountTable byUser;

    Keyed(boolean bytes) {
        this(
                new Names(Limits.PATHS, Limits.PATHS_BYTES, SafeText::of),
                new Names(Limits.ADDRESSES, Limits.ADDRESSES * 16, Keyed::address),
                new Names(Limits.USERS, Limits.USERS * 64, SafeText::of),
                new CountTable(Limits.KEYS + Limits.OTHER_KEYS, bytes),
                new CountTable(Limits.KEYS + Limits.OTHER_KEYS, bytes),
                new CountTable(Limits.KEYS + Limits.OTHER_KEYS, bytes));
    }

    private Keyed(
            Names paths, Names addresses, Names users, CountTable byPath, CountTable byAddress, CountTable byUser) {
        this.paths = paths;
        this.addresses = addresses;
        this.users = users;
        this.byPath = byPath;
        this.byAddress = byAddress;
        this.byUser = byUser;
    }

    private static SafeText address(RawText bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << 8 | bytes.byteAt(i);
            low = low << 8 | bytes.byteAt(Long.BYTES + i);
        }
        StringBuilder text = new StringBuilder();
        Address.append(text, high, low);
        return SafeText.of(text.toString());
    }

    static int operation(long key) {
        return (int) (key >>> OPERATION_SHIFT);
    }

    static int path(long key) {
        return (int) (key >>> PATH_SHIFT) & NUMBER;
    }

    /** Of an address or a user. */
    static int who(long key) {
        return (int) key & NUMBER;
    }

    /** A key without its operation; {@link #path} and {@link #who} read it too. */
    static long pathAndWho(long key) {
        return key & (1L << OPERATION_SHIFT) - 1;
    }

    private static long key(int operation, int path, int who) {
        return (long) operation << OPERATION_SHIFT | (long) path << PATH_SHIFT | who;
    }

    void count(int operation, int path, int address, int user, long bytes) {
        countPath(operation, path, bytes);
        count(byAddress, operation, path, address, bytes);
        count(byUser, operation, path, user, bytes);
    }

    void countPath(int operation, int path, long bytes) {
        count(byPath, operation, path, 0, bytes);
    }

    private static void count(CountTable table, int operation, int path, int who, long bytes) {
        long key = key(operation, path, who);
        boolean room = table.hasRoom() || table.has(key);
        table.count(room ? key : key(operation, Names.OTHER, Names.OTHER), bytes);
    }

    /** Whether there is little room left anywhere. */
    boolean isCrowded() {
        int many = Limits.KEYS / 2;
        return paths.isCrowded()
                || addresses.isCrowded()
                || users.isCrowded()
                || byPath.size() > many
                || byAddress.size() > many
                || byUser.size() > many;
    }

    /** What is new takes no more than half of the room in a minute, so that as much is left for the next one. */
    void beginMinute() {
        paths.beginMinute();
        addresses.beginMinute();
        users.beginMinute();
        byPath.limit(Math.min(Limits.KEYS, byPath.size() + Limits.KEYS / 2));
        byAddress.limit(Math.min(Limits.KEYS, byAddress.size() + Limits.KEYS / 2));
        byUser.limit(Math.min(Limits.KEYS, byUser.size() + Limits.KEYS / 2));
    }

    /** The places of keys that were counted since {@code before}: paths, addresses, users. */
    List<int[]> changed(Mark before) {
        return List.of(
                byPath.changed(before.paths()), byAddress.changed(before.addresses()), byUser.changed(before.users()));
    }

    /** One of these places alone, in their order, with as much room as that leaves. */
    Keyed keep(List<int[]> places) {
        Names newPaths = paths.fresh();
        Names newAddresses = addresses.fresh();
        Names newUsers = users.fresh();
        List<long[]> renamed = new ArrayList<>();
        renamed.add(rename(byPath, places.get(0), newPaths, null, null));
        renamed.add(rename(byAddress, places.get(1), newPaths, addresses, newAddresses));
        renamed.add(rename(byUser, places.get(2), newPaths, users, newUsers));
        return new Keyed(
                newPaths,
                newAddresses,
                newUsers,
                byPath.keep(places.get(0), renamed.get(0)),
                byAddress.keep(places.get(1), renamed.get(1)),
                byUser.keep(places.get(2), renamed.get(2)));
    }

    private long[] rename(CountTable table, int[] places, Names newPaths, @Nullable Names who, @Nullable Names newWho) {
        long[] renamed = new long[places.length];
        for (int i = 0; i < places.length; i++) {
            long key = table.keys()[places[i]];
            int number = who == null || newWho == null ? 0 : who.moveTo(newWho, who(key));
            renamed[i] = key(operation(key), paths.moveTo(newPaths, path(key)), number);
        }
        return renamed;
    }
}
