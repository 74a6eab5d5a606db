/* SPDX-License-Identifier: Apache-2.0 */
/* One small question of each kind to the kernel, in the caller's network namespace; nothing is changed by any. */
#include "shawk.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Spelled out, since the headers of the machine that builds may be older than what is asked for. */
#define SOCK_DESTROY_REQUEST 21
#define PROTOCOL_MPTCP 262
#define EXTENSION_PROTOCOL 3
#define NFNL_SUBSYS_CONNTRACK 1
#define CONNTRACK_GET_STATS 5
#define FAMILY_UNIX 1

/* struct unix_diag_req of linux/unix_diag.h. */
struct unix_request {
    uint8_t family;
    uint8_t protocol;
    uint16_t pad;
    uint32_t states;
    uint32_t inode;
    uint32_t show;
    uint32_t cookie[2];
};

struct message {
    struct nlmsghdr header;
    union {
        struct inet_diag_req_v2 inet;
        struct unix_request local;
        struct nfgenmsg netfilter;
        uint8_t room[128];
    };
};

/* Appends an attribute of four bytes. */
static void add_u32(struct message *message, uint16_t type, uint32_t value) {
    struct nlattr attribute = {.nla_len = sizeof(attribute) + sizeof(value), .nla_type = type};
    uint8_t *end = (uint8_t *)message + message->header.nlmsg_len;
    memcpy(end, &attribute, sizeof(attribute));
    memcpy(end + sizeof(attribute), &value, sizeof(value));
    message->header.nlmsg_len += (uint32_t)NLA_ALIGN(attribute.nla_len);
}

/* The first thing that the kernel has to say: its error, positive, or 0. */
static int first_answer(int fd) {
    _Alignas(struct nlmsghdr) uint8_t buffer[32768];
    for (;;) {
        struct sockaddr_nl sender;
        socklen_t sender_length = sizeof(sender);
        ssize_t length = recvfrom(fd, buffer, sizeof(buffer), 0, (void *)&sender, &sender_length);
        if (length < 0 && errno == EINTR) {
            continue;
        }
        if (length < 0) {
            return errno == EAGAIN ? ETIMEDOUT : errno;
        }
        if (sender.nl_pid != 0) {
            continue; /* not from the kernel */
        }
        struct nlmsghdr header;
        int error = 0;
        if ((size_t)length < sizeof(header)) {
            return EPROTO;
        }
        memcpy(&header, buffer, sizeof(header));
        if (header.nlmsg_type != NLMSG_ERROR && header.nlmsg_type != NLMSG_DONE) {
            return 0;
        }
        if ((size_t)length >= sizeof(header) + sizeof(error)) {
            memcpy(&error, buffer + sizeof(header), sizeof(error));
        }
        return error < 0 ? -error : 0;
    }
}

static int ask(int netlink, struct message *message) {
    int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, netlink);
    if (fd < 0) {
        return -errno;
    }
    struct timeval patience = {.tv_sec = 2};
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(fd, message, message->header.nlmsg_len, 0, (const void *)&kernel, sizeof(kernel));
    } while (sent < 0 && errno == EINTR);
    int error = sent < 0 ? errno : first_answer(fd);
    close(fd);
    return -error;
}

static void begin(struct message *message, size_t body, uint16_t type, uint16_t flags) {
    memset(message, 0, sizeof(*message));
    message->header.nlmsg_len = (uint32_t)(NLMSG_HDRLEN + body);
    message->header.nlmsg_type = type;
    message->header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
    message->header.nlmsg_seq = 1;
}

/* A dump of the sockets in no state at all: what there is to be walked decides how long it takes, not what is sent. */
static int ask_inet(uint8_t family, uint32_t protocol) {
    struct message message;
    begin(&message, sizeof(message.inet), SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    message.inet.sdiag_family = family;
    message.inet.sdiag_protocol = (uint8_t)(protocol > UINT8_MAX ? IPPROTO_RAW : protocol);
    if (protocol > UINT8_MAX) {
        add_u32(&message, EXTENSION_PROTOCOL, protocol);
    }
    return ask(NETLINK_SOCK_DIAG, &message);
}

static int ask_unix(void) {
    struct message message;
    begin(&message, sizeof(message.local), SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    message.local.family = FAMILY_UNIX;
    return ask(NETLINK_SOCK_DIAG, &message);
}

/* To end a connection that cannot be: its ports are 0 and its cookie is one that no socket has. -ENOENT is the answer
 * of a kernel that could have done it. */
static int ask_destroy(void) {
    struct message message;
    begin(&message, sizeof(message.inet), SOCK_DESTROY_REQUEST, 0);
    message.header.nlmsg_flags |= NLM_F_ACK;
    message.inet.sdiag_family = AF_INET;
    message.inet.sdiag_protocol = IPPROTO_TCP;
    int result = ask(NETLINK_SOCK_DIAG, &message);
    return result == -ENOENT ? 0 : result;
}

static int ask_conntrack(void) {
    struct message message;
    begin(&message, sizeof(message.netfilter), NFNL_SUBSYS_CONNTRACK << 8 | CONNTRACK_GET_STATS, 0);
    message.netfilter.nfgen_family = AF_UNSPEC;
    message.netfilter.version = NFNETLINK_V0;
    return ask(NETLINK_NETFILTER, &message);
}

/* A socket that was never connected has one as well. */
static int tcp_info_length(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -errno;
    }
    uint8_t info[1024];
    socklen_t length = sizeof(info);
    int result = getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &length) == 0 ? (int)length : -errno;
    close(fd);
    return result;
}

int shawk_probe(int what) {
    switch (what) {
    case SHAWK_PROBE_TCP4:
        return ask_inet(AF_INET, IPPROTO_TCP);
    case SHAWK_PROBE_TCP6:
        return ask_inet(AF_INET6, IPPROTO_TCP);
    case SHAWK_PROBE_UDP4:
        return ask_inet(AF_INET, IPPROTO_UDP);
    case SHAWK_PROBE_UDP6:
        return ask_inet(AF_INET6, IPPROTO_UDP);
    case SHAWK_PROBE_MPTCP:
        return ask_inet(AF_INET, PROTOCOL_MPTCP);
    case SHAWK_PROBE_UNIX:
        return ask_unix();
    case SHAWK_PROBE_DESTROY:
        return ask_destroy();
    case SHAWK_PROBE_CONNTRACK:
        return ask_conntrack();
    case SHAWK_PROBE_TCP_INFO:
        return tcp_info_length();
    default:
        return -EINVAL;
    }
}
