/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sample on top of what somebody else read already: his sockets, processes and holders stand first, and the dump adds
 * what no process holds. Most of that is in states in which a socket has been closed, which a dump can be limited to;
 * the rest (connections that wait to be accepted, descriptors under way between processes, those of io_uring) takes a
 * dump of everything, which comes now and then, and soon where there is reason to expect some.
 */
#include "sampler.h"

#include <netinet/in.h>
#include <string.h>

/* Every tenth dump is of everything; sooner where something is expected, but for no more than a twentieth of the time. */
#define FULL_EVERY 10
#define FULL_SHARE 20

enum { TCP_SYN_RECV = 3, TCP_FIN_WAIT1, TCP_FIN_WAIT2, TCP_TIME_WAIT, TCP_LAST_ACK = 9, TCP_CLOSING = 11, TCP_NEW_SYN_RECV };

/* The states of sockets that may have no holder although nothing unusual goes on. */
#define CLOSED_STATES                                                                                                  \
    (1U << TCP_SYN_RECV | 1U << TCP_FIN_WAIT1 | 1U << TCP_FIN_WAIT2 | 1U << TCP_TIME_WAIT | 1U << TCP_LAST_ACK |       \
     1U << TCP_CLOSING | 1U << TCP_NEW_SYN_RECV)

static size_t hash_cookie(uint64_t cookie) {
    uint64_t mixed = cookie * 0x9e3779b97f4a7c15ULL;
    return (size_t)(mixed ^ (mixed >> 32U));
}

/* The place of a cookie in the table: of a key, or empty. */
static uint32_t *cookie_place(const struct shawk_sampler *sampler, uint64_t cookie) {
    const struct sock_key *keys = sampler->keys.data;
    uint32_t *places = sampler->cookies.data;
    size_t at = hash_cookie(cookie) & sampler->cookie_mask;
    while (places[at] != NONE && keys[places[at]].cookie != cookie) {
        at = (at + 1) & sampler->cookie_mask;
    }
    return &places[at];
}

static int index_cookies(struct shawk_sampler *sampler) {
    size_t size = 1024;
    while (size < 2 * sampler->keys.count) {
        size *= 2;
    }
    if (vec_reserve(&sampler->cookies, sizeof(uint32_t), size) != 0) {
        return -ENOMEM;
    }
    sampler->cookie_mask = size - 1;
    memset(sampler->cookies.data, 0xff, size * sizeof(uint32_t));
    for (uint32_t i = 0; i < sampler->keys.count; i++) {
        *cookie_place(sampler, ((const struct sock_key *)sampler->keys.data)[i].cookie) = i;
    }
    return 0;
}

static struct shawk_sock *taken(struct shawk_sampler *sampler, uint32_t index) {
    return sampler->spilled ? (struct shawk_sock *)sampler->spill.data + index : sampler->socks + index;
}

static int add_socket(struct shawk_sampler *sampler, const struct shawk_sock *sock) {
    struct shawk_sock *place = sink_next(sampler);
    if (place == NULL) {
        return -ENOMEM;
    }
    *place = *sock;
    return sink_commit(sampler, place);
}

int living_begin(struct shawk_sampler *sampler, const struct shawk_living *living) {
    const struct shawk_sock *socks = living->records[SHAWK_SECTION_SOCKETS];
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_SOCKETS]; i++) {
        if (add_socket(sampler, &socks[i]) != 0) {
            return -ENOMEM;
        }
    }
    sampler->living = living;
    sampler->living_count = living->counts[SHAWK_SECTION_SOCKETS];
    uint64_t now = nanos_monotonic();
    int expected = living->incomplete || sampler->all_expected;
    sampler->dumping_all = sampler->dumps_since_all >= FULL_EVERY - 1 || (expected && now >= sampler->dump_all_due_ns);
    sampler->dumps_since_all = sampler->dumping_all ? 0 : sampler->dumps_since_all + 1;
    sampler->all_expected = 0;
    if (sampler->dumping_all) {
        sampler->orphans.count = 0;
        sampler->unheld_before = sampler->unheld.count;
    }
    return index_cookies(sampler);
}

uint32_t living_states(const struct shawk_sampler *sampler, uint16_t protocol, uint32_t all) {
    if (sampler->living == NULL || sampler->dumping_all) {
        return all;
    }
    return protocol == IPPROTO_UDP ? 0 : all & CLOSED_STATES;
}

/* What a dump tells of an MPTCP socket and the list of living ones does not. */
static void complete_mptcp(struct shawk_sock *known, const struct shawk_sock *dumped) {
    if (dumped->mptcp != SHAWK_MPTCP_SOCKET) {
        return;
    }
    known->present |= dumped->present & (SHAWK_HAS_MPTCP | SHAWK_HAS_MPTCP_COUNT);
    known->mptcp = dumped->mptcp;
    known->mptcp_token = dumped->mptcp_token;
    known->mptcp_remote_token = dumped->mptcp_remote_token;
    known->mptcp_flags = dumped->mptcp_flags;
    known->mptcp_subflows = dumped->mptcp_subflows;
}

