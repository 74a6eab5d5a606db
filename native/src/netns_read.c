/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"
#include "sampler.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A namespace that everything which named it has left since it was listed: no error, it is left out. */
#define GONE (-4096) /* no errno */

/* /proc/sys/net shows the namespace of the thread that looks. */
static void read_port_range(const struct shawk_sampler *sampler, struct shawk_netns *space) {
    char text[64];
    long length = proc_read(sampler->proc_fd, "sys/net/ipv4/ip_local_port_range", text, sizeof(text));
    if (length > 0) {
        (void)proc_parse_port_range(text, (size_t)length, &space->port_low, &space->port_high);
    }
}

static int read_own_tables(struct shawk_sampler *sampler, uint64_t netns, int32_t errors[SHAWK_PARTS]) {
    int net = proc_own_net(sampler->proc_fd);
    if (net < 0) {
        for (int i = SHAWK_PART_TCP4; i <= SHAWK_PART_UDP6; i++) {
            errors[i] = -net;
        }
        return 0;
    }
    int result = proc_net_read(sampler, net, netns, errors);
    close(net);
    return result;
}

/* The counters of interfaces are wanted of one namespace: the one that the user looks out of. */
static int wants_links(const struct shawk_sampler *sampler, const struct shawk_netns *space) {
    return (sampler->parts & SHAWK_READ_LINKS) != 0 && (space->self || sampler->netns_mode == SHAWK_NETNS_INODE);
}

/* What the namespace has that the calling thread is in. */
static int read_here(struct shawk_sampler *sampler, struct shawk_netns *space, int32_t errors[SHAWK_PARTS]) {
    read_port_range(sampler, space);
    int result = sampler->sockets == SHAWK_SOCKETS_DIAG ? diag_read(sampler, space->inode, errors)
                                                        : read_own_tables(sampler, space->inode, errors);
    if (result == 0 && (sampler->parts & SHAWK_READ_TRANSLATIONS) != 0) {
        result = translations_read(sampler, space->inode, &errors[SHAWK_PART_TRANSLATIONS]);
    }
    if (result == 0 && wants_links(sampler, space)) {
        result = links_read(sampler, space->inode, &errors[SHAWK_PART_LINKS]);
    }
    return result;
}

static int open_by_name(const struct shawk_sampler *sampler, const struct shawk_netns *space) {
    int dir = open(sampler->netns_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) {
        return GONE;
    }
    uint64_t inode = 0;
    int fd = netns_open_named(dir, (const char *)space->name, &inode);
    close(dir);
    if (fd >= 0 && inode != space->inode) {
        close(fd);
        return GONE;
    }
    return fd >= 0 ? fd : GONE;
}

/* Of a thread that has ended procfs says EACCES, as of one that may not be looked at. */
static int is_gone(const struct shawk_sampler *sampler, uint32_t tid, int error) {
    char path[16];
    struct stat status;
    (void)snprintf(path, sizeof(path), "%u", tid);
    return error == ENOENT || error == ESRCH || fstatat(sampler->proc_fd, path, &status, 0) != 0;
}

static int open_by_thread(const struct shawk_sampler *sampler, const struct shawk_netns *space, uint32_t tid) {
    char path[32];
    struct stat status;
    (void)snprintf(path, sizeof(path), "%u/ns/net", tid);
    int fd = openat(sampler->proc_fd, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        int error = errno;
        return is_gone(sampler, tid, error) ? GONE : -error;
    }
    if (fstat(fd, &status) != 0 || status.st_ino != space->inode) {
        close(fd); /* the thread has moved, or its number has a new bearer */
        return GONE;
    }
    return fd;
}

/* Descriptor of the namespace, by its name or by any thread that (still) lives in it; else -errno, or GONE. */
static int open_space(const struct shawk_sampler *sampler, const struct shawk_netns *space) {
    int fd = space->name[0] != 0 ? open_by_name(sampler, space) : GONE;
    int error = fd;
    const struct resident *residents = sampler->residents.data;
    for (size_t i = 0; i < sampler->residents.count && fd < 0; i++) {
        if (residents[i].netns == space->inode) {
            fd = open_by_thread(sampler, space, residents[i].tid);
            error = fd != GONE ? fd : error;
        }
    }
    return fd >= 0 ? fd : error;
}

int netns_open(const struct shawk_sampler *sampler, const struct shawk_netns *space) {
    int fd = open_space(sampler, space);
    return fd == GONE ? -ENOENT : fd;
}

/* /proc/PID/net needs no privilege and no entering. The process is pinned by its directory; that it did not move to
 * another namespace meanwhile is checked afterwards. Returns 1 if read, 0 if not, or -ENOMEM. */
