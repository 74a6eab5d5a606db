/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes of a fleet that know of each connection who is at its other end.
 *
 *   fleet serve NAME PORT SECONDS                  a server called NAME, on all addresses, with others at that port
 *   fleet talk NAME ADDRESS PORT SECONDS HELD RATE a client called NAME: HELD connections that stay, and RATE a second
 *                                                  that are opened, used and closed
 *
 * A client says its name on each connection, and the server answers with its own. Both end with stdin, at the end of
 * SECONDS (at most 600) at the latest, and then print one line for each name that they met: `NAME PEER CONNECTIONS`. A
 * connection that did not come about is not counted by its client. Status 1 where something failed, said in one line.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { NAME = 16, PEERS = 64, SOCKETS = 4096, LONGEST = 600, PATIENCE = 5 };

static struct {
    char name[NAME];
    long connections;
} met[PEERS];

static void die(const char *what)
{
    fprintf(stderr, "fleet: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void count(const char *name)
{
    for (int i = 0; i < PEERS; i++) {
        if (met[i].connections == 0)
            memcpy(met[i].name, name, NAME);
        if (memcmp(met[i].name, name, NAME) == 0) {
            met[i].connections++;
            return;
        }
    }
    fprintf(stderr, "fleet: more than %d names\n", PEERS);
    exit(1);
}

static void report(const char *self)
{
    for (int i = 0; i < PEERS && met[i].connections; i++)
        printf("%s %s %ld\n", self, met[i].name, met[i].connections);
    fflush(stdout);
}

static long now_millis(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whether it is time to end. */
static int is_over(long until)
{
    struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
    return now_millis() >= until || poll(&in, 1, 0) > 0;
}

/* Reads a name whole; 0 where the other end closed first. */
static int read_name(int fd, char *name)
{
    size_t got = 0;
    while (got < NAME) {
        ssize_t n = read(fd, name + got, NAME - got);
        if (n <= 0)
            return 0;
        got += (size_t)n;
    }
    name[NAME - 1] = 0;
    return 1;
}

static void serve(const char *self, int port, long until)
{
    static struct pollfd fds[SOCKETS];
    int one = 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) ||
        setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) ||
        bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 512))
        die("cannot listen");
    fds[0] = (struct pollfd){ .fd = listener, .events = POLLIN };
    nfds_t used = 1;
    while (!is_over(until)) {
        if (poll(fds, used, 100) <= 0)
            continue;
        for (nfds_t i = used; i-- > 1;) {
            char name[NAME] = "";
            if (fds[i].revents && !read_name(fds[i].fd, name)) {
                close(fds[i].fd);
                fds[i] = fds[--used];
            }
        }
        if (!fds[0].revents || used == SOCKETS)
            continue;
        int fd = accept(listener, NULL, NULL);
        char name[NAME] = "";
        char own[NAME] = "";
        memcpy(own, self, strlen(self));
        struct timeval patience = { .tv_sec = PATIENCE };
        if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) || !read_name(fd, name) ||
            write(fd, own, NAME) != NAME) {
            close(fd);
            continue;
        }
        count(name);
        fds[used++] = (struct pollfd){ .fd = fd, .events = POLLIN };
    }
}

/* A connection that the server answered; -1 where none came about. */
static int talk_once(const char *self, const struct sockaddr_in *to)
{
    char name[NAME] = "";
    char own[NAME] = "";
    memcpy(own, self, strlen(self));
    struct timeval patience = { .tv_sec = PATIENCE };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        die("cannot make a socket");
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) ||
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) ||
        connect(fd, (const struct sockaddr *)to, sizeof *to) || write(fd, own, NAME) != NAME || !read_name(fd, name)) {
        close(fd);
        return -1;
    }
    count(name);
    return fd;
}

static void talk(const char *self, const struct sockaddr_in *to, long until, int held, int rate)
{
    long begin = now_millis();
    long opened = 0;
    while (!is_over(until)) {
        if (held > 0) {
            if (talk_once(self, to) >= 0)
                held--;
            else
                usleep(100000);
            continue;
        }
        if (rate > 0 && opened < (now_millis() - begin) * rate / 1000) {
            int fd = talk_once(self, to);
            opened++;
            if (fd >= 0)
                close(fd);
            continue;
        }
        usleep(5000);
    }
}

static long number(const char *text, long most)
{
    char *rest;
    long value = strtol(text, &rest, 10);
    if (*rest || value < 0 || value > most) {
        fprintf(stderr, "fleet: %s: expected a number up to %ld\n", text, most);
        exit(1);
    }
    return value;
}

int main(int argc, char **argv)
{
    int serving = argc == 5 && !strcmp(argv[1], "serve");
    if (!serving && !(argc == 8 && !strcmp(argv[1], "talk"))) {
        fprintf(stderr, "fleet serve NAME PORT SECONDS | fleet talk NAME ADDRESS PORT SECONDS HELD RATE\n");
        return 1;
    }
    const char *self = argv[2];
    if (strlen(self) >= NAME || prctl(PR_SET_NAME, self))
        die(self);
    signal(SIGPIPE, SIG_IGN);
    if (serving) {
        int port = (int)number(argv[3], 65535);
        serve(self, port, now_millis() + 1000 * number(argv[4], LONGEST));
    } else {
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)number(argv[4], 65535)) };
        if (inet_pton(AF_INET, argv[3], &to.sin_addr) != 1)
            die(argv[3]);
        talk(self, &to, now_millis() + 1000 * number(argv[5], LONGEST), (int)number(argv[6], SOCKETS),
             (int)number(argv[7], 10000));
    }
    report(self);
    return 0;
}
