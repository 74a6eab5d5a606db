/* SPDX-License-Identifier: Apache-2.0 */
/* What the programs have counted since the last time. */
#include "handle.h"

#include "shawk.skel.h"

#include <netinet/in.h>
#include <string.h>

#define BATCH 4096U

typedef int (*take_entry)(struct shawk_bpf *bpf, const void *key, const void *value);

/* Takes everything out of a hash map that no program adds to any more, or whose values never change (5.6). */
static int drain_map(struct shawk_bpf *bpf, int fd, size_t key_size, size_t value_size, take_entry take) {
    /* In bytes, since maps with records of several sizes have their turn. */
    if (vec_reserve(&bpf->batch_keys, 1, BATCH * key_size) != 0 ||
        vec_reserve(&bpf->batch_values, 1, BATCH * value_size) != 0) {
        return -ENOMEM;
    }
    uint32_t place = 0;
    for (void *from = NULL;; from = &place) {
        uint32_t count = BATCH;
        int error = bpf_map_lookup_and_delete_batch(fd, from, &place, bpf->batch_keys.data, bpf->batch_values.data,
                                                    &count, NULL);
        if (error != 0 && error != -ENOENT) {
            return error;
        }
        const char *keys = bpf->batch_keys.data;
        const char *values = bpf->batch_values.data;
        for (uint32_t i = 0; i < count; i++) {
            int result = take(bpf, keys + i * key_size, values + i * value_size);
            if (result != 0) {
                return result;
            }
        }
        if (error == -ENOENT) {
            return 0;
        }
    }
}

static int take_note(struct shawk_bpf *bpf, const void *key, const void *value) {
    (void)key;
    struct process_note note;
    memcpy(&note, value, sizeof(note));
    return process_note(bpf, &note);
}

int drain_processes(struct shawk_bpf *bpf) {
    return drain_map(bpf, bpf_map__fd(bpf->skeleton->maps.processes), sizeof(struct process_key),
                     sizeof(struct process_note), take_note);
}

static int add_owner(struct vec *owners, const struct process_key *owner) {
    struct process_key *place = vec_push(owners, sizeof(*place));
    if (place == NULL) {
        return -ENOMEM;
    }
    *place = *owner;
    return 0;
}

int number_owners(struct shawk_bpf *bpf) {
    struct shawk_event *events = bpf->events.data;
    struct shawk_bundle *bundles = bpf->bundles.data;
    struct shawk_flow *flows = bpf->flows.data;
    const struct event_origin *origins = bpf->event_origins.data;
    for (size_t i = 0; i < bpf->events.count; i++) {
        events[i].process = process_number(bpf, &origins[i].owner) + 1;
    }
    for (size_t i = 0; i < bpf->bundles.count; i++) {
        bundles[i].process = process_number(bpf, (const struct process_key *)bpf->bundle_owners.data + i) + 1;
    }
    for (size_t i = 0; i < bpf->flows.count; i++) {
        flows[i].process = process_number(bpf, (const struct process_key *)bpf->flow_owners.data + i) + 1;
    }
    return bpf->shortage;
}

static void fill_bundle(struct shawk_bundle *out, const struct bundle_counts *counts) {
    out->opened = counts->opened;
    out->opened_now = counts->opened_now;
    out->closed = counts->closed;
    out->failed = counts->failed;
    out->tx_bytes = counts->tx_bytes;
    out->rx_bytes = counts->rx_bytes;
    out->tx_now = counts->tx_now;
    out->rx_now = counts->rx_now;
    out->retrans = counts->retrans;
    out->segs_out = counts->segs_out;
    out->rtt_sum_us = counts->rtt_sum_us;
    out->duration_sum_us = counts->duration_sum_us;
    out->rtt_count = counts->rtt_count;
}

