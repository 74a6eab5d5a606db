/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C API of libshawk-bpf.so: programs in the kernel that see each connection begin and end, and one that lists all
 * sockets with their holders. Records are those of shawk.h, and so are the rules of the edge. The library needs libbpf1;
 * nothing of what it loads into the kernel outlives the process.
 */
#ifndef SHAWK_BPF_H
#define SHAWK_BPF_H

#include "shawk.h"

#define SHAWK_BPF_ABI_VERSION 1

/* What is asked for, as a set of bits. */
#define SHAWK_BPF_LIVING 1   /* living sockets and their holders, by an iterator */
#define SHAWK_BPF_TRACE 2    /* how connections begin and end: bundles, events of what has ended */
#define SHAWK_BPF_FLOWS 4    /* what UDP sockets send and receive */
#define SHAWK_BPF_OPENINGS 8 /* events of openings too */
#define SHAWK_BPF_UNIX 16    /* holders of unix sockets */
#define SHAWK_BPF_TCP 32     /* of which protocols; none of the three: all */
#define SHAWK_BPF_UDP 64
#define SHAWK_BPF_MPTCP 128

struct shawk_bpf_options {
    uint32_t abi_version; /* SHAWK_BPF_ABI_VERSION of the caller */
    uint32_t parts;       /* SHAWK_BPF_* */
    uint64_t netns;       /* 0: all; else only connections of the namespace with this inode */
    uint32_t max_bundles; /* of one interval; 0: 65536 */
    uint32_t max_tracked; /* connections with an account; 0: 262144 */
    uint32_t max_flows;   /* UDP flows of one interval; 0: 65536 */
    uint32_t ring_bytes;  /* rounded up to a power of two; 0: 16 MiB */
};
_Static_assert(sizeof(struct shawk_bpf_options) == 32, "shawk_bpf_options is part of the ABI");

struct shawk_bpf;

SHAWK_EXPORT uint32_t shawk_bpf_abi_version(void);
/* Loads what `options` asks for and begins to count. 0 and *out, or -errno with one line in `why` that says what the
 * kernel refused. Parts that a kernel may lack are left out one by one: shawk_program.error of the records tells. */
SHAWK_EXPORT int shawk_bpf_open(const struct shawk_bpf_options *options, struct shawk_bpf **out, char *why, int capacity);
/* Unloads everything. */
SHAWK_EXPORT void shawk_bpf_close(struct shawk_bpf *bpf);
/* What there is since the last call, for shawk_sample(). parts: of those asked for at the beginning the ones that are
 * wanted now; bundles, flows and events that are not fetched stay for the next call. *living stays valid until the next
 * call. -errno: the kernel gives nothing any more, and the handle is to be closed. */
SHAWK_EXPORT int shawk_bpf_take(struct shawk_bpf *bpf, int parts, const struct shawk_living **living);
/* Whether the kernel measures how long programs run, all of the host's: it costs each of them a little. 0 or -errno. */
SHAWK_EXPORT int shawk_bpf_statistics(struct shawk_bpf *bpf, int on);

/* Whether the kernel has something, and lets this process use it: 0 or -errno. Loads what it takes and unloads it. */
#define SHAWK_BPF_PROBE_BTF 0        /* -ENOENT: no /sys/kernel/btf/vmlinux (CONFIG_DEBUG_INFO_BTF) */
#define SHAWK_BPF_PROBE_ITERATOR 1   /* iter/task_file with bpf_sock_from_file, 5.11 */
#define SHAWK_BPF_PROBE_TRACEPOINT 2 /* tp_btf/inet_sock_set_state with socket storage and cookies, 5.12 */
#define SHAWK_BPF_PROBE_IO 3         /* sock_send_length, sock_recv_length: 6.3 */
#define SHAWK_BPF_PROBE_CGROUP 4     /* hooks of the cgroup hierarchy, version 2: CAP_NET_ADMIN */
#define SHAWK_BPF_PROBE_STATISTICS 5 /* CAP_SYS_ADMIN */
SHAWK_EXPORT int shawk_bpf_probe(int what);

/* As shawk_abi_layout(), of this header's records. */
SHAWK_EXPORT int shawk_bpf_abi_layout(char *out, int capacity);

#endif