static int living_knows(struct shawk_sampler *sampler, const struct shawk_sock *dumped) {
    if (dumped->cookie == 0) {
        return 0;
    }
    uint32_t known = *cookie_place(sampler, dumped->cookie);
    if (known == NONE) {
        return 0;
    }
    complete_mptcp(taken(sampler, known), dumped);
    return 1;
}

/* Whether a socket of this dump stood in the last full one too. */
static int was_there(const struct shawk_sampler *sampler, uint64_t cookie) {
    const uint64_t *seen = sampler->unheld.data;
    for (size_t i = 0; i < sampler->unheld_before; i++) {
        if (seen[i] == cookie) {
            return 1;
        }
    }
    return 0;
}

#define UNHELD_MAX 1024

/* A socket that belongs to a descriptor, and that nobody was seen to hold: most often it was made while the sample was
 * taken, and then its turn comes with the next. Those that are there the next time too (descriptors under way between
 * processes, or known to io_uring alone) are shown. Returns whether to leave it out. */
static int is_too_new(struct shawk_sampler *sampler, const struct shawk_sock *sock) {
    if (sock->inode == 0 || sock->mptcp == SHAWK_MPTCP_SUBFLOW || was_there(sampler, sock->cookie)) {
        return 0;
    }
    sampler->all_expected = 1;
    if (sampler->unheld.count - sampler->unheld_before >= UNHELD_MAX) {
        return 0;
    }
    uint64_t *place = vec_push(&sampler->unheld, sizeof(*place));
    if (place != NULL) {
        *place = sock->cookie;
    }
    /* A single sample has no next one. */
    return place != NULL && sampler->dumped_all;
}

static int is_limited(const struct shawk_sock *sock) {
    return sock->protocol != IPPROTO_UDP && (1U << sock->state & CLOSED_STATES) != 0;
}

int living_leaves_out(struct shawk_sampler *sampler, const struct shawk_sock *dumped) {
    return sampler->living != NULL &&
           (living_knows(sampler, dumped) || (!is_limited(dumped) && is_too_new(sampler, dumped)));
}

/* Those that the last full dump found, in states that the limited ones leave out, stand for themselves until the next. */
static int keep_orphans(struct shawk_sampler *sampler) {
    for (uint32_t i = sampler->living_count; i < sink_count(sampler); i++) {
        const struct shawk_sock *sock = taken(sampler, i);
        if (!is_limited(sock)) {
            struct shawk_sock *kept = vec_push(&sampler->orphans, sizeof(*kept));
            if (kept == NULL) {
                return -ENOMEM;
            }
            *kept = *sock;
        }
    }
    return 0;
}

static int by_cookie(const void *a, const void *b) {
    uint64_t left = ((const struct shawk_sock *)a)->cookie;
    uint64_t right = ((const struct shawk_sock *)b)->cookie;
    return left < right ? -1 : left > right;
}

