/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of shawk-cmdb's parts: what it reads, what it keeps. The whole of it, with a server, is tried from Java. */
#include "../check.h"
#include "cmdb.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int checks_failed;

static void check_client(bool expected, const char *title) {
    CHECK(cmdb_is_client(title, strlen(title)) == expected);
}

static void test_clients(void) {
    check_client(true, "postgres: shawk shawk [local] idle");
    check_client(true, "postgres: shawk_guest shawk [local] SELECT");
    check_client(false, "postgres: checkpointer ");
    check_client(false, "postgres: shawk shawk [loca");
    check_client(false, "vi postgres: shawk shawk [local] idle");
    check_client(false, "postgres: ");
    check_client(false, "");
}

static void check_ready(bool expected, const char *text) {
    CHECK(cmdb_is_ready(text) == expected);
}

static void test_ready(void) {
    check_ready(true, "12\n/data\n1\n5432\n/run\n\n 1 2\nready   \n");
    check_ready(false, "12\n/data\n1\n5432\n/run\n\n 1 2\nstarting\n");
    check_ready(false, "12\n/data\n1\n5432\n/run\n\n 1 2\n");
    check_ready(false, "12\n/data\n1\n5432\n/run\n\nready   \n");
    check_ready(false, "12");
    check_ready(false, "");
}

static void check_reason(const char *expected, const char *log) {
    char line[30];
    cmdb_reason(log, line, sizeof(line));
    if (strcmp(line, expected) != 0) {
        (void)fprintf(stderr, "expected '%s', was '%s'\n", expected, line);
        checks_failed++;
    }
}

static void test_reasons(void) {
    check_reason("no room", "t UTC [1] LOG:  begin\nt UTC [1] FATAL:  no room\nt UTC [1] LOG:  end\n");
    check_reason("worse", "t [1] FATAL:  bad\nt [1] PANIC:  worse\nt [2] FATAL:  bad too\n");
    check_reason("the last", "FATAL:  the first\nFATAL:  the last");
    check_reason("/bin/postgres: no such file", "something\n/bin/postgres: no such file\n\n");
    check_reason("01234567890123456789012345678", "FATAL:  0123456789012345678901234567890123456789");
    check_reason("a?[31mb?", "FATAL:  a\033[31mb\177\n");
    check_reason("", "");
    check_reason("", "\n\n");
}

static size_t size_of(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 ? (size_t)found.st_size : 0;
}

static void test_log(const char *scratch) {
    char path[4096];
    char older[4200];
    (void)snprintf(path, sizeof(path), "%s/cmdb.log", scratch);
    (void)snprintf(older, sizeof(older), "%s.1", path);
    (void)unlink(path);
    (void)unlink(older);
    struct cmdb_log log;
    cmdb_log_open(&log, path, 10000);
    char line[64];
    for (int i = 0; i < 5000; i++) {
        int length = snprintf(line, sizeof(line), "line %d\n", i);
        cmdb_log_write(&log, line, (size_t)length);
        NEED(size_of(path) <= 10000 && size_of(older) <= 10000);
    }
    NEED(size_of(path) > 0 && size_of(older) > 9000);
    NEED(log.tail_bytes == CMDB_TAIL && strlen(log.tail) == CMDB_TAIL);
    CHECK(strcmp(log.tail + CMDB_TAIL - 20, "line 4998\nline 4999\n") == 0);
    static char big[3 * CMDB_TAIL];
    memset(big, 'x', sizeof(big));
    cmdb_log_write(&log, big, sizeof(big));
    CHECK(log.tail_bytes == CMDB_TAIL && strspn(log.tail, "x") == CMDB_TAIL);
    (void)close(log.fd);
    /* What stands there already counts; a link is not followed. */
    cmdb_log_open(&log, path, 10000);
    CHECK(log.bytes == size_of(path));
    (void)close(log.fd);
    (void)unlink(path);
    NEED(symlink(older, path) == 0);
    cmdb_log_open(&log, path, 10000);
    CHECK(log.fd == -1);
    cmdb_log_write(&log, "lost\n", 5);
    CHECK(strstr(log.tail, "lost") != NULL);
    (void)unlink(path);
    (void)unlink(older);
}

/* A process holds what its parent took, and it is let go of when the last one has ended. */
static void test_locks(const char *scratch) {
    char folder[4096];
    (void)snprintf(folder, sizeof(folder), "%s/cmdb.locks", scratch);
    (void)mkdir(folder, 0700);
    struct cmdb_locks first;
    struct cmdb_locks second;
    NEED(cmdb_locks_open(&first, folder) == 0 && cmdb_locks_take(&first) == 0);
    NEED(cmdb_locks_open(&second, folder) == 0);
    CHECK(cmdb_locks_take(&second) != 0);
    struct stat users;
    CHECK(fstat(first.users, &users) == 0 && (users.st_mode & 0777) == 0600);
    pid_t child = fork();
    NEED(child >= 0);
    if (child == 0) {
        (void)close(first.supervisor);
        (void)pause();
        _exit(0);
    }
    (void)close(first.supervisor);
    (void)close(first.server);
    CHECK(cmdb_locks_take(&second) != 0);
    (void)kill(child, SIGKILL);
    NEED(waitpid(child, NULL, 0) == child);
    CHECK(cmdb_locks_take(&second) == 0);

    CHECK(!cmdb_locks_used(&second));
    struct flock shared = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0, .l_pid = 0};
    NEED(fcntl(first.users, F_OFD_SETLK, &shared) == 0);
    CHECK(cmdb_locks_used(&second) && !cmdb_locks_shut(&second));
    (void)close(first.users);
    CHECK(!cmdb_locks_used(&second) && cmdb_locks_shut(&second));
    CHECK(cmdb_locks_open(&first, "/nowhere") < 0);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        (void)fprintf(stderr, "usage: %s SCRATCH\n", argv[0]);
        return 2;
    }
    test_clients();
    test_ready();
    test_reasons();
    test_log(argv[1]);
    test_locks(argv[1]);
    (void)printf("cmdb: %d checks failed\n", checks_failed);
    return checks_failed != 0;
}
