/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"
#include "sampler.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define STACK_BYTES (256U * 1024U)

/* A namespace that everything which named it has left since it was listed: no error, it is left out. */
#define GONE (-4096) /* no errno */

static struct shawk_netns *find_space(struct shawk_sampler *sampler, uint64_t inode) {
    struct shawk_netns *spaces = sampler->spaces.data;
    for (size_t i = 0; i < sampler->spaces.count; i++) {
        if (spaces[i].inode == inode) {
            return &spaces[i];
        }
    }
    return NULL;
}

static struct shawk_netns *add_space(struct shawk_sampler *sampler, uint64_t inode) {
    struct shawk_netns *space = vec_push(&sampler->spaces, sizeof(*space));
    if (space != NULL) {
        memset(space, 0, sizeof(*space));
        space->inode = inode;
    }
    return space;
}

/* A file of netns_dir that is a mounted network namespace; anything else there is not opened for reading, since that
 * could block or do something. Returns a descriptor or -errno. */
static int open_named(int dir, const char *name, uint64_t *inode) {
    int probe = openat(dir, name, O_PATH | O_CLOEXEC);
    if (probe < 0) {
        return -errno;
    }
    struct statfs filesystem;
    int is_namespace = fstatfs(probe, &filesystem) == 0 && (uint32_t)filesystem.f_type == NSFS_MAGIC;
    close(probe);
    if (!is_namespace) {
        return -EINVAL;
    }
    int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    struct stat status;
    int kind = ioctl(fd, NS_GET_NSTYPE); /* Linux 4.11; older ones give ENOTTY, and setns() decides */
    if (fstat(fd, &status) != 0 || (kind >= 0 && kind != CLONE_NEWNET)) {
        close(fd);
        return -EINVAL;
    }
    *inode = status.st_ino;
    return fd;
}

int64_t shawk_netns_by_name(const char *netns_dir, const char *name) {
    if (strchr(name, '/') != NULL || strlen(name) >= sizeof(((struct shawk_netns *)0)->name)) {
        return -EINVAL;
    }
    int dir = open(netns_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) {
        return -errno;
    }
    uint64_t inode = 0;
    int fd = open_named(dir, name, &inode);
    close(dir);
    if (fd < 0) {
        return fd;
    }
    close(fd);
    return (int64_t)inode;
}

static int add_named(struct shawk_sampler *sampler, int dir, const char *name) {
    uint64_t inode = 0;
    size_t length = strlen(name);
    int fd = length < sizeof(((struct shawk_netns *)0)->name) ? open_named(dir, name, &inode) : -EINVAL;
    if (fd < 0) {
        return 0;
    }
    close(fd);
    struct shawk_netns *space = find_space(sampler, inode);
    if (space == NULL) {
        space = add_space(sampler, inode);
    }
    if (space == NULL) {
        return -ENOMEM;
    }
    /* Of several names the first in the alphabet, so that it does not change from sample to sample. */
    if (space->name[0] == 0 || strcmp(name, (const char *)space->name) < 0) {
        memset(space->name, 0, sizeof(space->name));
        memcpy(space->name, name, length);
    }
    return 0;
}

static int find_named(struct shawk_sampler *sampler) {
    int fd = open(sampler->netns_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return 0; /* no such directory: no named namespaces */
    }
    int result = 0;
    DIR *dir = fdopendir(fd);
    if (dir == NULL) {
        close(fd);
        return -ENOMEM;
    }
    const struct dirent *entry;
    while (result == 0 && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.') {
            result = add_named(sampler, fd, entry->d_name);
        }
    }
    closedir(dir);
    return result;
}

/* The namespace of a process. Where the leader thread has gone its links are empty; another thread still has them. */
static int process_netns(struct shawk_sampler *sampler, uint32_t pid, uint64_t *inode) {
    char path[64];
    (void)snprintf(path, sizeof(path), "%u/ns/net", pid);
    int result = proc_link(sampler->proc_fd, path, "net", inode);
    if (result != -ENOENT) {
        return result;
    }
    (void)snprintf(path, sizeof(path), "%u/task", pid);
    int tasks = openat(sampler->proc_fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tasks < 0) {
        return -errno;
    }
    (void)proc_list(sampler, tasks, &sampler->tids);
    const uint32_t *tids = sampler->tids.data;
    for (size_t i = 0; i < sampler->tids.count && result != 0; i++) {
        if (tids[i] != pid) {
            (void)snprintf(path, sizeof(path), "%u/ns/net", tids[i]);
            result = proc_link(tasks, path, "net", inode);
        }
    }
    close(tasks);
    return result;
}

