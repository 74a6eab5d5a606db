/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk over all processes. The kernel takes most of the time, a few microseconds a descriptor, so two threads share
 * the processes out between them: a large host is seen in half of the time, by the same work.
 */
#include "sampler.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#define WORTH_A_THREAD 4096 /* sockets */

/* hidepid=2 leaves no trace but that process 1, which there always is, cannot be seen. */
static int is_hidepid(const struct shawk_sampler *sampler) {
    struct stat status;
    return sampler->tree != TREE_FILES && fstatat(sampler->proc_fd, "1", &status, 0) != 0 && errno == ENOENT;
}

static void *walk_processes(void *argument) {
    struct walker *walker = argument;
    struct shawk_sampler *sampler = walker->sampler;
    const uint32_t *pids = sampler->pids.data;
    while (walker->result == 0) {
        size_t next = __atomic_fetch_add(&sampler->next_pid, 1, __ATOMIC_RELAXED);
        if (next >= sampler->pids.count) {
            break;
        }
        walker->result = walk_process(walker, pids[next]);
    }
    return NULL;
}

static int start_walker(struct walker *walker, pthread_t *thread) {
    if (walker->buffer == NULL && (walker->buffer = malloc(BUFFER_BYTES)) == NULL) {
        return -ENOMEM;
    }
    return -thread_start(thread, walk_processes, walker);
}

/* What `from` found joins what `into` found, behind it. */
static int merge_walkers(struct walker *into, const struct walker *from) {
    uint32_t shift = (uint32_t)into->processes.count;
    size_t processes = into->processes.count + from->processes.count;
    size_t pairs = into->pairs.count + from->pairs.count;
    if (vec_reserve(&into->processes, sizeof(struct shawk_process), processes) != 0 ||
        vec_reserve(&into->pairs, sizeof(struct shawk_holder), pairs) != 0) {
        return -ENOMEM;
    }
    if (from->processes.count > 0) {
        memcpy((struct shawk_process *)into->processes.data + into->processes.count, from->processes.data,
               from->processes.count * sizeof(struct shawk_process));
    }
    const struct shawk_holder *found = from->pairs.data;
    struct shawk_holder *all = into->pairs.data;
    for (size_t i = 0; i < from->pairs.count; i++) {
        all[into->pairs.count + i] = (struct shawk_holder){found[i].sock, found[i].process + shift};
    }
    into->processes.count = processes;
    into->pairs.count = pairs;
    into->seen += from->seen;
    into->denied += from->denied;
    return from->result;
}

static int walk_all(struct shawk_sampler *sampler) {
    struct walker *first = &sampler->walkers[0];
    pthread_t threads[WALKERS];
    int started = 1;
    /* A thread costs more than it saves where there is little to walk. */
    while (started < WALKERS && sampler->keys.count >= WORTH_A_THREAD &&
           start_walker(&sampler->walkers[started], &threads[started]) == 0) {
        started++;
    }
    (void)walk_processes(first);
    int result = first->result;
    for (int i = 1; i < started; i++) {
        (void)pthread_join(threads[i], NULL);
        int merged = merge_walkers(first, &sampler->walkers[i]);
        result = result == 0 ? merged : result;
    }
    return result;
}

int owners_walk(struct shawk_sampler *sampler) {
    for (int i = 0; i < WALKERS; i++) {
        struct walker *walker = &sampler->walkers[i];
        walker->pairs.count = 0;
        walker->processes.count = 0;
        walker->seen = 0;
        walker->denied = 0;
        walker->result = 0;
    }
    sampler->next_pid = 0;
    sampler->control->processes_hidden = (uint32_t)is_hidepid(sampler);
    int result = join_build(sampler);
    if (result == 0) {
        result = proc_list(sampler->buffer, sampler->proc_fd, &sampler->pids);
    }
    if (result == 0) {
        result = walk_all(sampler);
    }
    sampler->control->processes_seen = sampler->walkers[0].seen;
    sampler->control->processes_denied = sampler->walkers[0].denied;
    return result == 0 ? join_order(sampler, &sampler->walkers[0].pairs) : result;
}
