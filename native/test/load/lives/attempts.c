/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts that fail, and what the same socket can do afterwards. */
#include "lives.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLOSED_PORT = 21099, AT_ONCE = 4096 };

static void must_fail(int fd, const struct address *to, int error) {
    if (connect(fd, &to->plain, to->length) == 0 || errno != error)
        fail("connect: it was to fail otherwise");
}

static void refused(void) {
    truth_become("lv-client");
    for (long i = 0; i < want[COUNT]; i++) {
        struct address to = address_of(1, CLOSED_PORT);
        int fd = new_socket(SOCK_STREAM);
        must_fail(fd, &to, ECONNREFUSED);
        truth_failed(&to, REFUSED);
        close(fd);
    }
}

/* One socket: refused twice, and then a connection. */
static void refused_then_open(void) {
    char byte;
    truth_become("lv-client");
    for (long i = 0; i < want[COUNT]; i++) {
        struct address to = address_of(1, PORT + (int)i);
        int fd = new_socket(SOCK_STREAM);
        for (int j = 0; j < 2; j++) {
            must_fail(fd, &to, ECONNREFUSED);
            truth_failed(&to, REFUSED);
        }
        int listener = listen_at(&to, false, 8);
        check(connect(fd, &to.plain, to.length), "connect");
        int accepted = check(accept(listener, NULL, NULL), "accept");
        struct end *out = truth_opened(fd, OUT), *in = truth_opened(accepted, IN);
        send_all(fd, (uint64_t)want[UP], false);
        receive_all(accepted, (uint64_t)want[UP], &byte);
        truth_closed(out, FIN_LOCAL, (uint64_t)want[UP], 0);
        close(fd);
        await_end(accepted);
        truth_closed(in, FIN_REMOTE, 0, (uint64_t)want[UP]);
        close(accepted);
        close(listener);
    }
}

/* Begins so many attempts, and returns without waiting for any. */
static long begin(const struct address *to, int fds[AT_ONCE]) {
    const int retries = 1;
    long count = want[COUNT] < AT_ONCE ? want[COUNT] : AT_ONCE;
    for (long i = 0; i < count; i++) {
        fds[i] = new_socket(SOCK_STREAM | SOCK_NONBLOCK);
        check(setsockopt(fds[i], IPPROTO_TCP, TCP_SYNCNT, &retries, sizeof retries), "TCP_SYNCNT");
        must_fail(fds[i], to, EINPROGRESS);
    }
    return count;
}

static void wait_for_failures(const struct address *to, int error, enum reason reason) {
    static int fds[AT_ONCE];
    long count = begin(to, fds);
    for (long i = 0; i < count; i++) {
        struct pollfd ready = {.fd = fds[i], .events = POLLOUT};
        int got = 0;
        socklen_t length = sizeof got;
        check(poll(&ready, 1, -1), "poll");
        check(getsockopt(fds[i], SOL_SOCKET, SO_ERROR, &got, &length), "SO_ERROR");
        errno = got;
        if (got != error)
            fail("connect: it was to fail otherwise");
        truth_failed(to, reason);
        close(fds[i]);
    }
}

static void into_the_void(void) {
    make_blackhole();
    want[VETH] = 1;
    truth_become("lv-client");
}

static void blackhole(void) {
    into_the_void();
    struct address to = address_of(2, PORT);
    wait_for_failures(&to, ETIMEDOUT, TIMEOUT);
}

/* Nobody answers for the address. What is refused before a packet is made is no attempt to the kernel. */
static void unreachable(void) {
    into_the_void();
    run("sysctl -qw net.ipv4.neigh.lv0.mcast_solicit=1 net.ipv4.neigh.lv0.retrans_time_ms=100");
    struct address to = address_of(9, PORT), nowhere = to;
    nowhere.v4.sin_addr.s_addr = htonl(10u << 24 | 99 << 16 | 1);
    int fd = new_socket(SOCK_STREAM);
    must_fail(fd, &nowhere, ENETUNREACH);
    close(fd);
    wait_for_failures(&to, EHOSTUNREACH, UNREACHABLE);
}

/* Closed before there was an answer; the last ones by the end of their process. */
static void cancelled(bool killed) {
    static int fds[AT_ONCE];
    into_the_void();
    struct address to = address_of(2, PORT);
    pid_t child = spawn();
    if (child == 0) {
        truth_become("lv-impatient");
        long count = begin(&to, fds);
        for (long i = 0; i < count; i++) {
            truth_failed(&to, CANCELLED);
            if (!killed)
                close(fds[i]);
        }
        if (killed)
            raise(SIGKILL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

/* A namespace with four ports for all who open. */
static void no_port(void) {
    enum { PORTS = 4 };
    int clients[PORTS], accepted[PORTS];
    struct end *ends[PORTS][2];
    struct address to = address_of(1, PORT);
    truth_become("lv-client");
    run("sysctl -qw net.ipv4.ip_local_port_range='40000 40003'");
    int listener = listen_at(&to, false, 8);
    for (int i = 0; i < PORTS; i++) {
        clients[i] = dial(&to);
        accepted[i] = check(accept(listener, NULL, NULL), "accept");
        ends[i][OUT] = truth_opened(clients[i], OUT);
        ends[i][IN] = truth_opened(accepted[i], IN);
        send_all(clients[i], 1, false);
        char byte;
        receive_all(accepted[i], 1, &byte);
    }
    for (long i = 0; i < want[COUNT]; i++) {
        int fd = new_socket(SOCK_STREAM);
        must_fail(fd, &to, EADDRNOTAVAIL);
        truth_failed(&to, NO_PORT);
        close(fd);
    }
    for (int i = 0; i < PORTS; i++) {
        truth_closed(ends[i][OUT], FIN_LOCAL, 1, 0);
        close(clients[i]);
        await_end(accepted[i]);
        truth_closed(ends[i][IN], FIN_REMOTE, 0, 1);
        close(accepted[i]);
    }
    close(listener);
}

bool attempt(const char *name) {
    if (strcmp(name, "refused") == 0)
        refused();
    else if (strcmp(name, "refused-then-open") == 0)
        refused_then_open();
    else if (strcmp(name, "blackhole") == 0)
        blackhole();
    else if (strcmp(name, "unreachable") == 0)
        unreachable();
    else if (strcmp(name, "cancelled") == 0 || strcmp(name, "cancelled-killed") == 0)
        cancelled(strcmp(name, "cancelled-killed") == 0);
    else if (strcmp(name, "no-port") == 0)
        no_port();
    else
        return false;
    return true;
}