static int find_resident(struct shawk_sampler *sampler, uint32_t pid, uint64_t *previous) {
    uint64_t inode = 0;
    if (process_netns(sampler, pid, &inode) != 0) {
        return 0; /* gone, or not ours to see */
    }
    struct resident *resident = vec_push(&sampler->residents, sizeof(*resident));
    if (resident == NULL) {
        return -ENOMEM;
    }
    *resident = (struct resident){inode, pid};
    if (inode == *previous) {
        return 0; /* most processes live where their neighbour lives */
    }
    *previous = inode;
    struct shawk_netns *space = find_space(sampler, inode);
    if (space == NULL) {
        space = add_space(sampler, inode);
    }
    if (space == NULL) {
        return -ENOMEM;
    }
    if (space->pid == 0) {
        space->pid = pid;
    }
    return 0;
}

static int find_residents(struct shawk_sampler *sampler) {
    int result = proc_list(sampler, sampler->proc_fd, &sampler->pids);
    const uint32_t *pids = sampler->pids.data;
    uint64_t previous = 0;
    for (size_t i = 0; i < sampler->pids.count && result == 0; i++) {
        result = find_resident(sampler, pids[i], &previous);
    }
    return result;
}

/* The namespace of the calling thread. A made-up tree may say otherwise for itself. */
static uint64_t own_inode(const struct shawk_sampler *sampler) {
    uint64_t inode = 0;
    if (proc_link(sampler->proc_fd, "thread-self/ns/net", "net", &inode) == 0 ||
        proc_link(sampler->proc_fd, "self/ns/net", "net", &inode) == 0) {
        return inode;
    }
    (void)proc_link(AT_FDCWD, "/proc/thread-self/ns/net", "net", &inode);
    return inode;
}

/* With one namespace asked for, only that one stays; with none of that number an entry that says so. */
static int keep_only(struct shawk_sampler *sampler, uint64_t inode) {
    struct shawk_netns *space = find_space(sampler, inode);
    if (space != NULL) {
        *(struct shawk_netns *)sampler->spaces.data = *space;
        sampler->spaces.count = 1;
        return 0;
    }
    sampler->spaces.count = 0;
    space = add_space(sampler, inode);
    if (space == NULL) {
        return -ENOMEM;
    }
    space->error = ENOENT;
    return 0;
}

int netns_find(struct shawk_sampler *sampler) {
    sampler->spaces.count = 0;
    sampler->residents.count = 0;
    struct shawk_netns *self = add_space(sampler, own_inode(sampler));
    if (self == NULL) {
        return -ENOMEM;
    }
    self->self = 1;
    self->pid = (uint32_t)getpid();
    int result = find_named(sampler);
    if (result != 0) {
        return result;
    }
    if (sampler->netns_mode == SHAWK_NETNS_SELF) {
        return keep_only(sampler, own_inode(sampler));
    }
    result = find_residents(sampler);
    if (result == 0 && sampler->netns_mode == SHAWK_NETNS_INODE) {
        result = keep_only(sampler, sampler->netns_inode);
    }
    return result;
}

/* /proc/sys/net shows the namespace of the thread that looks. */
static void read_port_range(const struct shawk_sampler *sampler, struct shawk_netns *space) {
    char text[64];
    long length = proc_read(sampler->proc_fd, "sys/net/ipv4/ip_local_port_range", text, sizeof(text));
    if (length > 0) {
        (void)proc_parse_port_range(text, (size_t)length, &space->port_low, &space->port_high);
    }
}

