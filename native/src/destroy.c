/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets destroyed by SOCK_DESTROY, each in its namespace, on a thread that ends with the call. */
#include "diag_parse.h"
#include "nl.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_PROTOCOL 3 /* INET_DIAG_REQ_PROTOCOL */
#define DESTROY 21         /* SOCK_DESTROY, 4.5 */

struct work {
    struct shawk_sampler *sampler; /* for what it knows of namespaces */
    struct shawk_kill *kills;
    uint32_t count;
};

static int is_valid(const struct shawk_kill *kill) {
    return (kill->family == AF_INET || kill->family == AF_INET6) &&
           (kill->protocol == IPPROTO_TCP || kill->protocol == IPPROTO_UDP) && kill->cookie != 0;
}

static int destroy_one(struct work *work, int fd, const struct shawk_kill *kill) {
    struct {
        struct inet_diag_req_v2 body;
        struct nlattr header;
        uint32_t protocol;
    } request;
    memset(&request, 0, sizeof(request));
    int mptcp = kill->mptcp == SHAWK_MPTCP_SOCKET;
    request.body.sdiag_family = kill->family;
    request.body.sdiag_protocol = mptcp ? NO_PROTOCOL : kill->protocol;
    request.body.idiag_states = UINT32_MAX;
    request.body.id.idiag_sport = htons(kill->lport);
    request.body.id.idiag_dport = htons(kill->rport);
    memcpy(request.body.id.idiag_src, kill->laddr, sizeof(kill->laddr));
    memcpy(request.body.id.idiag_dst, kill->raddr, sizeof(kill->raddr));
    request.body.id.idiag_if = kill->ifindex;
    request.body.id.idiag_cookie[0] = (uint32_t)kill->cookie;
    request.body.id.idiag_cookie[1] = (uint32_t)(kill->cookie >> 32U);
    request.header.nla_len = sizeof(request.header) + sizeof(request.protocol);
    request.header.nla_type = REQUEST_PROTOCOL;
    request.protocol = SHAWK_IPPROTO_MPTCP;
    int error = nl_ask(work->sampler->buffer, fd, DESTROY, &request, mptcp ? sizeof(request) : sizeof(request.body),
                       ++work->sampler->sequence);
    return error == ESTALE ? ENOENT : error; /* another socket has the addresses now */
}

/* Those of one namespace, which the calling thread is in. */
static void destroy_here(struct work *work, uint64_t netns) {
    int fd = nl_open(NETLINK_SOCK_DIAG);
    for (uint32_t i = 0; i < work->count; i++) {
        struct shawk_kill *kill = &work->kills[i];
        if (kill->netns == netns) {
            kill->result = !is_valid(kill) ? EINVAL : fd < 0 ? -fd : destroy_one(work, fd, kill);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
}

static int has_work(const struct work *work, uint64_t netns) {
    for (uint32_t i = 0; i < work->count; i++) {
        if (work->kills[i].netns == netns) {
            return 1;
        }
    }
    return 0;
}

static void fail_all(struct work *work, uint64_t netns, int error) {
    for (uint32_t i = 0; i < work->count; i++) {
        if (work->kills[i].netns == netns) {
            work->kills[i].result = error;
        }
    }
}

/* The caller's own namespace comes first in the list: afterwards the thread is in others. */
static void *destroy_all(void *argument) {
    struct work *work = argument;
    const struct shawk_netns *spaces = work->sampler->spaces.data;
    for (size_t i = 0; i < work->sampler->spaces.count; i++) {
        uint64_t netns = spaces[i].inode;
        if (!has_work(work, netns)) {
            continue;
        }
        if (!spaces[i].self) {
            int fd = netns_open(work->sampler, &spaces[i]);
            int error = fd < 0 ? -fd : setns(fd, CLONE_NEWNET) != 0 ? errno : 0;
            if (fd >= 0) {
                close(fd);
            }
            if (error != 0) {
                fail_all(work, netns, error);
                continue;
            }
        }
        destroy_here(work, netns);
    }
    return NULL;
}

int shawk_destroy(const char *proc_root, const char *netns_dir, struct shawk_kill *kills, uint32_t count) {
    struct work work = {.kills = kills, .count = count};
    int result = shawk_sampler_open(proc_root, netns_dir, SHAWK_SOCKETS_DIAG, SHAWK_NETNS_ALL, 0, SHAWK_PROTO_TCP,
                                    &work.sampler);
    if (result != 0) {
        return result;
    }
    for (uint32_t i = 0; i < count; i++) {
        kills[i].result = ENOENT; /* its namespace is gone */
    }
    result = netns_find(work.sampler);
    pthread_t thread;
    if (result == 0) {
        result = -thread_start(&thread, destroy_all, &work);
    }
    if (result == 0) {
        (void)pthread_join(thread, NULL);
        for (uint32_t i = 0; i < count; i++) {
            result += kills[i].result == 0;
        }
    }
    shawk_sampler_close(work.sampler);
    return result;
}
