/* SPDX-License-Identifier: Apache-2.0 */
#include "cmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    ssize_t written = write(fd, text, strlen(text));
    int error = written < 0 ? -errno : 0;
    (void)close(fd);
    return error;
}

/* Somebody else inside, such as an ordinary user where it is root outside: the server asks who it is, and is told that
 * one. Its rights on files are those of the user outside, without any capability. */
static int enter_space(uint32_t id) {
    uint32_t uid = geteuid();
    uint32_t gid = getegid();
    char map[64];
    if ((uid == 0 && setgroups(0, NULL) != 0) || unshare(CLONE_NEWUSER) != 0) {
        return -errno;
    }
    int error = write_file("/proc/self/setgroups", "deny");
    if (error == 0) {
        (void)snprintf(map, sizeof(map), "%u %u 1", id, uid);
        error = write_file("/proc/self/uid_map", map);
    }
    if (error == 0) {
        (void)snprintf(map, sizeof(map), "%u %u 1", id, gid);
        error = write_file("/proc/self/gid_map", map);
    }
    return error;
}

static int drop_capabilities(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof(none));
    (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_capset, &head, none) != 0) {
        return -errno;
    }
    return 0;
}

int cmdb_become(const struct cmdb_identity *identity) {
    if (identity->space_id != CMDB_NOBODY_ELSE) {
        int error = enter_space(identity->space_id);
        if (error != 0) {
            return error;
        }
    } else if (identity->uid != CMDB_NOBODY_ELSE) {
        gid_t gid = identity->gid;
        uid_t uid = identity->uid;
        if (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0) {
            return -errno;
        }
    }
    return drop_capabilities();
}
