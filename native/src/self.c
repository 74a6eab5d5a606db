/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int64_t shawk_self_cpu_us(void) {
    struct timespec used;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0) {
        return -errno;
    }
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

int64_t shawk_self_rss_kib(void) {
    char text[128];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    ssize_t length = read(fd, text, sizeof(text) - 1);
    close(fd);
    long size = 0;
    long resident = 0;
    text[length > 0 ? length : 0] = 0;
    if (sscanf(text, "%ld %ld", &size, &resident) != 2) {
        return -EIO;
    }
    return (int64_t)resident * (sysconf(_SC_PAGESIZE) / 1024);
}

uint64_t shawk_self_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};
    if (syscall(SYS_capget, &header, data) != 0) {
        return 0;
    }
    return (uint64_t)data[1].effective << 32U | data[0].effective;
}

int shawk_thread_act_for(uint32_t uid, uint32_t gid) {
    /* The system call itself: that of libc would take the groups away from every thread. */
    if (syscall(SYS_setgroups, 0, NULL) != 0) {
        return -errno;
    }
    (void)setfsgid(gid);
    (void)setfsuid(uid);
    /* Both return what was before: an id that does not exist changes nothing. */
    return (uint32_t)setfsgid((gid_t)-1) == gid && (uint32_t)setfsuid((uid_t)-1) == uid ? 0 : -EPERM;
}
