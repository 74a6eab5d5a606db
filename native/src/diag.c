/* SPDX-License-Identifier: Apache-2.0 */
#include "diag_parse.h"
#include "nl.h"
#include "proc_parse.h"
#include "unix_parse.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* TCP_ESTABLISHED .. TCP_CLOSING, as `ss -a` asks: TCP_BOUND_INACTIVE (bit 13) would add sockets that are bound but
 * neither listen nor are connected, which ss does not show. */
#define ALL_STATES 0xfffU
#define EXTENSION(attribute) (1U << ((attribute)-1))
#define TRIES 4
/* As the attributes of diag_parse.c: the headers may be older than the kernel. */
#define REQUEST_PROTOCOL 3   /* INET_DIAG_REQ_PROTOCOL */
#define SHOW_UID 0x40U       /* UDIAG_SHOW_UID, 5.3 */
#define ASK_AGAIN_NS 60000000000ULL

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

static int take_socket(struct nl_dump *dump, const struct nl_message *message) {
    struct shawk_sampler *sampler = dump->sampler;
    struct shawk_sock *sock = sink_next(sampler);
    if (sock == NULL) {
        return -ENOMEM;
    }
    if (diag_parse_socket(message->payload, message->length, dump->protocol, sock) != 0) {
        sampler->control->malformed++;
        return 0;
    }
    sock->netns = dump->netns;
    if (living_leaves_out(sampler, sock)) {
        return 0;
    }
    if (sock->ifindex != 0 && note_ifindex(sampler, sock->ifindex) != 0) {
        return -ENOMEM;
    }
    return sink_commit(sampler, sock);
}

/* A dump of inet_diag. The attribute names protocols beyond 255; a kernel that does not know it (before 5.9) would
 * answer for `sdiag_protocol`, which therefore is then a number that no protocol has. */
static int dump_inet(struct shawk_sampler *sampler, int fd, uint8_t family, uint16_t protocol, uint64_t netns) {
    struct {
        struct inet_diag_req_v2 body;
        struct nlattr header;
        uint32_t protocol;
    } request;
    uint32_t states = living_states(sampler, protocol, ALL_STATES);
    if (states == 0) {
        return 0;
    }
    memset(&request, 0, sizeof(request));
    uint32_t extensions = EXTENSION(INET_DIAG_SKMEMINFO);
    if (protocol != IPPROTO_UDP) {
        extensions |= EXTENSION(INET_DIAG_INFO) | EXTENSION(INET_DIAG_CONG);
    }
    request.body.sdiag_family = family;
    request.body.sdiag_protocol = protocol > UINT8_MAX ? NO_PROTOCOL : (uint8_t)protocol;
    request.body.idiag_states = states;
    request.body.idiag_ext = (uint8_t)extensions;
    request.header.nla_len = sizeof(request.header) + sizeof(request.protocol);
    request.header.nla_type = REQUEST_PROTOCOL;
    request.protocol = protocol;
    struct nl_dump dump = {
        .sampler = sampler,
        .netns = netns,
        .request_type = SOCK_DIAG_BY_FAMILY,
        .reply_type = SOCK_DIAG_BY_FAMILY,
        .body = &request,
        .length = protocol > UINT8_MAX ? sizeof(request) : sizeof(request.body),
        .take = take_socket,
        .protocol = protocol,
    };
    uint32_t before = sink_count(sampler);
    int error = EINTR;
    for (int attempt = 0; attempt < TRIES && error == EINTR; attempt++) {
        sink_rewind(sampler, before);
        error = nl_dump(&dump, fd);
    }
    /* A dump that was interrupted each time is still the best there is. inet_diag itself never says so. */
    return error == EINTR ? 0 : error;
}

static int take_unix(struct nl_dump *dump, const struct nl_message *message) {
    struct shawk_unix *sock = vec_push(&dump->sampler->unixes, sizeof(*sock));
    if (sock == NULL || dump->sampler->unixes.count >= NONE / 2) {
        return -ENOMEM;
    }
    if (unix_parse(message->payload, message->length, sock) != 0) {
        dump->sampler->unixes.count--;
        dump->sampler->control->malformed++;
        return 0;
    }
    sock->netns = dump->netns;
    return 0;
}

