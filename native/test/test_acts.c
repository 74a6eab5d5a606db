/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets destroyed and processes signalled: those that were meant, and no others. */
#include "harness.h"

#include <grp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

struct ends {
    uint64_t netns;
    uint16_t client_port;
    uint16_t server_port;
};

/* A TCP connection over 127.0.0.1; returns the client's end. */
static int connect_own(struct ends *ends, int *accepted) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int listener = listen_any(&ends->server_port);
    address.sin_port = htons(ends->server_port);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    NEED(client >= 0 && connect(client, (void *)&address, length) == 0);
    *accepted = accept(listener, NULL, NULL);
    NEED(*accepted >= 0 && getsockname(client, (void *)&address, &length) == 0);
    ends->client_port = ntohs(address.sin_port);
    ends->netns = own_netns();
    return client;
}

static struct shawk_kill kill_of(const struct shawk_sock *sock) {
    struct shawk_kill kill = {
        .netns = sock->netns,
        .cookie = sock->cookie,
        .ifindex = sock->ifindex,
        .lport = sock->lport,
        .rport = sock->rport,
        .family = sock->family,
        .protocol = sock->protocol,
        .mptcp = sock->mptcp,
        .result = -1,
    };
    memcpy(kill.laddr, sock->laddr, sizeof(kill.laddr));
    memcpy(kill.raddr, sock->raddr, sizeof(kill.raddr));
    return kill;
}

static struct shawk_kill kill_of_port(uint64_t netns, uint16_t port, uint8_t state) {
    struct sampled s = sample_all();
    const struct shawk_sock *sock = find_port(&s, netns, port, state);
    NEED(sock != NULL);
    struct shawk_kill kill = kill_of(sock);
    sample_close(&s);
    return kill;
}

static int error_of(int fd) {
    int error = 0;
    socklen_t length = sizeof(error);
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    NEED(poll(&wait, 1, 10000) == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0);
    return error;
}

static void one_connection_and_no_newer_one(void) {
    struct ends ends;
    int server = -1;
    int client = connect_own(&ends, &server);
    struct shawk_kill kills[4];
    kills[0] = kills[1] = kills[2] = kills[3] = kill_of_port(ends.netns, ends.client_port, 1);
    kills[0].cookie++;   /* another socket has the addresses */
    kills[1].cookie = 0; /* any */
    kills[3].netns = 1;  /* no such namespace */
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, kills, 4), 1);
    CHECK_EQUAL(kills[0].result, ENOENT);
    CHECK_EQUAL(kills[1].result, EINVAL);
    CHECK_EQUAL(kills[2].result, 0);
    CHECK_EQUAL(kills[3].result, ENOENT);
    CHECK_EQUAL(error_of(client), ECONNABORTED);
    CHECK_EQUAL(error_of(server), ECONNRESET);
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, &kills[2], 1), 0);
    CHECK_EQUAL(kills[2].result, ENOENT);
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, NULL, 0), 0);
    CHECK_EQUAL(shawk_destroy("/no/such/proc", NAMES, kills, 1), -ENOENT);
}

static void listener_and_udp(void) {
    uint16_t port = 0;
    (void)listen_any(&port);
    struct shawk_kill kill = kill_of_port(own_netns(), port, 10);
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, &kill, 1), 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int udp = socket(AF_INET, SOCK_DGRAM, 0);
    NEED(udp >= 0 && bind(udp, (void *)&address, length) == 0 && getsockname(udp, (void *)&address, &length) == 0);
    kill = kill_of_port(own_netns(), ntohs(address.sin_port), 7);
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, &kill, 1), 1);
    CHECK_EQUAL(error_of(udp), ECONNABORTED);
}

static void connect_elsewhere(int out) {
    struct ends ends;
    memset(&ends, 0, sizeof(ends));
    NEED(unshare(CLONE_NEWNET) == 0 && system("ip link set lo up") == 0);
    int server = -1;
    (void)connect_own(&ends, &server);
    NEED(write(out, &ends, sizeof(ends)) == sizeof(ends));
}

