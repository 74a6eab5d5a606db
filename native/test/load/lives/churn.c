/* SPDX-License-Identifier: Apache-2.0 */
/* Many connections, one after the other: who serves them and who opens them, in all the ways that programs have. */
#include "lives.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { INHERITED_FD = 101 };

struct server {
    const char *name;
    void (*run)(int listener); /* does not return */
    bool listeners;            /* several processes, each with one of its own */
    bool workers;              /* several processes that share one */
};

struct client {
    const char *name;
    void (*run)(long from, long count, int64_t start);
};

static bool listens_everywhere(void) {
    return want[PEERS] > 1 || want[FAMILY] == 46;
}

struct address server_address(long number) {
    return address_of((int)(number % want[PEERS]) + (want[VETH] ? 2 : 1), PORT);
}

static int listen_here(bool reuse_port) {
    struct address at = listens_everywhere() ? address_of(0, PORT) : server_address(0);
    return listen_at(&at, reuse_port, 4096);
}

/* One connection, from what accept() has returned to its close. */
static void serve(int fd) {
    struct end *end = truth_opened(fd, IN);
    char first = want[FIRST] == SERVER_FIRST ? 's' : 'c';
    receive_all(fd, (uint64_t)want[UP], &first);
    send_all(fd, (uint64_t)want[DOWN], false);
    if (first == 'c')
        await_end(fd);
    truth_closed(end, first == 's' ? FIN_LOCAL : FIN_REMOTE, (uint64_t)want[DOWN], (uint64_t)want[UP]);
    close(fd);
}

static int take_next(int listener) {
    return check(accept4(listener, NULL, NULL, SOCK_CLOEXEC), "accept");
}

static _Noreturn void serve_all(int listener) {
    truth_become("lv-server");
    for (;;)
        serve(take_next(listener));
}

static void *serve_from_pipe(void *from) {
    int fd;
    prctl(PR_SET_NAME, "lv-thread");
    while (read(*(int *)from, &fd, sizeof fd) == sizeof fd)
        serve(fd);
    return NULL;
}

static void *accept_in_thread(void *listener) {
    prctl(PR_SET_NAME, "lv-thread");
    for (;;)
        serve(take_next(*(int *)listener));
    return NULL;
}

static void start_thread(void *(*body)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, argument) != 0)
        fail("thread");
    pthread_detach(thread);
}

static _Noreturn void serve_by_threads(int listener) {
    static int queue[2];
    truth_become("lv-threads");
    check(pipe(queue), "pipe");
    for (long i = 0; i < want[WORKERS]; i++)
        start_thread(serve_from_pipe, &queue[0]);
    for (;;) {
        int fd = take_next(listener);
        check((int)write(queue[1], &fd, sizeof fd), "pipe");
    }
}

static _Noreturn void serve_without_leader(int listener) {
    static int kept;
    kept = listener;
    truth_become("lv-leaderless");
    start_thread(accept_in_thread, &kept);
    pthread_exit(NULL);
}

/* Now the child closes last, now the parent, as it comes. */
static _Noreturn void serve_by_forks(int listener) {
    truth_become("lv-parent");
    for (;;) {
        int fd = take_next(listener);
        bool parent_last = chance() % 2 == 0;
        pid_t child = spawn();
        if (child == 0) {
            truth_become("lv-child");
            close(listener);
            serve(fd);
            _exit(0);
        }
        if (!parent_last)
            close(fd);
        end_well(child);
        if (parent_last)
            close(fd);
    }
}

/* As above, but for the next connection nobody waits: many children at once. */
static _Noreturn void serve_by_free_forks(int listener) {
    truth_become("lv-parent");
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = take_next(listener);
        if (spawn() == 0) {
            truth_become("lv-child");
            close(listener);
            serve(fd);
            _exit(0);
        }
        close(fd);
    }
}

