package shawk.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import shawk.model.Address;
import shawk.model.Degradation;
import shawk.model.HolderRecord;
import shawk.model.InterfaceRecord;
import shawk.model.LinkRecord;
import shawk.model.NetnsRecord;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RawText;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.model.TranslationRecord;
import shawk.model.UnixRecord;

/** Raw samples by hand: records written into buffers by the layout that C has. */
public final class RawSampleBuilder {
    /** The namespace of sockets that name none. */
    public static final long NETNS = 4026531840L;

    private final List<Socket> sockets = new ArrayList<>();
    private final List<ByteBuffer> processes = new ArrayList<>();
    private final List<ProcessId> processIds = new ArrayList<>();
    private final List<ByteBuffer> namespaces = new ArrayList<>();
    private final List<ByteBuffer> interfaces = new ArrayList<>();
    private final List<Unix> unixSockets = new ArrayList<>();
    private final List<ByteBuffer> translations = new ArrayList<>();
    private final List<ByteBuffer> links = new ArrayList<>();
    private final List<Kernel> seen = new ArrayList<>();
    private final List<ProcessDetails> details = new ArrayList<>();
    private final List<Degradation> degradations = new ArrayList<>();
    private String source = "netlink";
    private long nanos;
    private long wallOffMicros;
    private int unread;

    /** A sample taken {@code seconds} after the clock began. */
    public static RawSampleBuilder at(double seconds) {
        RawSampleBuilder builder = new RawSampleBuilder();
        builder.nanos = Math.round(seconds * 1e9);
        return builder;
    }

    /** The wall clock shows another time than it should, as many seconds off. */
    public RawSampleBuilder wallOff(double seconds) {
        wallOffMicros = Math.round(seconds * 1e6);
        return this;
    }

    public RawSampleBuilder source(String name) {
        source = name;
        return this;
    }

    /** Parts of the dump that failed in every namespace. */
    public RawSampleBuilder unread(int parts) {
        unread = parts;
        return this;
    }

    public RawSampleBuilder process(int pid, long start, String comm) {
        return process(pid, start, comm, 0);
    }

    public RawSampleBuilder process(int pid, long start, String comm, int uid) {
        return process(pid, start, comm, uid, 1);
    }

    public RawSampleBuilder process(int pid, long start, String comm, int uid, int ppid) {
        ByteBuffer r = record(ProcessRecord.SIZE);
        Map<String, int[]> layout = ProcessRecord.layout();
        put(r, layout, "pid", pid);
        put(r, layout, "start", start);
        put(r, layout, "uid", uid);
        put(r, layout, "ppid", ppid);
        text(r, layout, "comm", comm);
        processes.add(r);
        processIds.add(new ProcessId(pid, start));
        return this;
    }

    public RawSampleBuilder details(int pid, long start, String exe, String fullName) {
        details.add(new ProcessDetails(
                new ProcessId(pid, start),
                RawText.of(exe),
                RawText.of(exe + " -x"),
                RawText.of("/a.service"),
                RawText.of(fullName),
                RawText.EMPTY,
                RawText.EMPTY));
        return this;
    }

    /** Of a process in a container. */
    public RawSampleBuilder contained(int pid, long start, String cgroup, String container, String pod) {
        details.add(new ProcessDetails(
                new ProcessId(pid, start),
                RawText.EMPTY,
                RawText.EMPTY,
                RawText.of(cgroup),
                RawText.EMPTY,
                RawText.of(container),
                RawText.of(pod)));
        return this;
    }

    public RawSampleBuilder namespace(long inode, int error, int low, int high) {
        ByteBuffer r = record(NetnsRecord.SIZE);
        Map<String, int[]> layout = NetnsRecord.layout();
        put(r, layout, "inode", inode);
        put(r, layout, "error", error);
        put(r, layout, "port_low", low);
        put(r, layout, "port_high", high);
        namespaces.add(r);
        return this;
    }

