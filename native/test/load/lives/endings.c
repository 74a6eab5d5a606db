/* SPDX-License-Identifier: Apache-2.0 */
/* How established connections end, other than by two orderly closes. */
#include "lives.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Between the process that opens and the one that serves: each waits for the other. */
static int channel[2];
static int listener;
static pid_t server;
static pid_t place;

static void tell(int side) {
    char byte = 0;
    check((int)write(channel[side], &byte, 1), "channel");
}

static void hear(int side) {
    char byte;
    if (check((int)read(channel[side], &byte, 1), "channel") != 1) {
        fprintf(stderr, "lives: the other process has ended\n");
        _exit(1);
    }
}

enum { CLIENT_SIDE, SERVER_SIDE, MANY = 4096 };

static void expect_reset(int fd) {
    char byte;
    if (recv(fd, &byte, 1, 0) >= 0 || (errno != ECONNRESET && errno != ECONNABORTED && errno != ETIMEDOUT))
        fail("recv: it was to be reset");
}

static uint64_t up(void) {
    return (uint64_t)want[UP];
}

static uint64_t down(void) {
    return (uint64_t)want[DOWN];
}

static void await_bytes(int fd) {
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    check(poll(&ready, 1, -1), "poll");
}

/* Whoever has the turn resets what the other has written to. */
static void reset_client(int fd, struct end *end, long number) {
    char byte;
    if (number % 2 == 0) {
        send_all(fd, up(), false);
        expect_reset(fd);
        truth_closed(end, RST_IN, up(), 0);
        close(fd);
    } else {
        receive_all(fd, down(), &byte);
        reset_at_close(fd);
        truth_closed(end, ABORTED, 0, down());
        close(fd);
    }
}

static void reset_server(int fd, struct end *end, long number) {
    char byte;
    if (number % 2 == 0) {
        receive_all(fd, up(), &byte);
        reset_at_close(fd);
        truth_closed(end, ABORTED, 0, up());
        close(fd);
    } else {
        send_all(fd, down(), false);
        expect_reset(fd);
        truth_closed(end, RST_IN, down(), 0);
        close(fd);
    }
}

static void unread_client(int fd, struct end *end, long number) {
    if (number % 2 == 0) {
        send_all(fd, up(), false);
        expect_reset(fd);
        truth_closed(end, RST_IN, up(), 0);
        close(fd);
    } else {
        await_bytes(fd);
        truth_closed(end, ABORTED, 0, down());
        close(fd);
    }
}

static void unread_server(int fd, struct end *end, long number) {
    if (number % 2 == 0) {
        await_bytes(fd);
        truth_closed(end, ABORTED, 0, up());
        close(fd);
    } else {
        send_all(fd, down(), false);
        expect_reset(fd);
        truth_closed(end, RST_IN, down(), 0);
        close(fd);
    }
}

/* Leaves the peer by AF_UNSPEC, then opens another connection on the very same socket. */
static void disconnect_client(int fd, struct end *end, long number) {
    const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    struct address to = server_address(number);
    send_all(fd, up(), false);
    hear(CLIENT_SIDE);
    truth_closed(end, ABORTED, up(), 0);
    check(connect(fd, &nowhere, sizeof nowhere), "connect(AF_UNSPEC)");
    hear(CLIENT_SIDE);
    check(connect(fd, &to.plain, to.length), "connect again");
    end = truth_opened(fd, OUT);
    send_all(fd, up(), false);
    truth_closed(end, FIN_LOCAL, up(), 0);
    close(fd);
}

static void disconnect_server(int fd, struct end *end, long number) {
    char byte;
    (void)number;
    receive_all(fd, up(), &byte);
    tell(SERVER_SIDE);
    expect_reset(fd);
    truth_closed(end, RST_IN, 0, up());
    close(fd);
    tell(SERVER_SIDE);
    fd = check(accept(listener, NULL, NULL), "accept");
    end = truth_opened(fd, IN);
    receive_all(fd, up(), &byte);
    await_end(fd);
    truth_closed(end, FIN_REMOTE, 0, up());
    close(fd);
}

static void half_client(int fd, struct end *end, long number) {
    char byte;
    (void)number;
    send_all(fd, up(), false);
    int64_t before = now_ns();
    check(shutdown(fd, SHUT_WR), "shutdown");
    receive_all(fd, down(), &byte);
    await_end(fd);
    truth_closed(end, FIN_LOCAL, up(), down());
    end->ended_ns = before;
    close(fd);
}

static void half_server(int fd, struct end *end, long number) {
    char byte;
    (void)number;
    receive_all(fd, up(), &byte);
    await_end(fd);
    send_all(fd, down(), false);
    truth_closed(end, FIN_REMOTE, down(), up());
    close(fd);
}

