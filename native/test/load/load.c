/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens a known number of sockets and holds them for a bounded time, for comparisons and measurements.
 *
 *   load [OPTION NUMBER]...
 *     --procs P        processes that share what follows evenly (default 1)
 *     --conns N        established TCP connections over IPv4; each is two sockets, both in one process
 *     --conns6 N       the same over IPv6
 *     --peers N        different client addresses of one process (default 1, at most 250)
 *     --queued N       of the connections, those with bytes that nobody reads
 *     --half N         half-closed connections: one end in FIN_WAIT2, the other in CLOSE_WAIT
 *     --time-wait N    connections that have ended, whose client end stays in TIME_WAIT for a minute
 *     --listeners N    TCP listeners besides the one that each process has per family
 *     --udp N          UDP sockets that are connected
 *     --udp-bound N    UDP sockets that are not
 *     --rate N         messages a second, sent on the connections in turn
 *     --churn N        connections a second opened and closed again, besides
 *     --net B          uses addresses 127.B.x.x (default 64), so that several may run side by side
 *     --netns 1        in a network namespace of its own (needs root)
 *     --seconds S      ends after this time (default 60, at most 7200), or at the end of stdin where that is a pipe
 *
 * Prints one line a process, PID NAME NETNS and name=count of what it holds, then READY and the number of sockets in
 * all. Status 0 after an orderly end; 1 where something could not be opened, said in one line.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

enum { MAX_PROCS = 250, FIRST_PORT = 21000, MESSAGE = 100 };

enum option_id {
    PROCS, CONNS, CONNS6, PEERS, QUEUED, HALF, TIME_WAIT, LISTENERS, UDP, UDP_BOUND, RATE, CHURN, NET, NETNS, SECONDS,
    OPTIONS
};

static const char *const names[OPTIONS] = {
    [PROCS] = "--procs", [CONNS] = "--conns", [CONNS6] = "--conns6", [PEERS] = "--peers", [QUEUED] = "--queued",
    [HALF] = "--half", [TIME_WAIT] = "--time-wait", [LISTENERS] = "--listeners", [UDP] = "--udp",
    [UDP_BOUND] = "--udp-bound", [RATE] = "--rate", [CHURN] = "--churn", [NET] = "--net", [NETNS] = "--netns",
    [SECONDS] = "--seconds",
};

struct worker {
    long want[OPTIONS];
    int number;
    int listener;
    int listener6;
    union {
        struct sockaddr plain;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } server, server6;
    int (*ends)[2];
    long pairs;
};

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int check(int result, const char *what) {
    if (result < 0)
        fail(what);
    return result;
}

static long share(long total, long parts, int number) {
    return total / parts + (number < total % parts ? 1 : 0);
}

static in_addr_t address(const struct worker *self, int last) {
    uint32_t network = 127u << 24 | (uint32_t)self->want[NET] << 16;
    return htonl(network | (uint32_t)(self->number + 1) << 8 | (uint32_t)(last & 255));
}

static void listen_on(struct worker *self) {
    const int on = 1;
    self->server.v4 = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_addr.s_addr = address(self, 1), .sin_port = htons(FIRST_PORT)};
    self->listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    setsockopt(self->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    check(bind(self->listener, &self->server.plain, sizeof self->server.v4), "bind");
    check(listen(self->listener, 128), "listen");
    if (self->want[CONNS6] == 0)
        return;
    self->server6.v6 = (struct sockaddr_in6){
        .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT,
        .sin6_port = htons((uint16_t)(FIRST_PORT + 1 + self->number))};
    self->listener6 = check(socket(AF_INET6, SOCK_STREAM, 0), "socket");
    setsockopt(self->listener6, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    check(bind(self->listener6, &self->server6.plain, sizeof self->server6.v6), "bind ::1");
    check(listen(self->listener6, 128), "listen");
}

/* Closing is a reset: an ended run leaves no TIME_WAIT behind that the next one would count. */
static void reset_at_close(int fd, int on) {
    const struct linger linger = {.l_onoff = on, .l_linger = 0};
    check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger), "SO_LINGER");
}

