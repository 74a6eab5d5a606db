/* SPDX-License-Identifier: Apache-2.0 */
/* Which programs there are, what each is for, and how one that a kernel lacks is left out. */
#include "handle.h"

#include "shawk.skel.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REQUIRED 0
#define OPTIONAL 1

static const struct {
    const char *name;
    const char *function;
    uint32_t parts; /* SHAWK_BPF_*: it is wanted with any of these, */
    uint32_t all;   /* and with all of these */
    int optional;
    int cgroup; /* attached to the root of the hierarchy */
} table[PROGRAMS] = {
    [PROGRAM_LIST_SOCKETS] = {"iter/task_file", "list_sockets", SHAWK_BPF_LIVING, 0, REQUIRED, 0},
    [PROGRAM_LIST_ACCOUNTS] = {"iter/sk_storage_map", "list_accounts", SHAWK_BPF_LIVING, SHAWK_BPF_TRACE, OPTIONAL, 0},
    [PROGRAM_STATE] = {"inet_sock_set_state", "on_state", SHAWK_BPF_TRACE, 0, REQUIRED, 0},
    [PROGRAM_STATE_AGAIN] = {"inet_sock_set_state 2", "on_state_again", SHAWK_BPF_TRACE, 0, REQUIRED, 0},
    [PROGRAM_DESTROY] = {"tcp_destroy_sock", "on_destroy", SHAWK_BPF_TRACE, 0, REQUIRED, 0},
    [PROGRAM_DESTROY_AGAIN] = {"tcp_destroy_sock 2", "on_destroy_again", SHAWK_BPF_TRACE, 0, REQUIRED, 0},
    [PROGRAM_RESET_RECEIVED] = {"tcp_receive_reset", "on_reset_received", SHAWK_BPF_TRACE, 0, OPTIONAL, 0},
    [PROGRAM_RESET_RECEIVED_AGAIN] = {"tcp_receive_reset 2", "on_reset_received_again", SHAWK_BPF_TRACE, 0, OPTIONAL, 0},
    [PROGRAM_FORK] = {"sched_process_fork", "on_fork", SHAWK_BPF_TRACE, 0, OPTIONAL, 0},
    [PROGRAM_SEND] = {"sock_send_length", "on_send", SHAWK_BPF_TRACE | SHAWK_BPF_FLOWS, 0, OPTIONAL, 0},
    [PROGRAM_RECEIVE] = {"sock_recv_length", "on_receive", SHAWK_BPF_TRACE | SHAWK_BPF_FLOWS, 0, OPTIONAL, 0},
    [PROGRAM_SENDMSG4] = {"cgroup/sendmsg4", "on_sendmsg4", SHAWK_BPF_FLOWS, 0, OPTIONAL, 1},
    [PROGRAM_SENDMSG6] = {"cgroup/sendmsg6", "on_sendmsg6", SHAWK_BPF_FLOWS, 0, OPTIONAL, 1},
    [PROGRAM_RECVMSG4] = {"cgroup/recvmsg4", "on_recvmsg4", SHAWK_BPF_FLOWS, 0, OPTIONAL, 1},
    [PROGRAM_RECVMSG6] = {"cgroup/recvmsg6", "on_recvmsg6", SHAWK_BPF_FLOWS, 0, OPTIONAL, 1},
};

/* What libbpf said last on this thread, for the line that says why. */
static __thread char complaint[256];

static int listen_to_libbpf(enum libbpf_print_level level, const char *format, va_list arguments) {
    if (level != LIBBPF_WARN || complaint[0] != '\0') {
        return 0;
    }
    (void)vsnprintf(complaint, sizeof(complaint), format, arguments);
    complaint[strcspn(complaint, "\n")] = '\0';
    return 0;
}

static struct bpf_program *program_of(const struct shawk_bpf *bpf, int program) {
    return bpf_object__find_program_by_name(bpf->skeleton->obj, table[program].function);
}

int programs_descriptor(const struct shawk_bpf *bpf, enum program program) {
    return bpf->links[program] == NULL ? -1 : bpf_program__fd(program_of(bpf, (int)program));
}

static int belongs(const struct shawk_bpf *bpf, int program) {
    uint32_t parts = bpf->options.parts;
    return (parts & table[program].parts) != 0 && (parts & table[program].all) == table[program].all;
}

static int is_wanted(const struct shawk_bpf *bpf, int program) {
    return belongs(bpf, program) && bpf->errors[program] == 0;
}

