/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* How TCP and MPTCP connections begin and end, and whose they are. */
#ifndef CONNECTIONS_H
#define CONNECTIONS_H

#include "account.h"

#include <bpf/bpf_tracing.h>

/* Whoever runs owns the connection from now on. */
static inline void own(struct account *a, struct task_struct *task, u8 proof) {
    /* Two processes may do so at once: whoever reads in between finds nobody, not a mixture. */
    struct process_key key;
    key_of(task, &key);
    *(volatile u32 *)&a->owner.tgid = 0;
    *(volatile u64 *)&a->owner.start_ns = key.start_ns;
    *(volatile u32 *)&a->owner.tgid = key.tgid;
    a->proof = proof;
    a->dirty = 1;
    announce(task);
    if (a->mptcp == SHAWK_MPTCP_SOCKET) {
        struct mptcp_owner owner = {.owner = a->owner, .direction = a->direction, .proof = a->proof};
        u64 cookie = a->cookie;
        bpf_map_update_elem(&mptcp_owners, &cookie, &owner, BPF_ANY);
    }
}

/* A TCP connection of an MPTCP socket belongs to whom that one belongs to. Kernel threads open and close most. */
static __noinline int inherit(struct account *a, struct tcp_sock *tp) {
    struct mptcp_subflow_context *context = tp->inet_conn.icsk_ulp_data;
    u64 cookie = (u64)BPF_CORE_READ(context, conn, __sk_common.skc_cookie.counter);
    struct mptcp_owner *known = bpf_map_lookup_elem(&mptcp_owners, &cookie);
    if (known) {
        a->owner = known->owner;
        a->direction = (u8)known->direction;
        a->proof = (u8)known->proof;
    }
    return 0;
}

/* Counts and tells an end. */
static __noinline int finish(struct account *a, struct sock *sk, const struct totals *t, u64 ended_ns) {
    int attempt = a->life == LIFE_ATTEMPT;
    /* The reader may turn the slot meanwhile: all that is counted of an end, and its event, are of the same. */
    a->ended_slot = slot & 1;
    if (a->mptcp != SHAWK_MPTCP_SUBFLOW) {
        count_in(a->ended_slot, attempt ? COUNT_FAILED : COUNT_ENDED, 1);
        if (!attempt) {
            count_in(a->ended_slot, COUNT_LIVE, (u64)-1);
        }
        count_end(a, t, ended_ns);
        tell(a, t, sk, ended_ns, attempt ? SHAWK_EVENT_FAILED : SHAWK_EVENT_CLOSED);
    } else if (!attempt) {
        count_end(a, t, ended_ns);
    }
    a->life = LIFE_ENDED;
    return 0;
}

static inline void finish_ending(struct account *a, struct sock *sk) {
    if (a->life == LIFE_ENDING) {
        struct totals t = a->totals;
        finish(a, sk, &t, a->ended_ns);
    }
}

/* connect(), or a send with Fast Open: the caller opens it. */
static inline void begin_attempt(struct sock *sk, u64 now) {
    struct task_struct *task = bpf_get_current_task_btf();
    struct account *a = open_account(sk);
    if (a) {
        finish_ending(a, sk);
        a->ordinal++;
        a->direction = SHAWK_DIRECTION_OUT;
        a->begun_ns = now;
        a->opened_ns = 0;
        a->connect_us = 0;
        forget_shown(a);
        a->reason = SHAWK_REASON_UNKNOWN;
        a->lport = 0;
        a->rport = 0;
        __builtin_memset(&a->owner, 0, sizeof(a->owner));
        a->proof = SHAWK_PROOF_UNKNOWN;
        mark_subflow(a, sk);
        take_ends(a, sk);
        set_life(a, LIFE_ATTEMPT);
        if (!is_kernel_thread(task)) {
            own(a, task, SHAWK_PROOF_PROVEN);
        }
    }
    if (!a || a->mptcp != SHAWK_MPTCP_SUBFLOW) {
        count(COUNT_ATTEMPTS, 1);
    }
}

