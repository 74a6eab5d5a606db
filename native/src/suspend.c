/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define CLIMB_MAX 64

static int parent_of(pid_t pid, pid_t *parent) {
    char path[32];
    char text[1024];
    struct proc_stat stat;
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    ssize_t length = read(fd, text, sizeof(text));
    close(fd);
    if (length <= 0 || !proc_parse_stat(text, (size_t)length, &stat)) {
        return 0;
    }
    *parent = (pid_t)stat.ppid;
    return 1;
}

/* Whether somebody could continue the group once it has stopped: an ancestor outside it, but of its session, that is a
 * shell with job control. The way up may lead through members of the group, such as sudo. */
static int has_job_control(void) {
    pid_t group = getpgrp();
    pid_t session = getsid(0);
    pid_t pid = getpid();
    for (int step = 0; step < CLIMB_MAX; step++) {
        pid_t parent = 0;
        if (!parent_of(pid, &parent) || parent <= 0 || getsid(parent) != session) {
            return 0;
        }
        if (getpgid(parent) != group) {
            return 1;
        }
        pid = parent;
    }
    return 0;
}

/*
 * A key Ctrl-Z sends SIGTSTP to the whole foreground group; in raw mode it sends nothing, so that the program does it.
 * SIGSTOP rather than SIGTSTP: it cannot be caught, so that no handler of the JVM runs and nothing comes back in here,
 * and it stops the other members (a sudo that started us, the rest of a pipeline) as well. But unlike SIGTSTP it also
 * stops a group that nobody would ever continue (started without a shell, the shell gone): that is refused first.
 */
int shawk_suspend(void) {
    if (!has_job_control()) {
        return -ENOTSUP;
    }
    if (kill(0, SIGSTOP) != 0) {
        return -errno;
    }
    /* Another thread may be the one that takes the signal, some microseconds from now. The stop falls into this
     * sleep, which goes on when the process does. */
    struct timespec pause = {.tv_nsec = 20000000};
    while (nanosleep(&pause, &pause) != 0 && errno == EINTR) {
    }
    return 0;
}
