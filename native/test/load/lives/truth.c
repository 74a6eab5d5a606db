/* SPDX-License-Identifier: Apache-2.0 */
#include "lives.h"

#include <arpa/inet.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_ENDS = 1 << 20, MAX_TALLIES = 1 << 20 };

/* What one process has done, where --quiet keeps no record of single connections. */
struct tally {
    uint32_t pid;
    char name[16];
    _Atomic uint64_t opened[2];
    _Atomic uint64_t closed[2];
    _Atomic uint64_t failed;
    _Atomic uint64_t tx[2];
    _Atomic uint64_t rx[2];
};

struct truth {
    _Atomic long ends;
    _Atomic long tallies;
    _Atomic long named;
    _Atomic long ended[2][4]; /* LIVING: begun */
    struct end end[MAX_ENDS];
    struct tally tally[MAX_TALLIES];
};

static struct truth *truth;
static struct tally *mine;
static char my_name[16] = "lives";
static _Thread_local struct end scratch[2];

static const char *const reasons[REASONS] = {
    [ANY] = "-", [FIN_LOCAL] = "fin-local", [FIN_REMOTE] = "fin-remote", [RST_IN] = "rst-in", [ABORTED] = "aborted",
    [RST_OUT] = "rst-out",     [TIMEOUT] = "timeout", [DESTROYED] = "destroyed", [REFUSED] = "refused", [UNREACHABLE] = "unreachable",
    [CANCELLED] = "cancelled", [NO_PORT] = "no-port",
};
static const char *const kinds[] = {"living", "closed", "failed", "datagrams"};

static void map_truth(void) {
    truth = mmap(NULL, sizeof *truth, PROT_READ | PROT_WRITE, MAP_SHARED, TRUTH_FD, 0);
    if (truth == MAP_FAILED)
        fail("memory");
}

void truth_begin(void) {
    int fd = check(memfd_create("truth", 0), "memory");
    check(ftruncate(fd, sizeof *truth), "memory");
    check(dup2(fd, TRUTH_FD), "memory");
    close(fd);
    map_truth();
}

void truth_inherit(void) {
    map_truth();
}

int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

uint64_t own_netns(void) {
    struct stat netns;
    check(stat("/proc/thread-self/ns/net", &netns), "/proc/thread-self/ns/net");
    return netns.st_ino;
}

static struct tally *tally(void) {
    pid_t pid = getpid();
    if (!mine || mine->pid != (uint32_t)pid) {
        long number = atomic_fetch_add(&truth->tallies, 1);
        if (number >= MAX_TALLIES)
            fail("too many processes");
        mine = &truth->tally[number];
        memcpy(mine->name, my_name, sizeof my_name);
        mine->pid = (uint32_t)pid;
    }
    return mine;
}

void truth_become(const char *name) {
    snprintf(my_name, sizeof my_name, "%s", name);
    mine = NULL;
    prctl(PR_SET_NAME, my_name);
    atomic_fetch_add(&truth->named, 1);
    if (want[QUIET])
        tally(); /* before there are threads */
}

struct end *truth_between(const struct address *local, const struct address *remote, enum direction direction) {
    struct end *end = &scratch[direction];
    atomic_fetch_add(&truth->ended[direction][LIVING], 1);
    if (want[QUIET]) {
        atomic_fetch_add(&tally()->opened[direction], 1);
        end->direction = (uint8_t)direction;
        return end;
    }
    long number = atomic_fetch_add(&truth->ends, 1);
    if (number >= MAX_ENDS)
        fail("too many connections to keep a record of: use --quiet 1");
    end = &truth->end[number];
    if (local)
        end->local = *local;
    if (remote)
        end->remote = *remote;
    memcpy(end->name, my_name, sizeof my_name);
    end->netns = own_netns();
    end->pid = (uint32_t)getpid();
    end->opened_ns = now_ns();
    end->direction = (uint8_t)direction;
    end->used = true;
    return end;
}

struct end *truth_opened(int fd, enum direction direction) {
    if (want[QUIET])
        return truth_between(NULL, NULL, direction);
    struct address local = local_of(fd), remote = remote_of(fd);
    struct end *end = truth_between(&local, &remote, direction);
    if (want[COOKIES]) {
        socklen_t length = sizeof end->cookie;
        getsockopt(fd, SOL_SOCKET, SO_COOKIE, &end->cookie, &length);
    }
    return end;
}

