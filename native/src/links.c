/* SPDX-License-Identifier: Apache-2.0 */
#include "link_parse.h"
#include "nl.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#define TRIES 4

static int take_link(struct nl_dump *dump, const struct nl_message *message) {
    struct shawk_link *link = vec_push(&dump->sampler->links, sizeof(*link));
    if (link == NULL) {
        return -ENOMEM;
    }
    if (link_parse(message->payload, message->length, link) != 0) {
        dump->sampler->links.count--;
        dump->sampler->control->malformed++;
        return 0;
    }
    link->netns = dump->netns;
    return 0;
}

/* Without an extension mask the kernel leaves the virtual functions of a network card out, which may be hundreds. */
int links_read(struct shawk_sampler *sampler, uint64_t netns, int32_t *error) {
    uint64_t began = nanos_monotonic();
    const struct ifinfomsg request = {.ifi_family = AF_UNSPEC};
    struct nl_dump dump = {
        .sampler = sampler,
        .netns = netns,
        .request_type = RTM_GETLINK,
        .reply_type = RTM_NEWLINK,
        .body = &request,
        .length = sizeof(request),
        .take = take_link,
    };
    int fd = nl_open(NETLINK_ROUTE);
    int result = fd < 0 ? -fd : EINTR;
    for (int attempt = 0; attempt < TRIES && result == EINTR; attempt++) {
        sampler->links.count = 0;
        result = nl_dump(&dump, fd);
    }
    if (fd >= 0) {
        close(fd);
    }
    sampler->control->links_ns += nanos_monotonic() - began;
    if (result == -ENOMEM) {
        return -ENOMEM;
    }
    *error = result == EINTR ? 0 : result;
    return 0;
}
