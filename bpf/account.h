/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The accounts of connections: making one, filling it, and what is counted when it is closed. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "process.h"

#include <bpf/bpf_endian.h>

static inline u32 netns_of(const struct sock *sk) {
    return sk->__sk_common.skc_net.net->ns.inum;
}

static inline int is_watched(const struct sock *sk) {
    u16 protocol = sk->sk_protocol;
    return ((protocol == IPPROTO_TCP && want_tcp) || (protocol == IPPROTO_MPTCP && want_mptcp)) && (only_netns == 0 || netns_of(sk) == only_netns);
}

/* Whether a TCP socket is one of those that an MPTCP socket is made of. */
static inline int is_subflow(const struct inet_connection_sock *icsk) {
    const struct tcp_ulp_ops *ops = icsk->icsk_ulp_ops;
    if (!ops) {
        return 0;
    }
    char name[16] = {};
    bpf_core_read(name, sizeof(name), &ops->name);
    return name[0] == 'm' && name[1] == 'p' && name[2] == 't' && name[3] == 'c' && name[4] == 'p' && name[5] == 0;
}

static inline void addresses_of(const struct sock *sk, u8 laddr[16], u8 raddr[16]) {
    __builtin_memset(laddr, 0, 16);
    __builtin_memset(raddr, 0, 16);
    if (sk->__sk_common.skc_family == AF_INET) {
        u32 local = sk->__sk_common.skc_rcv_saddr;
        u32 remote = sk->__sk_common.skc_daddr;
        __builtin_memcpy(laddr, &local, 4);
        __builtin_memcpy(raddr, &remote, 4);
    } else {
        bpf_core_read(laddr, 16, &sk->__sk_common.skc_v6_rcv_saddr);
        bpf_core_read(raddr, 16, &sk->__sk_common.skc_v6_daddr);
    }
}

/* An MPTCP socket that was opened from the other end gets its ends later than its first TCP connection. */
static inline void take_ends_of_first(struct account *a, const struct sock *sk) {
    const struct sock *first = BPF_CORE_READ((const struct mptcp_sock *)(const void *)sk, first);
    u16 rport = bpf_ntohs(BPF_CORE_READ(first, __sk_common.skc_dport));
    if (rport == 0) {
        return;
    }
    a->rport = rport;
    a->lport = BPF_CORE_READ(first, __sk_common.skc_num);
    a->family = (u8)BPF_CORE_READ(first, __sk_common.skc_family);
    __builtin_memset(a->laddr, 0, 16);
    __builtin_memset(a->raddr, 0, 16);
    if (a->family == AF_INET) {
        u32 local = BPF_CORE_READ(first, __sk_common.skc_rcv_saddr);
        u32 remote = BPF_CORE_READ(first, __sk_common.skc_daddr);
        __builtin_memcpy(a->laddr, &local, 4);
        __builtin_memcpy(a->raddr, &remote, 4);
    } else {
        bpf_core_read(a->laddr, 16, &first->__sk_common.skc_v6_rcv_saddr);
        bpf_core_read(a->raddr, 16, &first->__sk_common.skc_v6_daddr);
    }
}

/* Ports and addresses as far as the socket has them: the local port comes after the transition to SYN_SENT, and at the
 * one to CLOSE it has been given back, but for the copy that goes into segments. */
static inline void take_ends(struct account *a, const struct sock *sk) {
    u16 lport = sk->__sk_common.skc_num;
    u16 rport = bpf_ntohs(sk->__sk_common.skc_dport);
    if (rport == 0 && sk->sk_protocol == IPPROTO_MPTCP) {
        take_ends_of_first(a, sk);
        return;
    }
    if (lport == 0) {
        lport = bpf_ntohs(BPF_CORE_READ((const struct inet_sock *)sk, inet_sport));
    }
    if (lport != 0) {
        a->lport = lport;
    }
    if (rport != 0) {
        a->rport = rport;
        a->family = (u8)sk->__sk_common.skc_family;
        addresses_of(sk, a->laddr, a->raddr);
    }
}

/* The iterator reads it first, and by then what belongs to it is there, where a processor writes in order: one that does
 * not may show an opening a sample late. */
