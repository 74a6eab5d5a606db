/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * All living sockets and who holds them, in one pass over the descriptors of all processes: a socket is written once
 * where it has an account, and as a reference for every further holder. The loader does the rest.
 */
#ifndef LIVING_H
#define LIVING_H

#include "datagrams.h"

/* tcp_info counts some times in ticks; jiffies that lie ahead are none. */
static inline u32 millis_since(u32 jiffies32, u32 now32) {
    u32 passed = now32 - jiffies32;
    return passed > 0x7fffffffU ? 0 : (u32)((u64)passed * 1000 / hz);
}

static inline u32 millis_until(unsigned long expires, u64 now) {
    long left = (long)(expires - (unsigned long)now);
    return left <= 0 ? 0 : (u32)((u64)left * 1000 / hz);
}

/* As tcp_get_timer_info() in net/ipv4/inet_diag.c has it. */
static inline void timer_of(struct shawk_sock *out, const struct sock *sk, const struct inet_connection_sock *icsk,
                            u64 jiffies) {
    u8 pending = icsk->icsk_pending;
    unsigned long expires;
    if (pending == ICSK_TIME_RETRANS || pending == ICSK_TIME_REO_TIMEOUT || pending == ICSK_TIME_LOSS_PROBE) {
        out->timer = 1;
        out->retransmits = icsk->icsk_retransmits;
    } else if (pending == ICSK_TIME_PROBE0) {
        out->timer = 4;
    } else if (sk->sk_timer.entry.pprev) {
        out->timer = 2;
        out->timer_ms = millis_until(sk->sk_timer.expires, jiffies);
        return;
    } else {
        return;
    }
    const struct inet_connection_sock___timeout *older = (const void *)icsk;
    if (bpf_core_field_exists(older->icsk_timeout)) {
        bpf_core_read(&expires, sizeof(expires), &older->icsk_timeout);
    } else {
        expires = icsk->icsk_retransmit_timer.expires;
    }
    out->timer_ms = millis_until(expires, jiffies);
}

/* As tcp_get_info_chrono_stats() in net/ipv4/tcp.c has it. */
static inline void limits_of(struct shawk_sock *out, const struct tcp_sock *tp, u32 now32) {
    u64 times[3];
    u32 type = BPF_CORE_READ_BITFIELD(tp, chrono_type);
    u32 running = now32 - tp->chrono_start;
    times[0] = tp->chrono_stat[0];
    times[1] = tp->chrono_stat[1];
    times[2] = tp->chrono_stat[2];
    if (type == 1) {
        times[0] += running;
    } else if (type == 2) {
        times[1] += running;
    } else if (type == 3) {
        times[2] += running;
    }
    u64 micros = 1000000 / hz;
    out->rwnd_limited_us = times[1] * micros;
    out->sndbuf_limited_us = times[2] * micros;
    out->busy_us = (times[0] + times[1] + times[2]) * micros;
}

static inline void info_of(struct shawk_sock *out, const struct tcp_sock *tp, u64 jiffies) {
    u32 now32 = (u32)jiffies;
    const struct inet_connection_sock *icsk = &tp->inet_conn;
    const struct sock *sk = &icsk->icsk_inet.sk;
    out->rto_us = (u32)((u64)icsk->icsk_rto * 1000000 / hz);
    out->snd_mss = tp->mss_cache;
    out->rcv_mss = icsk->icsk_ack.rcv_mss;
    out->unacked = tp->packets_out;
    out->lost = tp->lost_out;
    out->retrans_out = tp->retrans_out;
    out->last_data_sent_ms = millis_since(tp->lsndtime, now32);
    out->last_data_recv_ms = millis_since(icsk->icsk_ack.lrcvtime, now32);
    out->last_ack_recv_ms = millis_since(tp->rcv_tstamp, now32);
    out->rtt_us = tp->srtt_us >> 3;
    out->rttvar_us = tp->mdev_us >> 2;
    out->snd_ssthresh = tp->snd_ssthresh;
    out->snd_cwnd = tp->snd_cwnd;
    out->total_retrans = tp->total_retrans;
    out->segs_out = tp->segs_out;
    out->segs_in = tp->segs_in;
    int unsent = (int)(tp->write_seq - tp->snd_nxt);
    out->notsent_bytes = unsent > 0 ? (u32)unsent : 0;
    out->min_rtt_us = tp->rtt_min.s[0].v;
    out->snd_wnd = tp->snd_wnd;
    out->data_segs_out = tp->data_segs_out;
    out->data_segs_in = tp->data_segs_in;
    out->pacing_rate = sk->sk_pacing_rate;
    out->bytes_acked = tp->bytes_acked;
    out->bytes_received = tp->bytes_received;
    u64 rate = tp->rate_delivered;
    u32 interval_us = tp->rate_interval_us;
    if (rate != 0 && interval_us != 0) {
        out->delivery_rate = rate * tp->mss_cache * 1000000 / interval_us;
    }
    out->bytes_sent = tp->bytes_sent;
    out->bytes_retrans = tp->bytes_retrans;
    out->app_limited = BPF_CORE_READ_BITFIELD(tp, rate_app_limited);
    out->ca_state = BPF_CORE_READ_BITFIELD(icsk, icsk_ca_state);
    limits_of(out, tp, now32);
    const struct tcp_congestion_ops *ops = icsk->icsk_ca_ops;
    if (ops) {
        bpf_core_read(out->cong, sizeof(out->cong), &ops->name);
        out->present |= SHAWK_HAS_CONG;
    }
    out->present |= SHAWK_HAS_INFO | SHAWK_HAS_PACING | SHAWK_HAS_BYTES | SHAWK_HAS_SEGS | SHAWK_HAS_MIN_RTT |
                    SHAWK_HAS_DELIVERY | SHAWK_HAS_LIMITS | SHAWK_HAS_BYTES_SENT | SHAWK_HAS_SND_WND;
}