/* The kernel's clock ticks a second: what the coarse clocks advance by. */
static uint32_t kernel_hz(void) {
    struct timespec resolution;
    if (clock_getres(CLOCK_MONOTONIC_COARSE, &resolution) != 0 || resolution.tv_nsec <= 0) {
        return 250;
    }
    return (uint32_t)((1000000000L + resolution.tv_nsec / 2) / resolution.tv_nsec);
}

static int limit_maps(struct shawk_bpf_skel *skeleton, const struct shawk_bpf_options *options) {
    int result = bpf_map__set_max_entries(skeleton->maps.bundles_0, options->max_bundles);
    result |= bpf_map__set_max_entries(skeleton->maps.bundles_1, options->max_bundles);
    result |= bpf_map__set_max_entries(skeleton->maps.flows_0, options->max_flows);
    result |= bpf_map__set_max_entries(skeleton->maps.flows_1, options->max_flows);
    result |= bpf_map__set_max_entries(skeleton->maps.ring, options->ring_bytes);
    return result != 0 ? -EINVAL : 0;
}

static int open_skeleton(struct shawk_bpf *bpf) {
    bpf->skeleton = shawk_bpf_skel__open();
    if (bpf->skeleton == NULL) {
        return -errno;
    }
    for (int i = 0; i < PROGRAMS; i++) {
        (void)bpf_program__set_autoload(program_of(bpf, i), is_wanted(bpf, i));
    }
    bpf->skeleton->rodata->only_netns = (uint32_t)bpf->options.netns;
    bpf->skeleton->rodata->want_openings = (bpf->options.parts & SHAWK_BPF_OPENINGS) != 0;
    uint32_t protocols = bpf->options.parts & (SHAWK_BPF_TCP | SHAWK_BPF_UDP | SHAWK_BPF_MPTCP);
    bpf->skeleton->rodata->want_tcp = protocols == 0 || (protocols & SHAWK_BPF_TCP) != 0;
    bpf->skeleton->rodata->want_udp = protocols == 0 || (protocols & SHAWK_BPF_UDP) != 0;
    bpf->skeleton->rodata->want_mptcp = protocols == 0 || (protocols & SHAWK_BPF_MPTCP) != 0;
    bpf->skeleton->rodata->sees_forks = (uint32_t)is_wanted(bpf, PROGRAM_FORK);
    bpf->skeleton->rodata->sees_use = is_wanted(bpf, PROGRAM_SEND) && is_wanted(bpf, PROGRAM_RECEIVE);
    bpf->skeleton->rodata->want_unix = (bpf->options.parts & SHAWK_BPF_UNIX) != 0;
    bpf->skeleton->rodata->want_flows = (bpf->options.parts & SHAWK_BPF_FLOWS) != 0;
    bpf->skeleton->rodata->tracked_max = bpf->options.max_tracked;
    bpf->skeleton->rodata->hz = kernel_hz();
    bpf->skeleton->bss->tracing = (bpf->options.parts & SHAWK_BPF_TRACE) != 0;
    return limit_maps(bpf->skeleton, &bpf->options);
}

static int load(struct shawk_bpf *bpf) {
    complaint[0] = '\0';
    int result = open_skeleton(bpf);
    if (result == 0) {
        result = shawk_bpf_skel__load(bpf->skeleton);
    }
    if (result != 0) {
        shawk_bpf_skel__destroy(bpf->skeleton);
        bpf->skeleton = NULL;
    }
    return result;
}

/* Whether the kernel has what a program is attached to: asked only after something was refused. */
static int loads_alone(struct shawk_bpf *bpf, int program) {
    int saved[PROGRAMS];
    memcpy(saved, bpf->errors, sizeof(saved));
    for (int i = 0; i < PROGRAMS; i++) {
        bpf->errors[i] = i == program ? 0 : ENODATA;
    }
    int result = load(bpf);
    if (result == 0) {
        shawk_bpf_skel__destroy(bpf->skeleton);
        bpf->skeleton = NULL;
    }
    memcpy(bpf->errors, saved, sizeof(saved));
    return result;
}

/* Loads all that is wanted; where the kernel refuses, what it takes of that: what is attached to cgroups wants
 * CAP_NET_ADMIN, which the others do without. */
