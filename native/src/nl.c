/* SPDX-License-Identifier: Apache-2.0 */
#include "nl.h"

#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define SHORTAGES 4

int nl_open(int protocol) {
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (fd < 0) {
        return -errno;
    }
    /* The kernel fills datagrams of at most 32 KiB only while there is room; a lost end must not hang the sample. */
    int room = 1 << 20;
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    struct timeval patience = {.tv_sec = 5};
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    return fd;
}

static int send_request(int fd, uint16_t type, uint16_t flags, const void *body, size_t length, uint32_t sequence) {
    struct nlmsghdr header = {
        .nlmsg_len = (uint32_t)(sizeof(header) + length),
        .nlmsg_type = type,
        .nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags),
        .nlmsg_seq = sequence,
    };
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    struct iovec parts[] = {{&header, sizeof(header)}, {(void *)(uintptr_t)body, length}};
    const struct msghdr message = {
        .msg_name = &kernel, .msg_namelen = sizeof(kernel), .msg_iov = parts, .msg_iovlen = 2};
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, 0);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

/* The next datagram of the kernel's. Returns its length, or -errno. */
static ssize_t receive(int fd, uint8_t *buffer) {
    int shortages = 0;
    for (;;) {
        struct sockaddr_nl sender;
        struct iovec part = {buffer, BUFFER_BYTES};
        struct msghdr header = {
            .msg_name = &sender, .msg_namelen = sizeof(sender), .msg_iov = &part, .msg_iovlen = 1};
        ssize_t length = recvmsg(fd, &header, 0);
        if (length < 0) {
            /* ENOBUFS: the kernel had no memory for the next part just now; it is still where it was. */
            if (errno == EINTR || (errno == ENOBUFS && ++shortages < SHORTAGES)) {
                continue;
            }
            return errno == EAGAIN ? -ETIMEDOUT : -errno;
        }
        if (length == 0) {
            return -EPIPE;
        }
        if (sender.nl_pid != 0) {
            continue; /* not from the kernel */
        }
        return (header.msg_flags & MSG_TRUNC) != 0 ? -EMSGSIZE : length;
    }
}

/* Takes the records of one datagram. *over: the dump has ended, with *error. Returns 0 or -ENOMEM. */
static int take_datagram(struct nl_dump *dump, size_t length, uint32_t sequence, int *over, int *error) {
    size_t offset = 0;
    for (;;) {
        struct nl_message message;
        enum nl_kind kind =
            nl_parse_next(dump->sampler->buffer, length, &offset, sequence, dump->reply_type, &message);
        if (message.interrupted) {
            *error = EINTR;
        }
        int result = 0;
        switch (kind) {
        case NL_RECORD:
            result = dump->take(dump, &message);
            if (result != 0) {
                *over = 1;
                *error = result > 0 ? result : *error;
                return result < 0 ? result : 0;
            }
            break;
        case NL_DONE:
        case NL_FAILED:
            *over = 1;
            *error = message.error != 0 ? message.error : *error;
            return 0;
        case NL_MALFORMED:
            dump->sampler->control->malformed++;
            return 0;
        case NL_OTHER:
            break;
        case NL_END:
            return 0;
        }
    }
}

int nl_dump(struct nl_dump *dump, int fd) {
    uint32_t sequence = ++dump->sampler->sequence;
    int error = send_request(fd, dump->request_type, NLM_F_DUMP, dump->body, dump->length, sequence);
    int over = error != 0;
    while (!over) {
        if (dump->deadline_ns != 0 && nanos_monotonic() >= dump->deadline_ns) {
            return ECANCELED;
        }
        ssize_t length = receive(fd, dump->sampler->buffer);
        if (length < 0) {
            return (int)-length;
        }
        if (take_datagram(dump, (size_t)length, sequence, &over, &error) != 0) {
            return -ENOMEM;
        }
    }
    return error;
}

int nl_ask(uint8_t *buffer, int fd, uint16_t type, const void *body, size_t length, uint32_t sequence) {
    int error = send_request(fd, type, NLM_F_ACK, body, length, sequence);
    while (error == 0) {
        ssize_t received = receive(fd, buffer);
        if (received < 0) {
            return (int)-received;
        }
        size_t offset = 0;
        struct nl_message message;
        enum nl_kind kind;
        do {
            kind = nl_parse_next(buffer, (size_t)received, &offset, sequence, 0, &message);
        } while (kind == NL_OTHER);
        if (kind == NL_FAILED) {
            return message.error;
        }
        error = kind == NL_END ? 0 : EPROTO;
    }
    return error;
}
