/* SPDX-License-Identifier: Apache-2.0 */
/* What the kernel has, asked for by loading what uses it with the smallest maps, and unloading it. */
#include "handle.h"

#include <unistd.h>

static int worst(const struct shawk_bpf *bpf, const enum program *programs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (bpf->errors[programs[i]] != 0) {
            return -bpf->errors[programs[i]];
        }
    }
    return 0;
}

static int loads(uint32_t parts, const enum program *programs, size_t count) {
    const struct shawk_bpf_options options = {
        .abi_version = SHAWK_BPF_ABI_VERSION,
        .parts = parts,
        .max_bundles = 1,
        .max_tracked = 1,
        .max_flows = 1,
        .ring_bytes = 1,
    };
    struct shawk_bpf *bpf = NULL;
    int result = shawk_bpf_open(&options, &bpf, NULL, 0);
    if (result == 0) {
        result = worst(bpf, programs, count);
        shawk_bpf_close(bpf);
    }
    return result;
}

static int statistics(void) {
    int fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
    if (fd < 0) {
        return fd;
    }
    close(fd);
    return 0;
}

int shawk_bpf_probe(int what) {
    static const enum program io[] = {PROGRAM_SEND, PROGRAM_RECEIVE};
    static const enum program cgroup[] = {PROGRAM_SENDMSG4, PROGRAM_SENDMSG6, PROGRAM_RECVMSG4, PROGRAM_RECVMSG6};
    switch (what) {
    case SHAWK_BPF_PROBE_BTF:
        return access("/sys/kernel/btf/vmlinux", R_OK) == 0 ? 0 : -errno;
    case SHAWK_BPF_PROBE_ITERATOR:
        return loads(SHAWK_BPF_LIVING, NULL, 0);
    case SHAWK_BPF_PROBE_TRACEPOINT:
        return loads(SHAWK_BPF_TRACE, NULL, 0);
    case SHAWK_BPF_PROBE_IO:
        return loads(SHAWK_BPF_FLOWS, io, sizeof(io) / sizeof(io[0]));
    case SHAWK_BPF_PROBE_CGROUP:
        return loads(SHAWK_BPF_FLOWS, cgroup, sizeof(cgroup) / sizeof(cgroup[0]));
    case SHAWK_BPF_PROBE_STATISTICS:
        return statistics();
    default:
        return -EINVAL;
    }
}
