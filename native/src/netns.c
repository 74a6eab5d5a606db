/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"
#include "sampler.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

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
int netns_open_named(int dir, const char *name, uint64_t *inode) {
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
    int fd = netns_open_named(dir, name, &inode);
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
    int fd = length < sizeof(((struct shawk_netns *)0)->name) ? netns_open_named(dir, name, &inode) : -EINVAL;
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
static int process_netns(struct shawk_sampler *sampler, uint32_t pid, struct resident *resident) {
    char path[64];
    resident->tid = pid;
    (void)snprintf(path, sizeof(path), "%u/ns/net", pid);
    int result = proc_link(sampler->proc_fd, path, "net", &resident->netns);
    if (result != -ENOENT) {
        return result;
    }
    (void)snprintf(path, sizeof(path), "%u/task", pid);
    int tasks = openat(sampler->proc_fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tasks < 0) {
        return -errno;
    }
    (void)proc_list(sampler->buffer, tasks, &sampler->tids);
    const uint32_t *tids = sampler->tids.data;
    for (size_t i = 0; i < sampler->tids.count && result != 0; i++) {
        if (tids[i] != pid) {
            (void)snprintf(path, sizeof(path), "%u/ns/net", tids[i]);
            result = proc_link(tasks, path, "net", &resident->netns);
            resident->tid = tids[i];
        }
    }
    close(tasks);
    return result;
}

static int find_resident(struct shawk_sampler *sampler, uint32_t pid, uint64_t *previous) {
    struct resident found = {0};
    if (process_netns(sampler, pid, &found) != 0) {
        return 0; /* gone, or not ours to see */
    }
    struct resident *resident = vec_push(&sampler->residents, sizeof(*resident));
    if (resident == NULL) {
        return -ENOMEM;
    }
    *resident = found;
    if (found.netns == *previous) {
        return 0; /* most processes live where their neighbour lives */
    }
    *previous = found.netns;
    struct shawk_netns *space = find_space(sampler, found.netns);
    if (space == NULL) {
        space = add_space(sampler, found.netns);
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
    int result = proc_list(sampler->buffer, sampler->proc_fd, &sampler->pids);
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
