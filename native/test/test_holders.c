/* SPDX-License-Identifier: Apache-2.0 */
/* Who holds a socket, on the real kernel, in the cases that are easily got wrong. */
#include "harness.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static uint16_t shared_port;

static void tell_port(int out, uint16_t port) {
    NEED(write(out, &port, sizeof(port)) == sizeof(port));
}

static void tell_shared(int out) {
    tell_port(out, shared_port);
}

static void forked_holders(void) {
    uint16_t told = 0;
    int fd = listen_any(&shared_port);
    struct child child = start_child(tell_shared, &told, sizeof(told));
    struct sampled s = sample_all();
    struct shawk_sock *sock = find_port(&s, own_netns(), shared_port, 10);
    CHECK_EQUAL(count_holders(&s, sock), 2);
    CHECK(is_held_by(&s, sock, (uint32_t)child.pid) && is_held_by(&s, sock, (uint32_t)getpid()));
    (void)close(fd);
    sample_again(&s);
    sock = find_port(&s, own_netns(), shared_port, 10);
    CHECK(count_holders(&s, sock) == 1 && is_held_by(&s, sock, (uint32_t)child.pid));
    sample_close(&s);
    end_child(&child);
}

static pthread_barrier_t ready;
static uint16_t thread_port;

static void *hold_apart(void *own_table) {
    if (own_table != NULL) {
        NEED(unshare(CLONE_FILES) == 0);
    }
    (void)listen_any(&thread_port);
    (void)pthread_barrier_wait(&ready);
    for (;;) {
        (void)pause();
    }
    return NULL;
}

static void start_thread(void *own_table) {
    pthread_t thread;
    NEED(pthread_barrier_init(&ready, NULL, 2) == 0);
    NEED(pthread_create(&thread, NULL, hold_apart, own_table) == 0);
    (void)pthread_barrier_wait(&ready);
}

static void thread_with_own_table(int out) {
    start_thread(&ready);
    tell_port(out, thread_port);
}

/* A second thread shares the leader's table, a third one the second's: one holder in any case. */
static void thread_with_shared_table(int out) {
    start_thread(NULL);
    tell_port(out, thread_port);
}

static void leader_that_ends(int out) {
    start_thread(NULL);
    tell_port(out, thread_port);
    syscall(SYS_exit, 0); /* this thread only, as pthread_exit() ends in */
}

static int is_leaderless(int pid) {
    char path[64];
    char text[512] = "";
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    NEED(fd >= 0 && read(fd, text, sizeof(text) - 1) > 0);
    (void)close(fd);
    return strstr(text, ") Z ") != NULL;
}

static void check_thread(void (*body)(int), int leaderless) {
    uint16_t port = 0;
    struct child child = start_child(body, &port, sizeof(port));
    while (leaderless && !is_leaderless(child.pid)) {
        (void)sched_yield();
    }
    struct sampled s = sample_all();
    struct shawk_sock *sock = find_port(&s, own_netns(), port, 10);
    CHECK(count_holders(&s, sock) == 1 && is_held_by(&s, sock, (uint32_t)child.pid));
    sample_close(&s);
    end_child(&child);
}

static void own_table(void) {
    check_thread(thread_with_own_table, 0);
}

static void shared_table(void) {
    check_thread(thread_with_shared_table, 0);
}

static void leaderless(void) {
    check_thread(leader_that_ends, 1);
}

/* Seen from a pid namespace of its own through a /proc that is not its own, numbers mean nothing to kcmp(2). */
static void foreign_proc(void) {
    void (*const bodies[])(int) = {thread_with_own_table, thread_with_shared_table, leader_that_ends};
    NEED(unshare(CLONE_NEWPID) == 0);
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        int result = 0;
        for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
            uint16_t port = 0;
            struct child child = start_child(bodies[i], &port, sizeof(port));
            struct sampled s = sample_all();
            struct shawk_sock *sock = find_port(&s, own_netns(), port, 10);
            result |= count_holders(&s, sock) != 1;
            sample_close(&s);
            end_child(&child);
        }
        _exit(result);
    }
    int status = 0;
    NEED(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    _exit(checks_failed != 0); /* LeakSanitizer could make no thread here */
}

static void leaderless_elsewhere_body(int out) {
    NEED(unshare(CLONE_NEWNET) == 0);
    leader_that_ends(out);
}

/* The links of its leader are gone, that of its namespace too. */
static void leaderless_elsewhere(void) {
    uint16_t port = 0;
    struct child child = start_child(leaderless_elsewhere_body, &port, sizeof(port));
    while (!is_leaderless(child.pid)) {
        (void)sched_yield();
    }
    struct sampled s = sample_all();
    int found = 0;
    for (uint32_t i = 0; i < COUNT(s.control, SOCKETS); i++) {
        found |= s.socks[i].lport == port && s.socks[i].netns != own_netns() &&
                 is_held_by(&s, &s.socks[i], (uint32_t)child.pid);
    }
    CHECK(found);
    sample_close(&s);
    end_child(&child);
}

