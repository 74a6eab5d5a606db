/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A generator of connections that knows the truth about each of them. main.c has the options; truth.c keeps what is
 * true, in memory that all processes of a run share; places.c makes namespaces; the others are the scenarios.
 */
#ifndef LIVES_H
#define LIVES_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

enum option_id {
    COUNT, RATE, UP, DOWN, CLIENTS, WORKERS, PEERS, NET, SEED, SECONDS, FAMILY, FIRST, QUIET, COOKIES, NETNS, VETH,
    MPTCP, OPTIONS
};

/* Who closes first: --first. */
enum { CLIENT_FIRST, SERVER_FIRST, EITHER_FIRST };

enum { PORT = 21080, MESSAGE = 1 << 16, MAX_CLIENTS = 64, TRUTH_FD = 100 };

extern long want[OPTIONS];
extern char **arguments; /* of main() */

struct address {
    union {
        struct sockaddr plain;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    };
    socklen_t length;
};

/* What is true of one end of a connection, of an attempt, or of the datagrams between a socket and a peer. */
struct end {
    struct address local;
    struct address remote;
    char name[16]; /* of the process */
    uint64_t netns;
    uint64_t cookie; /* 0: not asked for, which would give the socket one */
    uint64_t tx;     /* payload */
    uint64_t rx;
    uint64_t tx_packets; /* of datagrams only */
    uint64_t rx_packets;
    int64_t opened_ns; /* CLOCK_MONOTONIC, when connect or accept had returned */
    int64_t ended_ns;  /* it was open until then; 0: it still is */
    uint32_t pid;
    uint8_t kind;      /* enum kind */
    uint8_t direction; /* enum direction */
    uint8_t reason;    /* enum reason */
    bool inferred;     /* nothing proves the owner: no process has ever touched it */
    bool used;
};

enum kind { LIVING, CLOSED, FAILED, DATAGRAMS };
enum direction { OUT, IN };
enum reason {
    ANY, /* more than one is right */
    FIN_LOCAL, FIN_REMOTE, RST_IN, ABORTED, RST_OUT, TIMEOUT, DESTROYED, REFUSED, UNREACHABLE, CANCELLED, NO_PORT, REASONS
};

/* truth.c */
void truth_begin(void);  /* in the first process, before any other */
void truth_inherit(void); /* in a program executed by one of them */
/* A connection that fd is an end of. */
struct end *truth_opened(int fd, enum direction direction);
/* The same where the socket is another process's, or its ends are known already; either may be NULL. */
struct end *truth_between(const struct address *local, const struct address *remote, enum direction direction);
/* To be called before the close: whoever closes may end with it. */
void truth_closed(struct end *end, enum reason reason, uint64_t tx, uint64_t rx);
void truth_failed(const struct address *to, enum reason reason);
struct end *truth_datagrams(int fd, const struct address *peer);
void truth_become(const char *name); /* the process's own name, of at most 15 characters */
long truth_ended(enum direction direction, enum kind kind); /* of all processes; LIVING: that have begun */
void truth_await(enum direction direction, enum kind kind, long count);
void truth_await_names(long count); /* until so many processes have become somebody */
void truth_list(void);
int64_t now_ns(void);
uint64_t own_netns(void);

/* main.c */
_Noreturn void fail(const char *what);
int check(int result, const char *what);
pid_t spawn(void); /* fork(); the child ends with its parent */
void end_process(pid_t pid, int signal);
void end_well(pid_t pid); /* waits for it; its status must be 0 */
unsigned long chance(void); /* any number; the same ones for the same --seed */
void run(const char *format, ...) __attribute__((format(printf, 1, 2)));
long share(long total, long parts, long number);

/* places.c */
void enter_namespace(void);
/* Two namespaces joined by a pair of interfaces: the caller's, a new one, has host 1; that of the process that is
 * returned has host 2. */
pid_t join_namespaces(void);
void enter_namespace_of(pid_t pid);
int this_place(void);
void return_to(int place);
/* An interface whose other end is silent. */
void make_blackhole(void);

/* sockets.c */
struct address address_of(int host, int port);
struct address local_of(int fd);
struct address remote_of(int fd);
int new_socket(int type);
int listen_at(const struct address *at, bool reuse_port, int backlog);
int dial(const struct address *to);
void send_all(int fd, uint64_t bytes, bool server_closes);
/* Reads so many bytes; *first is the first of them. */
void receive_all(int fd, uint64_t bytes, char *first);
void await_end(int fd);
bool server_closes_first(long number);
void reset_at_close(int fd);
void pass_socket(int over, int fd);
int take_socket(int over);

/* The servers and clients of many connections. */
void churn(const char *server, const char *client);
_Noreturn void serve_inherited(void);
bool is_server(const char *name);
bool is_client(const char *name);
struct address server_address(long number);

/* io_uring: operations in the caller's thread, by a worker, by the kernel's polling thread; sockets that only the ring
 * holds. */
enum uring { URING_PLAIN, URING_WORKER, URING_POLLED, URING_FIXED };
_Noreturn void uring_server(int listener, enum uring mode);
void uring_client(long number, enum uring mode);

/* Scenarios by name; false: there is none of that name. */
bool ending(const char *name);
bool attempt(const char *name);
bool datagrams(const char *name);
void held(void);

#endif
