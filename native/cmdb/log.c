/* SPDX-License-Identifier: Apache-2.0 */
#include "cmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void open_file(struct cmdb_log *log) {
    struct stat now;
    log->fd = open(log->path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    log->bytes = log->fd >= 0 && fstat(log->fd, &now) == 0 ? (size_t)now.st_size : 0;
}

void cmdb_log_open(struct cmdb_log *log, const char *path, size_t limit) {
    memset(log, 0, sizeof(*log));
    log->path = path;
    log->limit = limit;
    open_file(log);
}

/* The file becomes the older one, whose bytes go. */
static void turn(struct cmdb_log *log) {
    char older[4096];
    int length = snprintf(older, sizeof(older), "%s.1", log->path);
    if (length < 0 || (size_t)length >= sizeof(older)) {
        return;
    }
    if (log->fd >= 0) {
        (void)close(log->fd);
    }
    (void)rename(log->path, older);
    open_file(log);
}

static void remember(struct cmdb_log *log, const char *text, size_t length) {
    if (length > CMDB_TAIL) {
        text += length - CMDB_TAIL;
        length = CMDB_TAIL;
    }
    size_t keep = CMDB_TAIL - length < log->tail_bytes ? CMDB_TAIL - length : log->tail_bytes;
    memmove(log->tail, log->tail + log->tail_bytes - keep, keep);
    memcpy(log->tail + keep, text, length);
    log->tail_bytes = keep + length;
    log->tail[log->tail_bytes] = '\0';
}

/* On a full disk what does not fit is lost: the server goes on. */
void cmdb_log_write(struct cmdb_log *log, const char *text, size_t length) {
    remember(log, text, length);
    if (log->bytes > 0 && log->bytes + length > log->limit) {
        turn(log);
    }
    if (log->fd >= 0) {
        ssize_t written = write(log->fd, text, length);
        log->bytes += written > 0 ? (size_t)written : 0;
    }
}
