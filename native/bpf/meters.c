/* SPDX-License-Identifier: Apache-2.0 */
/* Figures about the reading itself. */
#include "handle.h"

#include "shawk.skel.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

static int add(struct shawk_bpf *bpf, uint32_t id, uint64_t value) {
    struct shawk_meter *meter = vec_push(&bpf->meters, sizeof(*meter));
    if (meter == NULL) {
        return -ENOMEM;
    }
    *meter = (struct shawk_meter){.id = id, .value = value};
    return 0;
}

/* The kernel says in /proc/self/fdinfo what a map takes. */
static uint64_t bytes_of(int fd) {
    char path[64];
    (void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    unsigned long long bytes = 0;
    char line[128];
    while (fgets(line, sizeof(line), file) != NULL && sscanf(line, "memlock: %llu", &bytes) != 1) {
        bytes = 0;
    }
    fclose(file);
    return bytes;
}

static uint64_t kernel_bytes(const struct shawk_bpf *bpf) {
    uint64_t sum = 0;
    struct bpf_map *map;
    bpf_object__for_each_map(map, bpf->skeleton->obj) {
        sum += bytes_of(bpf_map__fd(map));
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int fd = programs_descriptor(bpf, (enum program)i);
        sum += fd >= 0 ? bytes_of(fd) : 0;
    }
    return sum;
}

static uint64_t misses_of(const struct shawk_bpf *bpf, enum program program) {
    struct bpf_prog_info info;
    memset(&info, 0, sizeof(info));
    uint32_t length = sizeof(info);
    int fd = programs_descriptor(bpf, program);
    return fd >= 0 && bpf_obj_get_info_by_fd(fd, &info, &length) == 0 ? info.recursion_misses : 0;
}

/* What one of the two programs was left out for the other has seen, as softirqs do not nest. Where they are threads that
 * may be interrupted (PREEMPT_RT) that is not certain, and what may have been missed is counted. */
static uint64_t missed_transitions(const struct shawk_bpf *bpf) {
    struct utsname name;
    if (uname(&name) == 0 && strstr(name.version, "PREEMPT_RT") == NULL) {
        return 0;
    }
    return misses_of(bpf, PROGRAM_STATE) + misses_of(bpf, PROGRAM_STATE_AGAIN);
}

/* A sum that does not hold the other way round is for the reader to see: nothing is lost then, but counted wrong. */
static uint64_t lost(const struct shawk_bpf *bpf) {
    const uint64_t *counters = bpf->counters;
    int64_t missing = (int64_t)(counters[COUNT_OLDER] + counters[COUNT_ESTABLISHED] - counters[COUNT_LIVE] - bpf->ended);
    return missing > 0 ? (uint64_t)missing : 0;
}

int meters_report(struct shawk_bpf *bpf) {
    const uint64_t *counters = bpf->counters;
    bpf->meters.count = 0;
    if (bpf->pass % 16 == 1) {
        bpf->kernel_bytes = kernel_bytes(bpf);
    }
    const uint64_t values[SHAWK_METERS] = {
        [SHAWK_METER_LIVE_AT_START] = counters[COUNT_OLDER],
        [SHAWK_METER_ESTABLISHED] = counters[COUNT_ESTABLISHED],
        [SHAWK_METER_LIVE] = counters[COUNT_LIVE],
        [SHAWK_METER_ENDED] = bpf->ended,
        [SHAWK_METER_LOST] = lost(bpf),
        [SHAWK_METER_ATTEMPTS] = counters[COUNT_ATTEMPTS],
        [SHAWK_METER_FAILED] = counters[COUNT_FAILED],
        [SHAWK_METER_MISSED] = missed_transitions(bpf),
        [SHAWK_METER_UNTRACKED] = counters[COUNT_UNTRACKED],
        [SHAWK_METER_OVERFLOWED] = counters[COUNT_OVERFLOWED],
        [SHAWK_METER_EVENTS] = counters[COUNT_EVENTS],
        [SHAWK_METER_EVENTS_DROPPED] = counters[COUNT_EVENTS_DROPPED],
        [SHAWK_METER_PROCESSES_DROPPED] = counters[COUNT_PROCESSES_DROPPED],
        [SHAWK_METER_FLOWS_DROPPED] = counters[COUNT_FLOWS_DROPPED],
        [SHAWK_METER_BUNDLES] = bpf->bundles.count,
        [SHAWK_METER_BUNDLES_MAX] = bpf->options.max_bundles,
        [SHAWK_METER_TRACKED] = bpf->skeleton->bss->tracked_now,
        [SHAWK_METER_TRACKED_MAX] = bpf->options.max_tracked,
        [SHAWK_METER_FLOWS] = bpf->flows.count,
        [SHAWK_METER_FLOWS_MAX] = bpf->options.max_flows,
        [SHAWK_METER_RING_BYTES] = bpf->ring_bytes,
        [SHAWK_METER_RING_BYTES_MAX] = bpf->options.ring_bytes,
        [SHAWK_METER_KERNEL_BYTES] = bpf->kernel_bytes,
        [SHAWK_METER_SWITCH_NS] = bpf->switch_ns,
        [SHAWK_METER_ITERATE_NS] = bpf->iterate_ns,
        [SHAWK_METER_DRAIN_NS] = bpf->drain_ns,
    };
    for (uint32_t id = 0; id < SHAWK_METERS; id++) {
        if (add(bpf, id, values[id]) != 0) {
            return -ENOMEM;
        }
    }
    return 0;
}