static int take_bundle(struct shawk_bpf *bpf, const void *raw_key, const void *raw_value) {
    struct bundle_key key;
    struct bundle_counts counts;
    memcpy(&key, raw_key, sizeof(key));
    memcpy(&counts, raw_value, sizeof(counts));
    struct shawk_bundle *out = vec_push(&bpf->bundles, sizeof(*out));
    if (out == NULL || add_owner(&bpf->bundle_owners, &key.owner) != 0) {
        return -ENOMEM;
    }
    *out = (struct shawk_bundle){
        .netns = key.netns,
        .port = key.port,
        .protocol = IPPROTO_TCP,
        .family = key.family,
        .direction = key.direction,
        .proof = (uint8_t)(key.owner.tgid == 0  ? SHAWK_PROOF_UNKNOWN
                           : counts.doubts == 0 ? SHAWK_PROOF_PROVEN
                                                : SHAWK_PROOF_INFERRED),
        .mptcp = key.mptcp,
    };
    memcpy(out->laddr, key.laddr, sizeof(out->laddr));
    memcpy(out->raddr, key.raddr, sizeof(out->raddr));
    fill_bundle(out, &counts);
    bpf->ended += counts.closed;
    return 0;
}

static int take_flow(struct shawk_bpf *bpf, const void *raw_key, const void *raw_value) {
    struct flow_key key;
    struct flow_counts counts;
    memcpy(&key, raw_key, sizeof(key));
    memcpy(&counts, raw_value, sizeof(counts));
    struct shawk_flow *out = vec_push(&bpf->flows, sizeof(*out));
    if (out == NULL || add_owner(&bpf->flow_owners, &key.owner) != 0) {
        return -ENOMEM;
    }
    *out = (struct shawk_flow){
        .netns = key.netns,
        .cookie = key.cookie,
        .tx_bytes = counts.tx_bytes,
        .rx_bytes = counts.rx_bytes,
        .tx_packets = counts.tx_packets,
        .rx_packets = counts.rx_packets,
        .first_ns = counts.first_ns,
        .last_ns = counts.last_ns,
        .uid = key.uid,
        .lport = key.lport,
        .rport = key.rport,
        .family = (uint8_t)key.family,
    };
    memcpy(out->laddr, key.laddr, sizeof(out->laddr));
    memcpy(out->raddr, key.raddr, sizeof(out->raddr));
    return 0;
}

static int take_overflow(struct shawk_bpf *bpf, uint32_t kind, const struct bundle_counts *counts) {
    if (counts->closed == 0 && counts->failed == 0 && counts->tx_bytes == 0 && counts->rx_bytes == 0) {
        return 0;
    }
    const struct process_key nobody = {0};
    struct shawk_bundle *out = vec_push(&bpf->bundles, sizeof(*out));
    if (out == NULL || add_owner(&bpf->bundle_owners, &nobody) != 0) {
        return -ENOMEM;
    }
    *out = (struct shawk_bundle){
        .protocol = IPPROTO_TCP, .family = AF_INET, .direction = (uint8_t)(kind & 3U), .mptcp = (uint8_t)(kind >> 2U)};
    fill_bundle(out, counts);
    bpf->ended += counts->closed;
    return 0;
}

static void add_counts(struct bundle_counts *sum, const struct bundle_counts *more) {
    sum->opened += more->opened;
    sum->opened_now += more->opened_now;
    sum->closed += more->closed;
    sum->failed += more->failed;
    sum->tx_bytes += more->tx_bytes;
    sum->rx_bytes += more->rx_bytes;
    sum->tx_now += more->tx_now;
    sum->rx_now += more->rx_now;
    sum->retrans += more->retrans;
    sum->segs_out += more->segs_out;
    sum->rtt_sum_us += more->rtt_sum_us;
    sum->duration_sum_us += more->duration_sum_us;
    sum->rtt_count += more->rtt_count;
}