static int dump_unix(struct shawk_sampler *sampler, int fd, uint64_t netns) {
    const struct unix_diag_req request = {
        .sdiag_family = AF_UNIX,
        .udiag_states = UINT32_MAX,
        .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | SHOW_UID,
    };
    struct nl_dump dump = {
        .sampler = sampler,
        .netns = netns,
        .request_type = SOCK_DIAG_BY_FAMILY,
        .reply_type = SOCK_DIAG_BY_FAMILY,
        .body = &request,
        .length = sizeof(request),
        .take = take_unix,
    };
    uint64_t began = nanos_monotonic();
    int error = nl_dump(&dump, fd);
    sampler->control->unix_ns += nanos_monotonic() - began;
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

/* Whether the namespace of the calling thread has MPTCP sockets of a family. A dump walks tables of the whole host, a
 * thousandth of a second for each namespace, so it is left out where the kernel counts none and no subflow was seen.
 * (Both, since kernels before 5.16 do not count well, and a connection that fell back to TCP has no subflow.) */
static int has_mptcp(struct shawk_sampler *sampler, int part, uint32_t first) {
    for (uint32_t i = first; i < sink_count(sampler); i++) {
        if (((const struct sock_key *)sampler->keys.data)[i].mptcp != SHAWK_MPTCP_NONE) {
            return 1;
        }
    }
    int net = proc_own_net(sampler->proc_fd);
    if (net < 0) {
        return 1;
    }
    long length = proc_read_all(net, "protocols", (char *)sampler->buffer, BUFFER_BYTES);
    close(net);
    const char *name = part == SHAWK_PART_MPTCP4 ? "MPTCP" : "MPTCPv6";
    return length < 0 || proc_parse_protocol((const char *)sampler->buffer, (size_t)length, name) != 0;
}

/* Asking makes the kernel look for a module. One that is not there is not asked for in each sample. */
static int is_absent(const struct shawk_sampler *sampler, int part) {
    return nanos_monotonic() < sampler->ask_again_ns[part];
}

static int dump_optional(struct shawk_sampler *sampler, int fd, int part, uint64_t netns) {
    if (is_absent(sampler, part)) {
        return ENOENT;
    }
    uint8_t family = part == SHAWK_PART_MPTCP4 ? AF_INET : AF_INET6;
    int error = part == SHAWK_PART_UNIX ? dump_unix(sampler, fd, netns)
                                        : dump_inet(sampler, fd, family, SHAWK_IPPROTO_MPTCP, netns);
    if (error == ENOENT) {
        sampler->ask_again_ns[part] = nanos_monotonic() + ASK_AGAIN_NS;
    }
    return error;
}

static int dump_part(struct shawk_sampler *sampler, int fd, int part, uint64_t netns, uint32_t first) {
    switch (part) {
    case SHAWK_PART_TCP4:
        return dump_inet(sampler, fd, AF_INET, IPPROTO_TCP, netns);
    case SHAWK_PART_TCP6:
        return dump_inet(sampler, fd, AF_INET6, IPPROTO_TCP, netns);
    case SHAWK_PART_UDP4:
        return dump_inet(sampler, fd, AF_INET, IPPROTO_UDP, netns);
    case SHAWK_PART_UDP6:
        return dump_inet(sampler, fd, AF_INET6, IPPROTO_UDP, netns);
    case SHAWK_PART_UNIX:
        return dump_optional(sampler, fd, part, netns);
    default:
        return has_mptcp(sampler, part, first) ? dump_optional(sampler, fd, part, netns) : 0;
    }
}

int diag_read(struct shawk_sampler *sampler, uint64_t netns, int32_t errors[SHAWK_PARTS]) {
    int fd = nl_open(NETLINK_SOCK_DIAG);
    int result = 0;
    uint32_t first = sink_count(sampler);
    sampler->ifindexes.count = 0;
    for (int part = SHAWK_PART_TCP4; part <= SHAWK_PART_UNIX && result == 0; part++) {
        errors[part] = 0;
        if ((sampler->parts & part_bit(part)) == 0) {
            continue;
        }
        int error = fd < 0 ? -fd : dump_part(sampler, fd, part, netns, first);
        if (error == -ENOMEM) {
            result = -ENOMEM;
        } else {
            errors[part] = error;
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
