/* SPDX-License-Identifier: Apache-2.0 */
/* The join of descriptors with sockets by inode number: an open-addressing table over the sockets of one sample. Makes
 * no system call. */
#include "sampler.h"

#include <string.h>

static uint32_t hash_inode(uint32_t inode) {
    return inode * 0x9e3779b1U;
}

int join_add_unix(struct shawk_sampler *sampler) {
    const struct shawk_unix *socks = sampler->unixes.data;
    for (size_t i = 0; i < sampler->unixes.count; i++) {
        struct sock_key *key = vec_push(&sampler->keys, sizeof(*key));
        if (key == NULL) {
            return -ENOMEM;
        }
        *key = (struct sock_key){.cookie = socks[i].cookie, .inode = socks[i].inode, .next = NONE};
    }
    return 0;
}

int join_build(struct shawk_sampler *sampler) {
    size_t size = 1024;
    while (size < 2 * sampler->keys.count) {
        size *= 2;
    }
    if (vec_reserve(&sampler->slots, sizeof(struct slot), size) != 0) {
        return -ENOMEM;
    }
    sampler->slot_mask = size - 1;
    struct slot *slots = sampler->slots.data;
    memset(slots, 0xff, size * sizeof(*slots));
    struct sock_key *keys = sampler->keys.data;
    for (uint32_t i = 0; i < sampler->keys.count; i++) {
        if (keys[i].inode == 0) {
            continue;
        }
        size_t at = (hash_inode(keys[i].inode) >> 7U) & sampler->slot_mask;
        while (slots[at].first != NONE && slots[at].inode != keys[i].inode) {
            at = (at + 1) & sampler->slot_mask;
        }
        keys[i].next = slots[at].first;
        slots[at] = (struct slot){keys[i].inode, i};
    }
    return 0;
}

uint32_t join_find(const struct shawk_sampler *sampler, uint32_t inode) {
    const struct slot *slots = sampler->slots.data;
    size_t at = (hash_inode(inode) >> 7U) & sampler->slot_mask;
    while (slots[at].first != NONE && slots[at].inode != inode) {
        at = (at + 1) & sampler->slot_mask;
    }
    return slots[at].first;
}

/* A dump may show one socket twice. Two different sockets with one inode number (a counter of 32 bits that wrapped)
 * cannot be told apart in /proc: no owner is better than a wrong one. An MPTCP socket and its subflows have one inode,
 * since they are one descriptor. */
static int is_ambiguous(const struct sock_key *keys, uint32_t first) {
    for (uint32_t i = keys[first].next; i != NONE; i = keys[i].next) {
        if (keys[i].cookie != keys[first].cookie && (keys[i].mptcp == 0 || keys[first].mptcp == 0)) {
            return 1;
        }
    }
    return 0;
}

int join_take(const struct shawk_sampler *sampler, struct vec *pairs, uint32_t inode, uint32_t process) {
    const struct sock_key *keys = sampler->keys.data;
    uint32_t first = join_find(sampler, inode);
    if (first == NONE || (keys[first].next != NONE && is_ambiguous(keys, first))) {
        return 0;
    }
    for (uint32_t i = first; i != NONE; i = keys[i].next) {
        struct shawk_holder *pair = vec_push(pairs, sizeof(*pair));
        if (pair == NULL) {
            return -ENOMEM;
        }
        *pair = (struct shawk_holder){i, process};
    }
    return 0;
}

/* A socket that a process holds by several descriptors or threads stands there as often, side by side. */
static size_t drop_repeated(struct shawk_holder *ordered, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || ordered[i].sock != ordered[kept - 1].sock || ordered[i].process != ordered[kept - 1].process) {
            ordered[kept++] = ordered[i];
        }
    }
    return kept;
}

/* From order of processes to order of sockets, in time proportional to both. */
int join_order(struct shawk_sampler *sampler, const struct vec *unordered) {
    size_t count = unordered->count;
    if (vec_reserve(&sampler->ordered, sizeof(struct shawk_holder), count) != 0) {
        return -ENOMEM;
    }
    struct sock_key *keys = sampler->keys.data;
    const struct shawk_holder *pairs = unordered->data;
    struct shawk_holder *ordered = sampler->ordered.data;
    for (size_t i = 0; i < count; i++) {
        keys[pairs[i].sock].pairs++;
    }
    uint32_t place = 0;
    for (size_t i = 0; i < sampler->keys.count; i++) {
        uint32_t pairs_here = keys[i].pairs;
        keys[i].pairs = place;
        place += pairs_here;
    }
    for (size_t i = 0; i < count; i++) {
        ordered[keys[pairs[i].sock].pairs++] = pairs[i];
    }
    sampler->ordered.count = drop_repeated(ordered, count);
    return 0;
}