/* An MPTCP socket that was opened from the other end has no addresses yet when it is established: it is told with what
 * comes next. */
static inline void tell_opening(struct account *a, struct sock *sk) {
    if (!a->untold) {
        return;
    }
    take_ends(a, sk);
    if (a->rport != 0) {
        struct totals none = {.min_rtt_us = ~0U};
        tell(a, &none, sk, a->opened_ns, SHAWK_EVENT_OPENED);
        a->untold = 0;
    }
}

/* A reply to our SYN, or the last step of an opening from there: the latter runs in whatever process it interrupts. */
static inline void establish(struct sock *sk, int before, u64 now) {
    struct account *a = open_account(sk);
    if (!a) {
        count(COUNT_ESTABLISHED, 1);
        count(COUNT_LIVE, 1);
        count(COUNT_UNTRACKED, 1);
        __sync_fetch_and_add(&untracked_now, 1);
        return;
    }
    if (a->life == LIFE_ATTEMPT) {
        a->connect_us = (u32)((now - a->begun_ns) / 1000);
    } else if (a->life == LIFE_LISTENS) {
        inherit_listener(a, sk);
        a->ordinal = 1;
        a->direction = SHAWK_DIRECTION_IN;
        mark_subflow(a, sk);
    } else {
        a->ordinal++;
        /* Of an attempt that there was no room for this is all that is left. */
        a->direction = before == TCP_SYN_SENT ? SHAWK_DIRECTION_OUT : SHAWK_DIRECTION_IN;
        a->proof = SHAWK_PROOF_UNKNOWN;
        __builtin_memset(&a->owner, 0, sizeof(a->owner));
        forget_shown(a);
        a->reason = SHAWK_REASON_UNKNOWN;
        a->connect_us = 0;
        mark_subflow(a, sk);
    }
    a->opened_ns = now;
    take_ends(a, sk);
    set_life(a, LIFE_OPEN);
    a->dirty = 1;
    if (a->mptcp == SHAWK_MPTCP_SUBFLOW) {
        return;
    }
    count(COUNT_ESTABLISHED, 1);
    count(COUNT_LIVE, 1);
    a->untold = want_openings;
    tell_opening(a, sk);
}

/* Why an attempt came to nothing. The kernel says it in sk_err before the transition; a close() before there was an
 * answer leaves none, and neither does a connect() that found no free port, which sends nothing. */
static inline u8 why_failed(struct sock *sk) {
    int error = sk->sk_err;
    if (error == 0) {
        error = sk->sk_err_soft; /* connect() has taken the other one already */
    }
    if (error == E_CONNREFUSED) {
        return SHAWK_REASON_REFUSED;
    }
    if (error == E_TIMEDOUT) {
        return SHAWK_REASON_TIMEOUT;
    }
    if (error == E_HOSTUNREACH || error == E_NETUNREACH || error == E_HOSTDOWN) {
        return SHAWK_REASON_UNREACHABLE;
    }
    if (error != 0) {
        return error == E_CONNABORTED ? SHAWK_REASON_DESTROYED : SHAWK_REASON_UNKNOWN;
    }
    struct tcp_sock *tp = sk->sk_protocol == IPPROTO_TCP ? bpf_skc_to_tcp_sock(sk) : 0;
    return tp && tp->segs_out == 0 ? SHAWK_REASON_NO_PORT : SHAWK_REASON_CANCELLED;
}