/* The server hands its end to a ring of unix sockets that hold one another, and the kernel collects them. */
static void collected_client(int fd, struct end *end, long number) {
    (void)number;
    send_all(fd, up(), false);
    await_end(fd);
    truth_closed(end, FIN_REMOTE, up(), 0);
    close(fd);
}

static void collected_server(int fd, struct end *end, long number) {
    char byte;
    int pair[2];
    (void)number;
    receive_all(fd, up(), &byte);
    check(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    pass_socket(pair[0], fd);
    pass_socket(pair[0], pair[1]);
    pass_socket(pair[1], pair[0]);
    truth_closed(end, FIN_LOCAL, 0, up());
    close(fd);
    close(pair[0]);
    close(pair[1]);
    close(check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket")); /* closing one makes the kernel look for such rings */
}

/* `ss -K` ends now the client's end, now the server's. */
static void destroyed_client(int fd, struct end *end, long number) {
    char byte;
    send_all(fd, up(), false);
    receive_all(fd, down(), &byte);
    truth_closed(end, number % 2 == 0 ? DESTROYED : RST_IN, up(), down());
    if (number % 2 == 0)
        run("ss -K -tn state established sport = :%d >/dev/null", ntohs(end->local.v4.sin_port));
    else
        run("ss -K -tn state established dport = :%d >/dev/null", ntohs(end->local.v4.sin_port));
    expect_reset(fd);
    close(fd);
}

static void destroyed_server(int fd, struct end *end, long number) {
    char byte;
    receive_all(fd, up(), &byte);
    send_all(fd, down(), false);
    truth_closed(end, number % 2 == 0 ? RST_IN : DESTROYED, down(), up());
    expect_reset(fd);
    close(fd);
}

/* The peers vanish from each other's sight; both wait for an acknowledgement of their last message, for a second. */
static void timeout_either(int fd, struct end *end, int side) {
    const int patience_ms = 1000;
    char byte;
    uint64_t sent = side == CLIENT_SIDE ? up() : down(), received = side == CLIENT_SIDE ? down() : up();
    check(setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience_ms, sizeof patience_ms), "TCP_USER_TIMEOUT");
    send_all(fd, sent, false);
    receive_all(fd, received, &byte);
    tell(side);
    hear(side);
    const struct timespec acks = {.tv_nsec = 300000000};
    nanosleep(&acks, NULL);
    run("ip neigh replace 10.77.0.%d lladdr 02:00:00:00:00:99 nud permanent dev lv0", side == CLIENT_SIDE ? 2 : 1);
    tell(side);
    hear(side);
    truth_closed(end, TIMEOUT, sent, received);
    check((int)send(fd, "unseen", 6, 0), "send");
    expect_reset(fd);
    close(fd);
    run("ip neigh del 10.77.0.%d dev lv0", side == CLIENT_SIDE ? 2 : 1);
    tell(side);
    hear(side);
}

static void timeout_client(int fd, struct end *end, long number) {
    (void)number;
    timeout_either(fd, end, CLIENT_SIDE);
}

static void timeout_server(int fd, struct end *end, long number) {
    (void)number;
    timeout_either(fd, end, SERVER_SIDE);
}

struct ending {
    const char *name;
    void (*client)(int fd, struct end *end, long number);
    void (*server)(int fd, struct end *end, long number);
    bool veth;
};

static const struct ending endings[] = {
    {"reset", reset_client, reset_server, false},
    {"unread", unread_client, unread_server, false},
    {"disconnect", disconnect_client, disconnect_server, false},
    {"half-closed", half_client, half_server, false},
    {"collected", collected_client, collected_server, false},
    {"destroyed", destroyed_client, destroyed_server, false},
    {"timeout", timeout_client, timeout_server, true},
};

static void listen_in_place(void) {
    struct address at = server_address(0);
    int here = this_place();
    if (place)
        enter_namespace_of(place);
    listener = listen_at(&at, false, 4096);
    return_to(here);
}

/* Starts the process that serves; in it the return value is 0. */
static pid_t start_server(void) {
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, channel), "channel");
    listen_in_place();
    server = spawn();
    close(channel[server == 0 ? CLIENT_SIDE : SERVER_SIDE]);
    if (server == 0) {
        if (place)
            enter_namespace_of(place);
        truth_become("lv-server");
    } else {
        truth_become("lv-client");
        close(listener);
    }
    return server;
}

static void play(const struct ending *ending) {
    if (ending->veth) {
        want[VETH] = 1;
        place = join_namespaces();
    }
    if (start_server() == 0) {
        for (long i = 0; i < want[COUNT]; i++) {
            int fd = check(accept4(listener, NULL, NULL, SOCK_CLOEXEC), "accept");
            ending->server(fd, truth_opened(fd, IN), i);
        }
        _exit(0);
    }
    for (long i = 0; i < want[COUNT]; i++) {
        struct address to = server_address(i);
        int fd = dial(&to);
        ending->client(fd, truth_opened(fd, OUT), i);
    }
    end_well(server);
    if (place)
        end_process(place, SIGKILL);
}