static _Noreturn void serve_by_another(int listener) {
    int pair[2];
    check(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    truth_become("lv-acceptor");
    if (spawn() == 0) {
        truth_become("lv-receiver");
        close(listener);
        for (int fd; (fd = take_socket(pair[1])) >= 0;)
            serve(fd);
    }
    for (;;) {
        int fd = take_next(listener);
        pass_socket(pair[0], fd);
        close(fd);
    }
}

/* As a service manager: it opens the listener, and executes who serves. */
static _Noreturn void serve_activated(int listener) {
    truth_become("lv-manager");
    check(dup2(listener, INHERITED_FD), "dup2");
    char kept[16];
    strcpy(kept, "inherited");
    arguments[1] = kept;
    execv("/proc/self/exe", arguments);
    fail("exec");
}

_Noreturn void serve_inherited(void) {
    truth_become("lv-activated");
    for (;;)
        serve(take_next(INHERITED_FD));
}

static _Noreturn void serve_by_uring(int listener) {
    truth_become("lv-uring");
    uring_server(listener, URING_PLAIN);
}

static _Noreturn void serve_by_uring_worker(int listener) {
    truth_become("lv-uring");
    uring_server(listener, URING_WORKER);
}

static _Noreturn void serve_by_uring_polled(int listener) {
    truth_become("lv-uring");
    uring_server(listener, URING_POLLED);
}

static _Noreturn void serve_by_uring_fixed(int listener) {
    truth_become("lv-uring");
    uring_server(listener, URING_FIXED);
}

static const struct server servers[] = {
    {"process", serve_all, false, false},
    {"threads", serve_by_threads, false, false},
    {"leaderless", serve_without_leader, false, false},
    {"fork", serve_by_forks, false, false},
    {"forks", serve_by_free_forks, false, false},
    {"prefork", serve_all, false, true},
    {"reuseport", serve_all, true, true},
    {"passing", serve_by_another, false, false},
    {"activated", serve_activated, false, false},
    {"uring", serve_by_uring, false, false},
    {"uring-worker", serve_by_uring_worker, false, false},
    {"uring-polled", serve_by_uring_polled, false, false},
    {"uring-fixed", serve_by_uring_fixed, false, false},
};

/* Stays at so many a second; 0 is no limit. */
static void keep_pace(long done, int64_t start) {
    if (want[RATE] == 0)
        return;
    int64_t at = start + (int64_t)((double)done * 1e9 * (double)want[CLIENTS] / (double)want[RATE]);
    struct timespec until = {.tv_sec = at / 1000000000, .tv_nsec = at % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

enum how { BY_CLOSE, BY_EXIT, BY_KILL };

static void open_one(long number, enum how how) {
    struct address to = server_address(number);
    bool server_first = server_closes_first(number);
    char byte = 0;
    int fd = dial(&to);
    struct end *end = truth_opened(fd, OUT);
    send_all(fd, (uint64_t)want[UP], server_first);
    receive_all(fd, (uint64_t)want[DOWN], &byte);
    if (server_first)
        await_end(fd);
    truth_closed(end, server_first ? FIN_REMOTE : FIN_LOCAL, (uint64_t)want[UP], (uint64_t)want[DOWN]);
    if (how == BY_EXIT)
        _exit(0);
    if (how == BY_KILL)
        raise(SIGKILL);
    close(fd);
}

static void open_all(long from, long count, int64_t start) {
    truth_become("lv-client");
    for (long i = 0; i < count; i++) {
        keep_pace(i, start);
        open_one(from + i, BY_CLOSE);
    }
}

struct part {
    long from, count, step;
    int64_t start;
};

static void *open_part(void *argument) {
    const struct part *part = argument;
    prctl(PR_SET_NAME, "lv-thread");
    for (long i = 0; i < part->count; i += part->step) {
        keep_pace(i, part->start);
        open_one(part->from + i, BY_CLOSE);
    }
    return NULL;
}

static void open_by_threads(long from, long count, int64_t start) {
    enum { THREADS = 4 };
    struct part parts[THREADS];
    pthread_t threads[THREADS];
    truth_become("lv-clients");
    for (long i = 0; i < THREADS; i++) {
        parts[i] = (struct part){from + i, count - i, THREADS, start};
        if (pthread_create(&threads[i], NULL, open_part, &parts[i]) != 0)
            fail("thread");
    }
    for (long i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

static void *open_and_exit(void *argument) {
    open_part(argument);
    exit(0);
}

static void open_without_leader(long from, long count, int64_t start) {
    static struct part all;
    all = (struct part){from, count, 1, start};
    truth_become("lv-headless");
    start_thread(open_and_exit, &all);
    pthread_exit(NULL);
}

static void open_in_processes(long from, long count, int64_t start, enum how how) {
    truth_become("lv-clients");
    for (long i = 0; i < count; i++) {
        keep_pace(i, start);
        pid_t child = spawn();
        if (child == 0) {
            truth_become("lv-one");
            open_one(from + i, how);
            _exit(0);
        }
        if (how == BY_KILL)
            waitpid(child, NULL, 0);
        else
            end_well(child);
    }
}

static void open_by_forks(long from, long count, int64_t start) {
    open_in_processes(from, count, start, BY_CLOSE);
}

static void open_and_exit_each(long from, long count, int64_t start) {
    open_in_processes(from, count, start, BY_EXIT);
}

static void open_and_be_killed(long from, long count, int64_t start) {
    open_in_processes(from, count, start, BY_KILL);
}

static void open_by_uring_of(enum uring mode, long from, long count, int64_t start) {
    truth_become("lv-uringer");
    for (long i = 0; i < count; i++) {
        keep_pace(i, start);
        uring_client(from + i, mode);
    }
}

static void open_by_uring(long from, long count, int64_t start) {
    open_by_uring_of(URING_PLAIN, from, count, start);
}

static void open_by_uring_worker(long from, long count, int64_t start) {
    open_by_uring_of(URING_WORKER, from, count, start);
}

static void open_by_uring_polled(long from, long count, int64_t start) {
    open_by_uring_of(URING_POLLED, from, count, start);
}

static const struct client clients[] = {
    {"process", open_all},
    {"threads", open_by_threads},
    {"leaderless", open_without_leader},
    {"fork", open_by_forks},
    {"exit", open_and_exit_each},
    {"killed", open_and_be_killed},
    {"uring", open_by_uring},
    {"uring-worker", open_by_uring_worker},
    {"uring-polled", open_by_uring_polled},
};

static const struct server *server_of(const char *name) {
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
        if (strcmp(servers[i].name, name) == 0)
            return &servers[i];
    return NULL;
}

static const struct client *client_of(const char *name) {
    for (size_t i = 0; i < sizeof clients / sizeof *clients; i++)
        if (strcmp(clients[i].name, name) == 0)
            return &clients[i];
    return NULL;
}

bool is_server(const char *name) {
    return server_of(name) != NULL;
}

bool is_client(const char *name) {
    return client_of(name) != NULL;
}

/* Listeners are there before the first client is, and who serves is called so: what waits in a listener's queue belongs
 * to who holds it, by the name he has then. */
static long start_servers(const struct server *server, pid_t place, pid_t pids[]) {
    long count = server->workers ? want[WORKERS] : 1;
    int listener = -1;
    if (place)
        enter_namespace_of(place);
    for (long i = 0; i < count; i++) {
        if (i == 0 || server->listeners)
            listener = listen_here(server->listeners);
        pids[i] = spawn();
        if (pids[i] == 0)
            server->run(listener);
        if (server->listeners)
            close(listener);
    }
    if (!server->listeners)
        close(listener);
    truth_await_names(count);
    return count;
}

void churn(const char *server_name, const char *client_name) {
    pid_t place = 0, servers_pids[MAX_CLIENTS], clients_pids[MAX_CLIENTS];
    if (want[VETH])
        place = join_namespaces();
    int here = this_place();
    long count = start_servers(server_of(server_name), place, servers_pids);
    return_to(here);
    int64_t start = now_ns();
    for (long i = 0, from = 0; i < want[CLIENTS]; i++) {
        long part = share(want[COUNT], want[CLIENTS], i);
        clients_pids[i] = spawn();
        if (clients_pids[i] == 0) {
            client_of(client_name)->run(from, part, start);
            _exit(0);
        }
        from += part;
    }
    for (long i = 0; i < want[CLIENTS]; i++)
        end_well(clients_pids[i]);
    truth_await(IN, CLOSED, want[COUNT]);
    int64_t end = now_ns();
    for (long i = 0; i < count; i++)
        end_process(servers_pids[i], SIGKILL);
    if (place)
        end_process(place, SIGKILL);
    printf("churn count=%ld seconds=%.6f\n", want[COUNT], (double)(end - start) / 1e9);
}