/* Why an established connection went straight to CLOSE, unless a reset that came in has been noted already. */
static inline u8 why_cut(const struct account *a, struct sock *sk) {
    int error = sk->sk_err;
    if (error == E_CONNABORTED) {
        return SHAWK_REASON_DESTROYED;
    }
    if (error == E_TIMEDOUT || error == E_HOSTUNREACH || error == E_NETUNREACH) {
        return SHAWK_REASON_TIMEOUT;
    }
    if (sk->sk_lock.owned && error == 0) {
        /* A time-out that finds the lock taken is dealt with by who has it, and the error may be taken by then. */
        struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
        return tp && tp->inet_conn.icsk_retransmits > 1 ? SHAWK_REASON_TIMEOUT : SHAWK_REASON_ABORTED;
    }
    return SHAWK_REASON_RST_OUT;
}

/* listen(): until the next sample knows better its caller holds the listener. */
static inline void note_listener(struct sock *sk) {
    struct account *a = open_account(sk);
    struct task_struct *task = bpf_get_current_task_btf();
    if (a && !is_kernel_thread(task)) {
        a->life = LIFE_LISTENS;
        key_of(task, &a->owner);
        announce(task);
    }
}

/* Who closes holds the connection. Where others may have held it too the last to close need not be who it served: a
 * server that forks per connection sometimes closes after its child. Only where nobody was seen to send or receive is
 * it asked. */
static inline void close_by_current(struct account *a, struct sock *sk) {
    struct task_struct *task = bpf_get_current_task_btf();
    if (!sk->sk_lock.owned || is_kernel_thread(task) || a->proof == SHAWK_PROOF_PROVEN) {
        return;
    }
    u32 tgid = (u32)task->tgid;
    u64 *forked = bpf_map_lookup_elem(&forks, &tgid);
    int alone = sees_forks && a->opened_ns != 0 && !(forked && *forked >= a->opened_ns);
    own(a, task, alone ? SHAWK_PROOF_PROVEN : SHAWK_PROOF_INFERRED);
}

/* A listener that is closed takes along what waits to be accepted: nothing else goes to CLOSE without an error, a reset
 * or the socket's lock. Who closes it is its last holder. */
static inline void close_with_listener(struct account *a, struct sock *sk, int before) {
    struct task_struct *task = bpf_get_current_task_btf();
    if ((before == TCP_ESTABLISHED || before == TCP_CLOSE_WAIT) && !sk->sk_lock.owned && sk->sk_err == 0 &&
        a->proof != SHAWK_PROOF_PROVEN && !is_kernel_thread(task)) {
        own(a, task, SHAWK_PROOF_INFERRED);
    }
}

static inline void note_first_end(struct account *a, struct sock *sk, int state) {
    if (a->reason != SHAWK_REASON_UNKNOWN) {
        return;
    }
    if (state == TCP_FIN_WAIT1) {
        a->reason = SHAWK_REASON_FIN_LOCAL;
    } else if (state == TCP_CLOSE_WAIT) {
        a->reason = SHAWK_REASON_FIN_REMOTE;
    } else if (state == TCP_CLOSE) {
        a->reason = why_cut(a, sk);
    }
}

/* Programs for sending and receiving run once that is done: the answer to what was sent may be a reset, and have ended
 * the connection by then. Where something was sent, and by nobody as yet, its end waits for him; no longer than the
 * socket is there. */
static inline int waits_for_user(const struct account *a, const struct totals *t) {
    return sees_use && a->life == LIFE_OPEN && a->mptcp == SHAWK_MPTCP_NONE && a->proof != SHAWK_PROOF_PROVEN &&
           t->has_sent;
}

static __noinline int end(struct account *a, struct sock *sk, int before, u64 now) {
    struct totals t;
    totals_of(sk, before, &t);
    if (a->mptcp == SHAWK_MPTCP_SUBFLOW) {
        struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
        if (tp) {
            inherit(a, tp);
        }
    } else if (a->life == LIFE_ATTEMPT) {
        a->reason = why_failed(sk);
    } else {
        note_first_end(a, sk, TCP_CLOSE);
    }
    if (a->opened_ns != 0 && waits_for_user(a, &t)) {
        a->totals = t;
        a->ended_ns = now;
        a->life = LIFE_ENDING;
        return 0;
    }
    return finish(a, sk, &t, now);
}

