/* SPDX-License-Identifier: Apache-2.0 */
/* shawk-cmdb: the parent of the embedded PostgreSQL server. It runs the server as an unprivileged user, tells when it
 * answers, keeps its log within a bound, and stops it when nobody has used it for a while. It knows nothing of SQL. */
#ifndef SHAWK_CMDB_H
#define SHAWK_CMDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define CMDB_NOBODY_ELSE UINT32_MAX /* of an identity: stay who you are */

/* Who a program is run as. */
struct cmdb_identity {
    uint32_t uid;      /* CMDB_NOBODY_ELSE = stays */
    uint32_t gid;      /* CMDB_NOBODY_ELSE = stays */
    uint32_t space_id; /* CMDB_NOBODY_ELSE = none; else the own user and group seem to be this one, in a user namespace */
};

/* All rights are dropped, also those that an environment has handed on. 0, or -errno. */
int cmdb_become(const struct cmdb_identity *identity);

/* What the log keeps: two files of this size. */
#define CMDB_LOG_BYTES (1 << 20)
/* What of the log is remembered, to say why the server did not start. */
#define CMDB_TAIL 4096

struct cmdb_log {
    const char *path;
    int fd; /* -1 = could not be opened: what is written is lost */
    size_t bytes;
    size_t limit;
    char tail[CMDB_TAIL + 1];
    size_t tail_bytes;
};

void cmdb_log_open(struct cmdb_log *log, const char *path, size_t limit);
void cmdb_log_write(struct cmdb_log *log, const char *text, size_t length);

/* The locks that processes of this program share, in one folder: of the server (its supervisor: byte 0, its processes:
 * byte 1) and of those who use it. All are of fcntl(), those held here belong to the open file: its children hold them
 * on, and SIGKILL lets go of them. */
struct cmdb_locks {
    int supervisor; /* not inherited */
    int server;     /* inherited */
    int users;
    int state; /* a text for those who ask, written as a whole */
};

int cmdb_locks_open(struct cmdb_locks *locks, const char *folder); /* 0, or -errno */
int cmdb_locks_take(struct cmdb_locks *locks);                    /* 0, or -errno; -EAGAIN: another server runs */
bool cmdb_locks_used(const struct cmdb_locks *locks);
bool cmdb_locks_shut(struct cmdb_locks *locks); /* nobody uses it, and nobody can begin to */

struct cmdb_options {
    struct cmdb_identity identity;
    const char *folder; /* of the locks */
    const char *data;   /* of the server */
    const char *log;
    const char *note; /* lines that are added to the state */
    long idle_seconds;
    char **command;
};

/* Forks: a process of its own serves. What comes of it this one says in one line on standard output, "ready", or
 * "failed " and the reason, and ends. */
int cmdb_serve(const struct cmdb_options *options);

/* Pure. */
bool cmdb_is_client(const char *title, size_t length); /* as /proc/PID/cmdline has it: a session on the Unix socket */
bool cmdb_is_ready(const char *pid_file);              /* postmaster.pid: its eighth line */
/* The line of the server's log that says why it ended: its last FATAL or PANIC, else its last one; without the time and
 * pid before it. At most size - 1 bytes, no control characters. */
void cmdb_reason(const char *log, char *line, size_t size);

#endif