static void in_another_namespace(void) {
    struct ends theirs;
    struct ends own;
    int server = -1;
    struct child child = start_child(connect_elsewhere, &theirs, sizeof(theirs));
    int client = connect_own(&own, &server);
    uint64_t before = own_netns();
    struct shawk_kill kills[] = {kill_of_port(theirs.netns, theirs.client_port, 1),
                                 kill_of_port(own.netns, own.client_port, 1)};
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, kills, 2), 2);
    CHECK(own_netns() == before);
    CHECK_EQUAL(error_of(client), ECONNABORTED);
    struct sampled s = sample_all();
    CHECK(find_port(&s, theirs.netns, theirs.client_port, 1) == NULL);
    sample_close(&s);
    end_child(&child);
}

static void mptcp_by_its_subflows(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 262);
    NEED(listener >= 0 && bind(listener, (void *)&address, length) == 0 && listen(listener, 5) == 0);
    NEED(getsockname(listener, (void *)&address, &length) == 0);
    int client = socket(AF_INET, SOCK_STREAM, 262);
    NEED(client >= 0 && connect(client, (void *)&address, length) == 0);
    struct sampled s = sample_all();
    for (uint32_t i = 0; i < COUNT(s.control, SOCKETS); i++) {
        struct shawk_kill kill = kill_of(&s.socks[i]);
        if (kill.rport == ntohs(address.sin_port) && kill.mptcp != SHAWK_MPTCP_NONE) {
            int destroyed = shawk_destroy("/proc", NAMES, &kill, 1);
            CHECK_EQUAL(kill.result, kill.mptcp == SHAWK_MPTCP_SOCKET ? EOPNOTSUPP : 0);
            CHECK_EQUAL(destroyed, kill.mptcp == SHAWK_MPTCP_SUBFLOW);
        }
    }
    sample_close(&s);
}

static void denied_to_nobody(void) {
    struct ends ends;
    int server = -1;
    (void)connect_own(&ends, &server);
    struct shawk_kill kill = kill_of_port(ends.netns, ends.client_port, 1);
    NEED(setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
    CHECK_EQUAL(shawk_destroy("/proc", NAMES, &kill, 1), 0);
    CHECK_EQUAL(kill.result, EPERM);
    CHECK(write(server, "x", 1) == 1); /* nothing has happened to it */
}

static uint64_t start_of(pid_t pid) {
    char path[64];
    char text[1024];
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    NEED(file != NULL && fgets(text, sizeof(text), file) != NULL && fclose(file) == 0);
    unsigned long long start = 0;
    static const char before[] = "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d ";
    char pattern[sizeof(before) + 4];
    (void)snprintf(pattern, sizeof(pattern), "%s%%llu", before);
    NEED(sscanf(strrchr(text, ')') + 2, pattern, &start) == 1);
    return start;
}

static void signal_to_the_one_that_is_meant(void) {
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        (void)pause();
        _exit(0);
    }
    uint64_t start = start_of(pid);
    int status = 0;
    CHECK_EQUAL(shawk_signal("/proc", (uint32_t)pid, start + 1, SIGKILL), -ESRCH);
    CHECK_EQUAL(shawk_signal("/proc", (uint32_t)pid, start, 0), -EINVAL);
    CHECK_EQUAL(shawk_signal("/proc", 0, start, SIGKILL), -EINVAL);
    CHECK_EQUAL(waitpid(pid, &status, WNOHANG), 0);
    CHECK_EQUAL(shawk_signal("/proc", (uint32_t)pid, start, SIGUSR1), 0);
    NEED(waitpid(pid, &status, 0) == pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1);
    CHECK_EQUAL(shawk_signal("/proc", (uint32_t)pid, start, SIGKILL), -ESRCH);
    CHECK_EQUAL(shawk_signal(scratch, (uint32_t)getpid(), start, SIGKILL), -ESRCH);
}

static void no_signal_to_others_processes(void) {
    pid_t pid = getppid();
    uint64_t start = start_of(pid);
    NEED(setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
    CHECK_EQUAL(shawk_signal("/proc", (uint32_t)pid, start, SIGTERM), -EPERM);
}

void test_acts(void) {
    run("one_connection_and_no_newer_one", one_connection_and_no_newer_one);
    run("listener_and_udp", listener_and_udp);
    run("in_another_namespace", in_another_namespace);
    run("mptcp_by_its_subflows", mptcp_by_its_subflows);
    run("denied_to_nobody", denied_to_nobody);
    run("signal_to_the_one_that_is_meant", signal_to_the_one_that_is_meant);
    run("no_signal_to_others_processes", no_signal_to_others_processes);
}