/* A transition of a connection that has an account. */
static __noinline int go_on(struct account *a, struct sock *sk, int before, int after, u64 now) {
    take_ends(a, sk);
    tell_opening(a, sk);
    if (a->life == LIFE_OPEN) {
        note_first_end(a, sk, after);
        if (after != TCP_CLOSE_WAIT && (after != TCP_CLOSE || a->reason == SHAWK_REASON_ABORTED)) {
            close_by_current(a, sk);
        }
    }
    if (after == TCP_CLOSE) {
        if (a->life == LIFE_OPEN) {
            close_with_listener(a, sk, before);
        }
        end(a, sk, before, now);
    }
    return 0;
}

/* A connection without an account ends: older than the programs, or there was no room. */
static __noinline int end_unknown(struct sock *sk, int before, u64 now) {
    struct interval_counts *counts = interval();
    struct account *a = open_account(sk);
    if (a && before == TCP_SYN_SENT && a->life == LIFE_NONE) {
        mark_subflow(a, sk);
        a->ordinal++;
        a->life = LIFE_ATTEMPT;
        a->direction = SHAWK_DIRECTION_OUT;
        take_ends(a, sk);
        return end(a, sk, before, now);
    }
    if (counts && before == TCP_SYN_SENT) {
        __sync_fetch_and_add(&counts->counters[COUNT_FAILED], 1);
        __sync_fetch_and_add(&counts->counters[COUNT_OVERFLOWED], 1);
        __sync_fetch_and_add(&counts->overflow[SHAWK_DIRECTION_OUT].failed, 1);
        return 0;
    }
    if (a) {
        adopt(a, sk);
        return end(a, sk, before, now);
    }
    if (counts) {
        __sync_fetch_and_add(&counts->counters[COUNT_ENDED], 1);
        if (take_untracked()) {
            __sync_fetch_and_add(&counts->counters[COUNT_LIVE], (u64)-1);
        } else {
            __sync_fetch_and_add(&counts->counters[COUNT_OLDER], 1);
        }
        __sync_fetch_and_add(&counts->counters[COUNT_OVERFLOWED], 1);
        __sync_fetch_and_add(&counts->overflow[0].closed, 1);
    }
    return 0;
}

/*
 * One transition. The kernel leaves out a program that it would have to run inside itself: in a softirq that interrupts
 * the very same program, which at 20,000 connections a second happens some hundred times. So each of these programs is
 * there twice. Whatever interrupts the first runs the second, and the other way round; softirqs do not nest. The account
 * tells the second that the first has been at work: its state is then where the transition leads to.
 */
static inline int on_transition(struct sock *sk, int before, int after, int second) {
    if (!is_watched(sk) || after == TCP_SYN_RECV || after == before) {
        return 0;
    }
    if (after == TCP_LISTEN) {
        note_listener(sk);
        return 0;
    }
    /* An MPTCP socket is established as a copy of its listener. */
    if (before == TCP_LISTEN && after != TCP_ESTABLISHED) {
        return 0;
    }
    u32 zero = 0;
    struct account *a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    if (a && a->state == (u8)after) {
        return 0;
    }
    struct turned *last = a ? 0 : bpf_map_lookup_elem(&turned, &zero);
    if (last && second && last->sk == (u64)sk && last->before == (u32)before && last->after == (u32)after) {
        last->sk = 0;
        return 0; /* counted by the first, which found no room for an account */
    }
    u64 now = bpf_ktime_get_ns();
    if (after == TCP_SYN_SENT) {
        begin_attempt(sk, now);
    } else if (after == TCP_ESTABLISHED) {
        establish(sk, before, now);
    } else if (!a) {
        if (after == TCP_CLOSE && (is_open(before) || before == TCP_SYN_SENT)) {
            end_unknown(sk, before, now);
        }
    } else if (a->life == LIFE_OPEN || a->life == LIFE_ATTEMPT) {
        go_on(a, sk, before, after, now);
    }
    a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    if (a) {
        a->state = (u8)after;
    } else if (!second && (last = bpf_map_lookup_elem(&turned, &zero))) {
        last->sk = (u64)sk;
        last->before = (u32)before;
        last->after = (u32)after;
    }
    return 0;
}

