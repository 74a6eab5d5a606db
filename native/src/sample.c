/* SPDX-License-Identifier: Apache-2.0 */
#include "sampler.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

/* A sample that did not fit is kept for the next call; older than this it would be a lie about now. */
#define KEEP_NS 2000000000ULL

static uint64_t wall_us(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000ULL + (uint64_t)now.tv_nsec / 1000;
}

static enum tree tree_kind(int proc_fd) {
    struct statfs filesystem;
    if (fstatfs(proc_fd, &filesystem) != 0 || filesystem.f_type != PROC_SUPER_MAGIC) {
        return TREE_FILES;
    }
    char self[16];
    char mine[16];
    ssize_t length = readlinkat(proc_fd, "self", self, sizeof(self));
    int expected = snprintf(mine, sizeof(mine), "%d", getpid());
    return length == expected && memcmp(self, mine, (size_t)length) == 0 ? TREE_OWN : TREE_FOREIGN;
}

int shawk_sampler_open(const char *proc_root, const char *netns_dir, int sockets, int netns_mode, uint64_t netns_inode,
                       int parts, struct shawk_sampler **out) {
    *out = NULL;
    if (sockets < SHAWK_SOCKETS_DIAG || sockets > SHAWK_SOCKETS_PROC || netns_mode < SHAWK_NETNS_ALL ||
        netns_mode > SHAWK_NETNS_INODE || (parts & ~SHAWK_READ_ALL) != 0 || parts == 0) {
        return -EINVAL;
    }
    struct shawk_sampler *sampler = calloc(1, sizeof(*sampler));
    if (sampler == NULL) {
        return -ENOMEM;
    }
    sampler->proc_fd = open(proc_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = errno;
    sampler->netns_dir = strdup(netns_dir);
    sampler->buffer = malloc(BUFFER_BYTES);
    if (sampler->proc_fd < 0 || sampler->netns_dir == NULL || sampler->buffer == NULL) {
        error = sampler->proc_fd < 0 ? error : ENOMEM;
        shawk_sampler_close(sampler);
        return -error;
    }
    for (int i = 0; i < WALKERS; i++) {
        sampler->walkers[i].sampler = sampler;
    }
    sampler->walkers[0].buffer = sampler->buffer;
    sampler->tree = tree_kind(sampler->proc_fd);
    sampler->sockets = sockets;
    sampler->netns_mode = netns_mode;
    sampler->netns_inode = netns_inode;
    sampler->parts = parts;
    sampler->ticks = (uint32_t)sysconf(_SC_CLK_TCK);
    sampler->all_expected = 1;
    *out = sampler;
    return 0;
}

void shawk_sampler_close(struct shawk_sampler *sampler) {
    if (sampler == NULL) {
        return;
    }
    if (sampler->proc_fd >= 0) {
        close(sampler->proc_fd);
    }
    struct vec *const vecs[] = {&sampler->pids,   &sampler->tids,  &sampler->residents, &sampler->spaces,
                                &sampler->ifindexes, &sampler->ifaces, &sampler->keys, &sampler->slots,
                                &sampler->ordered, &sampler->spill, &sampler->unixes, &sampler->translations,
                                &sampler->links, &sampler->cookies, &sampler->orphans,
                                &sampler->unheld};
    for (size_t i = 0; i < sizeof(vecs) / sizeof(vecs[0]); i++) {
        vec_free(vecs[i]);
    }
    for (int i = 0; i < WALKERS; i++) {
        struct walker *walker = &sampler->walkers[i];
        vec_free(&walker->tids);
        vec_free(&walker->pairs);
        vec_free(&walker->processes);
        free(i > 0 ? walker->buffer : NULL); /* the first uses the sampler's */
    }
    free(sampler->netns_dir);
    free(sampler->buffer);
    free(sampler);
}

uint32_t sink_count(const struct shawk_sampler *sampler) {
    return (uint32_t)sampler->keys.count;
}

/* The first socket too many takes all before it along, out of the caller's buffer into the spill. */
static int start_spill(struct shawk_sampler *sampler, size_t count) {
    if (vec_reserve(&sampler->spill, sizeof(struct shawk_sock), count + 1) != 0) {
        return -ENOMEM;
    }
    if (count > 0) {
        memcpy(sampler->spill.data, sampler->socks, count * sizeof(struct shawk_sock));
    }
    sampler->spilled = 1;
    return 0;
}

struct shawk_sock *sink_next(struct shawk_sampler *sampler) {
    size_t count = sampler->keys.count;
    if (!sampler->spilled) {
        if (count < sampler->control->capacities[SHAWK_SECTION_SOCKETS]) {
            return sampler->socks + count;
        }
        if (start_spill(sampler, count) != 0) {
            return NULL;
        }
    }
    if (count >= NONE - 1 || vec_reserve(&sampler->spill, sizeof(struct shawk_sock), count + 1) != 0) {
        return NULL;
    }
    return (struct shawk_sock *)sampler->spill.data + count;
}

int sink_commit(struct shawk_sampler *sampler, const struct shawk_sock *sock) {
    struct sock_key *key = vec_push(&sampler->keys, sizeof(*key));
    if (key == NULL) {
        return -ENOMEM;
    }
    *key = (struct sock_key){.cookie = sock->cookie, .inode = sock->inode, .next = NONE, .mptcp = sock->mptcp};
    return 0;
}

void sink_rewind(struct shawk_sampler *sampler, uint32_t count) {
    sampler->keys.count = count;
}

static int check_control(const struct shawk_control *control) {
    return control->abi_version == SHAWK_ABI_VERSION ? 0 : -EPROTO;
}

static void reset_control(struct shawk_control *control) {
    size_t results = offsetof(struct shawk_control, counts);
    memset((char *)control + results, 0, sizeof(*control) - results);
}

/* Nothing but what others have read: no socket is looked at. */
static int take_events(struct shawk_sampler *sampler, const struct shawk_living *living) {
    sampler->control->wall_us = living->wall_us;
    sampler->control->monotonic_ns = living->monotonic_ns;
    sampler->spaces.count = 0;
    sampler->translations.count = 0;
    sampler->living = living;
    sampler->living_count = 0;
    return living_own(sampler);
}

static int take_sample(struct shawk_sampler *sampler, const struct shawk_living *living) {
    struct shawk_control *control = sampler->control;
    sampler->keys.count = 0;
    sampler->sock_total = 0;
    sampler->ifaces.count = 0;
    sampler->unixes.count = 0;
    sampler->links.count = 0;
    sampler->spilled = 0;
    sampler->living = NULL;
    if (living != NULL && living->events_only) {
        return take_events(sampler, living);
    }
    int result = netns_find(sampler);
    if (result != 0) {
        return result;
    }
    control->wall_us = living != NULL ? living->wall_us : wall_us();
    control->monotonic_ns = living != NULL ? living->monotonic_ns : nanos_monotonic();
    uint64_t began = nanos_monotonic();
    if (living != NULL) {
        result = living_begin(sampler, living);
    }
    translations_begin(sampler);
    result = result == 0 ? netns_read_all(sampler) : result;
    translations_end(sampler);
    if (result == 0 && living != NULL) {
        result = living_end(sampler, nanos_monotonic() - began);
    }
    sampler->sock_total = sink_count(sampler);
    if (result == 0) {
        result = join_add_unix(sampler);
    }
    uint64_t read = nanos_monotonic();
    control->sockets_ns = read - began;
    if (result == 0) {
        result = living != NULL ? living_own(sampler) : owners_walk(sampler);
        control->owners_ns = nanos_monotonic() - read;
    }
    return result;
}

/* Where no namespace at all could be read the sample is a failure, with the first reason. */
static int overall_error(const struct shawk_sampler *sampler) {
    const struct shawk_netns *spaces = sampler->spaces.data;
    for (size_t i = 0; i < sampler->spaces.count; i++) {
        if (spaces[i].error == 0) {
            return 0;
        }
    }
    return sampler->netns_mode == SHAWK_NETNS_INODE || sampler->spaces.count == 0 || sampler->living != NULL ? 0 : -spaces[0].error;
}

/* The sections besides the sockets, which stand in the caller's buffer from the start. */
static const struct {
    size_t vec;  /* offset in struct shawk_sampler */
    size_t item; /* 0: none */
} sections[SHAWK_SECTIONS] = {
    [SHAWK_SECTION_HOLDERS] = {offsetof(struct shawk_sampler, ordered), sizeof(struct shawk_holder)},
    [SHAWK_SECTION_PROCESSES] = {offsetof(struct shawk_sampler, walkers[0].processes), sizeof(struct shawk_process)},
    [SHAWK_SECTION_NAMESPACES] = {offsetof(struct shawk_sampler, spaces), sizeof(struct shawk_netns)},
    [SHAWK_SECTION_INTERFACES] = {offsetof(struct shawk_sampler, ifaces), sizeof(struct shawk_iface)},
    [SHAWK_SECTION_UNIX_SOCKETS] = {offsetof(struct shawk_sampler, unixes), sizeof(struct shawk_unix)},
    [SHAWK_SECTION_TRANSLATIONS] = {offsetof(struct shawk_sampler, translations), sizeof(struct shawk_translation)},
    [SHAWK_SECTION_LINKS] = {offsetof(struct shawk_sampler, links), sizeof(struct shawk_link)},
};

/* NULL: a section that only others read. */
static const struct vec *section_vec(const struct shawk_sampler *sampler, int section) {
    return sections[section].item == 0 ? NULL : (const void *)((const char *)sampler + sections[section].vec);
}

static void count_sections(struct shawk_sampler *sampler) {
    struct shawk_control *control = sampler->control;
    for (int i = 0; i < SHAWK_SECTIONS; i++) {
        const struct vec *vec = section_vec(sampler, i);
        control->counts[i] = vec != NULL                  ? (uint32_t)vec->count
                             : i == SHAWK_SECTION_SOCKETS ? sampler->sock_total
                             : sampler->living != NULL    ? sampler->living->counts[i]
                                                          : 0;
    }
}

static int fits(const struct shawk_control *control) {
    int fit = 1;
    for (int i = 0; i < SHAWK_SECTIONS; i++) {
        fit &= control->counts[i] <= control->capacities[i];
    }
    return fit;
}

/* Records of the sections that only others read. */
static const size_t record_bytes[SHAWK_SECTIONS] = {
    [SHAWK_SECTION_EVENTS] = sizeof(struct shawk_event),     [SHAWK_SECTION_BUNDLES] = sizeof(struct shawk_bundle),
    [SHAWK_SECTION_FLOWS] = sizeof(struct shawk_flow),       [SHAWK_SECTION_METERS] = sizeof(struct shawk_meter),
    [SHAWK_SECTION_PROGRAMS] = sizeof(struct shawk_program),
};

static void copy_sections(const struct shawk_sampler *sampler, void *const *buffers) {
    for (int i = 0; i < SHAWK_SECTIONS; i++) {
        const struct vec *from = section_vec(sampler, i);
        if (from != NULL && from->count > 0) {
            memcpy(buffers[i], from->data, from->count * sections[i].item);
        } else if (from == NULL && i != SHAWK_SECTION_SOCKETS && sampler->control->counts[i] > 0) {
            memcpy(buffers[i], sampler->living->records[i], sampler->control->counts[i] * record_bytes[i]);
        }
    }
}

/* Sockets in the caller's buffer would be lost to a caller that grows it: they join the rest of the sample. */
static int keep_sample(struct shawk_sampler *sampler) {
    if (!sampler->spilled && start_spill(sampler, sampler->sock_total) != 0) {
        return -ENOMEM;
    }
    sampler->kept = *sampler->control;
    sampler->keeping = 1;
    return -ENOBUFS;
}

/* What others read must be the same as then, since part of the sample is still with them. */
static int is_kept(const struct shawk_sampler *sampler, const struct shawk_living *living) {
    int same = living == NULL ? sampler->living == NULL : living->monotonic_ns == sampler->kept.monotonic_ns;
    return sampler->keeping && same && nanos_monotonic() - sampler->kept.monotonic_ns < KEEP_NS;
}

static void restore_kept(struct shawk_sampler *sampler) {
    size_t results = offsetof(struct shawk_control, counts);
    memcpy((char *)sampler->control + results, (const char *)&sampler->kept + results,
           sizeof(sampler->kept) - results);
}

int shawk_sample(struct shawk_sampler *sampler, struct shawk_control *control, void *const *buffers,
                 const struct shawk_living *living) {
    int result = check_control(control);
    if (result != 0) {
        return result;
    }
    reset_control(control);
    sampler->control = control;
    sampler->socks = buffers[SHAWK_SECTION_SOCKETS];
    if (is_kept(sampler, living)) {
        restore_kept(sampler);
    } else {
        sampler->keeping = 0;
        result = take_sample(sampler, living);
        if (result == 0) {
            result = overall_error(sampler);
        }
        if (result != 0) {
            return result;
        }
        count_sections(sampler);
    }
    if (!fits(control)) {
        return sampler->keeping ? -ENOBUFS : keep_sample(sampler);
    }
    if (sampler->spilled) {
        memcpy(sampler->socks, sampler->spill.data, sampler->sock_total * sizeof(*sampler->socks));
        vec_free(&sampler->spill);
    }
    sampler->keeping = 0;
    sampler->spilled = 0;
    copy_sections(sampler, buffers);
    return 0;
}
