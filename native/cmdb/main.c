/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shawk-cmdb run   [WHO] -- PROGRAM ARGUMENT...                 becomes PROGRAM, without any right
 * shawk-cmdb serve [WHO] FOLDER... -- PROGRAM ARGUMENT...       keeps PROGRAM, which is PostgreSQL, as a service
 * WHO: --uid N --gid N, or --space N
 * FOLDER: --folder LOCKS --data DATA --log FILE --note TEXT --idle SECONDS
 */
#include "cmdb.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct option names[] = {
    {"uid", required_argument, NULL, 'u'},    {"gid", required_argument, NULL, 'g'},
    {"space", required_argument, NULL, 's'},  {"folder", required_argument, NULL, 'f'},
    {"data", required_argument, NULL, 'd'},   {"log", required_argument, NULL, 'l'},
    {"note", required_argument, NULL, 'n'},   {"idle", required_argument, NULL, 'i'},
    {NULL, 0, NULL, 0},
};

static bool number(const char *text, long most, long *value) {
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *value >= 0 && *value <= most;
}

static bool identifier(const char *text, uint32_t *id) {
    long value;
    if (!number(text, UINT32_MAX - 1L, &value)) {
        return false;
    }
    *id = (uint32_t)value;
    return true;
}

static bool take(struct cmdb_options *options, int option, const char *value) {
    switch (option) {
    case 'u':
        return identifier(value, &options->identity.uid);
    case 'g':
        return identifier(value, &options->identity.gid);
    case 's':
        return identifier(value, &options->identity.space_id);
    case 'f':
        options->folder = value;
        return true;
    case 'd':
        options->data = value;
        return true;
    case 'l':
        options->log = value;
        return true;
    case 'n':
        options->note = value;
        return true;
    case 'i':
        return number(value, 1000000000L, &options->idle_seconds);
    default:
        return false;
    }
}

static bool parse(int argc, char **argv, struct cmdb_options *options) {
    int option;
    /* The first operand, run or serve, stands before the options. */
    while ((option = getopt_long(argc - 1, argv + 1, "+", names, NULL)) != -1) {
        if (!take(options, option, optarg)) {
            return false;
        }
    }
    options->command = argv + 1 + optind;
    bool group = (options->identity.uid == CMDB_NOBODY_ELSE) == (options->identity.gid == CMDB_NOBODY_ELSE);
    return group && options->command[0] != NULL && options->command[0][0] == '/';
}

/* The parent may end, and what it started must not work on in a folder that the next one clears. */
static int run(const struct cmdb_options *options) {
    pid_t parent = getppid();
    int error = cmdb_become(&options->identity);
    if (error == 0 && (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || chdir("/") != 0)) {
        error = -errno;
    }
    if (error == 0 && getppid() == parent) {
        (void)execv(options->command[0], options->command);
        error = -errno;
    }
    (void)fprintf(stderr, "%s: %s\n", options->command[0], strerror(-error));
    return 126;
}

int main(int argc, char **argv) {
    struct cmdb_options options = {
        .identity = {.uid = CMDB_NOBODY_ELSE, .gid = CMDB_NOBODY_ELSE, .space_id = CMDB_NOBODY_ELSE},
        .note = "",
        .idle_seconds = 600,
    };
    bool serve = argc > 2 && strcmp(argv[1], "serve") == 0;
    if (argc < 3 || (!serve && strcmp(argv[1], "run") != 0) || !parse(argc, argv, &options) ||
        (serve && (options.folder == NULL || options.data == NULL || options.log == NULL))) {
        (void)fprintf(stderr, "%s is called by shawk\n", argc > 0 ? argv[0] : "shawk-cmdb");
        return 2;
    }
    (void)syscall(SYS_close_range, 3U, ~0U, 0U);
    (void)umask(077);
    return serve ? cmdb_serve(&options) : run(&options);
}