/* Each transition of a TCP socket's state (4.16). Runs where the transition is made: in the process that connects or
 * closes, in a softirq for what the network brings, in a kernel thread for MPTCP. */
SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_state, struct sock *sk, int before, int after) {
    return on_transition(sk, before, after, 0);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_state_again, struct sock *sk, int before, int after) {
    return on_transition(sk, before, after, 1);
}

static inline int note_reset(struct sock *sk) {
    if (!sk || !is_watched(sk)) {
        return 0;
    }
    struct account *a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    if (a && a->life == LIFE_OPEN && a->reason == SHAWK_REASON_UNKNOWN) {
        a->reason = SHAWK_REASON_RST_IN;
    }
    return 0;
}

/* A reset has come in: runs just before the transition that it leads to. */
SEC("tp_btf/tcp_receive_reset")
int BPF_PROG(on_reset_received, struct sock *sk) {
    return note_reset(sk);
}

SEC("tp_btf/tcp_receive_reset")
int BPF_PROG(on_reset_received_again, struct sock *sk) {
    return note_reset(sk);
}

static inline int close_account(struct sock *sk) {
    if (!is_watched(sk)) {
        return 0;
    }
    struct account *a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    if (!a || a->life == LIFE_GONE || (a->life == LIFE_LISTENS && a->cookie != bpf_get_socket_cookie(sk))) {
        return 0; /* the last: a copy that was never claimed */
    }
    if (a->life == LIFE_OPEN || a->life == LIFE_ATTEMPT) {
        end(a, sk, TCP_CLOSE, bpf_ktime_get_ns());
    }
    finish_ending(a, sk);
    a->life = LIFE_GONE;
    __sync_fetch_and_add(&tracked_now, (u64)-1);
    return 0;
}

/* The socket goes. Its connection has ended by then. */
SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(on_destroy, struct sock *sk) {
    return close_account(sk);
}

SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(on_destroy_again, struct sock *sk) {
    return close_account(sk);
}

/* A process that has a child may share its sockets with it. Not of threads, which share all. */
SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child) {
    if (child->tgid != parent->tgid) {
        u32 tgid = (u32)parent->tgid;
        u64 now = bpf_ktime_get_ns();
        bpf_map_update_elem(&forks, &tgid, &now, BPF_ANY);
        tgid = (u32)child->tgid; /* what it has inherited others hold too */
        bpf_map_update_elem(&forks, &tgid, &now, BPF_ANY);
    }
    return 0;
}

/* Whoever sends or receives owns it, and who did so last is shown. That holds where a process has forked, has passed
 * the descriptor on, or shares it. */
static inline void use(struct sock *sk) {
    struct account *a = bpf_sk_storage_get(&accounts, sk, 0, 0);
    if (!a) {
        if (!is_open(sk->__sk_common.skc_state)) {
            return;
        }
        a = open_account(sk);
        if (!a) {
            return;
        }
        adopt(a, sk);
    }
    if (a->life == LIFE_LISTENS) {
        return;
    }
    if (a->untold) {
        tell_opening(a, sk);
    }
    struct task_struct *task = bpf_get_current_task_btf();
    struct process_key now;
    key_of(task, &now);
    if (a->proof == SHAWK_PROOF_PROVEN && is_same(&a->owner, &now)) {
        return;
    }
    if (!is_kernel_thread(task)) {
        own(a, task, SHAWK_PROOF_PROVEN);
    }
    finish_ending(a, sk);
}

#endif