static inline void memory_of(struct shawk_sock *out, const struct sock *sk) {
    out->rmem = (u32)sk->sk_backlog.rmem_alloc.counter;
    out->wmem = (u32)sk->sk_wmem_alloc.refs.counter - 1;
    out->fwd_alloc = (u32)sk->sk_forward_alloc;
    out->wmem_queued = (u32)sk->sk_wmem_queued;
    out->optmem = (u32)sk->sk_omem_alloc.counter;
    out->backlog = (u32)sk->sk_backlog.len;
    out->drops = (u32)sk->sk_drops.counter;
    out->rcvbuf = (u32)sk->sk_rcvbuf;
    out->sndbuf = (u32)sk->sk_sndbuf;
    out->present |= SHAWK_HAS_MEMINFO | SHAWK_HAS_DROPS;
}

static __noinline int queues_of(struct shawk_sock *out, struct sock *sk, u64 jiffies) {
    if (sk->sk_protocol == IPPROTO_UDP) {
        out->rqueue = (u32)sk->sk_backlog.rmem_alloc.counter;
        out->wqueue = (u32)sk->sk_wmem_alloc.refs.counter - 1;
        out->present |= SHAWK_HAS_QUEUES;
        return 0;
    }
    if (out->state == TCP_LISTEN) {
        out->rqueue = sk->sk_ack_backlog;
        out->wqueue = sk->sk_max_ack_backlog;
        out->present |= SHAWK_HAS_QUEUES;
    }
    if (sk->sk_protocol != IPPROTO_TCP) {
        return 0;
    }
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (!tp) {
        return 0;
    }
    if (out->state != TCP_LISTEN) {
        int unread = (int)(tp->rcv_nxt - tp->copied_seq);
        out->rqueue = unread > 0 ? (u32)unread : 0;
        out->wqueue = tp->write_seq - tp->snd_una;
        out->present |= SHAWK_HAS_QUEUES;
        timer_of(out, sk, &tp->inet_conn, jiffies);
    }
    info_of(out, tp, jiffies);
    return 0;
}

static inline void identity_of(struct shawk_sock *out, struct sock *sk, const struct file *file,
                               const struct account *a) {
    const struct sock_common *common = &sk->__sk_common;
    out->present = SHAWK_HAS_COOKIE | SHAWK_HAS_INODE | SHAWK_HAS_MARK;
    out->cookie = a ? a->cookie : bpf_get_socket_cookie(sk);
    out->netns = netns_of(sk);
    addresses_of(sk, out->laddr, out->raddr);
    out->inode = file ? (u32)file->f_inode->i_ino : 0;
    out->uid = sk->sk_uid.val;
    out->ifindex = (u32)common->skc_bound_dev_if;
    out->mark = sk->sk_mark;
    out->lport = common->skc_num;
    out->rport = bpf_ntohs(common->skc_dport);
    out->family = (u8)common->skc_family;
    out->protocol = sk->sk_protocol == IPPROTO_UDP ? IPPROTO_UDP : IPPROTO_TCP;
    out->state = common->skc_state;
    if (common->skc_family == AF_INET6) {
        out->v6only = BPF_CORE_READ_BITFIELD(common, skc_ipv6only);
        out->present |= SHAWK_HAS_V6ONLY;
    }
}

