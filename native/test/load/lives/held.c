/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connections between two processes that last, ruled by lines on standard input; each is answered by one when it is
 * done:
 *   open N    opens so many more
 *   send N    sends --up bytes on each, and receives as many
 *   close N   closes so many, the oldest first
 *   list      prints what is true now, and `listed`
 *   end of input: ends all
 */
#include "lives.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { MAX_HELD = 1 << 18, EVENTS = 256 };

static struct end *served[MAX_HELD]; /* by descriptor */

static void accept_more(int listener, int poll) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        if (fd >= MAX_HELD)
            fail("too many connections");
        served[fd] = truth_opened(fd, IN);
        check(epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event), "epoll");
    }
    if (errno != EAGAIN)
        fail("accept");
}

static void echo(int fd) {
    static char buffer[MESSAGE];
    ssize_t got = recv(fd, buffer, sizeof buffer, 0);
    if (got <= 0) {
        truth_closed(served[fd], FIN_REMOTE, served[fd]->tx, served[fd]->rx);
        close(fd);
        return;
    }
    served[fd]->rx += (uint64_t)got;
    served[fd]->tx += (uint64_t)got;
    check((int)send(fd, buffer, (size_t)got, MSG_NOSIGNAL), "send");
}

static _Noreturn void serve_held(int listener) {
    struct epoll_event events[EVENTS] = {{.events = EPOLLIN, .data.fd = listener}};
    truth_become("lv-server");
    int poll = check(epoll_create1(EPOLL_CLOEXEC), "epoll");
    check(epoll_ctl(poll, EPOLL_CTL_ADD, listener, &events[0]), "epoll");
    for (;;) {
        int count = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < count; i++)
            if (events[i].data.fd == listener)
                accept_more(listener, poll);
            else
                echo(events[i].data.fd);
    }
}

static struct {
    int fd;
    struct end *end;
} held_ends[MAX_HELD];
static long oldest, newest;

static void open_held(long count) {
    for (; count > 0 && newest < MAX_HELD; count--, newest++) {
        struct address to = server_address(newest);
        held_ends[newest].fd = dial(&to);
        held_ends[newest].end = truth_opened(held_ends[newest].fd, OUT);
    }
    truth_await(IN, LIVING, newest);
}

static void send_held(void) {
    char byte;
    for (long i = oldest; i < newest; i++) {
        send_all(held_ends[i].fd, (uint64_t)want[UP], false);
        receive_all(held_ends[i].fd, (uint64_t)want[UP], &byte);
        held_ends[i].end->tx += (uint64_t)want[UP];
        held_ends[i].end->rx += (uint64_t)want[UP];
    }
}

static void close_held(long count) {
    for (; count > 0 && oldest < newest; count--, oldest++) {
        struct end *end = held_ends[oldest].end;
        truth_closed(end, FIN_LOCAL, end->tx, end->rx);
        close(held_ends[oldest].fd);
    }
    truth_await(IN, CLOSED, oldest);
}

void held(void) {
    char line[64];
    truth_become("lv-server");
    struct address at = want[PEERS] > 1 ? address_of(0, PORT) : server_address(0);
    int listener = listen_at(&at, false, 4096);
    check(fcntl(listener, F_SETFL, O_NONBLOCK), "fcntl");
    pid_t server = spawn();
    if (server == 0)
        serve_held(listener);
    close(listener);
    truth_become("lv-client");
    puts("READY");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        char *rest = strchr(line, ' ');
        long count = rest ? strtol(rest, NULL, 10) : 0;
        if (strncmp(line, "open", 4) == 0)
            open_held(count);
        else if (strncmp(line, "send", 4) == 0)
            send_held();
        else if (strncmp(line, "close", 5) == 0)
            close_held(count);
        else if (strncmp(line, "list", 4) == 0)
            truth_list();
        printf("%s", strncmp(line, "list", 4) == 0 ? "listed\n" : line);
        fflush(stdout);
    }
    close_held(newest - oldest);
    end_process(server, SIGKILL);
}