/* Both ends of a new connection: ends[0] has opened it. */
static void open_pair(struct worker *self, int v6, long index, int ends[2]) {
    const int on = 1;
    ends[0] = check(socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0), "socket");
    if (!v6) {
        struct sockaddr_in from = {
            .sin_family = AF_INET, .sin_addr.s_addr = address(self, (int)(2 + index % self->want[PEERS]))};
        setsockopt(ends[0], IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        check(bind(ends[0], (struct sockaddr *)&from, sizeof from), "bind");
    }
    check(v6 ? connect(ends[0], &self->server6.plain, sizeof self->server6.v6)
             : connect(ends[0], &self->server.plain, sizeof self->server.v4), "connect");
    ends[1] = check(accept(v6 ? self->listener6 : self->listener, NULL, NULL), "accept");
    reset_at_close(ends[0], 1);
    reset_at_close(ends[1], 1);
}

static void open_connections(struct worker *self) {
    long total = self->want[CONNS] + self->want[CONNS6];
    char message[MESSAGE] = {0};
    self->ends = calloc((size_t)total + 1, sizeof *self->ends);
    if (!self->ends)
        fail("memory");
    for (long i = 0; i < total; i++) {
        open_pair(self, i >= self->want[CONNS], i, self->ends[self->pairs++]);
        if (i < self->want[QUEUED])
            check((int)write(self->ends[i][0], message, (size_t)(1 + i % MESSAGE)), "write");
    }
    for (long i = 0; i < self->want[HALF]; i++) {
        int ends[2];
        open_pair(self, 0, i, ends);
        check(shutdown(ends[0], SHUT_WR), "shutdown");
    }
    for (long i = 0; i < self->want[TIME_WAIT]; i++) {
        int ends[2];
        open_pair(self, 0, i, ends);
        reset_at_close(ends[0], 0);
        reset_at_close(ends[1], 0);
        close(ends[0]);
        close(ends[1]);
    }
}

static void open_others(struct worker *self) {
    for (long i = 0; i < self->want[LISTENERS]; i++) {
        struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = address(self, 1)};
        int fd = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
        check(bind(fd, (struct sockaddr *)&any, sizeof any), "bind");
        check(listen(fd, (int)(1 + i % 100)), "listen");
    }
    for (long i = 0; i < self->want[UDP] + self->want[UDP_BOUND]; i++) {
        struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = address(self, 1)};
        int fd = check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
        check(bind(fd, (struct sockaddr *)&any, sizeof any), "bind");
        if (i < self->want[UDP])
            check(connect(fd, &self->server.plain, sizeof self->server.v4), "connect");
    }
}

static void report(const struct worker *self, int to) {
    struct stat netns;
    char name[16] = "?";
    char line[256];
    prctl(PR_GET_NAME, name);
    check(stat("/proc/self/ns/net", &netns), "/proc/self/ns/net");
    int length = snprintf(line, sizeof line,
        "%d %s %lu listeners=%ld established=%ld half=%ld time_wait=%ld udp=%ld udp_bound=%ld\n", getpid(), name,
        (unsigned long)netns.st_ino, self->want[LISTENERS] + 1 + (self->want[CONNS6] > 0), 2 * self->pairs,
        self->want[HALF], self->want[TIME_WAIT], self->want[UDP], self->want[UDP_BOUND]);
    check((int)write(to, line, (size_t)length), "pipe");
    close(to);
}

static void send_message(struct worker *self, long turn) {
    long quiet = self->want[QUEUED];
    char message[MESSAGE] = {0};
    if (self->pairs <= quiet)
        return;
    int *ends = self->ends[quiet + turn % (self->pairs - quiet)];
    check((int)write(ends[0], message, sizeof message), "write");
    check((int)read(ends[1], message, sizeof message), "read");
}

static void open_and_close(struct worker *self, long turn) {
    int ends[2];
    open_pair(self, 0, turn, ends);
    close(ends[0]);
    close(ends[1]);
}

/* Holds what is open. Work is done in ten batches a second: a wake-up a message would measure the scheduler. */
static _Noreturn void hold(struct worker *self) {
    struct timespec tenth = {.tv_nsec = 100 * 1000 * 1000};
    long sent = 0, opened = 0;
    if (self->want[RATE] == 0 && self->want[CHURN] == 0)
        for (;;)
            pause();
    for (long tick = 1;; tick++) {
        nanosleep(&tenth, NULL);
        for (; sent < tick * self->want[RATE] / 10; sent++)
            send_message(self, sent);
        for (; opened < tick * self->want[CHURN] / 10; opened++)
            open_and_close(self, opened);
    }
}

