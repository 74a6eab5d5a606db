/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"
#include "sampler.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static int read_start(int dir, uint64_t *start) {
    char text[1024];
    struct proc_stat stat;
    long length = proc_read(dir, "stat", text, sizeof(text));
    if (length < 0) {
        return (int)length;
    }
    if (!proc_parse_stat(text, (size_t)length, &stat)) {
        return -EIO;
    }
    *start = stat.start;
    return 0;
}

/* A descriptor of /proc/PID stands for the process that it was opened for, as one of pidfd_open() does; and what is
 * read below it is about that very process. */
int shawk_signal(const char *proc_root, uint32_t pid, uint64_t start, int signal) {
    if (pid == 0 || signal <= 0 || signal >= NSIG) {
        return -EINVAL;
    }
    char path[4096];
    int length = snprintf(path, sizeof(path), "%s/%u", proc_root, pid);
    if (length < 0 || (size_t)length >= sizeof(path)) {
        return -ENAMETOOLONG;
    }
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) {
        return errno == ENOENT ? -ESRCH : -errno;
    }
    uint64_t begun = 0;
    int result = read_start(dir, &begun);
    if (result == -ENOENT || (result == 0 && begun != start)) {
        result = -ESRCH;
    }
    if (result == 0 && syscall(SYS_pidfd_send_signal, dir, signal, NULL, 0) != 0) {
        result = -errno;
    }
    close(dir);
    return result;
}
