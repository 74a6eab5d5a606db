/* SPDX-License-Identifier: Apache-2.0 */
/* What a recording may turn into on its way to a parser. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#define MOST_FLIPS 16

void cut_everywhere(const uint8_t *bytes, size_t length, parse_bytes parse, int how) {
    for (size_t cut = 0; cut <= length; cut++) {
        /* Of the exact length, so that a read behind its end is seen. */
        uint8_t *exact = malloc(cut + (cut == 0));
        NEED(exact != NULL);
        memcpy(exact, bytes, cut);
        parse(exact, cut, how);
        free(exact);
    }
}

void bend_lengths(uint8_t *bytes, size_t length, parse_bytes parse, int how) {
    static const uint16_t values[] = {0, 1, 3, 4, 0x7fff, 0xffff};
    for (size_t at = 0; at + 2 <= length; at += 2) {
        uint16_t original;
        memcpy(&original, bytes + at, 2);
        for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
            memcpy(bytes + at, &values[v], 2);
            parse(bytes, length, how);
        }
        memcpy(bytes + at, &original, 2);
    }
}

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13U;
    *state ^= *state >> 7U;
    *state ^= *state << 17U;
    return *state;
}

void flip_bytes(const uint8_t *bytes, size_t length, parse_bytes parse, int how, int rounds, uint64_t *state) {
    uint8_t *mutated = malloc(length);
    NEED(mutated != NULL);
    for (int round = 0; round < rounds; round++) {
        memcpy(mutated, bytes, length);
        uint64_t flips = 1 + next_random(state) % MOST_FLIPS;
        for (uint64_t flip = 0; flip < flips; flip++) {
            mutated[next_random(state) % length] = (uint8_t)next_random(state);
        }
        parse(mutated, length, how);
    }
    free(mutated);
}
