/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What the programs remember. Counts of an interval stand in one of two slots: the reader turns `slot`, waits until no
 * program runs that began before, and empties the other one at leisure, so that nothing is added to what it is reading.
 */
#ifndef MAPS_H
#define MAPS_H

#include "kernel.h"

#include "events.h"

#include <bpf/bpf_helpers.h>

#define LIFE_NONE 0
#define LIFE_ATTEMPT 1
#define LIFE_OPEN 2
#define LIFE_ENDED 3
#define LIFE_GONE 4    /* the socket is about to be freed, and the account with it */
#define LIFE_LISTENS 5 /* no connection: a listener, or a child of one before it is established */

#define LIFE_ENDING 6  /* it has ended, and who used it is about to be known */

/* What a connection amounts to at its end. */
struct totals {
    u64 tx_bytes;
    u64 rx_bytes;
    u32 rtt_us;
    u32 min_rtt_us;
    u32 retrans;
    u32 segs_out;
    u32 has_sent; /* 1: payload, acknowledged or not */
    u32 pad;
};

/* What samples have shown of a connection. */
struct mark {
    u64 tx_bytes; /* payload */
    u64 rx_bytes;
    u64 any; /* 0: none has shown it yet */
};

/* What is known of a TCP or MPTCP socket's present connection. It goes with the socket. */
struct account {
    struct process_key owner;
    u64 cookie;
    u64 begun_ns;  /* of the attempt */
    u64 opened_ns; /* 0: not seen */
    u64 ended_ns;  /* of LIFE_ENDING, as are its totals */
    struct totals totals;
    struct mark marks[2]; /* as the last sample had it, and as the one before */
    u64 mark;     /* that sample: pass << 2 | slot << 1 | which of the two; written when the other is complete */
    u64 pass;     /* of the iterator, that wrote it last */
    u64 segments; /* as it wrote them then: out, in; */
    u64 bytes;    /* what the process has written and read: a sequence number each */
    u8 laddr[16];
    u8 raddr[16];
    u32 netns;
    u32 ordinal;
    u32 connect_us;
    u16 lport;
    u16 rport;
    u8 family;
    u8 life;
    u8 direction;
    u8 proof;
    u8 reason;
    u8 mptcp; /* SHAWK_MPTCP_* */
    u8 dirty; /* 1: something of this account has changed since */
    u8 state; /* that the last transition led to */
    u8 untold; /* 1: its opening is still to be told */
    u8 ended_slot; /* that its end is counted in */
    u8 pad[5];
    u32 adopted; /* 1: it was older than its account */
    u32 pad2;
};

/* Socket storage is found through the socket itself, is freed with it, and takes memory only for sockets that are. A
 * child of a listener gets a copy of its listener's, and with it an owner from the start. */
struct {
    __uint(type, BPF_MAP_TYPE_SK_STORAGE);
    __uint(map_flags, BPF_F_NO_PREALLOC | BPF_F_CLONE);
    __type(key, int);
    __type(value, struct account);
} accounts SEC(".maps");

struct bundles {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __uint(max_entries, 65536);
    __type(key, struct bundle_key);
    __type(value, struct bundle_counts);
} bundles_0 SEC(".maps"), bundles_1 SEC(".maps");

struct flows {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __uint(max_entries, 65536);
    __type(key, struct flow_key);
    __type(value, struct flow_counts);
} flows_0 SEC(".maps"), flows_1 SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 2);
    __type(key, u32);
    __type(value, struct interval_counts);
} intervals SEC(".maps");

/* Processes that came to own something since the reader looked last. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __uint(max_entries, 65536);
    __type(key, struct process_key);
    __type(value, struct process_note);
} processes SEC(".maps");

/* When a process forked last: whoever has not, since a connection was there, holds it alone. */
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, u32);
    __type(value, u64);
} forks SEC(".maps");

/* Owners of MPTCP sockets by cookie, for the TCP connections that they are made of. */
struct mptcp_owner {
    struct process_key owner;
    u32 direction;
    u32 proof;
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, u64);
    __type(value, struct mptcp_owner);
} mptcp_owners SEC(".maps");

/* The other end of the datagram that a thread is about to send, or has received. */
struct peer {
    u64 cookie;
    u8 addr[16];
    u16 port;
    u8 sent; /* 1: is about to be sent */
    u8 v4;   /* 1: addr holds an IPv4 address */
    u32 pad;
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, u64);
    __type(value, struct peer);
} peers SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 16 * 1024 * 1024);
} ring SEC(".maps");

/* A record under way; too large for the stack beside all else. */
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct living_socket);
} scratch SEC(".maps");

/* Nobody looks anything up here: replacing an inner map makes the kernel wait until no program runs that began before
 * (maybe_wait_bpf_programs() in kernel/bpf/syscall.c), which is what the reader does it for. */
struct inner {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, u32);
} barrier_inner SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, 1);
    __type(key, u32);
    __array(values, struct inner);
} barrier SEC(".maps") = {.values = {&barrier_inner}};

/* The transition without an account that the first of two programs has counted last on this processor. */
struct turned {
    u64 sk;
    u32 before;
    u32 after;
};

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct turned);
} turned SEC(".maps");

/* Set before loading. */
const volatile uint32_t only_netns = 0;   /* 0: all */
const volatile uint32_t want_openings = 0;
const volatile uint32_t want_unix = 0;
const volatile uint32_t want_tcp = 1;
const volatile uint32_t want_udp = 1;
const volatile uint32_t want_mptcp = 1;
const volatile uint32_t sees_forks = 0; /* 1: there is a program for forks */
const volatile uint32_t sees_use = 0; /* 1: there are programs for sending and receiving */
const volatile uint64_t tracked_max = 262144;
const volatile uint32_t hz = 250;         /* of the kernel's clock tick */

/* Turned by the reader. */
volatile uint32_t slot = 0;
volatile uint64_t pass = 0;
volatile uint32_t last_tgid = 0; /* of the process that the iterator wrote last; 0 before each pass */
volatile uint32_t whole = 0;   /* 1: the reader remembers nothing: each socket is written in full */
volatile uint32_t tracing = 0;     /* 1: connections are watched, so that the iterator opens accounts for older ones */

/* Accounts of TCP sockets that there are. */
uint64_t tracked_now = 0;
/* Connections that live, are counted, and have no account. */
uint64_t untracked_now = 0;

static inline struct interval_counts *interval_of(u32 key) {
    return bpf_map_lookup_elem(&intervals, &key);
}

static inline struct interval_counts *interval(void) {
    return interval_of(slot & 1);
}

static inline void count_in(u32 key, enum counter counter, u64 by) {
    struct interval_counts *counts = interval_of(key);
    if (counts) {
        __sync_fetch_and_add(&counts->counters[counter], by);
    }
}

static inline void count(enum counter counter, u64 by) {
    count_in(slot & 1, counter, by);
}

#endif