    /** A namespace where parts of the dump failed. */
    public RawSampleBuilder namespace(long inode, int unreadParts) {
        namespace(inode, 0, 32768, 60999);
        put(namespaces.get(namespaces.size() - 1), NetnsRecord.layout(), "unread", unreadParts);
        return this;
    }

    /** {@link #NETNS} is the program's own. */
    public RawSampleBuilder self() {
        namespace(NETNS, 0, 32768, 60999);
        put(namespaces.get(namespaces.size() - 1), NetnsRecord.layout(), "self", 1);
        return this;
    }

    /** A namespace that has a name under {@code /run/netns}. */
    public RawSampleBuilder namespace(long inode, String name) {
        namespace(inode, 0, 32768, 60999);
        text(namespaces.get(namespaces.size() - 1), NetnsRecord.layout(), "name", name);
        return this;
    }

    /** Moves the last translation to another namespace. */
    public RawSampleBuilder translationIn(long netns) {
        put(translations.get(translations.size() - 1), TranslationRecord.layout(), "netns", netns);
        return this;
    }

    public RawSampleBuilder iface(long netns, int index, String name) {
        ByteBuffer r = record(InterfaceRecord.SIZE);
        Map<String, int[]> layout = InterfaceRecord.layout();
        put(r, layout, "netns", netns);
        put(r, layout, "ifindex", index);
        text(r, layout, "name", name);
        interfaces.add(r);
        return this;
    }

    /**
     * A connection that conntrack translates, in {@link #NETNS}: {@code 10.0.0.1:80} or {@code [::1]:80} each.
     *
     * @param protocol 6 or 17
     */
    public RawSampleBuilder translation(
            int protocol, String origSrc, String origDst, String replySrc, String replyDst) {
        ByteBuffer r = record(TranslationRecord.SIZE);
        Map<String, int[]> layout = TranslationRecord.layout();
        boolean v6 = origSrc.startsWith("[");
        put(r, layout, "netns", NETNS);
        put(r, layout, "protocol", protocol);
        put(r, layout, "family", v6 ? 10 : 2);
        boolean destination = !origDst.equals(replySrc);
        boolean source = !origSrc.equals(replyDst);
        put(
                r,
                layout,
                "status",
                (source ? TranslationRecord.SOURCE : 0) | (destination ? TranslationRecord.DESTINATION : 0));
        end(r, layout, origSrc, "orig_src", "orig_sport", v6);
        end(r, layout, origDst, "orig_dst", "orig_dport", v6);
        end(r, layout, replySrc, "reply_src", "reply_sport", v6);
        end(r, layout, replyDst, "reply_dst", "reply_dport", v6);
        translations.add(r);
        return this;
    }

    /** An Ethernet interface of {@link #NETNS} that is up. */
    public RawSampleBuilder link(int index, String name, long rxBytes, long txBytes) {
        ByteBuffer r = record(LinkRecord.SIZE);
        Map<String, int[]> layout = LinkRecord.layout();
        put(r, layout, "netns", NETNS);
        put(r, layout, "ifindex", index);
        put(r, layout, "flags", LinkRecord.UP);
        put(r, layout, "type", 1);
        put(r, layout, "operstate", 6);
        put(r, layout, "rx_bytes", rxBytes);
        put(r, layout, "tx_bytes", txBytes);
        text(r, layout, "name", name);
        links.add(r);
        return this;
    }

    /** Sets a field of the last link under the name that C gives it. */
    public RawSampleBuilder linkField(String field, long value) {
        put(links.get(links.size() - 1), LinkRecord.layout(), field, value);
        return this;
    }

    public RawSampleBuilder unix(Unix... several) {
        unixSockets.addAll(Arrays.asList(several));
        return this;
    }

    /** What programs in the kernel have seen. */
    public RawSampleBuilder kernel(Kernel... several) {
        seen.addAll(Arrays.asList(several));
        return this;
    }

    public RawSampleBuilder degradation(Degradation degradation) {
        degradations.add(degradation);
        return this;
    }