/* What the account says. The socket may have been looked at a moment earlier: what is open is not half open any more. */
static inline void life_of(struct living_socket *out, const struct account *a, u8 life) {
    struct shawk_sock *s = &out->sock;
    if (life != LIFE_OPEN && life != LIFE_ATTEMPT) {
        return;
    }
    s->present |= SHAWK_HAS_LIFE;
    s->direction = a->direction;
    s->proof = a->proof;
    s->ordinal = a->ordinal;
    out->owner = a->owner;
    if (life == LIFE_OPEN) {
        if (s->state == TCP_SYN_SENT || s->state == TCP_SYN_RECV) {
            s->state = TCP_ESTABLISHED;
        }
        s->opened_ns = a->opened_ns;
        s->connect_us = a->connect_us;
        s->fresh = a->opened_ns != 0 && !last_shown(a)->any;
    }
}

/* Payload as the reader will make it out of the record: the socket has gone on since. */
static inline void payload_of(const struct shawk_sock *s, struct totals *t) {
    u64 acked = s->bytes_acked - (s->state == TCP_FIN_WAIT2);
    u64 sent = s->bytes_sent - s->bytes_retrans;
    if (s->unacked == 0 && acked - sent <= 1) {
        t->tx_bytes = sent;
    } else {
        t->tx_bytes = s->direction == SHAWK_DIRECTION_IN ? acked : acked > 0 ? acked - 1 : 0;
    }
    u64 fin = s->state == TCP_CLOSE_WAIT || s->state == TCP_LAST_ACK || s->state == TCP_CLOSING;
    t->rx_bytes = s->bytes_received > fin ? s->bytes_received - fin : 0;
}

/* From now on what was written counts as shown. */
static __noinline int mark_shown(struct account *a, struct sock *sk, u8 life) {
    a->pass = pass;
    u32 zero = 0;
    const struct living_socket *written = bpf_map_lookup_elem(&scratch, &zero);
    if (life != LIFE_OPEN || !written) {
        return 0;
    }
    struct totals t;
    if (sk->sk_protocol == IPPROTO_TCP && written->sock.direction != SHAWK_DIRECTION_UNKNOWN) {
        payload_of(&written->sock, &t);
    } else {
        totals_of(sk, sk->__sk_common.skc_state, &t);
    }
    note_shown(a, t.tx_bytes, t.rx_bytes);
    return 0;
}

/* Whether nothing has happened with an established connection since the last pass: no segment, no byte written or read,
 * and no timer of its own runs. What its owner may have set meanwhile (congestion control, mark, sizes of buffers) comes
 * with the pass in 32 that writes it all the same. It is what most connections of a host do most of the time, and costs a
 * third. */
static inline int is_same_as_before(struct account *a, struct sock *sk) {
    if (sk->__sk_common.skc_state != TCP_ESTABLISHED || sk->sk_protocol != IPPROTO_TCP) {
        return 0;
    }
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (!tp) {
        return 0;
    }
    u64 segments = (u64)tp->segs_out << 32 | tp->segs_in;
    u64 bytes = (u64)tp->write_seq << 32 | tp->copied_seq;
    int same = segments == a->segments && bytes == a->bytes && !a->dirty && !whole && a->pass + 1 == pass &&
               tp->inet_conn.icsk_pending == 0 && ((a->cookie + pass) & 31) != 0;
    a->segments = segments;
    a->bytes = bytes;
    return same;
}

static inline long write_reference(struct seq_file *seq, u32 kind, u64 id) {
    struct living_reference out = {.head = {.kind = kind, .size = sizeof(out)}, .id = id};
    return bpf_seq_write(seq, &out, sizeof(out));
}

static __noinline long write_socket(struct seq_file *seq, struct sock *sk, struct file *file, struct account *a,
                                    u8 life) {
    u32 zero = 0;
    struct living_socket *out = bpf_map_lookup_elem(&scratch, &zero);
    if (!out) {
        return -1;
    }
    __builtin_memset(out, 0, sizeof(*out));
    out->head.kind = LIVING_SOCKET;
    out->head.size = sizeof(*out);
    identity_of(&out->sock, sk, file, a);
    if (sk->sk_protocol != IPPROTO_MPTCP) {
        memory_of(&out->sock, sk);
    } else {
        out->sock.mptcp = SHAWK_MPTCP_SOCKET;
    }
    queues_of(&out->sock, sk, bpf_jiffies64());
    if (a) {
        life_of(out, a, life);
    }
    return bpf_seq_write(seq, out, sizeof(*out));
}

