/* SPDX-License-Identifier: Apache-2.0 */
/* What is left to see for an unprivileged user, and behind hidepid. */
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static void become_nobody(void) {
    NEED(setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
    NEED(prctl(PR_SET_DUMPABLE, 1) == 0); /* as a program that nobody started: its own /proc/self is its own */
}

static void listen_here(int out) {
    uint16_t port = 0;
    (void)listen_any(&port);
    NEED(write(out, &port, sizeof(port)) == sizeof(port));
}

static void unprivileged(void) {
    uint16_t others = 0;
    struct child child = start_child(listen_here, &others, sizeof(others));
    become_nobody();
    uint16_t own = 0;
    (void)listen_any(&own);
    for (int sockets = SHAWK_SOCKETS_DIAG; sockets <= SHAWK_SOCKETS_PROC; sockets++) {
        struct sampled s = sample_open("/proc", "/run/netns", sockets, SHAWK_NETNS_ALL, 0);
        CHECK_EQUAL(s.result, 0);
        CHECK(is_held_by(&s, find_port(&s, own_netns(), own, 10), (uint32_t)getpid()));
        struct shawk_sock *sock = find_port(&s, own_netns(), others, 10);
        CHECK(sock != NULL && count_holders(&s, sock) == 0);
        CHECK(s.control.processes_denied > 0 && s.control.processes_seen > s.control.processes_denied);
        CHECK_EQUAL(s.control.processes_hidden, 0);
        CHECK(sock != NULL && (sock->present & SHAWK_HAS_MARK) == 0);
        sample_close(&s);
    }
    CHECK_EQUAL(shawk_self_capabilities(), 0);
    (void)close(child.control); /* it is root's: it ends by itself */
}

/* An own namespace that cannot be entered: said, with the errno, and the rest of the sample is there. */
static void namespace_not_to_be_entered(void) {
    FILE *file = fopen(NAMES "/red", "w");
    NEED(file != NULL && fclose(file) == 0);
    NEED(mount("/proc/self/ns/net", NAMES "/red", NULL, MS_BIND, NULL) == 0);
    uint64_t red = own_netns();
    NEED(unshare(CLONE_NEWNET) == 0);
    uint16_t port = 0;
    (void)listen_any(&port);
    become_nobody();
    struct sampled s = sample_open("/proc", NAMES, SHAWK_SOCKETS_DIAG, SHAWK_NETNS_ALL, 0);
    CHECK_EQUAL(s.result, 0);
    CHECK(find_netns(&s, red) != NULL && find_netns(&s, red)->error == EPERM);
    CHECK(is_held_by(&s, find_port(&s, own_netns(), port, 10), (uint32_t)getpid()));
    sample_close(&s);
}

static void hidden_processes(void) {
    NEED(mount("proc", "/proc", "proc", MS_REMOUNT, "hidepid=2") == 0);
    become_nobody();
    uint16_t port = 0;
    (void)listen_any(&port);
    struct sampled s = sample_open("/proc", "/run/netns", SHAWK_SOCKETS_DIAG, SHAWK_NETNS_ALL, 0);
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(s.control.processes_hidden, 1);
    CHECK(is_held_by(&s, find_port(&s, own_netns(), port, 10), (uint32_t)getpid()));
    sample_close(&s);
}

/* A file that only a supplementary group of the process may read. */
static int open_for_group(void) {
    int fd = open(NAMES "/group", O_RDONLY | O_CLOEXEC);
    int result = fd < 0 ? -errno : 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return result;
}

static void *act_for_nobody(void *result) {
    int *results = result;
    results[0] = shawk_thread_act_for(NOBODY, NOBODY);
    results[1] = open_for_group();
    return NULL;
}

static void thread_acting_for_a_user(void) {
    const gid_t group = 4242;
    NEED(setgroups(1, &group) == 0);
    int fd = open(NAMES "/group", O_CREAT | O_EXCL | O_CLOEXEC, 0040);
    NEED(fd >= 0 && fchmod(fd, 0040) == 0 && fchown(fd, 1, group) == 0 && close(fd) == 0);
    int results[2] = {1, 1};
    pthread_t thread;
    NEED(pthread_create(&thread, NULL, act_for_nobody, results) == 0 && pthread_join(thread, NULL) == 0);
    CHECK_EQUAL(results[0], 0);
    CHECK_EQUAL(results[1], -EACCES);
    gid_t left = 0;
    CHECK_EQUAL(getgroups(1, &left), 1);
    CHECK_EQUAL(left, group);
    become_nobody();
    CHECK_EQUAL(shawk_thread_act_for(0, 0), -EPERM);
}

void test_privileges(void) {
    run("thread_acting_for_a_user", thread_acting_for_a_user);
    run("unprivileged", unprivileged);
    run("namespace_not_to_be_entered", namespace_not_to_be_entered);
    run("hidden_processes", hidden_processes);
}
