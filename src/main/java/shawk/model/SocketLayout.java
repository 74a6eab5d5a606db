package shawk.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the fields of a {@link SocketRecord} are, in the order of the C structure, padding left out. Thread-safe. */
final class SocketLayout {
    private SocketLayout() {}

    /** C field name to {offset, size}. */
    static Map<String, int[]> fields() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("present", new int[] {0, 8});
        layout.put("cookie", new int[] {8, 8});
        layout.put("netns", new int[] {16, 8});
        layout.put("cgroup_id", new int[] {24, 8});
        layout.put("laddr", new int[] {32, 16});
        layout.put("raddr", new int[] {48, 16});
        layout.put("inode", new int[] {64, 4});
        layout.put("uid", new int[] {68, 4});
        layout.put("ifindex", new int[] {72, 4});
        layout.put("mark", new int[] {76, 4});
        layout.put("lport", new int[] {80, 2});
        layout.put("rport", new int[] {82, 2});
        layout.put("family", new int[] {84, 1});
        layout.put("protocol", new int[] {85, 1});
        layout.put("state", new int[] {86, 1});
        layout.put("timer", new int[] {87, 1});
        layout.put("timer_ms", new int[] {88, 4});
        layout.put("retransmits", new int[] {92, 1});
        layout.put("v6only", new int[] {93, 1});
        layout.put("app_limited", new int[] {94, 1});
        layout.put("ca_state", new int[] {95, 1});
        layout.put("rqueue", new int[] {96, 4});
        layout.put("wqueue", new int[] {100, 4});
        layout.put("rmem", new int[] {104, 4});
        layout.put("wmem", new int[] {108, 4});
        layout.put("fwd_alloc", new int[] {112, 4});
        layout.put("wmem_queued", new int[] {116, 4});
        layout.put("optmem", new int[] {120, 4});
        layout.put("backlog", new int[] {124, 4});
        layout.put("drops", new int[] {128, 4});
        layout.put("rcvbuf", new int[] {132, 4});
        layout.put("sndbuf", new int[] {136, 4});
        layout.put("cong", new int[] {140, 16});
        putInfo(layout);
        return layout;
    }

    private static void putInfo(Map<String, int[]> layout) {
        layout.put("rto_us", new int[] {156, 4});
        layout.put("snd_mss", new int[] {160, 4});
        layout.put("rcv_mss", new int[] {164, 4});
        layout.put("unacked", new int[] {168, 4});
        layout.put("lost", new int[] {172, 4});
        layout.put("retrans_out", new int[] {176, 4});
        layout.put("last_data_sent_ms", new int[] {180, 4});
        layout.put("last_data_recv_ms", new int[] {184, 4});
        layout.put("last_ack_recv_ms", new int[] {188, 4});
        layout.put("rtt_us", new int[] {192, 4});
        layout.put("rttvar_us", new int[] {196, 4});
        layout.put("snd_ssthresh", new int[] {200, 4});
        layout.put("snd_cwnd", new int[] {204, 4});
        layout.put("total_retrans", new int[] {208, 4});
        layout.put("segs_out", new int[] {212, 4});
        layout.put("segs_in", new int[] {216, 4});
        layout.put("notsent_bytes", new int[] {220, 4});
        layout.put("min_rtt_us", new int[] {224, 4});
        layout.put("snd_wnd", new int[] {228, 4});
        layout.put("data_segs_out", new int[] {232, 4});
        layout.put("data_segs_in", new int[] {236, 4});
        layout.put("pacing_rate", new int[] {240, 8});
        layout.put("bytes_acked", new int[] {248, 8});
        layout.put("bytes_received", new int[] {256, 8});
        layout.put("delivery_rate", new int[] {264, 8});
        layout.put("busy_us", new int[] {272, 8});
        layout.put("rwnd_limited_us", new int[] {280, 8});
        layout.put("sndbuf_limited_us", new int[] {288, 8});
        layout.put("bytes_sent", new int[] {296, 8});
        layout.put("bytes_retrans", new int[] {304, 8});
        layout.put("mptcp_token", new int[] {312, 4});
        layout.put("mptcp_remote_token", new int[] {316, 4});
        layout.put("mptcp_flags", new int[] {320, 4});
        layout.put("mptcp", new int[] {324, 1});
        layout.put("mptcp_subflows", new int[] {325, 1});
        layout.put("mptcp_local_id", new int[] {326, 1});
        layout.put("mptcp_remote_id", new int[] {327, 1});
        layout.put("opened_ns", new int[] {328, 8});
        layout.put("connect_us", new int[] {336, 4});
        layout.put("owner", new int[] {340, 4});
        layout.put("direction", new int[] {344, 1});
        layout.put("proof", new int[] {345, 1});
        layout.put("fresh", new int[] {346, 1});
        layout.put("ordinal", new int[] {348, 4});
    }
}
