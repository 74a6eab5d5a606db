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

/* Numbers of the processes of two walkers, each ascending by pid, once they stand in one list ascending by pid: so the
 * order is the same in each sample, whoever walked what. */
static void number_processes(const struct walker *into, const struct walker *from, uint32_t *into_numbers,
                             uint32_t *from_numbers) {
    const struct shawk_process *a = into->processes.data;
    const struct shawk_process *b = from->processes.data;
    size_t i = 0;
    size_t j = 0;
    while (i < into->processes.count || j < from->processes.count) {
        int first = j == from->processes.count || (i < into->processes.count && a[i].pid <= b[j].pid);
        uint32_t number = (uint32_t)(i + j);
        if (first) {
            into_numbers[i++] = number;
        } else {
            from_numbers[j++] = number;
        }
    }
}

static void copy_processes(struct shawk_process *out, const struct walker *walker, const uint32_t *numbers) {
    const struct shawk_process *processes = walker->processes.data;
    for (size_t i = 0; i < walker->processes.count; i++) {
        out[numbers[i]] = processes[i];
    }
}

/* Both are in order of process, and so is what comes out. */
static void merge_pairs(struct shawk_holder *out, const struct walker *into, const struct walker *from,
                        const uint32_t *into_numbers, const uint32_t *from_numbers) {
    const struct shawk_holder *a = into->pairs.data;
    const struct shawk_holder *b = from->pairs.data;
    size_t i = 0;
    size_t j = 0;
    while (i < into->pairs.count || j < from->pairs.count) {
        int first = j == from->pairs.count ||
                    (i < into->pairs.count && into_numbers[a[i].process] < from_numbers[b[j].process]);
        const struct shawk_holder *next = first ? &a[i] : &b[j];
        out[i + j] = (struct shawk_holder){next->sock, (first ? into_numbers : from_numbers)[next->process]};
        i += (size_t)first;
        j += (size_t)!first;
    }
}

static void put_together(struct walker *into, const struct walker *from, struct vec *processes, struct vec *pairs,
                         uint32_t *numbers) {
    uint32_t *from_numbers = numbers + into->processes.count;
    number_processes(into, from, numbers, from_numbers);
    copy_processes(processes->data, into, numbers);
    copy_processes(processes->data, from, from_numbers);
    merge_pairs(pairs->data, into, from, numbers, from_numbers);
    processes->count = into->processes.count + from->processes.count;
    pairs->count = into->pairs.count + from->pairs.count;
    vec_free(&into->processes);
    vec_free(&into->pairs);
    into->processes = *processes;
    into->pairs = *pairs;
}

/* What `from` found joins what `into` found. Returns 0 or -ENOMEM. */
static int merge_walkers(struct walker *into, const struct walker *from) {
    into->seen += from->seen;
    into->denied += from->denied;
    if (from->processes.count == 0) {
        return 0;
    }
    struct vec processes = {0};
    struct vec pairs = {0};
    size_t count = into->processes.count + from->processes.count;
    uint32_t *numbers = malloc(count * sizeof(*numbers));
    if (numbers == NULL || vec_reserve(&processes, sizeof(struct shawk_process), count) != 0 ||
        vec_reserve(&pairs, sizeof(struct shawk_holder), into->pairs.count + from->pairs.count) != 0) {
        vec_free(&processes);
        vec_free(&pairs);
        free(numbers);
        return -ENOMEM;
    }
    put_together(into, from, &processes, &pairs, numbers);
    free(numbers);
    return 0;
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
        result = result == 0 ? sampler->walkers[i].result : result;
        result = result == 0 ? merge_walkers(first, &sampler->walkers[i]) : result;
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
