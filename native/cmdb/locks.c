/* SPDX-License-Identifier: Apache-2.0 */
#include "cmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Who asks whether there is a server holds the lock for an instant. */
#define TRIES 200
#define TRY_NANOS 10000000

static int open_in(int dir, const char *name, int flags) {
    int fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | flags, 0600);
    return fd < 0 ? -errno : fd;
}

static int lock(int fd, int command, short type, off_t from, off_t length, short *found) {
    struct flock what = {.l_type = type, .l_whence = SEEK_SET, .l_start = from, .l_len = length, .l_pid = 0};
    if (fcntl(fd, command, &what) != 0) {
        return -errno;
    }
    *found = what.l_type;
    return 0;
}

int cmdb_locks_open(struct cmdb_locks *locks, const char *folder) {
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dir < 0) {
        return -errno;
    }
    locks->supervisor = open_in(dir, "server.lock", O_CLOEXEC);
    locks->server = open_in(dir, "server.lock", 0);
    locks->users = open_in(dir, "users.lock", O_CLOEXEC);
    locks->state = open_in(dir, "state", O_CLOEXEC);
    (void)close(dir);
    int fds[] = {locks->supervisor, locks->server, locks->users, locks->state};
    for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
        if (fds[i] < 0) {
            return fds[i];
        }
    }
    /*
     * Root's server may be read by others, who have to find it. Who can open a file can lock it: their sessions show
     * that they are there, and no lock of theirs keeps the server from stopping.
     */
    if (fchmod(locks->users, 0600) != 0 || fchmod(locks->state, 0644) != 0) {
        return -errno;
    }
    return 0;
}

static int take(int fd, off_t from) {
    static const struct timespec pause = {.tv_sec = 0, .tv_nsec = TRY_NANOS};
    short found;
    int error = 0;
    for (int i = 0; i < TRIES; i++) {
        error = lock(fd, F_OFD_SETLK, F_WRLCK, from, 1, &found);
        if (error != -EAGAIN && error != -EACCES) {
            return error;
        }
        (void)nanosleep(&pause, NULL);
    }
    return error;
}

int cmdb_locks_take(struct cmdb_locks *locks) {
    int error = take(locks->supervisor, 0);
    return error != 0 ? error : take(locks->server, 1);
}

bool cmdb_locks_used(const struct cmdb_locks *locks) {
    short found = F_WRLCK;
    return lock(locks->users, F_OFD_GETLK, F_WRLCK, 0, 0, &found) != 0 || found != F_UNLCK;
}

bool cmdb_locks_shut(struct cmdb_locks *locks) {
    short found;
    return lock(locks->users, F_OFD_SETLK, F_WRLCK, 0, 0, &found) == 0;
}
