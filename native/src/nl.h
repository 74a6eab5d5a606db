/* SPDX-License-Identifier: Apache-2.0 */
/* A dump over netlink: one request, then datagrams until the kernel says that it is done. */
#ifndef SHAWK_NL_H
#define SHAWK_NL_H

#include "nl_parse.h"
#include "sampler.h"

struct nl_dump {
    struct shawk_sampler *sampler; /* its buffer takes the datagrams */
    uint64_t netns;
    uint16_t request_type;
    uint16_t reply_type;
    const void *body; /* what follows the header of the request */
    size_t length;
    /* Takes a record. Returns 0, a positive errno that ends the dump with it, or -ENOMEM. */
    int (*take)(struct nl_dump *dump, const struct nl_message *message);
    uint16_t protocol;    /* inet_diag's */
    uint64_t deadline_ns; /* CLOCK_MONOTONIC; 0: none */
    int unfiltered;       /* out: records came that were not asked for */
};

/* A descriptor, or -errno. An answer that never comes is ETIMEDOUT after five seconds. */
int nl_open(int protocol);

/* One dump. Returns a positive errno, 0, or -ENOMEM. EINTR: the kernel said NLM_F_DUMP_INTR, so that records may be
 * missing, or stand there twice. ECANCELED: the deadline has passed. After an error the descriptor may have an answer
 * in it that nobody waits for any more: the next dump leaves it out. */
int nl_dump(struct nl_dump *dump, int fd);

/* One request that is acknowledged. Returns a positive errno, or 0. */
int nl_ask(uint8_t *buffer, int fd, uint16_t type, const void *body, size_t length, uint32_t sequence);

#endif
