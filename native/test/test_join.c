/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"

#include <string.h>

static void add_key(struct shawk_sampler *sampler, uint32_t inode, uint64_t cookie) {
    struct shawk_sock sock = {.inode = inode, .cookie = cookie};
    NEED(sink_commit(sampler, &sock) == 0);
}

static void free_join(struct shawk_sampler *sampler) {
    vec_free(&sampler->keys);
    vec_free(&sampler->slots);
    vec_free(&sampler->walkers[0].pairs);
    vec_free(&sampler->ordered);
}

static void check_pairs(const struct shawk_sampler *sampler, const char *expected) {
    char text[256] = "";
    const struct shawk_holder *pairs = sampler->ordered.data;
    for (size_t i = 0; i < sampler->ordered.count; i++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, sizeof(text) - used, "%u-%u ", pairs[i].sock, pairs[i].process);
    }
    if (strcmp(text, expected) != 0) {
        checks_failed++;
        (void)fprintf(stderr, "pairs \"%s\", expected \"%s\"\n", text, expected);
    }
}

static void take(struct shawk_sampler *sampler, uint32_t process, const uint32_t *inodes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        NEED(join_take(sampler, &sampler->walkers[0].pairs, inodes[i], process) == 0);
    }
}

/* Sorted by socket, then process; each pair once; a socket shown twice by the dump gets its holders twice. */
static void pairs_in_order(void) {
    struct shawk_sampler sampler = {0};
    add_key(&sampler, 500, 1);
    add_key(&sampler, 0, 2);
    add_key(&sampler, 400, 3);
    add_key(&sampler, 500, 1);
    NEED(join_build(&sampler) == 0);
    take(&sampler, 0, (const uint32_t[]){400, 400, 77}, 3);
    take(&sampler, 1, (const uint32_t[]){500, 400, 500}, 3);
    NEED(join_order(&sampler, &sampler.walkers[0].pairs) == 0);
    check_pairs(&sampler, "0-1 2-0 2-1 3-1 ");
    free_join(&sampler);
}

static void two_sockets_with_one_inode_have_no_holder(void) {
    struct shawk_sampler sampler = {0};
    add_key(&sampler, 500, 1);
    add_key(&sampler, 500, 2);
    add_key(&sampler, 501, 3);
    NEED(join_build(&sampler) == 0);
    take(&sampler, 0, (const uint32_t[]){500, 501}, 2);
    NEED(join_order(&sampler, &sampler.walkers[0].pairs) == 0);
    check_pairs(&sampler, "2-0 ");
    free_join(&sampler);
}

/* Inodes that fall on the same place, and more than the first size of the table. */
static void many_keys(void) {
    struct shawk_sampler sampler = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        add_key(&sampler, 1 + i * 4096, i + 1);
    }
    NEED(join_build(&sampler) == 0);
    for (uint32_t i = 0; i < 100000; i++) {
        NEED(join_take(&sampler, &sampler.walkers[0].pairs, 1 + i * 4096, 0) == 0);
        NEED(join_take(&sampler, &sampler.walkers[0].pairs, 2 + i * 4096, 0) == 0);
    }
    NEED(join_order(&sampler, &sampler.walkers[0].pairs) == 0);
    CHECK_EQUAL(sampler.ordered.count, 100000);
    free_join(&sampler);
}

void test_join(void) {
    run("pairs_in_order", pairs_in_order);
    run("two_sockets_with_one_inode_have_no_holder", two_sockets_with_one_inode_have_no_holder);
    run("many_keys", many_keys);
}
