/* SPDX-License-Identifier: Apache-2.0 */
/* What a test expects: what failed is printed with its place, and the suite goes on. */
#ifndef SHAWK_TEST_CHECK_H
#define SHAWK_TEST_CHECK_H

#include <stdio.h>
#include <unistd.h>

extern int checks_failed; /* in this process, so far */

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            checks_failed++;                                                                                           \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                      \
        }                                                                                                              \
    } while (0)

#define CHECK_EQUAL(actual, expected)                                                                                  \
    do {                                                                                                               \
        long long actual_ = (long long)(actual);                                                                       \
        long long expected_ = (long long)(expected);                                                                   \
        if (actual_ != expected_) {                                                                                    \
            checks_failed++;                                                                                           \
            (void)fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #actual, actual_,          \
                          expected_);                                                                                  \
        }                                                                                                              \
    } while (0)

/* Without this a test could not go on: a broken environment is a failure, never a skip. */
#define NEED(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            (void)fprintf(stderr, "%s:%d: needed: %s (%m)\n", __FILE__, __LINE__, #condition);                         \
            _exit(1);                                                                                                  \
        }                                                                                                              \
    } while (0)

#endif
