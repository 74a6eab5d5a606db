/* SPDX-License-Identifier: Apache-2.0 */
/* The handle behind shawk_bpf.h and the steps of one call. */
#ifndef BPF_HANDLE_H
#define BPF_HANDLE_H

#include "events.h"
#include "shawk_bpf.h"
#include "vec.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <time.h>

#define NONE UINT32_MAX

/* The programs, in the order of the table in programs.c. */
enum program {
    PROGRAM_LIST_SOCKETS,
    PROGRAM_LIST_ACCOUNTS,
    PROGRAM_STATE,
    PROGRAM_STATE_AGAIN,
    PROGRAM_DESTROY,
    PROGRAM_DESTROY_AGAIN,
    PROGRAM_RESET_RECEIVED,
    PROGRAM_RESET_RECEIVED_AGAIN,
    PROGRAM_FORK,
    PROGRAM_SEND,
    PROGRAM_RECEIVE,
    PROGRAM_SENDMSG4,
    PROGRAM_SENDMSG6,
    PROGRAM_RECVMSG4,
    PROGRAM_RECVMSG6,
    PROGRAMS,
};

/* A process that owns or holds something. Kept after its end, since what it owned may end later. */
struct process_entry {
    struct process_note note;
    uint64_t used;   /* pass that named it last */
    uint32_t number; /* in that pass */
};

/* Open addressing over entries of a vec, or over numbers: positions, NONE = empty. */
struct table {
    uint32_t *slots;
    size_t mask;
};

/* What an event does not say. */
struct event_origin {
    struct process_key owner;
    uint32_t slot; /* that it was counted in */
    uint32_t pad;
};

struct shawk_bpf {
    struct shawk_bpf_skel *skeleton;
    struct bpf_link *links[PROGRAMS];
    int errors[PROGRAMS]; /* 0, or the positive errno that keeps a program out */
    struct shawk_bpf_options options;
    uint32_t slot;
    uint64_t pass; /* calls so far: processes are numbered anew in each */
    uint32_t ticks;
    int statistics; /* descriptor that keeps the kernel measuring, -1 */
    struct ring_buffer *ring;

    uint8_t *buffer; /* of the iterator */
    struct vec batch_keys;
    struct vec batch_values;
    struct vec per_cpu; /* struct interval_counts of each processor */

    struct vec known; /* struct process_entry */
    struct table known_table;
    /* Living sockets. They stay from pass to pass, since with most of them nothing happens but that time goes on. */
    struct vec socks;     /* struct shawk_sock */
    struct vec owners;    /* struct process_key, of each of socks */
    struct vec listed;    /* uint64_t: the listing that had it last */
    struct table cookies; /* of socks */
    uint64_t listing;     /* passes of the iterator so far */
    uint64_t began_ns;    /* of this pass */
    uint64_t passed_ms;   /* since the one before */
    int has_before;       /* 1: what the last pass listed is whole */

    struct vec pairs;     /* struct shawk_holder, in order of process */
    struct vec holders;   /* struct shawk_holder, in order of socket */
    struct vec held;      /* struct shawk_held */
    struct vec processes; /* struct shawk_process */
    struct vec events;    /* struct shawk_event */
    struct vec bundles;   /* struct shawk_bundle */
    struct vec flows;     /* struct shawk_flow */
    struct vec event_origins; /* struct event_origin, of each of events */
    struct vec bundle_owners; /* struct process_key, of each of bundles, and of flows */
    struct vec flow_owners;
    struct vec meters;    /* struct shawk_meter */
    struct vec programs;  /* struct shawk_program */
    struct shawk_living living;

    uint64_t counters[COUNTERS]; /* since the start */
    uint64_t ended;              /* handed out in bundles */
    uint64_t ring_bytes;
    uint64_t kernel_bytes;
    uint64_t iterate_ns;
    uint64_t switch_ns;
    uint64_t drain_ns;
    uint32_t holder;      /* number of the process whose descriptors the iterator lists */
    int shortage;         /* -ENOMEM met where nothing could be returned */
};

static inline uint64_t nanos_monotonic(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

/* programs.c: which programs there are, loading and attaching them. Returns 0, or -errno with a line in why. */
int programs_load(struct shawk_bpf *bpf, char *why, int capacity);
void programs_unload(struct shawk_bpf *bpf);
int programs_report(struct shawk_bpf *bpf);
int programs_descriptor(const struct shawk_bpf *bpf, enum program program);

/* living.c: what the iterator says. living_take() parses whole records and makes no system call: it returns how many
 * bytes it has used, or -errno. */
int living_begin(struct shawk_bpf *bpf);
long living_take(struct shawk_bpf *bpf, const uint8_t *bytes, size_t length);
int living_finish(struct shawk_bpf *bpf);

/* iterate.c */
int iterate(struct shawk_bpf *bpf);

/* drain.c: turns the slot and empties the one before; then the ring. */
int drain(struct shawk_bpf *bpf);
int drain_ring(struct shawk_bpf *bpf);
int drain_processes(struct shawk_bpf *bpf);
int ring_open(struct shawk_bpf *bpf);
int number_owners(struct shawk_bpf *bpf);

/* processes.c: what is known of processes, and their numbers in this pass. process_number() gives NONE for nobody. */
int process_note(struct shawk_bpf *bpf, const struct process_note *note);
uint32_t process_number(struct shawk_bpf *bpf, const struct process_key *key);
void processes_forget(struct shawk_bpf *bpf);

/* meters.c */
int meters_report(struct shawk_bpf *bpf);

/* table.c */
int table_clear(struct table *table, size_t entries);
void table_free(struct table *table);
static inline size_t table_hash(uint64_t a, uint64_t b) {
    uint64_t mixed = (a ^ (b * 0x9e3779b97f4a7c15ULL)) * 0xd6e8feb86659fd93ULL;
    return (size_t)(mixed ^ (mixed >> 32U));
}

#endif
