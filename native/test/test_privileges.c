/* SPDX-License-Identifier: Apache-2.0 */
/* What is left to see for an unprivileged user, and behind hidepid. */
#include "harness.h"

#include <grp.h>
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

void test_privileges(void) {
    run("unprivileged", unprivileged);
    run("namespace_not_to_be_entered", namespace_not_to_be_entered);
    run("hidden_processes", hidden_processes);
}
