/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What sockets send and receive: the owner of a TCP connection, and the flows of UDP. */
#ifndef DATAGRAMS_H
#define DATAGRAMS_H

#include "connections.h"

static inline struct flow_counts *find_flow(void *map, const struct flow_key *key) {
    struct flow_counts *f = bpf_map_lookup_elem(map, key);
    if (!f) {
        struct flow_counts fresh = {.first_ns = bpf_ktime_get_ns()};
        bpf_map_update_elem(map, key, &fresh, BPF_NOEXIST);
        f = bpf_map_lookup_elem(map, key);
    }
    return f;
}

/* The other end of a datagram of a socket that is not connected: what the cgroup hook has noted for this thread, which
 * comes just before sending, and just after receiving where the program asks for the sender. */
static inline void take_peer(struct flow_key *key, int sent) {
    u64 thread = bpf_get_current_pid_tgid();
    struct peer *peer = bpf_map_lookup_elem(&peers, &thread);
    if (!peer) {
        return;
    }
    if (peer->cookie == key->cookie && peer->sent == sent) {
        __builtin_memset(key->raddr, 0, 16);
        if (peer->v4 && key->family == AF_INET6) {
            key->raddr[10] = 0xff;
            key->raddr[11] = 0xff;
            __builtin_memcpy(key->raddr + 12, peer->addr, 4);
        } else {
            __builtin_memcpy(key->raddr, peer->addr, 16);
        }
        key->rport = peer->port;
    }
    bpf_map_delete_elem(&peers, &thread);
}

static __noinline int count_datagram(struct sock *sk, int length, int sent) {
    if (only_netns != 0 && netns_of(sk) != only_netns) {
        return 0;
    }
    struct task_struct *task = bpf_get_current_task_btf();
    if (is_kernel_thread(task)) {
        return 0;
    }
    struct flow_key key = {};
    key_of(task, &key.owner);
    key.cookie = bpf_get_socket_cookie(sk);
    key.netns = netns_of(sk);
    key.lport = sk->__sk_common.skc_num;
    key.rport = bpf_ntohs(sk->__sk_common.skc_dport);
    key.family = sk->__sk_common.skc_family;
    key.uid = sk->sk_uid.val;
    addresses_of(sk, key.laddr, key.raddr);
    take_peer(&key, sent);
    if (length < 0) {
        return 0;
    }
    struct flow_counts *f = (slot & 1) ? find_flow(&flows_1, &key) : find_flow(&flows_0, &key);
    if (!f) {
        count(COUNT_FLOWS_DROPPED, 1);
        return 0;
    }
    announce(task);
    if (sent) {
        __sync_fetch_and_add(&f->tx_packets, 1);
        __sync_fetch_and_add(&f->tx_bytes, (u64)length);
    } else {
        __sync_fetch_and_add(&f->rx_packets, 1);
        __sync_fetch_and_add(&f->rx_bytes, (u64)length);
    }
    f->last_ns = bpf_ktime_get_ns();
    return 0;
}

const volatile uint32_t want_flows = 0;

/* An attempt to send or to receive by any call (6.3), also one that failed: the caller has the socket. */
static inline void on_use(struct sock *sk, int length, int sent) {
    u16 protocol = sk->sk_protocol;
    u16 family = sk->__sk_common.skc_family;
    if (family != AF_INET && family != AF_INET6) {
        return;
    }
    if (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP) {
        if (is_watched(sk)) {
            use(sk);
        }
    } else if (want_flows && protocol == IPPROTO_UDP) {
        count_datagram(sk, length, sent);
    }
}

SEC("tp_btf/sock_send_length")
int BPF_PROG(on_send, struct sock *sk, int length) {
    on_use(sk, length, 1);
    return 0;
}

SEC("tp_btf/sock_recv_length")
int BPF_PROG(on_receive, struct sock *sk, int length, int flags) {
    /* What is looked at comes again, and the queue of errors holds what was sent. */
    on_use(sk, flags & (MSG_PEEK | MSG_ERRQUEUE) ? -1 : length, 0);
    return 0;
}

static inline int note_peer(struct bpf_sock_addr *address, int v6, int sent) {
    struct peer peer = {};
    peer.cookie = bpf_get_socket_cookie(address);
    peer.port = bpf_ntohs((u16)address->user_port);
    peer.sent = (u8)sent;
    peer.v4 = !v6;
    if (v6) {
        u32 word = address->user_ip6[0];
        __builtin_memcpy(peer.addr, &word, 4);
        word = address->user_ip6[1];
        __builtin_memcpy(peer.addr + 4, &word, 4);
        word = address->user_ip6[2];
        __builtin_memcpy(peer.addr + 8, &word, 4);
        word = address->user_ip6[3];
        __builtin_memcpy(peer.addr + 12, &word, 4);
    } else {
        u32 word = address->user_ip4;
        __builtin_memcpy(peer.addr, &word, 4);
    }
    u64 thread = bpf_get_current_pid_tgid();
    bpf_map_update_elem(&peers, &thread, &peer, BPF_ANY);
    return 1; /* go on */
}

/* Of sockets that are not connected (4.18, 5.2): where a datagram goes, and where one came from if that was asked. */
SEC("cgroup/sendmsg4")
int on_sendmsg4(struct bpf_sock_addr *address) {
    return note_peer(address, 0, 1);
}

SEC("cgroup/sendmsg6")
int on_sendmsg6(struct bpf_sock_addr *address) {
    return note_peer(address, 1, 1);
}

SEC("cgroup/recvmsg4")
int on_recvmsg4(struct bpf_sock_addr *address) {
    return note_peer(address, 0, 0);
}

SEC("cgroup/recvmsg6")
int on_recvmsg6(struct bpf_sock_addr *address) {
    return note_peer(address, 1, 0);
}

#endif
