/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include "shawk.skel.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BUNDLES_DEFAULT 65536U
#define TRACKED_DEFAULT 262144U
#define FLOWS_DEFAULT 65536U
#define RING_DEFAULT (16U * 1024 * 1024)
#define RING_MOST (1024U * 1024 * 1024)

uint32_t shawk_bpf_abi_version(void) {
    return SHAWK_BPF_ABI_VERSION;
}

int shawk_bpf_abi_layout(char *out, int capacity) {
#define FIELD(name)                                                                                                    \
    { #name, offsetof(struct shawk_bpf_options, name), sizeof(((struct shawk_bpf_options *)0)->name) }
    static const struct {
        const char *name;
        size_t offset;
        size_t size;
    } fields[] = {FIELD(abi_version), FIELD(parts),     FIELD(netns),     FIELD(max_bundles),
                  FIELD(max_tracked), FIELD(max_flows), FIELD(ring_bytes)};
#undef FIELD
    int length = 0;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        size_t room = length < capacity ? (size_t)(capacity - length) : 0;
        length += snprintf(room > 0 ? out + length : NULL, room, "shawk_bpf_options.%s %zu %zu\n", fields[i].name,
                           fields[i].offset, fields[i].size);
    }
    return length + 1;
}

static uint32_t ring_size(uint32_t asked) {
    uint32_t size = (uint32_t)sysconf(_SC_PAGESIZE);
    while (size < asked && size < RING_MOST) {
        size *= 2;
    }
    return size;
}

static void complete(struct shawk_bpf_options *options) {
    options->max_bundles = options->max_bundles != 0 ? options->max_bundles : BUNDLES_DEFAULT;
    options->max_tracked = options->max_tracked != 0 ? options->max_tracked : TRACKED_DEFAULT;
    options->max_flows = options->max_flows != 0 ? options->max_flows : FLOWS_DEFAULT;
    options->ring_bytes = ring_size(options->ring_bytes != 0 ? options->ring_bytes : RING_DEFAULT);
}

int shawk_bpf_open(const struct shawk_bpf_options *options, struct shawk_bpf **out, char *why, int capacity) {
    *out = NULL;
    if (capacity > 0) {
        why[0] = '\0';
    }
    if (options->abi_version != SHAWK_BPF_ABI_VERSION) {
        return -EPROTO;
    }
    if (options->parts == 0 || options->parts >= SHAWK_BPF_MPTCP * 2 || options->netns > UINT32_MAX) {
        return -EINVAL;
    }
    struct shawk_bpf *bpf = calloc(1, sizeof(*bpf));
    if (bpf == NULL) {
        return -ENOMEM;
    }
    bpf->options = *options;
    bpf->statistics = -1;
    bpf->ticks = (uint32_t)sysconf(_SC_CLK_TCK);
    complete(&bpf->options);
    int result = programs_load(bpf, why, capacity);
    if (result == 0 && (bpf->options.parts & SHAWK_BPF_TRACE) != 0) {
        result = ring_open(bpf);
    }
    if (result != 0) {
        shawk_bpf_close(bpf);
        return result;
    }
    *out = bpf;
    return 0;
}

void shawk_bpf_close(struct shawk_bpf *bpf) {
    if (bpf == NULL) {
        return;
    }
    ring_buffer__free(bpf->ring);
    (void)shawk_bpf_statistics(bpf, 0);
    programs_unload(bpf);
    struct vec *const vecs[] = {&bpf->batch_keys, &bpf->batch_values, &bpf->per_cpu,   &bpf->known,   &bpf->owners,
                                &bpf->socks,      &bpf->listed,       &bpf->pairs,            &bpf->holders,   &bpf->held,    &bpf->processes,
                                &bpf->event_origins, &bpf->bundle_owners, &bpf->flow_owners,
                                &bpf->events,     &bpf->bundles,      &bpf->flows,     &bpf->meters,  &bpf->programs};
    for (size_t i = 0; i < sizeof(vecs) / sizeof(vecs[0]); i++) {
        vec_free(vecs[i]);
    }
    table_free(&bpf->known_table);
    table_free(&bpf->cookies);
    free(bpf->buffer);
    free(bpf);
}

/* Notes about processes are read before what is newer than they may be, the list of living sockets, and once more after
 * what refers to them: an owner is noted before anything of his is told. */