/* The account of a connection or a listener, opened where it is older than the programs. A listener is owned by the
 * last process of the list that holds it, most often the youngest. */
static __noinline struct account *account_of(struct sock *sk, struct task_struct *task) {
    struct account *a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    u8 state = sk->__sk_common.skc_state;
    if (!a && tracing && (is_open(state) || state == TCP_LISTEN)) {
        a = open_account(sk);
        if (a && state == TCP_LISTEN) {
            a->life = LIFE_LISTENS;
        } else if (a) {
            adopt(a, sk);
        }
    }
    if (a && a->life == LIFE_LISTENS && state == TCP_LISTEN) {
        key_of(task, &a->owner);
    }
    return a;
}

/* One call a descriptor (5.8; sockets of files 5.11). Threads that share their descriptors come once; a leader that has
 * gone does not hide them. */
SEC("iter/task_file")
int list_sockets(struct bpf_iter__task_file *ctx) {
    struct seq_file *seq = ctx->meta->seq;
    struct task_struct *task = ctx->task;
    struct file *file = ctx->file;
    if (!task || !file) {
        return 0;
    }
    struct socket *socket = bpf_sock_from_file(file);
    if (!socket) {
        return 0;
    }
    struct sock *sk = socket->sk;
    if (!sk) {
        return 0;
    }
    u16 family = sk->__sk_common.skc_family;
    u16 protocol = sk->sk_protocol;
    int unix = family == AF_UNIX && want_unix;
    int inet = (family == AF_INET || family == AF_INET6) &&
               ((protocol == IPPROTO_TCP && want_tcp) || (protocol == IPPROTO_UDP && want_udp) ||
                (protocol == IPPROTO_MPTCP && want_mptcp));
    if ((!inet && !unix) || (only_netns != 0 && netns_of(sk) != only_netns)) {
        return 0;
    }
    if (last_tgid != (u32)task->tgid) {
        struct living_process out = {.head = {.kind = LIVING_PROCESS, .size = sizeof(out)}};
        note_of(task, &out.note);
        bpf_seq_write(seq, &out, sizeof(out));
    }
    struct account *a = inet && protocol != IPPROTO_UDP ? account_of(sk, task) : 0;
    u8 life = a ? *(const volatile u8 *)&a->life : LIFE_NONE;
    long error;
    if (unix) {
        error = write_reference(seq, LIVING_UNIX, file->f_inode->i_ino);
    } else if (a && a->pass == pass) {
        error = write_reference(seq, LIVING_AGAIN, a->cookie);
    } else if (a && is_same_as_before(a, sk)) {
        error = write_reference(seq, LIVING_SAME, a->cookie);
        if (error == 0) {
            const struct mark *shown = last_shown(a);
            a->pass = pass;
            note_shown(a, shown->tx_bytes, shown->rx_bytes);
        }
    } else {
        /* Before it is read, so that a change meanwhile is written the next time. */
        if (a) {
            a->dirty = 0;
        }
        error = write_socket(seq, sk, file, a, life);
        if (a && error) {
            a->dirty = 1;
        }
    }
    /* Where the reader's buffer was full the kernel takes back all of this call, and makes it again. */
    if (error == 0) {
        last_tgid = (u32)task->tgid;
        if (a && a->pass != pass) {
            mark_shown(a, sk, life);
        }
    }
    return 0;
}

/* Connections that no process holds (5.9): closed here and not yet there, not accepted yet, or under way between
 * processes. Comes after the descriptors, whose connections it leaves out. */
SEC("iter/bpf_sk_storage_map")
int list_accounts(struct bpf_iter__bpf_sk_storage_map *ctx) {
    struct sock *sk = ctx->sk;
    struct account *a = ctx->value;
    if (!sk || !a || a->pass == pass) {
        return 0;
    }
    u8 life = *(const volatile u8 *)&a->life;
    if (life != LIFE_OPEN && life != LIFE_ATTEMPT) {
        return 0;
    }
    u8 state = sk->__sk_common.skc_state;
    if (state == TCP_CLOSE || state == TCP_LISTEN) {
        return 0;
    }
    a->dirty = 0;
    if (write_socket(ctx->meta->seq, sk, 0, a, life) == 0) {
        mark_shown(a, sk, life);
    } else {
        a->dirty = 1;
    }
    return 0;
}

#endif