static _Noreturn void work(const long total[OPTIONS], int number, int to) {
    struct worker self = {.number = number};
    struct rlimit limit;
    char name[16];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(name, sizeof name, "load-%d", number);
    prctl(PR_SET_NAME, name);
    memcpy(self.want, total, sizeof self.want);
    for (int option = CONNS; option <= CHURN; option++)
        if (option != PEERS)
            self.want[option] = share(total[option], total[PROCS], number);
    check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    listen_on(&self);
    open_connections(&self);
    open_others(&self);
    report(&self, to);
    hold(&self);
}

static void enter_namespace(void) {
    struct ifreq up = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    check(unshare(CLONE_NEWNET), "new network namespace");
    int fd = check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    check(ioctl(fd, SIOCSIFFLAGS, &up), "lo up");
    close(fd);
}

static void parse(int count, char **arguments, long want[OPTIONS]) {
    for (int i = 1; i < count; i += 2) {
        int option = 0;
        char *end = NULL;
        while (option < OPTIONS && strcmp(arguments[i], names[option]) != 0)
            option++;
        if (option == OPTIONS || i + 1 == count || (want[option] = strtol(arguments[i + 1], &end, 10)) < 0 || *end) {
            fprintf(stderr, "load: %s: give an option of load.c and a number\n", arguments[i]);
            exit(2);
        }
    }
    if (want[PROCS] < 1 || want[PROCS] > MAX_PROCS || want[PEERS] < 1 || want[PEERS] > 250 || want[NET] < 1
        || want[NET] > 254 || want[SECONDS] < 1 || want[SECONDS] > 7200) {
        fprintf(stderr, "load: procs 1 to %d, peers 1 to 250, net 1 to 254, seconds 1 to 7200\n", MAX_PROCS);
        exit(2);
    }
}

/* Passes the workers' lines on; returns how many there were. */
static int relay(int from) {
    char buffer[4096];
    int lines = 0;
    for (ssize_t length; (length = read(from, buffer, sizeof buffer)) > 0;) {
        fwrite(buffer, 1, (size_t)length, stdout);
        for (ssize_t i = 0; i < length; i++)
            lines += buffer[i] == '\n';
    }
    return lines;
}

/* Until the time is over, a worker ends, or somebody closes our stdin. */
static void wait_for_end(long seconds) {
    struct stat in;
    struct pollfd closed = {.fd = fstat(0, &in) == 0 && S_ISFIFO(in.st_mode) ? 0 : -1, .events = POLLIN};
    char byte;
    for (time_t end = time(NULL) + seconds; time(NULL) < end;) {
        if (poll(&closed, 1, 200) > 0 && read(0, &byte, 1) <= 0)
            return;
        if (waitpid(-1, NULL, WNOHANG) > 0) {
            fprintf(stderr, "load: a process has ended early\n");
            exit(1);
        }
    }
}

/* Their sockets are closed when this returns: the next run may want the same addresses. */
static void end_workers(const pid_t *workers, long count) {
    for (long i = 0; i < count; i++)
        kill(workers[i], SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
}

int main(int count, char **arguments) {
    pid_t workers[MAX_PROCS];
    long want[OPTIONS] = {[PROCS] = 1, [PEERS] = 1, [NET] = 64, [SECONDS] = 60};
    int ready[2];
    parse(count, arguments, want);
    if (want[NETNS])
        enter_namespace();
    check(pipe(ready), "pipe");
    for (int number = 0; number < want[PROCS]; number++) {
        workers[number] = check(fork(), "fork");
        if (workers[number] == 0) {
            close(ready[0]);
            close(0);
            work(want, number, ready[1]);
        }
    }
    close(ready[1]);
    if (relay(ready[0]) != want[PROCS])
        exit(1);
    printf("READY %ld\n", 2 * (want[CONNS] + want[CONNS6] + want[HALF]) + want[TIME_WAIT] + want[LISTENERS]
        + (want[CONNS6] ? 2 : 1) * want[PROCS] + want[UDP] + want[UDP_BOUND]);
    fflush(stdout);
    wait_for_end(want[SECONDS]);
    end_workers(workers, want[PROCS]);
    return 0;
}