static inline void set_life(struct account *a, u8 life) {
    *(volatile u8 *)&a->life = life;
}

static inline int is_full(void) {
    return *(volatile u64 *)&tracked_now >= tracked_max;
}

/* An account belongs to this socket from now on. */
static inline void claim(struct account *a, struct sock *sk) {
    if (sk->sk_protocol == IPPROTO_TCP) {
        __sync_fetch_and_add(&tracked_now, 1); /* no tracepoint tells when an MPTCP socket is destroyed */
    }
    a->cookie = bpf_get_socket_cookie(sk);
    a->netns = netns_of(sk);
    a->mptcp = SHAWK_MPTCP_NONE;
    if (sk->sk_protocol == IPPROTO_MPTCP) {
        a->mptcp = SHAWK_MPTCP_SOCKET;
    }
}

static __noinline struct account *open_account(struct sock *sk) {
    struct account *a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    if (a || is_full()) {
        return a;
    }
    a = bpf_sk_storage_get(&accounts, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
    if (a) {
        claim(a, sk);
    }
    return a;
}

/* The copy of a listener's account that a child of it has: the listener's holder owns it, as far as is known. */
static inline void inherit_listener(struct account *a, struct sock *sk) {
    struct process_key owner = a->owner;
    __builtin_memset(a, 0, sizeof(*a));
    a->owner = owner;
    a->proof = owner.tgid != 0 ? SHAWK_PROOF_INFERRED : SHAWK_PROOF_UNKNOWN;
    claim(a, sk);
}

static inline void mark_subflow(struct account *a, struct sock *sk) {
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (tp && is_subflow(&tp->inet_conn)) {
        a->mptcp = SHAWK_MPTCP_SUBFLOW;
    }
}

/* Whether there is a connection that was counted when there was no room for its account: one less from now on. Which of
 * those without an account it was nobody can tell, but each is taken once. */
static inline int take_untracked(void) {
    for (int i = 0; i < 4; i++) {
        u64 now = *(volatile u64 *)&untracked_now;
        if (now == 0) {
            return 0;
        }
        if (__sync_val_compare_and_swap(&untracked_now, now, now - 1) == now) {
            return 1;
        }
    }
    return 0;
}

/* A connection that nobody has watched from its beginning, unless somebody else was faster. */
static inline void adopt(struct account *a, struct sock *sk) {
    if (a->life != LIFE_NONE || __sync_val_compare_and_swap(&a->adopted, 0, 1) != 0) {
        return;
    }
    mark_subflow(a, sk);
    a->ordinal++;
    a->opened_ns = 0;
    take_ends(a, sk);
    set_life(a, LIFE_OPEN);
    if (a->mptcp != SHAWK_MPTCP_SUBFLOW && !take_untracked()) {
        count(COUNT_OLDER, 1);
        count(COUNT_LIVE, 1);
    }
}

/* Whether a state is one of an open connection. */
static inline int is_open(int state) {
    return state == TCP_ESTABLISHED || state == TCP_FIN_WAIT1 || state == TCP_FIN_WAIT2 || state == TCP_CLOSE_WAIT ||
           state == TCP_LAST_ACK || state == TCP_CLOSING;
}

/* Payload that the peer has acknowledged. bytes_sent and bytes_retrans are payload alone, without SYN and FIN; what is
 * under way still is the rest of the window, and a FIN that waits for its acknowledgement has the last number of it. */
static inline u64 payload_sent(const struct tcp_sock *tp, int state) {
    u32 under_way = tp->snd_nxt - tp->snd_una;
    int fin = state == TCP_FIN_WAIT1 || state == TCP_CLOSING || state == TCP_LAST_ACK;
    if (fin && under_way > 0 && tp->snd_nxt == tp->write_seq) {
        under_way--;
    }
    u64 sent = tp->bytes_sent - tp->bytes_retrans;
    return under_way > sent ? 0 : sent - under_way;
}

/* Payload received in order: the FIN of the other end counts as a byte, and leaves a flag. */
static inline u64 payload_received(const struct tcp_sock *tp, const struct sock *sk) {
    u64 received = tp->bytes_received;
    u64 fin = (sk->__sk_common.skc_flags >> SOCK_DONE) & 1;
    return received > fin ? received - fin : 0;
}

/* The end of the data counts as a byte acknowledged. */
static inline void totals_of_mptcp(const struct sock *sk, struct totals *t) {
    const struct mptcp_sock *msk = (const void *)sk;
    if (bpf_core_field_exists(msk->bytes_sent)) {
        u64 sent = BPF_CORE_READ(msk, bytes_sent);
        u64 acked = BPF_CORE_READ(msk, bytes_acked);
        t->tx_bytes = acked < sent ? acked : sent;
        t->rx_bytes = BPF_CORE_READ(msk, bytes_received);
    }
}

static __noinline int totals_of(struct sock *sk, int state, struct totals *t) {
    __builtin_memset(t, 0, sizeof(*t));
    t->min_rtt_us = ~0U;
    if (sk->sk_protocol != IPPROTO_TCP) {
        totals_of_mptcp(sk, t);
        return 0;
    }
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (!tp) {
        return 0;
    }
    t->tx_bytes = payload_sent(tp, state);
    t->rx_bytes = payload_received(tp, sk);
    t->rtt_us = tp->srtt_us >> 3;
    t->min_rtt_us = tp->rtt_min.s[0].v;
    t->retrans = tp->total_retrans;
    t->segs_out = tp->segs_out;
    t->has_sent = tp->bytes_sent != 0;
    return 0;
}

static inline u16 service_port(const struct account *a) {
    return a->direction == SHAWK_DIRECTION_OUT ? a->rport : a->direction == SHAWK_DIRECTION_IN ? a->lport : 0;
}

/* The next sample begins from here. One iterator writes, while the connection may end on another processor. */
static inline void note_shown(struct account *a, u64 tx_bytes, u64 rx_bytes) {
    u64 before = a->mark;
    u64 next = ~before & 1;
    struct mark *m = next ? &a->marks[1] : &a->marks[0];
    m->tx_bytes = tx_bytes;
    m->rx_bytes = rx_bytes;
    m->any = 1;
    __sync_val_compare_and_swap(&a->mark, before, pass << 2 | (slot & 1) << 1 | next);
}

static inline const struct mark *last_shown(const struct account *a) {
    return (a->mark & 1) ? &a->marks[1] : &a->marks[0];
}

/* What samples have shown of a connection that ends. The one that is being taken does not count until the reader turns
 * the slot: it leaves out the rows of what is counted in the slot before. */
static inline const struct mark *shown_at_end(const struct account *a) {
    u64 mark = *(const volatile u64 *)&a->mark;
    int undone = mark >> 2 == pass && ((mark >> 1) & 1) == a->ended_slot;
    return ((mark ^ (u64)undone) & 1) ? &a->marks[1] : &a->marks[0];
}

static inline void forget_shown(struct account *a) {
    __builtin_memset(a->marks, 0, sizeof(a->marks));
    a->mark = 0;
}

static inline void add_end(struct bundle_counts *b, const struct account *a, const struct totals *t, u64 now) {
    const struct mark *shown = shown_at_end(a);
    u64 tx_shown = shown->tx_bytes;
    u64 rx_shown = shown->rx_bytes;
    if (a->life == LIFE_ATTEMPT) {
        __sync_fetch_and_add(&b->failed, 1);
    } else {
        /* Of an MPTCP connection the MPTCP socket counts, its TCP connections carry the bytes. */
        if (a->mptcp != SHAWK_MPTCP_SUBFLOW) {
            __sync_fetch_and_add(&b->closed, 1);
            if (a->opened_ns != 0) {
                __sync_fetch_and_add(&b->opened, 1);
                __sync_fetch_and_add(&b->duration_sum_us, (now - a->opened_ns) / 1000);
                if (!shown->any) {
                    __sync_fetch_and_add(&b->opened_now, 1);
                }
            }
        }
        if (a->mptcp != SHAWK_MPTCP_SOCKET) {
            __sync_fetch_and_add(&b->tx_bytes, t->tx_bytes);
            __sync_fetch_and_add(&b->rx_bytes, t->rx_bytes);
            __sync_fetch_and_add(&b->tx_now, t->tx_bytes > tx_shown ? t->tx_bytes - tx_shown : 0);
            __sync_fetch_and_add(&b->rx_now, t->rx_bytes > rx_shown ? t->rx_bytes - rx_shown : 0);
        }
        __sync_fetch_and_add(&b->retrans, t->retrans);
        if (t->rtt_us != 0) {
            __sync_fetch_and_add(&b->rtt_sum_us, t->rtt_us);
            __sync_fetch_and_add(&b->rtt_count, 1);
        }
    }
    __sync_fetch_and_add(&b->segs_out, t->segs_out);
    if (a->proof != SHAWK_PROOF_PROVEN) {
        __sync_fetch_and_add(&b->doubts, 1);
    }
}

static inline struct bundle_counts *find_bundle(void *map, const struct bundle_key *key) {
    struct bundle_counts *b = bpf_map_lookup_elem(map, key);
    if (!b) {
        const struct bundle_counts none = {};
        bpf_map_update_elem(map, key, &none, BPF_NOEXIST);
        b = bpf_map_lookup_elem(map, key);
    }
    return b;
}

/* A count is never lost: what has no bundle counts by protocol and direction alone. */
static __noinline int count_end(const struct account *a, const struct totals *t, u64 now) {
    struct bundle_key key = {};
    key.owner = a->owner;
    key.netns = a->netns;
    key.port = service_port(a);
    key.direction = a->direction;
    key.family = a->family;
    key.mptcp = a->mptcp;
    __builtin_memcpy(key.laddr, a->laddr, 16);
    __builtin_memcpy(key.raddr, a->raddr, 16);
    struct bundle_counts *b = a->ended_slot ? find_bundle(&bundles_1, &key) : find_bundle(&bundles_0, &key);
    if (!b) {
        struct interval_counts *counts = interval_of(a->ended_slot);
        if (!counts) {
            return 0;
        }
        __sync_fetch_and_add(&counts->counters[COUNT_OVERFLOWED], 1);
        b = &counts->overflow[((a->mptcp & 1) << 2 | (a->direction & 3)) & (OVERFLOW_BUNDLES - 1)];
    }
    add_end(b, a, t, now);
    return 0;
}

static __noinline int tell(const struct account *a, const struct totals *t, struct sock *sk, u64 now, int kind) {
    struct ring_event *r = bpf_ringbuf_reserve(&ring, sizeof(*r), 0);
    if (!r) {
        count(COUNT_EVENTS_DROPPED, 1);
        return 0;
    }
    __builtin_memset(r, 0, sizeof(*r));
    r->owner = a->owner;
    r->slot = a->ended_slot;
    struct shawk_event *e = &r->event;
    e->monotonic_ns = now;
    e->netns = a->netns;
    e->cookie = a->cookie;
    __builtin_memcpy(e->laddr, a->laddr, 16);
    __builtin_memcpy(e->raddr, a->raddr, 16);
    e->opened_ns = kind == SHAWK_EVENT_FAILED ? a->begun_ns : a->opened_ns;
    e->tx_bytes = t->tx_bytes;
    e->rx_bytes = t->rx_bytes;
    e->ordinal = a->ordinal;
    e->uid = sk->sk_uid.val;
    e->ifindex = (u32)sk->__sk_common.skc_bound_dev_if;
    e->rtt_us = t->rtt_us;
    e->min_rtt_us = t->min_rtt_us;
    e->connect_us = a->connect_us;
    e->retrans = t->retrans;
    e->segs_out = t->segs_out;
    e->lport = a->lport;
    e->rport = a->rport;
    e->kind = (u8)kind;
    e->protocol = IPPROTO_TCP;
    e->family = a->family;
    e->direction = a->direction;
    e->proof = a->proof;
    e->reason = kind == SHAWK_EVENT_OPENED ? SHAWK_REASON_UNKNOWN : a->reason;
    e->mptcp = a->mptcp;
    /* The reader comes by itself: waking it would cost each connection an interrupt. */
    bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
    count(COUNT_EVENTS, 1);
    return 0;
}

#endif