/* What no process has ever had a descriptor of is the listener's. */
static void other_end(int fd, enum reason reason, uint64_t rx) {
    struct address local = remote_of(fd), remote = local_of(fd);
    struct end *end = truth_between(&local, &remote, IN);
    truth_closed(end, reason, 0, rx);
    end->pid = (uint32_t)server;
    end->inferred = true;
    strcpy(end->name, "lv-server");
}

/* Nobody accepts. The clients close before the listener is closed, or after. */
static void unaccepted(bool stays) {
    static int open[MANY];
    if (start_server() == 0) {
        hear(SERVER_SIDE);
        close(listener);
        tell(SERVER_SIDE);
        hear(SERVER_SIDE);
        _exit(0);
    }
    long count = want[COUNT] < MANY ? want[COUNT] : MANY;
    for (long i = 0; i < count; i++) {
        struct address to = server_address(i);
        open[i] = dial(&to);
        struct end *end = truth_opened(open[i], OUT);
        send_all(open[i], up(), false);
        other_end(open[i], stays ? RST_OUT : FIN_REMOTE, up());
        truth_closed(end, stays ? RST_IN : FIN_LOCAL, up(), 0);
        if (!stays)
            close(open[i]);
    }
    tell(CLIENT_SIDE);
    hear(CLIENT_SIDE);
    for (long i = 0; stays && i < count; i++) {
        expect_reset(open[i]);
        close(open[i]);
    }
    tell(CLIENT_SIDE);
    end_well(server);
}

/* A socket connected to itself: one socket, one connection, both ends. */
static void self(void) {
    truth_become("lv-self");
    for (long i = 0; i < want[COUNT]; i++) {
        char byte;
        struct address at = address_of(1, (int)(22000 + i));
        int fd = new_socket(SOCK_STREAM);
        check(bind(fd, &at.plain, at.length), "bind");
        check(connect(fd, &at.plain, at.length), "connect to itself");
        struct end *end = truth_opened(fd, OUT);
        send_all(fd, up(), false);
        receive_all(fd, up(), &byte);
        truth_closed(end, FIN_LOCAL, up(), up());
        close(fd);
    }
}

/* Both ends in one process. */
static void one_process(void) {
    char byte;
    truth_become("lv-alone");
    listen_in_place();
    for (long i = 0; i < want[COUNT]; i++) {
        struct address to = server_address(i);
        int client = dial(&to), accepted = check(accept(listener, NULL, NULL), "accept");
        struct end *out = truth_opened(client, OUT), *in = truth_opened(accepted, IN);
        send_all(client, up(), false);
        receive_all(accepted, up(), &byte);
        send_all(accepted, down(), false);
        receive_all(client, down(), &byte);
        truth_closed(out, FIN_LOCAL, up(), down());
        close(client);
        await_end(accepted);
        truth_closed(in, FIN_REMOTE, down(), up());
        close(accepted);
    }
    close(listener);
}

/* Many are open when their process ends, in an orderly way or by SIGKILL. */
static void left(bool killed) {
    static int open[MANY];
    char byte;
    want[COUNT] = want[COUNT] < MANY ? want[COUNT] : MANY;
    if (start_server() == 0) {
        for (long i = 0; i < want[COUNT]; i++) {
            int fd = check(accept4(listener, NULL, NULL, SOCK_CLOEXEC), "accept");
            struct end *end = truth_opened(fd, IN);
            receive_all(fd, up(), &byte);
            truth_closed(end, FIN_LOCAL, 0, up());
        }
        tell(SERVER_SIDE);
        if (killed)
            pause();
        _exit(0);
    }
    for (long i = 0; i < want[COUNT]; i++) {
        struct address to = server_address(i);
        open[i] = dial(&to);
        struct end *end = truth_opened(open[i], OUT);
        send_all(open[i], up(), false);
        truth_closed(end, FIN_REMOTE, up(), 0);
    }
    hear(CLIENT_SIDE);
    if (killed)
        end_process(server, SIGKILL);
    else
        end_well(server);
    for (long i = 0; i < want[COUNT]; i++) {
        await_end(open[i]);
        close(open[i]);
    }
}

bool ending(const char *name) {
    if (strcmp(name, "unaccepted") == 0 || strcmp(name, "unaccepted-open") == 0)
        unaccepted(strcmp(name, "unaccepted-open") == 0);
    else if (strcmp(name, "self") == 0)
        self();
    else if (strcmp(name, "one-process") == 0)
        one_process();
    else if (strcmp(name, "left") == 0 || strcmp(name, "left-killed") == 0)
        left(strcmp(name, "left-killed") == 0);
    else {
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            if (strcmp(endings[i].name, name) == 0) {
                play(&endings[i]);
                return true;
            }
        return false;
    }
    return true;
}