/* Unless it is known that they have ended. */
static void forget_ended(struct shawk_sampler *sampler) {
    struct shawk_sock *orphans = sampler->orphans.data;
    size_t count = sampler->orphans.count;
    if (count == 0) {
        return;
    }
    qsort(orphans, count, sizeof(*orphans), by_cookie);
    const struct shawk_event *events = sampler->living->records[SHAWK_SECTION_EVENTS];
    for (uint32_t i = 0; i < sampler->living->counts[SHAWK_SECTION_EVENTS]; i++) {
        const struct shawk_sock wanted = {.cookie = events[i].cookie};
        struct shawk_sock *ended = events[i].kind == SHAWK_EVENT_OPENED
                                       ? NULL
                                       : bsearch(&wanted, orphans, count, sizeof(*orphans), by_cookie);
        if (ended != NULL) {
            ended->state = 0;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (orphans[i].state != 0) {
            orphans[kept++] = orphans[i];
        }
    }
    sampler->orphans.count = kept;
}

static int add_orphans(struct shawk_sampler *sampler) {
    forget_ended(sampler);
    if (index_cookies(sampler) != 0) {
        return -ENOMEM;
    }
    const struct shawk_sock *orphans = sampler->orphans.data;
    for (size_t i = 0; i < sampler->orphans.count; i++) {
        if (*cookie_place(sampler, orphans[i].cookie) == NONE && add_socket(sampler, &orphans[i]) != 0) {
            return -ENOMEM;
        }
    }
    return 0;
}

int living_end(struct shawk_sampler *sampler, uint64_t dump_ns) {
    if (!sampler->dumping_all) {
        return add_orphans(sampler);
    }
    sampler->dumped_all = 1;
    sampler->dump_all_due_ns = nanos_monotonic() + FULL_SHARE * dump_ns;
    if (sampler->unheld_before > 0) {
        uint64_t *unheld = sampler->unheld.data;
        sampler->unheld.count -= sampler->unheld_before;
        memmove(unheld, unheld + sampler->unheld_before, sampler->unheld.count * sizeof(*unheld));
        sampler->unheld_before = 0;
    }
    return keep_orphans(sampler);
}

static int is_mptcp(const struct shawk_sampler *sampler, const struct shawk_holder *holder) {
    return ((const struct sock_key *)sampler->keys.data)[holder->sock].mptcp == SHAWK_MPTCP_SOCKET;
}

/* Whether somebody was listed to hold an MPTCP socket. */
static int any_mptcp(const struct shawk_sampler *sampler) {
    const struct shawk_holder *holders = sampler->living->records[SHAWK_SECTION_HOLDERS];
    for (uint32_t i = 0; i < sampler->living->counts[SHAWK_SECTION_HOLDERS]; i++) {
        if (is_mptcp(sampler, &holders[i])) {
            return 1;
        }
    }
    return 0;
}

/* A TCP connection of an MPTCP socket is held with it: they have one inode. Inodes are joined already. */
static int add_subflows(struct shawk_sampler *sampler, struct vec *pairs) {
    const struct sock_key *keys = sampler->keys.data;
    const struct shawk_holder *holders = sampler->living->records[SHAWK_SECTION_HOLDERS];
    for (uint32_t i = 0; i < sampler->living->counts[SHAWK_SECTION_HOLDERS]; i++) {
        if (!is_mptcp(sampler, &holders[i])) {
            continue;
        }
        uint32_t inode = keys[holders[i].sock].inode;
        for (uint32_t other = join_find(sampler, inode); other != NONE; other = keys[other].next) {
            if (other < sampler->living_count || keys[other].mptcp != SHAWK_MPTCP_SUBFLOW) {
                continue;
            }
            struct shawk_holder *pair = vec_push(pairs, sizeof(*pair));
            if (pair == NULL) {
                return -ENOMEM;
            }
            *pair = (struct shawk_holder){other, holders[i].process};
        }
    }
    return 0;
}

static int by_socket(const void *a, const void *b) {
    const struct shawk_holder *left = a;
    const struct shawk_holder *right = b;
    if (left->sock != right->sock) {
        return left->sock < right->sock ? -1 : 1;
    }
    return left->process < right->process ? -1 : left->process > right->process;
}

/* Sockets that were listed come first and are in order; the others follow, sorted, each pair once. */
static int put_in_order(struct shawk_sampler *sampler, struct vec *others) {
    const struct shawk_living *living = sampler->living;
    uint32_t listed = living->counts[SHAWK_SECTION_HOLDERS];
    if (vec_reserve(&sampler->ordered, sizeof(struct shawk_holder), listed + others->count) != 0) {
        return -ENOMEM;
    }
    struct shawk_holder *ordered = sampler->ordered.data;
    if (listed > 0) {
        memcpy(ordered, living->records[SHAWK_SECTION_HOLDERS], listed * sizeof(*ordered));
    }
    size_t count = listed;
    if (others->count > 0) {
        qsort(others->data, others->count, sizeof(struct shawk_holder), by_socket);
    }
    const struct shawk_holder *more = others->data;
    for (size_t i = 0; i < others->count; i++) {
        if (i == 0 || by_socket(&more[i], &more[i - 1]) != 0) {
            ordered[count++] = more[i];
        }
    }
    sampler->ordered.count = count;
    return 0;
}

int living_own(struct shawk_sampler *sampler) {
    const struct shawk_living *living = sampler->living;
    struct walker *walker = &sampler->walkers[0];
    uint32_t processes = living->counts[SHAWK_SECTION_PROCESSES];
    if (vec_reserve(&walker->processes, sizeof(struct shawk_process), processes) != 0) {
        return -ENOMEM;
    }
    if (processes > 0) {
        memcpy(walker->processes.data, living->records[SHAWK_SECTION_PROCESSES],
               processes * sizeof(struct shawk_process));
    }
    walker->processes.count = processes;
    walker->pairs.count = 0;
    int result = 0;
    if (living->held_count > 0 || any_mptcp(sampler)) {
        result = join_build(sampler);
        if (result == 0) {
            result = add_subflows(sampler, &walker->pairs);
        }
        for (uint32_t i = 0; i < living->held_count && result == 0; i++) {
            result = join_take(sampler, &walker->pairs, living->held[i].inode, living->held[i].process);
        }
    }
    return result == 0 ? put_in_order(sampler, &walker->pairs) : result;
}
