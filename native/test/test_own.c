/* SPDX-License-Identifier: Apache-2.0 */
/* Niceness, processors and session, in a child of their own. */
#include "harness.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t other;

static void *wait_to_be_seen(void *unused) {
    (void)unused;
    other = (pid_t)syscall(SYS_gettid);
    pause();
    return NULL;
}

static size_t first_cpu(void) {
    cpu_set_t set;
    NEED(sched_getaffinity(0, sizeof(set), &set) == 0);
    size_t cpu = 0;
    while (!CPU_ISSET(cpu, &set)) {
        cpu++;
    }
    return cpu;
}

static int all_is_well(void) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, wait_to_be_seen, NULL) != 0) {
        return 1;
    }
    while (other == 0) {
        sched_yield();
    }
    uint16_t cpu = (uint16_t)first_cpu();
    cpu_set_t mine;
    cpu_set_t its;
    int before = getpriority(PRIO_PROCESS, 0);
    int wanted = before < 19 ? before + 1 : before;
    if (shawk_self_nice(wanted) != 0 || getpriority(PRIO_PROCESS, 0) != wanted
        || getpriority(PRIO_PROCESS, (id_t)other) != wanted) {
        return 2;
    }
    if (shawk_self_affinity(&cpu, 1) != 0 || sched_getaffinity(0, sizeof(mine), &mine) != 0
        || sched_getaffinity(other, sizeof(its), &its) != 0) {
        return 3;
    }
    if (CPU_COUNT(&mine) != 1 || CPU_COUNT(&its) != 1 || !CPU_ISSET(cpu, &its)) {
        return 4;
    }
    uint16_t none = 60000;
    if (shawk_self_affinity(&none, 1) != -EINVAL) {
        return 5;
    }
    if (shawk_self_detach() != 0 || getsid(0) != getpid()) {
        return 6;
    }
    return shawk_self_detach() == -EPERM ? 0 : 7;
}

static void all_threads_are_reached(void) {
    pid_t child = fork();
    NEED(child >= 0);
    if (child == 0) {
        _exit(all_is_well());
    }
    int status = 0;
    NEED(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK_EQUAL(WEXITSTATUS(status), 0);
}

void test_own(void) {
    run("all_threads_are_reached", all_threads_are_reached);
}