    public RawSampleBuilder socket(Socket socket) {
        sockets.add(socket);
        return this;
    }

    public RawSampleBuilder sockets(Socket... several) {
        sockets.addAll(Arrays.asList(several));
        return this;
    }

    /** The sample, with a namespace {@link #NETNS} if none was named. */
    public RawSample build() {
        if (namespaces.isEmpty()) {
            namespace(NETNS, 0, 32768, 60999);
        }
        if (unread != 0) {
            namespaces.forEach(each -> put(each, NetnsRecord.layout(), "unread", unread));
        }
        List<ByteBuffer> records = new ArrayList<>();
        List<ByteBuffer> holders = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            Socket socket = sockets.get(i);
            if (socket.owner != 0) {
                socket.set("owner", position(socket.owner) + 1L);
            }
            records.add(socket.record);
            for (int pid : sockets.get(i).holders) {
                holders.add(holder(i, pid));
            }
        }
        List<ByteBuffer> unixRecords = new ArrayList<>();
        for (int i = 0; i < unixSockets.size(); i++) {
            unixRecords.add(unixSockets.get(i).record);
            for (int pid : unixSockets.get(i).holders) {
                holders.add(holder(sockets.size() + i, pid));
            }
        }
        return new RawSample(
                source,
                1_700_000_000_000_000L + nanos / 1000 + wallOffMicros,
                nanos,
                List.of(
                        new RawSample.Section(join(records, SocketRecord.SIZE), records.size()),
                        new RawSample.Section(join(holders, HolderRecord.SIZE), holders.size()),
                        new RawSample.Section(join(processes, ProcessRecord.SIZE), processes.size()),
                        new RawSample.Section(join(namespaces, NetnsRecord.SIZE), namespaces.size()),
                        new RawSample.Section(join(interfaces, InterfaceRecord.SIZE), interfaces.size()),
                        new RawSample.Section(join(unixRecords, UnixRecord.SIZE), unixRecords.size()),
                        new RawSample.Section(join(translations, TranslationRecord.SIZE), translations.size()),
                        new RawSample.Section(join(links, LinkRecord.SIZE), links.size()),
                        seen(RawSection.EVENTS),
                        seen(RawSection.BUNDLES),
                        seen(RawSection.FLOWS),
                        seen(RawSection.METERS),
                        seen(RawSection.PROGRAMS)),
                details,
                degradations);
    }

    private ByteBuffer holder(int socket, int pid) {
        ByteBuffer r = record(HolderRecord.SIZE);
        r.putInt(0, socket).putInt(4, position(pid));
        return r;
    }

    private int position(int pid) {
        int process = -1;
        for (int i = 0; i < processIds.size(); i++) {
            process = processIds.get(i).pid() == pid ? i : process;
        }
        if (process < 0) {
            throw new IllegalArgumentException("no process " + pid);
        }
        return process;
    }

    private RawSample.Section seen(RawSection section) {
        List<ByteBuffer> records = new ArrayList<>();
        for (Kernel each : seen) {
            if (each.section == section) {
                if (each.pid != 0) {
                    each.set("process", position(each.pid) + 1L);
                }
                records.add(each.record);
            }
        }
        return new RawSample.Section(join(records, section.recordSize()), records.size());
    }

    private static ByteBuffer join(List<ByteBuffer> records, int size) {
        ByteBuffer all = record(Math.max(1, records.size()) * size);
        for (int i = 0; i < records.size(); i++) {
            all.put(i * size, records.get(i), 0, size);
        }
        return all;
    }

    private static ByteBuffer record(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    static void put(ByteBuffer r, Map<String, int[]> layout, String field, long value) {
        int[] place = layout.get(field);
        switch (place[1]) {
            case 1 -> r.put(place[0], (byte) value);
            case 2 -> r.putShort(place[0], (short) value);
            case 4 -> r.putInt(place[0], (int) value);
            default -> r.putLong(place[0], value);
        }
    }

    /** Writes one end; without a name of its field no port. */
    static void end(
            ByteBuffer r, Map<String, int[]> layout, String text, String addressField, String portField, boolean v6) {
        int colon = text.lastIndexOf(':');
        if (!portField.isEmpty()) {
            put(r, layout, portField, Long.parseLong(text.substring(colon + 1)));
        }
        Address address =
                Address.parse(text.substring(0, colon).replace("[", "").replace("]", ""));
        ByteBuffer bytes = ByteBuffer.allocate(16);
        if (v6) {
            bytes.putLong(0, address.high()).putLong(8, address.low());
        } else {
            bytes.putInt(0, (int) address.low());
        }
        r.put(layout.get(addressField)[0], bytes.array());
    }

    private static void text(ByteBuffer r, Map<String, int[]> layout, String field, String value) {
        r.put(layout.get(field)[0], value.getBytes(StandardCharsets.UTF_8));
    }

    /** One unix socket; numbers are set under the names that C gives them. */
    public static final class Unix {
        private static final Map<String, int[]> LAYOUT = UnixRecord.layout();

        private final ByteBuffer record = record(UnixRecord.SIZE);
        private int[] holders = {};

        private Unix(int state, long inode, long peer) {
            put(record, LAYOUT, "netns", NETNS);
            put(record, LAYOUT, "cookie", inode + 1_000_000);
            put(record, LAYOUT, "type", 1);
            put(record, LAYOUT, "state", state);
            put(record, LAYOUT, "inode", inode);
            put(record, LAYOUT, "peer", peer);
            put(
                    record,
                    LAYOUT,
                    "present",
                    UnixRecord.HAS_QUEUES | UnixRecord.HAS_UID | (peer == 0 ? 0 : UnixRecord.HAS_PEER));
        }

        /** A connected stream socket. */
        public static Unix stream(long inode, long peer) {
            return new Unix(1, inode, peer);
        }

        public static Unix listen(long inode, String name) {
            return new Unix(10, inode, 0).name(name);
        }

        /** Binds it; an abstract name begins with NUL. */
        public Unix name(String name) {
            return name(name.getBytes(StandardCharsets.UTF_8));
        }

        /** Binds it to any bytes. */
        public Unix name(byte[] bytes) {
            record.put(LAYOUT.get("name")[0], bytes);
            set("name_len", bytes.length);
            return set(
                    "present", Integer.toUnsignedLong(record.getInt(LAYOUT.get("present")[0])) | UnixRecord.HAS_NAME);
        }

        public Unix heldBy(int... pids) {
            holders = pids;
            return this;
        }

        public Unix set(String field, long value) {
            put(record, LAYOUT, field, value);
            return this;
        }
    }

    /** One socket; numbers are set under the names that C gives them. */
    public static final class Socket {
        private static final Map<String, int[]> LAYOUT = SocketRecord.layout();
        private static final Map<String, Long> GROUPS = Map.ofEntries(
                Map.entry("drops", SocketRecord.HAS_DROPS),
                Map.entry("rmem", SocketRecord.HAS_MEMINFO),
                Map.entry("v6only", SocketRecord.HAS_V6ONLY),
                Map.entry("pacing_rate", SocketRecord.HAS_PACING),
                Map.entry("bytes_acked", SocketRecord.HAS_INFO | SocketRecord.HAS_BYTES),
                Map.entry("bytes_received", SocketRecord.HAS_INFO | SocketRecord.HAS_BYTES),
                Map.entry("bytes_sent", SocketRecord.HAS_INFO | SocketRecord.HAS_BYTES_SENT),
                Map.entry("bytes_retrans", SocketRecord.HAS_INFO | SocketRecord.HAS_BYTES_SENT),
                Map.entry("segs_out", SocketRecord.HAS_INFO | SocketRecord.HAS_SEGS),
                Map.entry("min_rtt_us", SocketRecord.HAS_INFO | SocketRecord.HAS_MIN_RTT),
                Map.entry("notsent_bytes", SocketRecord.HAS_INFO | SocketRecord.HAS_MIN_RTT),
                Map.entry("delivery_rate", SocketRecord.HAS_INFO | SocketRecord.HAS_DELIVERY),
                Map.entry("busy_us", SocketRecord.HAS_INFO | SocketRecord.HAS_LIMITS),
                Map.entry("rwnd_limited_us", SocketRecord.HAS_INFO | SocketRecord.HAS_LIMITS),
                Map.entry("sndbuf_limited_us", SocketRecord.HAS_INFO | SocketRecord.HAS_LIMITS),
                Map.entry("snd_wnd", SocketRecord.HAS_INFO | SocketRecord.HAS_SND_WND),
                Map.entry("mptcp_token", SocketRecord.HAS_MPTCP),
                Map.entry("mptcp_flags", SocketRecord.HAS_MPTCP),
                Map.entry("mptcp_remote_token", SocketRecord.HAS_MPTCP),
                Map.entry("mptcp_subflows", SocketRecord.HAS_MPTCP_COUNT),
                Map.entry("cookie", SocketRecord.HAS_COOKIE));

        private final ByteBuffer record = record(SocketRecord.SIZE);
        private int[] holders = {};
        private int owner;

        private Socket(int protocol, String local, String remote) {
            set("protocol", protocol);
            set("netns", NETNS);
            present(SocketRecord.HAS_INODE | SocketRecord.HAS_QUEUES);
            boolean v6 = local.startsWith("[");
            set("family", v6 ? 10 : 2);
            end(record, LAYOUT, local, "laddr", "lport", v6);
            end(record, LAYOUT, remote, "raddr", "rport", v6);
        }

        /** {@code 10.0.0.1:80} or {@code [::1]:80} at both ends. */
        public static Socket tcp(String local, String remote) {
            return new Socket(6, local, remote).state(SocketState.ESTABLISHED);
        }

        public static Socket listen(String local) {
            return new Socket(6, local, local.startsWith("[") ? "[::]:0" : "0.0.0.0:0").state(SocketState.LISTEN);
        }

        public static Socket udp(String local, String remote) {
            return new Socket(17, local, remote).state(SocketState.ESTABLISHED);
        }

        public static Socket unconnected(String local) {
            return new Socket(17, local, local.startsWith("[") ? "[::]:0" : "0.0.0.0:0").state(SocketState.CLOSE);
        }

        public Socket state(SocketState state) {
            int number = 1;
            SocketState[] states = SocketState.values();
            while (states[number - 1] != state) {
                number++;
            }
            return set("state", number);
        }

        public Socket cookie(long cookie) {
            return set("cookie", cookie);
        }

        /** A connection that was watched: opened from here at {@code seconds}, 0 = not seen. */
        public Socket life(double seconds, int ordinal) {
            present(SocketRecord.HAS_LIFE);
            return set("opened_ns", Math.round(seconds * 1e9))
                    .set("ordinal", ordinal)
                    .set("direction", 1);
        }

        /** The kernel names its owner; {@code proof}: 1 inferred, 2 proven. */
        public Socket by(int pid, int proof) {
            owner = pid;
            return set("proof", proof);
        }

        public Socket inode(long inode) {
            return set("inode", inode);
        }

        public Socket heldBy(int... pids) {
            holders = pids;
            return this;
        }

        /** Sets a field, and the bit that says that the kernel gave it. */
        public Socket set(String field, long value) {
            put(record, LAYOUT, field, value);
            present(GROUPS.getOrDefault(field, 0L));
            return this;
        }

        public Socket text(String field, String value) {
            RawSampleBuilder.text(record, LAYOUT, field, value);
            return this;
        }

        public Socket present(long bits) {
            record.putLong(0, record.getLong(0) | bits);
            return this;
        }

        public Socket absent(long bits) {
            record.putLong(0, record.getLong(0) & ~bits);
            return this;
        }
    }
}
