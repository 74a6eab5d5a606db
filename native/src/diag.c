/* SPDX-License-Identifier: Apache-2.0 */
#include "diag_parse.h"
#include "sampler.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* TCP_ESTABLISHED .. TCP_CLOSING, as `ss -a` asks: TCP_BOUND_INACTIVE (bit 13) would add sockets that are bound but
 * neither listen nor are connected, which ss does not show. */
#define ALL_STATES 0xfffU
#define EXTENSION(attribute) (1U << ((attribute)-1))
#define TRIES 4

static int open_diag(void) {
    int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
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

static int send_request(int fd, uint8_t family, uint8_t protocol, uint32_t sequence) {
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 body;
    } request;
    memset(&request, 0, sizeof(request));
    request.header.nlmsg_len = sizeof(request);
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.header.nlmsg_seq = sequence;
    request.body.sdiag_family = family;
    request.body.sdiag_protocol = protocol;
    request.body.idiag_states = ALL_STATES;
    uint32_t extensions = EXTENSION(INET_DIAG_SKMEMINFO);
    if (protocol == IPPROTO_TCP) {
        extensions |= EXTENSION(INET_DIAG_INFO) | EXTENSION(INET_DIAG_CONG);
    }
    request.body.idiag_ext = (uint8_t)extensions;
    const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(fd, &request, sizeof(request), 0, (const void *)&kernel, sizeof(kernel));
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

static int note_ifindex(struct shawk_sampler *sampler, uint32_t ifindex) {
    const uint32_t *seen = sampler->ifindexes.data;
    for (size_t i = sampler->ifindexes.count; i-- > 0;) {
        if (seen[i] == ifindex) {
            return 0;
        }
    }
    uint32_t *place = vec_push(&sampler->ifindexes, sizeof(*place));
    if (place == NULL) {
        return -ENOMEM;
    }
    *place = ifindex;
    return 0;
}

static int take_socket(struct shawk_sampler *sampler, const struct diag_message *message, uint8_t protocol,
                       uint64_t netns) {
    struct shawk_sock *sock = sink_next(sampler);
    if (sock == NULL) {
        return -ENOMEM;
    }
    if (diag_parse_socket(message->payload, message->length, protocol, sock) != 0) {
        sampler->control->malformed++;
        return 0;
    }
    sock->netns = netns;
    if (sock->ifindex != 0 && note_ifindex(sampler, sock->ifindex) != 0) {
        return -ENOMEM;
    }
    return sink_commit(sampler, sock);
}

/* Takes the sockets of one datagram. *over: the dump has ended, with *error. Returns 0 or -ENOMEM. */
static int take_datagram(struct shawk_sampler *sampler, size_t length, uint8_t protocol, uint64_t netns,
                         uint32_t sequence, int *over, int *error) {
    size_t offset = 0;
    for (;;) {
        struct diag_message message;
        enum diag_kind kind = diag_parse_next(sampler->buffer, length, &offset, sequence, &message);
        if (message.interrupted) {
            *error = EINTR;
        }
        switch (kind) {
        case DIAG_SOCKET:
            if (take_socket(sampler, &message, protocol, netns) != 0) {
                return -ENOMEM;
            }
            break;
        case DIAG_DONE:
        case DIAG_FAILED:
            *over = 1;
            *error = message.error != 0 ? message.error : *error;
            return 0;
        case DIAG_MALFORMED:
            sampler->control->malformed++;
            return 0;
        case DIAG_OTHER:
            break;
        case DIAG_END:
            return 0;
        }
    }
}

/* One dump. Returns a positive errno, 0, or -ENOMEM. EINTR: the kernel said NLM_F_DUMP_INTR, so that some sockets
 * may be missing (inet_diag itself never says so). */
static int dump_once(struct shawk_sampler *sampler, int fd, uint8_t family, uint8_t protocol, uint64_t netns,
                     uint32_t sequence) {
    int error = send_request(fd, family, protocol, sequence);
    int over = error != 0;
    int shortages = 0;
    while (!over) {
        struct sockaddr_nl sender;
        struct iovec part = {sampler->buffer, BUFFER_BYTES};
        struct msghdr header = {
            .msg_name = &sender, .msg_namelen = sizeof(sender), .msg_iov = &part, .msg_iovlen = 1};
        ssize_t length = recvmsg(fd, &header, 0);
        if (length < 0) {
            /* ENOBUFS: the kernel had no memory for the next part just now; it is still where it was. */
            if (errno == EINTR || (errno == ENOBUFS && ++shortages < TRIES)) {
                continue;
            }
            return errno == EAGAIN ? ETIMEDOUT : errno;
        }
        if (length == 0) {
            return EPIPE;
        }
        if (sender.nl_pid != 0) {
            continue; /* not from the kernel */
        }
        if ((header.msg_flags & MSG_TRUNC) != 0) {
            return EMSGSIZE;
        }
        if (take_datagram(sampler, (size_t)length, protocol, netns, sequence, &over, &error) != 0) {
            return -ENOMEM;
        }
    }
    return error;
}

static int dump(struct shawk_sampler *sampler, int fd, uint8_t family, uint8_t protocol, uint64_t netns,
                uint32_t *sequence) {
    uint32_t before = sink_count(sampler);
    int error = EINTR;
    for (int attempt = 0; attempt < TRIES && error == EINTR; attempt++) {
        sink_rewind(sampler, before);
        error = dump_once(sampler, fd, family, protocol, netns, ++*sequence);
    }
    /* A dump that was interrupted each time is still the best there is. */
    return error == EINTR ? 0 : error;
}

/* Names of the interfaces seen; SIOCGIFNAME answers for the namespace that the socket was made in. */
static int name_interfaces(struct shawk_sampler *sampler, int fd, uint64_t netns) {
    const uint32_t *indexes = sampler->ifindexes.data;
    for (size_t i = 0; i < sampler->ifindexes.count; i++) {
        struct ifreq request;
        memset(&request, 0, sizeof(request));
        request.ifr_ifindex = (int)indexes[i];
        if (ioctl(fd, SIOCGIFNAME, &request) != 0) {
            continue; /* gone since the dump */
        }
        struct shawk_iface *iface = vec_push(&sampler->ifaces, sizeof(*iface));
        if (iface == NULL) {
            return -ENOMEM;
        }
        memset(iface, 0, sizeof(*iface));
        iface->netns = netns;
        iface->ifindex = indexes[i];
        memcpy(iface->name, request.ifr_name, strnlen(request.ifr_name, sizeof(iface->name)));
    }
    return 0;
}

int diag_read(struct shawk_sampler *sampler, uint64_t netns, int32_t errors[SHAWK_PARTS]) {
    static const struct {
        uint8_t family;
        uint8_t protocol;
        int wanted;
    } dumps[4] = {{AF_INET, IPPROTO_TCP, SHAWK_PROTO_TCP},
                  {AF_INET6, IPPROTO_TCP, SHAWK_PROTO_TCP},
                  {AF_INET, IPPROTO_UDP, SHAWK_PROTO_UDP},
                  {AF_INET6, IPPROTO_UDP, SHAWK_PROTO_UDP}};
    int fd = open_diag();
    uint32_t sequence = 0;
    int result = 0;
    sampler->ifindexes.count = 0;
    for (int i = 0; i < 4 && result == 0; i++) {
        errors[i] = 0;
        if ((sampler->parts & dumps[i].wanted) == 0) {
            continue;
        }
        int error = fd < 0 ? -fd : dump(sampler, fd, dumps[i].family, dumps[i].protocol, netns, &sequence);
        if (error == -ENOMEM) {
            result = -ENOMEM;
        } else {
            errors[i] = error;
        }
    }
    if (fd >= 0) {
        if (result == 0) {
            result = name_interfaces(sampler, fd, netns);
        }
        close(fd);
    }
    return result;
}
