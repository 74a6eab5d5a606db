package shawk.nativelib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Destroys sockets (SOCK_DESTROY, as {@code ss -K}): the process that holds one sees ECONNABORTED, the other side a
 * reset. A socket is named by its cookie besides its addresses, so that none is hit that came later. It asks nobody and
 * logs nothing. Thread-safe; takes some ten microseconds a socket.
 */
public final class SocketKiller {
    private static final int SIZE = 64;
    private static final int RESULT = 60;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final long V4_PREFIX = 0xffffL;

    private SocketKiller() {}

    /**
     * A socket. Addresses are 128 bits as in {@code model.Address}, IPv4 in its v4-mapped form; those of a socket
     * without a remote side are wildcards and port 0.
     *
     * @param netns inode of its network namespace
     * @param cookie not 0
     * @param protocol 6 or 17
     * @param mptcp whether it is an MPTCP socket, of which Linux can only destroy the subflows
     * @param ifindex of the device that it is bound to, or 0
     */
    public record Target(
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
            int ifindex) {}

    /**
     * What came of one.
     *
     * @param errno 0: it is destroyed
     */
    public record Outcome(int errno) {
        /** Whether the socket is gone: destroyed now, or before. */
        public boolean isGone() {
            return errno == 0 || errno == Errno.ENOENT;
        }

        /** In words, in part of a line: what happened and what to do about it. */
        public String text() {
            return switch (errno) {
                case 0 -> "destroyed";
                case Errno.ENOENT -> "already gone";
                case Errno.EPERM, Errno.EACCES -> "not permitted: CAP_NET_ADMIN is missing; run as root";
                case Errno.EOPNOTSUPP ->
                    "not supported: the kernel lacks CONFIG_INET_DIAG_DESTROY, or this is an MPTCP socket, whose"
                            + " subflows can be destroyed";
                default -> Errno.text(errno) + " (" + Errno.name(errno) + ")";
            };
        }
    }

    /**
     * Tries each of {@code targets}.
     *
     * @return an outcome for each, in their order
     * @throws NativeException where none could be tried
     */
    public static List<Outcome> destroy(Path procRoot, Path netnsDir, List<Target> targets) throws NativeException {
        NativeLibrary.load();
        ByteBuffer records =
                ByteBuffer.allocateDirect(Math.max(1, targets.size()) * SIZE).order(ByteOrder.nativeOrder());
        for (int i = 0; i < targets.size(); i++) {
            write(records, i * SIZE, targets.get(i));
        }
        int result = Bindings.shawk_destroy(
                NativeLibrary.cString(procRoot.toString()),
                NativeLibrary.cString(netnsDir.toString()),
                records,
                targets.size());
        NativeException.check(result, "cannot destroy sockets");
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            outcomes.add(new Outcome(records.getInt(i * SIZE + RESULT)));
        }
        return outcomes;
    }

    private static void write(ByteBuffer record, int base, Target target) {
        boolean v4 = isV4(target.localHigh, target.localLow);
        record.putLong(base, target.netns).putLong(base + 8, target.cookie);
        writeAddress(record, base + 16, v4, target.localHigh, target.localLow);
        writeAddress(record, base + 32, v4, target.remoteHigh, target.remoteLow);
        record.putInt(base + 48, target.ifindex)
                .putShort(base + 52, (short) target.localPort)
                .putShort(base + 54, (short) target.remotePort)
                .put(base + 56, (byte) (v4 ? AF_INET : AF_INET6))
                .put(base + 57, (byte) target.protocol)
                .put(base + 58, (byte) (target.mptcp ? 1 : 0));
    }

    private static boolean isV4(long high, long low) {
        return high == 0 && low >>> 32 == V4_PREFIX;
    }

    private static void writeAddress(ByteBuffer record, int offset, boolean v4, long high, long low) {
        if (v4) {
            record.putInt(offset, networkOrder((int) low));
        } else {
            record.putLong(offset, networkOrder(high)).putLong(offset + 8, networkOrder(low));
        }
    }

    private static int networkOrder(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static long networkOrder(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("netns", new int[] {0, 8});
        layout.put("cookie", new int[] {8, 8});
        layout.put("laddr", new int[] {16, 16});
        layout.put("raddr", new int[] {32, 16});
        layout.put("ifindex", new int[] {48, 4});
        layout.put("lport", new int[] {52, 2});
        layout.put("rport", new int[] {54, 2});
        layout.put("family", new int[] {56, 1});
        layout.put("protocol", new int[] {57, 1});
        layout.put("mptcp", new int[] {58, 1});
        layout.put("pad", new int[] {59, 1});
        layout.put("result", new int[] {RESULT, 4});
        return layout;
    }
}