static int read_resident_net(struct shawk_sampler *sampler, struct shawk_netns *space, uint32_t tid,
                             int32_t errors[SHAWK_PARTS]) {
    char path[16];
    (void)snprintf(path, sizeof(path), "%u", tid);
    int dir = openat(sampler->proc_fd, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int net = dir < 0 ? -1 : openat(dir, "net", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int result = 0;
    if (net >= 0) {
        uint32_t before = sink_count(sampler);
        uint64_t inode = 0;
        result = proc_net_read(sampler, net, space->inode, errors);
        if (result == 0 && proc_link(dir, "ns/net", "net", &inode) == 0 && inode == space->inode) {
            result = 1;
        } else {
            sink_rewind(sampler, before);
        }
        close(net);
    }
    if (dir >= 0) {
        close(dir);
    }
    return result;
}

static int read_through_residents(struct shawk_sampler *sampler, struct shawk_netns *space,
                                  int32_t errors[SHAWK_PARTS]) {
    const struct resident *residents = sampler->residents.data;
    int result = 0;
    for (size_t i = 0; i < sampler->residents.count && result == 0; i++) {
        if (residents[i].netns == space->inode) {
            result = read_resident_net(sampler, space, residents[i].tid, errors);
        }
    }
    return result;
}

/* The namespace has an error only where nothing of it could be read. MPTCP does not count: where there is no such
 * socket it can always be read. */
static int first_error(const struct shawk_sampler *sampler, const int32_t errors[SHAWK_PARTS]) {
    int counting = sampler->parts & (SHAWK_PROTO_TCP | SHAWK_PROTO_UDP | SHAWK_PROTO_UNIX);
    int first = 0;
    for (int part = SHAWK_PART_TCP4; part <= SHAWK_PART_UNIX; part++) {
        if ((counting & part_bit(part)) == 0) {
            continue;
        }
        if (errors[part] == 0) {
            return 0;
        }
        first = first == 0 ? errors[part] : first;
    }
    return first;
}

static void note_errors(const struct shawk_sampler *sampler, struct shawk_netns *space,
                        const int32_t errors[SHAWK_PARTS]) {
    space->error = first_error(sampler, errors);
    space->unread = 0;
    for (unsigned int part = 0; part < SHAWK_PART_LINKS; part++) {
        space->unread |= (uint8_t)((errors[part] != 0) << part);
    }
}

/* Reads a namespace other than the caller's; runs on the thread that exists for it. */
static int read_other(struct shawk_sampler *sampler, struct shawk_netns *space, int32_t errors[SHAWK_PARTS]) {
    if (sampler->sockets == SHAWK_SOCKETS_PROC) {
        int result = read_through_residents(sampler, space, errors);
        if (result < 0) {
            return result;
        }
        if (result == 1) {
            note_errors(sampler, space, errors);
            return 0;
        }
    }
    int fd = open_space(sampler, space);
    if (fd < 0) {
        space->error = fd;
        return 0;
    }
    int entered = setns(fd, CLONE_NEWNET);
    int error = errno;
    close(fd);
    if (entered != 0) {
        space->error = error;
        return 0;
    }
    int result = read_here(sampler, space, errors);
    note_errors(sampler, space, errors);
    return result;
}

static void report_errors(struct shawk_sampler *sampler, const int32_t errors[SHAWK_PARTS]) {
    memcpy(sampler->control->errors, errors, SHAWK_PARTS * sizeof(*errors));
}

static void *read_others(void *argument) {
    struct shawk_sampler *sampler = argument;
    struct shawk_netns *spaces = sampler->spaces.data;
    intptr_t result = 0;
    for (size_t i = 0; i < sampler->spaces.count && result == 0; i++) {
        if (!spaces[i].self && spaces[i].error == 0) {
            int32_t errors[SHAWK_PARTS] = {0};
            result = read_other(sampler, &spaces[i], errors);
            if (sampler->netns_mode == SHAWK_NETNS_INODE) {
                report_errors(sampler, errors);
            }
        }
    }
    return (void *)result;
}

/* A thread that enters namespaces and then ends: the caller is never left in another one, and nothing keeps a
 * namespace alive between samples. */
static int run_apart(struct shawk_sampler *sampler) {
    pthread_t thread;
    int error = thread_start(&thread, read_others, sampler);
    if (error != 0) {
        struct shawk_netns *spaces = sampler->spaces.data;
        for (size_t i = 0; i < sampler->spaces.count; i++) {
            spaces[i].error = spaces[i].self ? 0 : error;
        }
        return 0;
    }
    void *result = NULL;
    (void)pthread_join(thread, &result);
    return (int)(intptr_t)result;
}

static void forget_gone(struct shawk_sampler *sampler) {
    struct shawk_netns *spaces = sampler->spaces.data;
    size_t kept = 0;
    for (size_t i = 0; i < sampler->spaces.count; i++) {
        if (spaces[i].error == GONE && sampler->netns_mode != SHAWK_NETNS_INODE) {
            continue;
        }
        spaces[kept] = spaces[i];
        if (spaces[kept].error < 0) {
            spaces[kept].error = spaces[kept].error == GONE ? ENOENT : -spaces[kept].error;
        }
        kept++;
    }
    sampler->spaces.count = kept;
}

int netns_read_all(struct shawk_sampler *sampler) {
    struct shawk_netns *spaces = sampler->spaces.data;
    int others = 0;
    for (size_t i = 0; i < sampler->spaces.count; i++) {
        if (!spaces[i].self) {
            others |= spaces[i].error == 0;
            continue;
        }
        int32_t errors[SHAWK_PARTS] = {0};
        int result = read_here(sampler, &spaces[i], errors);
        if (result != 0) {
            return result;
        }
        note_errors(sampler, &spaces[i], errors);
        report_errors(sampler, errors);
    }
    int result = others ? run_apart(sampler) : 0;
    forget_gone(sampler);
    return result;
}