void truth_closed(struct end *end, enum reason reason, uint64_t tx, uint64_t rx) {
    int direction = end->direction;
    if (want[QUIET]) {
        atomic_fetch_add(&tally()->closed[direction], 1);
        atomic_fetch_add(&mine->tx[direction], tx);
        atomic_fetch_add(&mine->rx[direction], rx);
    } else {
        end->kind = CLOSED;
        end->reason = (uint8_t)reason;
        end->tx = tx;
        end->rx = rx;
        end->pid = (uint32_t)getpid();
        end->ended_ns = reason == RST_IN ? end->opened_ns : now_ns(); /* the peer has ended it, nobody knows when */
    }
    atomic_fetch_add(&truth->ended[direction][CLOSED], 1);
}

void truth_failed(const struct address *to, enum reason reason) {
    atomic_fetch_add(&truth->ended[OUT][FAILED], 1);
    if (want[QUIET]) {
        atomic_fetch_add(&tally()->failed, 1);
        return;
    }
    struct end *end = truth_between(NULL, to, OUT);
    end->kind = FAILED;
    end->reason = (uint8_t)reason;
    end->ended_ns = now_ns();
}

struct end *truth_datagrams(int fd, const struct address *peer) {
    struct address local = local_of(fd);
    struct end *end = truth_between(&local, peer, OUT);
    end->kind = DATAGRAMS;
    return end;
}

long truth_ended(enum direction direction, enum kind kind) {
    return atomic_load(&truth->ended[direction][kind]);
}

void truth_await(enum direction direction, enum kind kind, long count) {
    const struct timespec little = {.tv_nsec = 1000000};
    while (truth_ended(direction, kind) < count)
        nanosleep(&little, NULL);
}

void truth_await_names(long count) {
    const struct timespec little = {.tv_nsec = 1000000};
    while (truth->named < count)
        nanosleep(&little, NULL);
}

/* An IPv4 address reads the same in an IPv6 socket. */
static void print_address(const char *side, const char *port, const struct address *address) {
    char text[INET6_ADDRSTRLEN] = "-";
    if (address->plain.sa_family == AF_INET)
        inet_ntop(AF_INET, &address->v4.sin_addr, text, sizeof text);
    else if (address->plain.sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&address->v6.sin6_addr))
        inet_ntop(AF_INET, &address->v6.sin6_addr.s6_addr[12], text, sizeof text);
    else if (address->plain.sa_family == AF_INET6)
        inet_ntop(AF_INET6, &address->v6.sin6_addr, text, sizeof text);
    printf(" %s=%s %s=%d", side, text, port, address->plain.sa_family ? ntohs(address->v4.sin_port) : 0);
}

static void print_end(const struct end *end) {
    printf("end kind=%s pid=%u name=%s netns=%llu dir=%s", kinds[end->kind], end->pid, end->name,
        (unsigned long long)end->netns, end->direction == OUT ? "out" : "in");
    print_address("laddr", "lport", &end->local);
    print_address("raddr", "rport", &end->remote);
    printf(" tx=%llu rx=%llu reason=%s inferred=%d cookie=%llu opened=%lld ended=%lld",
        (unsigned long long)end->tx, (unsigned long long)end->rx, reasons[end->reason], end->inferred,
        (unsigned long long)end->cookie, (long long)end->opened_ns, (long long)end->ended_ns);
    if (end->kind == DATAGRAMS)
        printf(" tx_packets=%llu rx_packets=%llu", (unsigned long long)end->tx_packets,
            (unsigned long long)end->rx_packets);
    putchar('\n');
}

static void print_tally(const struct tally *each) {
    printf("process pid=%u name=%s failed=%llu", each->pid, each->name, (unsigned long long)each->failed);
    for (int direction = OUT; direction <= IN; direction++) {
        const char *side = direction == OUT ? "out" : "in";
        printf(" opened_%s=%llu closed_%s=%llu tx_%s=%llu rx_%s=%llu", side,
            (unsigned long long)each->opened[direction], side, (unsigned long long)each->closed[direction], side,
            (unsigned long long)each->tx[direction], side, (unsigned long long)each->rx[direction]);
    }
    putchar('\n');
}

void truth_list(void) {
    for (long i = 0; i < truth->ends; i++)
        if (truth->end[i].used)
            print_end(&truth->end[i]);
    for (long i = 0; i < truth->tallies; i++)
        print_tally(&truth->tally[i]);
}