static int load_what_can_be(struct shawk_bpf *bpf) {
    int result = load(bpf);
    if (result == 0) {
        return result;
    }
    char first[sizeof(complaint)];
    memcpy(first, complaint, sizeof(first));
    for (int i = 0; i < PROGRAMS; i++) {
        if (is_wanted(bpf, i)) {
            int error = loads_alone(bpf, i);
            if (error != 0 && !table[i].optional) {
                return error;
            }
            bpf->errors[i] = -error;
        }
    }
    result = load(bpf);
    if (result != 0) {
        memcpy(complaint, first, sizeof(complaint));
    }
    return result;
}

/* A descriptor of the root of cgroup version 2, or -errno. */
static int cgroup_root(void) {
    static const char *const places[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        char file[64];
        (void)snprintf(file, sizeof(file), "%s/cgroup.controllers", places[i]);
        if (access(file, F_OK) == 0) {
            int fd = open(places[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            return fd >= 0 ? fd : -errno;
        }
    }
    return -ENOENT;
}

static int attach_one(struct shawk_bpf *bpf, int program, int cgroup) {
    struct bpf_program *code = program_of(bpf, program);
    if (table[program].cgroup && cgroup < 0) {
        return cgroup;
    }
    union bpf_iter_link_info which = {.map.map_fd = (uint32_t)bpf_map__fd(bpf->skeleton->maps.accounts)};
    DECLARE_LIBBPF_OPTS(bpf_iter_attach_opts, of_map, .link_info = &which, .link_info_len = sizeof(which));
    struct bpf_link *link = table[program].cgroup              ? bpf_program__attach_cgroup(code, cgroup)
                            : program == PROGRAM_LIST_ACCOUNTS ? bpf_program__attach_iter(code, &of_map)
                                                               : bpf_program__attach(code);
    if (link == NULL) {
        return -errno;
    }
    bpf->links[program] = link;
    return 0;
}

static int attach(struct shawk_bpf *bpf) {
    int cgroup = (bpf->options.parts & SHAWK_BPF_FLOWS) != 0 ? cgroup_root() : -ENOENT;
    int result = 0;
    for (int i = 0; i < PROGRAMS && result == 0; i++) {
        if (is_wanted(bpf, i)) {
            int error = attach_one(bpf, i, cgroup);
            bpf->errors[i] = -error;
            result = table[i].optional ? 0 : error;
        }
    }
    if (cgroup >= 0) {
        close(cgroup);
    }
    return result;
}

int programs_load(struct shawk_bpf *bpf, char *why, int capacity) {
    libbpf_print_fn_t before = libbpf_set_print(listen_to_libbpf);
    int result = load_what_can_be(bpf);
    if (result == 0) {
        complaint[0] = '\0';
        result = attach(bpf);
    }
    (void)libbpf_set_print(before);
    if (result != 0 && capacity > 0) {
        const char *line = strncmp(complaint, "libbpf: ", 8) == 0 ? complaint + 8 : complaint;
        (void)snprintf(why, (size_t)capacity, "%s", line[0] != '\0' ? line : strerror(-result));
    }
    return result;
}

void programs_unload(struct shawk_bpf *bpf) {
    for (int i = 0; i < PROGRAMS; i++) {
        if (bpf->links[i] != NULL) {
            (void)bpf_link__destroy(bpf->links[i]);
            bpf->links[i] = NULL;
        }
    }
    shawk_bpf_skel__destroy(bpf->skeleton);
    bpf->skeleton = NULL;
}

static void report_one(const struct shawk_bpf *bpf, int program, struct shawk_program *out) {
    *out = (struct shawk_program){.error = bpf->errors[program]};
    memcpy(out->name, table[program].name, strlen(table[program].name));
    int fd = programs_descriptor(bpf, (enum program)program);
    struct bpf_prog_info info;
    memset(&info, 0, sizeof(info));
    uint32_t length = sizeof(info);
    if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &length) != 0) {
        return;
    }
    out->run_ns = info.run_time_ns;
    out->runs = info.run_cnt;
    out->misses = info.recursion_misses;
    out->instructions = info.verified_insns;
}

int programs_report(struct shawk_bpf *bpf) {
    bpf->programs.count = 0;
    for (int i = 0; i < PROGRAMS; i++) {
        if (!belongs(bpf, i)) {
            continue;
        }
        struct shawk_program *out = vec_push(&bpf->programs, sizeof(*out));
        if (out == NULL) {
            return -ENOMEM;
        }
        report_one(bpf, i, out);
    }
    return 0;
}
