/* SPDX-License-Identifier: Apache-2.0 */
/* What this process does with itself: how often it runs, where, and whose session it belongs to. */
#include "shawk.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Threads that are made while the others are gone through come from one that was not reached yet: a second round
 * finds them. */
#define ROUNDS 2

struct wish {
    int nice;
    int use_nice;
    cpu_set_t *cpus;
    size_t cpus_size;
};

static int apply(pid_t thread, const struct wish *wish) {
    int failed = wish->use_nice ? setpriority(PRIO_PROCESS, (id_t)thread, wish->nice)
                                : sched_setaffinity(thread, wish->cpus_size, wish->cpus);
    return failed && errno != ESRCH ? -errno : 0;
}

static int apply_to_threads(const struct wish *wish) {
    int result = 0;
    for (int round = 0; round < ROUNDS && result == 0; round++) {
        DIR *threads = opendir("/proc/self/task");
        if (threads == NULL) {
            return -errno;
        }
        const struct dirent *entry;
        /* NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads this folder. */
        while (result == 0 && (entry = readdir(threads)) != NULL) {
            long thread = strtol(entry->d_name, NULL, 10);
            result = thread > 0 ? apply((pid_t)thread, wish) : 0;
        }
        closedir(threads);
    }
    return result;
}

int shawk_self_nice(int nice) {
    return apply_to_threads(&(struct wish){.nice = nice, .use_nice = 1});
}

int shawk_self_affinity(const uint16_t *cpus, int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
        most = cpus[i] > most ? cpus[i] : most;
    }
    cpu_set_t *set = CPU_ALLOC((size_t)most + 1);
    if (set == NULL) {
        return -ENOMEM;
    }
    size_t size = CPU_ALLOC_SIZE((size_t)most + 1);
    CPU_ZERO_S(size, set);
    for (int i = 0; i < count; i++) {
        CPU_SET_S(cpus[i], size, set);
    }
    int result = apply_to_threads(&(struct wish){.cpus = set, .cpus_size = size});
    CPU_FREE(set);
    return result;
}

int shawk_self_detach(void) {
    return setsid() < 0 ? -errno : 0;
}
