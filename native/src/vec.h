/* SPDX-License-Identifier: Apache-2.0 */
/* A growable array whose memory is kept between samples. No failure is silent: NULL or -ENOMEM. */
#ifndef SHAWK_VEC_H
#define SHAWK_VEC_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct vec {
    void *data;
    size_t count;
    size_t capacity;
};

static inline int vec_reserve(struct vec *vec, size_t item, size_t capacity) {
    if (capacity <= vec->capacity) {
        return 0;
    }
    size_t grown = vec->capacity + vec->capacity / 2;
    if (grown < capacity) {
        grown = capacity;
    }
    if (grown < 64) {
        grown = 64;
    }
    if (grown > SIZE_MAX / 2 / item) {
        return -ENOMEM;
    }
    void *data = realloc(vec->data, grown * item);
    if (data == NULL) {
        return -ENOMEM;
    }
    vec->data = data;
    vec->capacity = grown;
    return 0;
}

/* A new last element, not initialised; NULL without memory. */
static inline void *vec_push(struct vec *vec, size_t item) {
    if (vec->count == vec->capacity && vec_reserve(vec, item, vec->count + 1) != 0) {
        return NULL;
    }
    return (char *)vec->data + item * vec->count++;
}

static inline void vec_free(struct vec *vec) {
    free(vec->data);
    *vec = (struct vec){0};
}

#endif