/* proc_root/net of the calling thread; a made-up tree may have only the shorter ones. */
static int open_own_net(const struct shawk_sampler *sampler) {
    static const char *const paths[] = {"thread-self/net", "net", "self/net"};
    int fd = -1;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]) && fd < 0; i++) {
        fd = openat(sampler->proc_fd, paths[i], O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    return fd < 0 ? -errno : fd;
}

/* The sockets of the namespace that the calling thread is in. */
static int read_here(struct shawk_sampler *sampler, struct shawk_netns *space, int32_t errors[4]) {
    read_port_range(sampler, space);
    if (sampler->sockets == SHAWK_SOCKETS_DIAG) {
        return diag_read(sampler, space->inode, errors);
    }
    int net = open_own_net(sampler);
    if (net < 0) {
        for (int i = 0; i < 4; i++) {
            errors[i] = -net;
        }
        return 0;
    }
    int result = proc_net_read(sampler, net, space->inode, errors);
    close(net);
    return result;
}

/* Descriptor of the namespace, by its name or by any process that (still) lives in it; -errno of the last failure,
 * GONE where all have vanished. */
static int open_space(struct shawk_sampler *sampler, const struct shawk_netns *space) {
    uint64_t inode = 0;
    int error = GONE;
    if (space->name[0] != 0) {
        int dir = open(sampler->netns_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
        int fd = dir < 0 ? -1 : open_named(dir, (const char *)space->name, &inode);
        if (dir >= 0) {
            close(dir);
        }
        if (fd >= 0 && inode == space->inode) {
            return fd;
        }
        if (fd >= 0) {
            close(fd);
        }
    }
    const struct resident *residents = sampler->residents.data;
    for (size_t i = 0; i < sampler->residents.count; i++) {
        if (residents[i].netns != space->inode) {
            continue;
        }
        char path[32];
        struct stat status;
        (void)snprintf(path, sizeof(path), "%u/ns/net", residents[i].pid);
        int fd = openat(sampler->proc_fd, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0) {
            error = errno == ENOENT || errno == ESRCH ? error : -errno;
            continue;
        }
        if (fstat(fd, &status) == 0 && status.st_ino == space->inode) {
            return fd;
        }
        close(fd); /* the process has moved, or its number has a new bearer */
    }
    return error;
}

/* /proc/PID/net needs no privilege and no entering. The process is pinned by its directory; that it did not move to
 * another namespace meanwhile is checked afterwards. Returns 1 if read, 0 if not, or -ENOMEM. */
static int read_resident_net(struct shawk_sampler *sampler, struct shawk_netns *space, uint32_t pid,
                             int32_t errors[4]) {
    char path[16];
    (void)snprintf(path, sizeof(path), "%u", pid);
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

static int read_through_residents(struct shawk_sampler *sampler, struct shawk_netns *space, int32_t errors[4]) {
    const struct resident *residents = sampler->residents.data;
    int result = 0;
    for (size_t i = 0; i < sampler->residents.count && result == 0; i++) {
        if (residents[i].netns == space->inode) {
            result = read_resident_net(sampler, space, residents[i].pid, errors);
        }
    }
    return result;
}

static int first_error(const struct shawk_sampler *sampler, const int32_t errors[4]) {
    int tcp = (sampler->protocols & SHAWK_PROTO_TCP) != 0;
    int udp = (sampler->protocols & SHAWK_PROTO_UDP) != 0;
    if ((tcp && (errors[0] == 0 || errors[1] == 0)) || (udp && (errors[2] == 0 || errors[3] == 0))) {
        return 0;
    }
    return tcp ? errors[0] : errors[2];
}

/* Reads a namespace other than the caller's; runs on the thread that exists for it. */
static int read_other(struct shawk_sampler *sampler, struct shawk_netns *space, int32_t errors[4]) {
    if (sampler->sockets == SHAWK_SOCKETS_PROC) {
        int result = read_through_residents(sampler, space, errors);
        if (result < 0) {
            return result;
        }
        if (result == 1) {
            space->error = first_error(sampler, errors);
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
    space->error = first_error(sampler, errors);
    return result;
}

static void report_errors(struct shawk_sampler *sampler, const int32_t errors[4]) {
    sampler->control->tcp4_error = errors[0];
    sampler->control->tcp6_error = errors[1];
    sampler->control->udp4_error = errors[2];
    sampler->control->udp6_error = errors[3];
}

static void *read_others(void *argument) {
    struct shawk_sampler *sampler = argument;
    struct shawk_netns *spaces = sampler->spaces.data;
    intptr_t result = 0;
    for (size_t i = 0; i < sampler->spaces.count && result == 0; i++) {
        if (!spaces[i].self && spaces[i].error == 0) {
            int32_t errors[4] = {0};
            result = read_other(sampler, &spaces[i], errors);
            if (sampler->netns_mode == SHAWK_NETNS_INODE) {
                report_errors(sampler, errors);
            }
        }
    }
    return (void *)result;
}

/* A thread that enters namespaces and then ends: the caller is never left in another one, and nothing keeps a
 * namespace alive between samples. It takes no signal, since those are the JVM's. */
static int run_apart(struct shawk_sampler *sampler) {
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all;
    sigset_t previous;
    if (pthread_attr_init(&attributes) != 0) {
        return -ENOMEM;
    }
    (void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &previous);
    int error = pthread_create(&thread, &attributes, read_others, sampler);
    (void)pthread_sigmask(SIG_SETMASK, &previous, NULL);
    (void)pthread_attr_destroy(&attributes);
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
        int32_t errors[4] = {0};
        int result = read_here(sampler, &spaces[i], errors);
        if (result != 0) {
            return result;
        }
        spaces[i].error = first_error(sampler, errors);
        report_errors(sampler, errors);
    }
    int result = others ? run_apart(sampler) : 0;
    forget_gone(sampler);
    return result;
}
