package shawk.model;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * One socket as the kernel showed it: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_sock} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class SocketRecord {
    /** Bytes of one record. */
    public static final int SIZE = 352;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_COOKIE}. */
    public static final long HAS_COOKIE = 1L << 0;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_CGROUP}. */
    public static final long HAS_CGROUP = 1L << 1;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_MARK}. */
    public static final long HAS_MARK = 1L << 2;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_MEMINFO}. */
    public static final long HAS_MEMINFO = 1L << 3;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_DROPS}. */
    public static final long HAS_DROPS = 1L << 4;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_CONG}. */
    public static final long HAS_CONG = 1L << 5;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_V6ONLY}. */
    public static final long HAS_V6ONLY = 1L << 6;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_INFO}. */
    public static final long HAS_INFO = 1L << 7;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_PACING}. */
    public static final long HAS_PACING = 1L << 8;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_BYTES}. */
    public static final long HAS_BYTES = 1L << 9;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_SEGS}. */
    public static final long HAS_SEGS = 1L << 10;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_MIN_RTT}. */
    public static final long HAS_MIN_RTT = 1L << 11;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_DELIVERY}. */
    public static final long HAS_DELIVERY = 1L << 12;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_LIMITS}. */
    public static final long HAS_LIMITS = 1L << 13;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_BYTES_SENT}. */
    public static final long HAS_BYTES_SENT = 1L << 14;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_SND_WND}. */
    public static final long HAS_SND_WND = 1L << 15;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_INODE}. */
    public static final long HAS_INODE = 1L << 16;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_QUEUES}. */
    public static final long HAS_QUEUES = 1L << 17;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_MPTCP}. */
    public static final long HAS_MPTCP = 1L << 18;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_MPTCP_COUNT}. */
    public static final long HAS_MPTCP_COUNT = 1L << 19;

    /** Bit of {@link #present()}: see {@code SHAWK_HAS_LIFE}. */
    public static final long HAS_LIFE = 1L << 20;

    /** Value of {@link #mptcp()}: what the application has. */
    public static final int MPTCP_SOCKET = 1;

    /** Value of {@link #mptcp()}: a TCP connection, or the listener, of an MPTCP socket. */
    public static final int MPTCP_SUBFLOW = 2;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public SocketRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public SocketRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public long present() {
        return buffer.getLong(base);
    }

    public long cookie() {
        return buffer.getLong(base + 8);
    }

    /** Inode of the network namespace. */
    public long netns() {
        return buffer.getLong(base + 16);
    }

    /** Of the v2 hierarchy. */
    public long cgroupId() {
        return buffer.getLong(base + 24);
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long laddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 32));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long laddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 40));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long raddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 48));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long raddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 56));
    }

    /** 0: no process can hold it (TIME_WAIT, orphan, not accepted yet). */
    public long inode() {
        return buffer.getInt(base + 64) & 0xffffffffL;
    }

    public long uid() {
        return buffer.getInt(base + 68) & 0xffffffffL;
    }

    public int ifindex() {
        return buffer.getInt(base + 72);
    }

    public long mark() {
        return buffer.getInt(base + 76) & 0xffffffffL;
    }

    public int lport() {
        return buffer.getShort(base + 80) & 0xffff;
    }

    public int rport() {
        return buffer.getShort(base + 82) & 0xffff;
    }

    /** AF_INET, AF_INET6. */
    public int family() {
        return buffer.get(base + 84) & 0xff;
    }

    /** IPPROTO_TCP, IPPROTO_UDP. */
    public int protocol() {
        return buffer.get(base + 85) & 0xff;
    }

    /** Include/net/tcp_states.h: 1 ESTABLISHED .. 12 NEW_SYN_RECV; UDP uses 1 and 7. */
    public int state() {
        return buffer.get(base + 86) & 0xff;
    }

    /** Idiag_timer: 0 none, 1 on, 2 keepalive, 3 timewait, 4 persist. */
    public int timer() {
        return buffer.get(base + 87) & 0xff;
    }

    public long timerMillis() {
        return buffer.getInt(base + 88) & 0xffffffffL;
    }

    /** Unanswered ones in a row. */
    public int retransmits() {
        return buffer.get(base + 92) & 0xff;
    }

    public int v6only() {
        return buffer.get(base + 93) & 0xff;
    }

    /** Tcpi_delivery_rate_app_limited. */
    public int appLimited() {
        return buffer.get(base + 94) & 0xff;
    }

    /** Enum tcp_ca_state. */
    public int caState() {
        return buffer.get(base + 95) & 0xff;
    }

    /** Bytes; LISTEN: length of the accept queue. */
    public long rqueue() {
        return buffer.getInt(base + 96) & 0xffffffffL;
    }

    /** Bytes; LISTEN: its limit. */
    public long wqueue() {
        return buffer.getInt(base + 100) & 0xffffffffL;
    }

    /** SK_MEMINFO_*, bytes. */
    public long rmem() {
        return buffer.getInt(base + 104) & 0xffffffffL;
    }

    public long wmem() {
        return buffer.getInt(base + 108) & 0xffffffffL;
    }

    public long fwdAlloc() {
        return buffer.getInt(base + 112) & 0xffffffffL;
    }

    public long wmemQueued() {
        return buffer.getInt(base + 116) & 0xffffffffL;
    }

    public long optmem() {
        return buffer.getInt(base + 120) & 0xffffffffL;
    }

    public long backlog() {
        return buffer.getInt(base + 124) & 0xffffffffL;
    }

    public long drops() {
        return buffer.getInt(base + 128) & 0xffffffffL;
    }

    public long rcvbuf() {
        return buffer.getInt(base + 132) & 0xffffffffL;
    }

    public long sndbuf() {
        return buffer.getInt(base + 136) & 0xffffffffL;
    }

    public RawText cong() {
        return RawText.paddedAt(buffer, base + 140, 16);
    }

    /** Eight bytes of {@link #cong()} as a number, to compare without making an object. */
    public long congWord(int index) {
        return buffer.getLong(base + 140 + 8 * index);
    }

    /** From here on tcp_info; times in us unless named otherwise. */
    public long rtoMicros() {
        return buffer.getInt(base + 156) & 0xffffffffL;
    }

    public long sndMss() {
        return buffer.getInt(base + 160) & 0xffffffffL;
    }

    public long rcvMss() {
        return buffer.getInt(base + 164) & 0xffffffffL;
    }

    public long unacked() {
        return buffer.getInt(base + 168) & 0xffffffffL;
    }

    public long lost() {
        return buffer.getInt(base + 172) & 0xffffffffL;
    }

    public long retransOut() {
        return buffer.getInt(base + 176) & 0xffffffffL;
    }

    public long lastDataSentMillis() {
        return buffer.getInt(base + 180) & 0xffffffffL;
    }

    public long lastDataRecvMillis() {
        return buffer.getInt(base + 184) & 0xffffffffL;
    }

    public long lastAckRecvMillis() {
        return buffer.getInt(base + 188) & 0xffffffffL;
    }

    public long rttMicros() {
        return buffer.getInt(base + 192) & 0xffffffffL;
    }

    public long rttvarMicros() {
        return buffer.getInt(base + 196) & 0xffffffffL;
    }

    public long sndSsthresh() {
        return buffer.getInt(base + 200) & 0xffffffffL;
    }

    public long sndCwnd() {
        return buffer.getInt(base + 204) & 0xffffffffL;
    }

    public long totalRetrans() {
        return buffer.getInt(base + 208) & 0xffffffffL;
    }

    public long segsOut() {
        return buffer.getInt(base + 212) & 0xffffffffL;
    }

    public long segsIn() {
        return buffer.getInt(base + 216) & 0xffffffffL;
    }

    public long notsentBytes() {
        return buffer.getInt(base + 220) & 0xffffffffL;
    }

    public long minRttMicros() {
        return buffer.getInt(base + 224) & 0xffffffffL;
    }

    public long sndWnd() {
        return buffer.getInt(base + 228) & 0xffffffffL;
    }

    public long dataSegsOut() {
        return buffer.getInt(base + 232) & 0xffffffffL;
    }

    public long dataSegsIn() {
        return buffer.getInt(base + 236) & 0xffffffffL;
    }

    public long pacingRate() {
        return buffer.getLong(base + 240);
    }

    public long bytesAcked() {
        return buffer.getLong(base + 248);
    }

    public long bytesReceived() {
        return buffer.getLong(base + 256);
    }

    public long deliveryRate() {
        return buffer.getLong(base + 264);
    }

    public long busyMicros() {
        return buffer.getLong(base + 272);
    }

    public long rwndLimitedMicros() {
        return buffer.getLong(base + 280);
    }

    public long sndbufLimitedMicros() {
        return buffer.getLong(base + 288);
    }

    public long bytesSent() {
        return buffer.getLong(base + 296);
    }

    public long bytesRetrans() {
        return buffer.getLong(base + 304);
    }

    /** Of the MPTCP socket, on this side: what joins it with its subflows; 0: none yet. */
    public long mptcpToken() {
        return buffer.getInt(base + 312) & 0xffffffffL;
    }

    /** The other side's name for it. */
    public long mptcpRemoteToken() {
        return buffer.getInt(base + 316) & 0xffffffffL;
    }

    /**
     * Of a socket MPTCP_INFO_FLAG_*: 1 fell back to TCP; of a subflow MPTCP_SUBFLOW_FLAG_*: 4 joined, 8 backup here, 16
     * backup there.
     */
    public int mptcpFlags() {
        return buffer.getInt(base + 320);
    }

    /** SHAWK_MPTCP_*; protocol is IPPROTO_TCP for all of them. */
    public int mptcp() {
        return buffer.get(base + 324) & 0xff;
    }

    /** That the socket has now. */
    public int mptcpSubflows() {
        return buffer.get(base + 325) & 0xff;
    }

    public int mptcpLocalId() {
        return buffer.get(base + 326) & 0xff;
    }

    public int mptcpRemoteId() {
        return buffer.get(base + 327) & 0xff;
    }

    /** CLOCK_MONOTONIC of the transition to ESTABLISHED; 0: not seen. From here on with {@link #HAS_LIFE}. */
    public long openedNanos() {
        return buffer.getLong(base + 328);
    }

    /** SYN_SENT to ESTABLISHED; 0: not seen, or opened from the other end. */
    public long connectMicros() {
        return buffer.getInt(base + 336) & 0xffffffffL;
    }

    /** Number of a process of the sample, plus 1; 0: nobody is known. */
    public int owner() {
        return buffer.getInt(base + 340);
    }

    /** SHAWK_DIRECTION_*: 0 unknown, 1 out, 2 in. */
    public int direction() {
        return buffer.get(base + 344) & 0xff;
    }

    /** SHAWK_PROOF_*, of the owner: 0 unknown, 1 inferred, 2 proven. */
    public int proof() {
        return buffer.get(base + 345) & 0xff;
    }

    /** 1: its opening was seen, and no sample has shown it before this one. */
    public int fresh() {
        return buffer.get(base + 346) & 0xff;
    }

    /** Which connection of its socket, from 1. */
    public long ordinal() {
        return buffer.getInt(base + 348) & 0xffffffffL;
    }

    /** Whether the kernel gave the groups of fields whose bits are set in {@code bits}. */
    public boolean has(long bits) {
        return (present() & bits) == bits;
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        return SocketLayout.fields();
    }
}