static int take_traced(struct shawk_bpf *bpf, int counts) {
    int result = counts ? drain(bpf) : 0;
    if (result == 0) {
        result = drain_ring(bpf);
    }
    if (result == 0) {
        result = drain_processes(bpf);
    }
    return result == 0 ? number_owners(bpf) : result;
}

/* Listing comes first: what ends while it goes on is then known by its event, and its row goes. */
static int take(struct shawk_bpf *bpf, int parts) {
    int listing = (parts & SHAWK_BPF_LIVING) != 0;
    int tracing = (bpf->options.parts & SHAWK_BPF_TRACE) != 0;
    int result = tracing && listing ? drain_processes(bpf) : 0;
    if (result == 0 && listing) {
        result = iterate(bpf);
    }
    uint64_t began = nanos_monotonic();
    if (result == 0 && tracing) {
        result = take_traced(bpf, (parts & SHAWK_BPF_TRACE) != 0);
    }
    if (result == 0 && listing) {
        result = living_finish(bpf);
    }
    if (result == 0) {
        bpf->drain_ns = nanos_monotonic() - began - bpf->switch_ns;
        result = programs_report(bpf);
    }
    return result == 0 ? meters_report(bpf) : result;
}

static void hand_out(struct shawk_bpf *bpf, int parts) {
    static const struct {
        int section;
        size_t vec;
    } sections[] = {
        {SHAWK_SECTION_SOCKETS, offsetof(struct shawk_bpf, socks)},
        {SHAWK_SECTION_HOLDERS, offsetof(struct shawk_bpf, holders)},
        {SHAWK_SECTION_PROCESSES, offsetof(struct shawk_bpf, processes)},
        {SHAWK_SECTION_EVENTS, offsetof(struct shawk_bpf, events)},
        {SHAWK_SECTION_BUNDLES, offsetof(struct shawk_bpf, bundles)},
        {SHAWK_SECTION_FLOWS, offsetof(struct shawk_bpf, flows)},
        {SHAWK_SECTION_METERS, offsetof(struct shawk_bpf, meters)},
        {SHAWK_SECTION_PROGRAMS, offsetof(struct shawk_bpf, programs)},
    };
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        const struct vec *vec = (const void *)((const char *)bpf + sections[i].vec);
        bpf->living.records[sections[i].section] = vec->data;
        bpf->living.counts[sections[i].section] = (uint32_t)vec->count;
    }
    if ((bpf->options.parts & SHAWK_BPF_TRACE) == 0) {
        bpf->living.counts[SHAWK_SECTION_METERS] = 0;
    }
    bpf->living.held = bpf->held.data;
    bpf->living.held_count = (uint32_t)bpf->held.count;
    if ((parts & SHAWK_BPF_LIVING) == 0) {
        bpf->living.events_only = 1;
        bpf->living.counts[SHAWK_SECTION_SOCKETS] = 0;
        bpf->living.counts[SHAWK_SECTION_HOLDERS] = 0;
        bpf->living.held_count = 0;
    }
}

int shawk_bpf_take(struct shawk_bpf *bpf, int parts, const struct shawk_living **living) {
    *living = NULL;
    if ((parts & SHAWK_BPF_LIVING & (int)~bpf->options.parts) != 0) {
        return -EINVAL;
    }
    bpf->pass++;
    bpf->shortage = 0;
    bpf->processes.count = 0;
    bpf->events.count = 0;
    bpf->event_origins.count = 0;
    bpf->bundle_owners.count = 0;
    bpf->flow_owners.count = 0;
    bpf->switch_ns = 0;
    bpf->bundles.count = 0;
    bpf->flows.count = 0;
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    bpf->living = (struct shawk_living){
        .wall_us = (uint64_t)now.tv_sec * 1000000ULL + (uint64_t)now.tv_nsec / 1000,
        .monotonic_ns = nanos_monotonic(),
    };
    int result = take(bpf, parts);
    if (result != 0) {
        return result;
    }
    hand_out(bpf, parts);
    bpf->has_before |= (parts & SHAWK_BPF_LIVING) != 0;
    processes_forget(bpf);
    *living = &bpf->living;
    return bpf->shortage;
}

int shawk_bpf_statistics(struct shawk_bpf *bpf, int on) {
    if (!on && bpf->statistics >= 0) {
        close(bpf->statistics);
        bpf->statistics = -1;
    } else if (on && bpf->statistics < 0) {
        int fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
        if (fd < 0) {
            return fd;
        }
        bpf->statistics = fd;
    }
    return 0;
}
