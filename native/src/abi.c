/* SPDX-License-Identifier: Apache-2.0 */
#include "shawk.h"

#include <stdio.h>

struct field {
    const char *record;
    const char *name;
    unsigned offset;
    unsigned size;
};

#define FIELD(record, name)                                                                                            \
    { #record, #name, offsetof(struct record, name), sizeof(((struct record *)0)->name) }

static const struct field fields[] = {
    FIELD(shawk_sock, present),
    FIELD(shawk_sock, cookie),
    FIELD(shawk_sock, netns),
    FIELD(shawk_sock, cgroup_id),
    FIELD(shawk_sock, laddr),
    FIELD(shawk_sock, raddr),
    FIELD(shawk_sock, inode),
    FIELD(shawk_sock, uid),
    FIELD(shawk_sock, ifindex),
    FIELD(shawk_sock, mark),
    FIELD(shawk_sock, lport),
    FIELD(shawk_sock, rport),
    FIELD(shawk_sock, family),
    FIELD(shawk_sock, protocol),
    FIELD(shawk_sock, state),
    FIELD(shawk_sock, timer),
    FIELD(shawk_sock, timer_ms),
    FIELD(shawk_sock, retransmits),
    FIELD(shawk_sock, v6only),
    FIELD(shawk_sock, app_limited),
    FIELD(shawk_sock, ca_state),
    FIELD(shawk_sock, rqueue),
    FIELD(shawk_sock, wqueue),
    FIELD(shawk_sock, rmem),
    FIELD(shawk_sock, wmem),
    FIELD(shawk_sock, fwd_alloc),
    FIELD(shawk_sock, wmem_queued),
    FIELD(shawk_sock, optmem),
    FIELD(shawk_sock, backlog),
    FIELD(shawk_sock, drops),
    FIELD(shawk_sock, rcvbuf),
    FIELD(shawk_sock, sndbuf),
    FIELD(shawk_sock, cong),
    FIELD(shawk_sock, rto_us),
    FIELD(shawk_sock, snd_mss),
    FIELD(shawk_sock, rcv_mss),
    FIELD(shawk_sock, unacked),
    FIELD(shawk_sock, lost),
    FIELD(shawk_sock, retrans_out),
    FIELD(shawk_sock, last_data_sent_ms),
    FIELD(shawk_sock, last_data_recv_ms),
    FIELD(shawk_sock, last_ack_recv_ms),
    FIELD(shawk_sock, rtt_us),
    FIELD(shawk_sock, rttvar_us),
    FIELD(shawk_sock, snd_ssthresh),
    FIELD(shawk_sock, snd_cwnd),
    FIELD(shawk_sock, total_retrans),
    FIELD(shawk_sock, segs_out),
    FIELD(shawk_sock, segs_in),
    FIELD(shawk_sock, notsent_bytes),
    FIELD(shawk_sock, min_rtt_us),
    FIELD(shawk_sock, snd_wnd),
    FIELD(shawk_sock, data_segs_out),
    FIELD(shawk_sock, data_segs_in),
    FIELD(shawk_sock, pacing_rate),
    FIELD(shawk_sock, bytes_acked),
    FIELD(shawk_sock, bytes_received),
    FIELD(shawk_sock, delivery_rate),
    FIELD(shawk_sock, busy_us),
    FIELD(shawk_sock, rwnd_limited_us),
    FIELD(shawk_sock, sndbuf_limited_us),
    FIELD(shawk_sock, bytes_sent),
    FIELD(shawk_sock, bytes_retrans),
    FIELD(shawk_process, start),
    FIELD(shawk_process, netns),
    FIELD(shawk_process, pid),
    FIELD(shawk_process, ppid),
    FIELD(shawk_process, pgid),
    FIELD(shawk_process, uid),
    FIELD(shawk_process, comm),
    FIELD(shawk_holder, sock),
    FIELD(shawk_holder, process),
    FIELD(shawk_netns, inode),
    FIELD(shawk_netns, error),
    FIELD(shawk_netns, port_low),
    FIELD(shawk_netns, port_high),
    FIELD(shawk_netns, pid),
    FIELD(shawk_netns, self),
    FIELD(shawk_netns, unread),
    FIELD(shawk_netns, name),
    FIELD(shawk_iface, netns),
    FIELD(shawk_iface, ifindex),
    FIELD(shawk_iface, name),
    FIELD(shawk_iface, pad),
    FIELD(shawk_control, abi_version),
    FIELD(shawk_control, pad),
    FIELD(shawk_control, sock_capacity),
    FIELD(shawk_control, holder_capacity),
    FIELD(shawk_control, process_capacity),
    FIELD(shawk_control, netns_capacity),
    FIELD(shawk_control, iface_capacity),
    FIELD(shawk_control, sock_count),
    FIELD(shawk_control, holder_count),
    FIELD(shawk_control, process_count),
    FIELD(shawk_control, netns_count),
    FIELD(shawk_control, iface_count),
    FIELD(shawk_control, wall_us),
    FIELD(shawk_control, monotonic_ns),
    FIELD(shawk_control, sockets_ns),
    FIELD(shawk_control, owners_ns),
    FIELD(shawk_control, processes_seen),
    FIELD(shawk_control, processes_denied),
    FIELD(shawk_control, processes_hidden),
    FIELD(shawk_control, malformed),
    FIELD(shawk_control, tcp4_error),
    FIELD(shawk_control, tcp6_error),
    FIELD(shawk_control, udp4_error),
    FIELD(shawk_control, udp6_error),
};

uint32_t shawk_abi_version(void) {
    return SHAWK_ABI_VERSION;
}

int shawk_abi_layout(char *out, int capacity) {
    int length = 0;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        const struct field *field = &fields[i];
        size_t room = length < capacity ? (size_t)(capacity - length) : 0;
        length += snprintf(room > 0 ? out + length : NULL, room, "%s.%s %u %u\n", field->record, field->name,
                           field->offset, field->size);
    }
    return length + 1;
}
