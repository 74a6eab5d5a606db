/* SPDX-License-Identifier: Apache-2.0 */
#include "sampler.h"

#include <signal.h>

#define STACK_BYTES (256U * 1024U)

int thread_start(pthread_t *thread, void *(*run)(void *), void *argument) {
    pthread_attr_t attributes;
    sigset_t all;
    sigset_t previous;
    if (pthread_attr_init(&attributes) != 0) {
        return ENOMEM;
    }
    (void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &previous);
    int error = pthread_create(thread, &attributes, run, argument);
    (void)pthread_sigmask(SIG_SETMASK, &previous, NULL);
    (void)pthread_attr_destroy(&attributes);
    return error;
}