/* 19,000 descriptors for two sockets, with holes among them; the second has the last one of all. */
static void many_descriptors_body(int out) {
    uint16_t ports[2] = {0, 0};
    struct rlimit limit;
    NEED(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    NEED(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    int first = listen_any(&ports[0]);
    for (int i = 0; i < 18990; i++) {
        NEED(dup(first) >= 0);
    }
    (void)close(first + 7);
    (void)close(first + 10000);
    int second = listen_any(&ports[1]);
    int last = (int)limit.rlim_max - 1;
    NEED(dup2(second, last) == last);
    (void)close(second);
    NEED(write(out, ports, sizeof(ports)) == sizeof(ports));
}

static void many_descriptors(void) {
    uint16_t ports[2] = {0, 0};
    struct child child = start_child(many_descriptors_body, ports, sizeof(ports));
    struct sampled s = sample_all();
    for (int i = 0; i < 2; i++) {
        struct shawk_sock *sock = find_port(&s, own_netns(), ports[i], 10);
        CHECK(count_holders(&s, sock) == 1 && is_held_by(&s, sock, (uint32_t)child.pid));
    }
    sample_close(&s);
    end_child(&child);
}

#define MANY 2200

static void many_sockets_body(int out) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct rlimit limit;
    NEED(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    NEED(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    for (int i = 0; i < MANY; i++) {
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        NEED(fd >= 0 && bind(fd, (const void *)&address, sizeof(address)) == 0 && dup(fd) >= 0);
    }
    char done = 1;
    NEED(write(out, &done, 1) == 1);
}

static void check_order(const struct sampled *s) {
    for (uint32_t i = 1; i < COUNT(s->control, PROCESSES); i++) {
        CHECK(s->processes[i - 1].pid < s->processes[i].pid);
    }
    for (uint32_t i = 1; i < COUNT(s->control, HOLDERS); i++) {
        const struct shawk_holder *pair = &s->holders[i];
        CHECK(pair[-1].sock < pair->sock || (pair[-1].sock == pair->sock && pair[-1].process < pair->process));
    }
}

static int held_by(const struct sampled *s, pid_t pid) {
    int count = 0;
    for (uint32_t i = 0; i < COUNT(s->control, HOLDERS); i++) {
        count += s->processes[s->holders[i].process].pid == (uint32_t)pid;
    }
    return count;
}

/* So many sockets are shared out between walkers: the result is one list, in the order of pids, each pair once. */
static void several_walkers(void) {
    struct child children[3];
    for (int i = 0; i < 3; i++) {
        char done = 0;
        children[i] = start_child(many_sockets_body, &done, sizeof(done));
    }
    struct sampled s = sample_all();
    for (int round = 0; round < 5; round++) {
        check_order(&s);
        for (int i = 0; i < 3; i++) {
            CHECK_EQUAL(held_by(&s, children[i].pid), MANY);
        }
        sample_again(&s);
    }
    sample_close(&s);
    for (int i = 0; i < 3; i++) {
        end_child(&children[i]);
    }
}

static int ends[2];

static void send_descriptor(int fd) {
    char byte = 0;
    struct iovec part = {&byte, 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof(control));
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control.room)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &fd, sizeof(fd));
    NEED(sendmsg(ends[0], &message, 0) == 1);
}

static void receive_descriptor(int out) {
    char byte = 0;
    char room[CMSG_SPACE(sizeof(int))];
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
    NEED(recvmsg(ends[1], &message, 0) == 1);
    NEED(CMSG_FIRSTHDR(&message) != NULL);
    tell_port(out, 1);
}

/* In flight nobody holds it; then he who received it does, who never opened it. */
static void passed_over_a_socket(void) {
    uint16_t port = 0;
    uint16_t told = 0;
    NEED(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    int fd = listen_any(&port);
    send_descriptor(fd);
    (void)close(fd);
    struct sampled s = sample_all();
    struct shawk_sock *sock = find_port(&s, own_netns(), port, 10);
    CHECK(sock != NULL && sock->inode != 0 && count_holders(&s, sock) == 0);
    struct child child = start_child(receive_descriptor, &told, sizeof(told));
    sample_again(&s);
    sock = find_port(&s, own_netns(), port, 10);
    CHECK(count_holders(&s, sock) == 1 && is_held_by(&s, sock, (uint32_t)child.pid));
    sample_close(&s);
    end_child(&child);
}

/* Waiting in the accept queue: in the dump, with inode 0 and without holder. */
static void not_accepted(void) {
    uint16_t port = 0;
    (void)listen_any(&port);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    NEED(client >= 0 && connect(client, (void *)&address, sizeof(address)) == 0);
    struct sampled s = sample_all();
    struct shawk_sock *server = find_port(&s, own_netns(), port, 1);
    CHECK(server != NULL && server->inode == 0 && count_holders(&s, server) == 0);
    struct shawk_sock *listener = find_port(&s, own_netns(), port, 10);
    CHECK(listener != NULL && listener->rqueue == 1);
    sample_close(&s);
}

void test_holders(void) {
    run("forked_holders", forked_holders);
    run("own_table", own_table);
    run("shared_table", shared_table);
    run("leaderless", leaderless);
    run("foreign_proc", foreign_proc);
    run("leaderless_elsewhere", leaderless_elsewhere);
    run("many_descriptors", many_descriptors);
    run("several_walkers", several_walkers);
    run("passed_over_a_socket", passed_over_a_socket);
    run("not_accepted", not_accepted);
}