static int drain_interval(struct shawk_bpf *bpf, uint32_t slot) {
    int fd = bpf_map__fd(bpf->skeleton->maps.intervals);
    int processors = libbpf_num_possible_cpus();
    if (processors < 0 || vec_reserve(&bpf->per_cpu, sizeof(struct interval_counts), (size_t)processors) != 0) {
        return processors < 0 ? processors : -ENOMEM;
    }
    struct interval_counts *counts = bpf->per_cpu.data;
    int result = bpf_map_lookup_elem(fd, &slot, counts);
    if (result != 0) {
        return result;
    }
    for (uint32_t kind = 0; kind < OVERFLOW_BUNDLES; kind++) {
        struct bundle_counts sum = {0};
        for (int i = 0; i < processors; i++) {
            add_counts(&sum, &counts[i].overflow[kind]);
        }
        result = take_overflow(bpf, kind, &sum);
        if (result != 0) {
            return result;
        }
    }
    for (int i = 0; i < processors; i++) {
        for (int counter = 0; counter < COUNTERS; counter++) {
            bpf->counters[counter] += counts[i].counters[counter];
        }
    }
    memset(counts, 0, sizeof(*counts) * (size_t)processors);
    return bpf_map_update_elem(fd, &slot, counts, BPF_EXIST);
}

/* From here on the programs count in the other slot; returns once none is at work that began before. */
static int turn(struct shawk_bpf *bpf) {
    uint64_t began = nanos_monotonic();
    bpf->slot ^= 1U;
    __atomic_store_n(&bpf->skeleton->bss->slot, bpf->slot, __ATOMIC_SEQ_CST);
    const uint32_t zero = 0;
    int inner = bpf_map__fd(bpf->skeleton->maps.barrier_inner);
    int result = bpf_map_update_elem(bpf_map__fd(bpf->skeleton->maps.barrier), &zero, &inner, BPF_ANY);
    bpf->switch_ns = nanos_monotonic() - began;
    return result;
}

int drain(struct shawk_bpf *bpf) {
    const struct shawk_bpf_skel *skeleton = bpf->skeleton;
    uint32_t before = bpf->slot;
    int result = turn(bpf);
    if (result == 0) {
        result = drain_interval(bpf, before);
    }
    if (result == 0) {
        int fd = bpf_map__fd(before == 0 ? skeleton->maps.bundles_0 : skeleton->maps.bundles_1);
        result = drain_map(bpf, fd, sizeof(struct bundle_key), sizeof(struct bundle_counts), take_bundle);
    }
    if (result == 0 && (bpf->options.parts & SHAWK_BPF_FLOWS) != 0) {
        int fd = bpf_map__fd(before == 0 ? skeleton->maps.flows_0 : skeleton->maps.flows_1);
        result = drain_map(bpf, fd, sizeof(struct flow_key), sizeof(struct flow_counts), take_flow);
    }
    return result;
}

static int take_event(void *context, void *data, size_t size) {
    struct shawk_bpf *bpf = context;
    if (size < sizeof(struct ring_event)) {
        return -EBADMSG;
    }
    struct ring_event record;
    memcpy(&record, data, sizeof(record));
    struct shawk_event *out = vec_push(&bpf->events, sizeof(*out));
    struct event_origin *origin = vec_push(&bpf->event_origins, sizeof(*origin));
    if (out == NULL || origin == NULL) {
        return -ENOMEM;
    }
    *out = record.event;
    *origin = (struct event_origin){.owner = record.owner, .slot = record.slot};
    bpf->ring_bytes += size + BPF_RINGBUF_HDR_SZ;
    return 0;
}

int drain_ring(struct shawk_bpf *bpf) {
    bpf->ring_bytes = 0;
    int taken = ring_buffer__consume(bpf->ring);
    return taken < 0 ? taken : 0;
}

int ring_open(struct shawk_bpf *bpf) {
    bpf->ring = ring_buffer__new(bpf_map__fd(bpf->skeleton->maps.ring), take_event, bpf, NULL);
    return bpf->ring == NULL ? -errno : 0;
}
