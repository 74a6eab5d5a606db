/* SPDX-License-Identifier: Apache-2.0 */
#include "lives.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

enum { SEGMENT = 1200 };

static char zeros[MESSAGE];

/* host 0: the wildcard. --family 46 is IPv4 in an IPv6 socket. */
struct address address_of(int host, int port) {
    uint32_t v4 = want[VETH] ? (10u << 24 | 77 << 16 | (uint32_t)host)
        : want[NETNS] ? (127u << 24 | (uint32_t)host)
        : (127u << 24 | (uint32_t)want[NET] << 16 | (uint32_t)host);
    struct address at = {0};
    if (host == 0)
        v4 = INADDR_ANY;
    if (want[FAMILY] == 4) {
        at.v4 = (struct sockaddr_in){
            .sin_family = AF_INET, .sin_addr.s_addr = htonl(v4), .sin_port = htons((uint16_t)port)};
        at.length = sizeof at.v4;
        return at;
    }
    at.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    at.length = sizeof at.v6;
    if (want[FAMILY] == 46 && host != 0) {
        at.v6.sin6_addr.s6_addr[10] = at.v6.sin6_addr.s6_addr[11] = 0xff;
        v4 = htonl(v4);
        memcpy(&at.v6.sin6_addr.s6_addr[12], &v4, 4);
    } else if (want[VETH] && host != 0) {
        at.v6.sin6_addr.s6_addr[0] = 0xfd;
        at.v6.sin6_addr.s6_addr[1] = 0x77;
        at.v6.sin6_addr.s6_addr[15] = (uint8_t)host;
    } else if (host != 0) {
        at.v6.sin6_addr = in6addr_loopback;
    }
    return at;
}

struct address local_of(int fd) {
    struct address at = {.length = sizeof at.v6};
    check(getsockname(fd, &at.plain, &at.length), "getsockname");
    return at;
}

/* Of a connection that has just been reset there is none. */
struct address remote_of(int fd) {
    struct address at = {.length = sizeof at.v6};
    if (getpeername(fd, &at.plain, &at.length) < 0)
        at = (struct address){0};
    return at;
}

int new_socket(int type) {
    int protocol = want[MPTCP] && (type & 15) == SOCK_STREAM ? IPPROTO_MPTCP : 0;
    return check(socket(want[FAMILY] == 4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC, protocol), "socket");
}

int listen_at(const struct address *at, bool reuse_port, int backlog) {
    const int on = 1;
    int fd = new_socket(SOCK_STREAM);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (reuse_port)
        check(setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on), "SO_REUSEPORT");
    check(bind(fd, &at->plain, at->length), "bind");
    check(listen(fd, backlog), "listen");
    return fd;
}

int dial(const struct address *to) {
    int fd = new_socket(SOCK_STREAM);
    check(connect(fd, &to->plain, to->length), "connect");
    return fd;
}

/* The first byte tells the server whether it is to close first. */
void send_all(int fd, uint64_t bytes, bool server_closes) {
    char first = server_closes ? 's' : 'c';
    for (uint64_t sent = 0; sent < bytes;) {
        size_t length = sent == 0 ? 1 : bytes - sent < MESSAGE ? bytes - sent : MESSAGE;
        if (sent == 0 && bytes <= SEGMENT) { /* one segment */
            char all[SEGMENT] = {first};
            length = bytes;
            sent += (uint64_t)check((int)send(fd, all, length, MSG_NOSIGNAL), "send");
        } else {
            sent += (uint64_t)check((int)send(fd, sent == 0 ? &first : zeros, length, MSG_NOSIGNAL), "send");
        }
    }
}

void receive_all(int fd, uint64_t bytes, char *first) {
    static _Thread_local char buffer[MESSAGE];
    for (uint64_t received = 0; received < bytes;) {
        size_t length = bytes - received < MESSAGE ? bytes - received : MESSAGE;
        ssize_t got = check((int)recv(fd, buffer, length, 0), "recv");
        if (got == 0) {
            errno = EPIPE;
            fail("recv: closed too early");
        }
        if (received == 0)
            *first = buffer[0];
        received += (uint64_t)got;
    }
}

void await_end(int fd) {
    char byte;
    if (check((int)recv(fd, &byte, 1, 0), "recv") != 0) {
        errno = EMSGSIZE;
        fail("recv: more than was sent");
    }
}

bool server_closes_first(long number) {
    return want[FIRST] == EITHER_FIRST ? number % 2 == 0 : want[FIRST] == SERVER_FIRST;
}

void reset_at_close(int fd) {
    const struct linger linger = {.l_onoff = 1, .l_linger = 0};
    check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger), "SO_LINGER");
}

void pass_socket(int over, int fd) {
    char byte = 0, control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec vector = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    check((int)sendmsg(over, &message, 0), "pass a socket");
}

int take_socket(int over) {
    int fd = -1;
    char byte, control[CMSG_SPACE(sizeof fd)];
    struct iovec vector = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (check((int)recvmsg(over, &message, MSG_CMSG_CLOEXEC), "take a socket") == 0)
        return -1;
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    return fd;
}
