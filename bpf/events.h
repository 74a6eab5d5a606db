/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What the programs in the kernel and their loader share. Records have explicit padding and asserted sizes; those that
 * reach Java are in native/include/shawk.h. */
#ifndef EVENTS_H
#define EVENTS_H

#include "shawk.h"

/* A process: start in nanoseconds after boot. */
struct process_key {
    uint64_t start_ns;
    uint32_t tgid;
    uint32_t pad;
};

/* What is written down of a process when it is first seen to own something, since it may be gone by the next sample. */
struct process_note {
    struct process_key key;
    uint64_t netns;
    uint32_t ppid;
    uint32_t pgid;
    uint32_t uid;
    uint32_t pad;
    uint8_t comm[16];
};
_Static_assert(sizeof(struct process_note) == 56, "process_note is shared with the programs");

/* What ended connections have in common. */
struct bundle_key {
    struct process_key owner; /* tgid 0: nobody is known */
    uint8_t laddr[16];
    uint8_t raddr[16];
    uint32_t netns;
    uint16_t port;
    uint8_t direction;
    uint8_t family;
    uint8_t mptcp;
    uint8_t pad[7];
};
_Static_assert(sizeof(struct bundle_key) == 64, "bundle_key is shared with the programs");

struct bundle_counts {
    uint64_t opened;
    uint64_t opened_now;
    uint64_t closed;
    uint64_t failed;
    uint64_t tx_bytes;
    uint64_t rx_bytes;
    uint64_t tx_now;
    uint64_t rx_now;
    uint64_t retrans;
    uint64_t segs_out;
    uint64_t rtt_sum_us;
    uint64_t duration_sum_us;
    uint32_t rtt_count;
    uint32_t doubts; /* how often the owner was not proven */
};
_Static_assert(sizeof(struct bundle_counts) == 104, "bundle_counts is shared with the programs");

struct flow_key {
    struct process_key owner;
    uint64_t cookie;
    uint8_t laddr[16];
    uint8_t raddr[16];
    uint32_t netns;
    uint16_t lport;
    uint16_t rport;
    uint32_t uid;
    uint32_t family;
};
_Static_assert(sizeof(struct flow_key) == 72, "flow_key is shared with the programs");

struct flow_counts {
    uint64_t tx_bytes;
    uint64_t rx_bytes;
    uint64_t tx_packets;
    uint64_t rx_packets;
    uint64_t first_ns;
    uint64_t last_ns;
};

/* A shawk_event before its process has a number. */
struct ring_event {
    struct process_key owner;
    struct shawk_event event; /* process: 0 */
    uint32_t slot;            /* of an end: that it was counted in */
    uint32_t pad;
};
_Static_assert(sizeof(struct ring_event) == 152, "ring_event is shared with the programs");

/* What is counted on each processor, in the interval that its slot stands for. */
enum counter {
    COUNT_OLDER,       /* connections found that are older than the programs */
    COUNT_ESTABLISHED,
    COUNT_LIVE,        /* begun or found, less ended: wraps around */
    COUNT_ENDED,
    COUNT_ATTEMPTS,
    COUNT_FAILED,
    COUNT_UNTRACKED,
    COUNT_OVERFLOWED,
    COUNT_EVENTS,
    COUNT_EVENTS_DROPPED,
    COUNT_PROCESSES_DROPPED,
    COUNT_FLOWS_DROPPED,
    COUNTERS,
};

/* Ends that there was no bundle for: by protocol and direction only. */
#define OVERFLOW_BUNDLES 8 /* mptcp << 2 | direction */

struct interval_counts {
    uint64_t counters[COUNTERS];
    struct bundle_counts overflow[OVERFLOW_BUNDLES];
};

/* What the iterator writes: records of these kinds, each behind such a head. */
struct living_head {
    uint32_t kind; /* LIVING_* */
    uint32_t size; /* of head and body */
};

#define LIVING_PROCESS 1 /* process_note: those that follow are held by it */
#define LIVING_SOCKET 2  /* owner, shawk_sock */
#define LIVING_AGAIN 3   /* cookie of a socket that was written in this pass */
#define LIVING_UNIX 4    /* inode */
#define LIVING_SAME 5    /* cookie of a socket with which nothing has happened since the last pass but the time */

struct living_process {
    struct living_head head;
    struct process_note note;
};

struct living_socket {
    struct living_head head;
    struct process_key owner; /* of whom the account says so; tgid 0: nobody */
    struct shawk_sock sock;
};

struct living_reference {
    struct living_head head;
    uint64_t id; /* cookie or inode */
};

#endif
