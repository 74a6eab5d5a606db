/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

struct told {
    uint64_t netns;
    uint16_t port;
};

static void listen_elsewhere(int out) {
    struct told told;
    memset(&told, 0, sizeof(told));
    NEED(unshare(CLONE_NEWNET) == 0);
    (void)listen_any(&told.port);
    told.netns = own_netns();
    NEED(write(out, &told, sizeof(told)) == sizeof(told));
}

static void check_elsewhere(int sockets) {
    struct told told;
    struct child child = start_child(listen_elsewhere, &told, sizeof(told));
    uint64_t before = own_netns();
    struct sampled s = sample_open("/proc", "/run/netns", sockets, SHAWK_NETNS_ALL, 0);
    CHECK_EQUAL(s.result, 0);
    CHECK(is_held_by(&s, find_port(&s, told.netns, told.port, 10), (uint32_t)child.pid));
    const struct shawk_netns *space = find_netns(&s, told.netns);
    CHECK(space != NULL && space->error == 0 && space->pid == (uint32_t)child.pid && space->self == 0);
    CHECK(own_netns() == before);
    sample_close(&s);

    s = sample_open("/proc", "/run/netns", sockets, SHAWK_NETNS_INODE, told.netns);
    CHECK(COUNT(s.control, NAMESPACES) == 1 && COUNT(s.control, SOCKETS) == 1 && COUNT(s.control, HOLDERS) == 1);
    sample_close(&s);
    s = sample_open("/proc", "/run/netns", sockets, SHAWK_NETNS_SELF, 0);
    CHECK(COUNT(s.control, NAMESPACES) == 1 && find_port(&s, told.netns, told.port, 10) == NULL);
    CHECK(own_netns() == before);
    sample_close(&s);
    end_child(&child);
}

static void by_netlink(void) {
    check_elsewhere(SHAWK_SOCKETS_DIAG);
}

static void by_proc(void) {
    check_elsewhere(SHAWK_SOCKETS_PROC);
}

static void listen_and_leave(int out) {
    struct told told;
    memset(&told, 0, sizeof(told));
    int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    NEED(home >= 0 && unshare(CLONE_NEWNET) == 0);
    (void)listen_any(&told.port);
    told.netns = own_netns();
    NEED(mount("/proc/self/ns/net", NAMES "/blue", NULL, MS_BIND, NULL) == 0);
    NEED(setns(home, CLONE_NEWNET) == 0);
    NEED(write(out, &told, sizeof(told)) == sizeof(told));
}

static void touch(const char *path) {
    int fd = open(path, O_CREAT | O_EXCL | O_RDONLY | O_CLOEXEC, 0600);
    NEED(fd >= 0);
    (void)close(fd);
}

/* Named as `ip netns` does it, nobody living in it; beside it what such a folder may hold as well. */
static void named_and_empty(void) {
    struct told told;
    touch(NAMES "/blue");
    touch(NAMES "/plain");
    touch(NAMES "/mount");
    NEED(mount("/proc/self/ns/uts", NAMES "/mount", NULL, MS_BIND, NULL) == 0);
    NEED(mkfifo(NAMES "/fifo", 0600) == 0);
    NEED(symlink("/nowhere", NAMES "/dangling") == 0);
    NEED(symlink("blue", NAMES "/azure") == 0);
    struct child child = start_child(listen_and_leave, &told, sizeof(told));

    for (int sockets = SHAWK_SOCKETS_DIAG; sockets <= SHAWK_SOCKETS_PROC; sockets++) {
        struct sampled s = sample_open("/proc", NAMES, sockets, SHAWK_NETNS_ALL, 0);
        CHECK(is_held_by(&s, find_port(&s, told.netns, told.port, 10), (uint32_t)child.pid));
        const struct shawk_netns *space = find_netns(&s, told.netns);
        CHECK(space != NULL && space->error == 0 && space->pid == 0 && space->port_low > 0);
        CHECK(space != NULL && strcmp((const char *)space->name, "azure") == 0);
        for (uint32_t i = 0; i < COUNT(s.control, NAMESPACES); i++) {
            CHECK_EQUAL(s.spaces[i].error, 0);
        }
        sample_close(&s);
    }
    CHECK_EQUAL(shawk_netns_by_name(NAMES, "blue"), told.netns);
    CHECK_EQUAL(shawk_netns_by_name(NAMES, "plain"), -EINVAL);
    CHECK_EQUAL(shawk_netns_by_name(NAMES, "mount"), -EINVAL);
    CHECK_EQUAL(shawk_netns_by_name(NAMES, "fifo"), -EINVAL);
    CHECK_EQUAL(shawk_netns_by_name(NAMES, "dangling"), -ENOENT);
    CHECK_EQUAL(shawk_netns_by_name(NAMES, "../x"), -EINVAL);
    CHECK_EQUAL(shawk_netns_by_name("/no/such", "blue"), -ENOENT);
    end_child(&child);
}

static void none_of_that_number(void) {
    struct sampled s = sample_open("/proc", "/run/netns", SHAWK_SOCKETS_DIAG, SHAWK_NETNS_INODE, 1);
    CHECK(s.result == 0 && COUNT(s.control, NAMESPACES) == 1 && COUNT(s.control, SOCKETS) == 0);
    CHECK_EQUAL(s.spaces[0].error, ENOENT);
    sample_close(&s);
}

static void *come_and_go(void *argument) {
    (void)argument;
    for (int i = 0; i < 200; i++) {
        struct told told;
        struct child child = start_child(listen_elsewhere, &told, sizeof(told));
        end_child(&child);
    }
    return NULL;
}

/* Namespaces and processes that end in the middle of a sample are no errors. */
static void coming_and_going(void) {
    pthread_t thread;
    NEED(pthread_create(&thread, NULL, come_and_go, NULL) == 0);
    struct sampled s = sample_all();
    uint64_t before = own_netns();
    for (int i = 0; i < 200; i++) {
        sample_again(&s);
        CHECK_EQUAL(s.result, 0);
        for (uint32_t space = 0; space < COUNT(s.control, NAMESPACES); space++) {
            CHECK_EQUAL(s.spaces[space].error, 0);
        }
    }
    CHECK(own_netns() == before);
    NEED(pthread_join(thread, NULL) == 0);
    sample_close(&s);
}

void test_namespaces(void) {
    run("by_netlink", by_netlink);
    run("by_proc", by_proc);
    run("named_and_empty", named_and_empty);
    run("none_of_that_number", none_of_that_number);
    run("coming_and_going", coming_and_going);
}
