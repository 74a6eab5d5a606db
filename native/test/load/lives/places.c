/* SPDX-License-Identifier: Apache-2.0 */
/* Network namespaces. Each ends with its last process: nothing is left behind, whatever ends the run. */
#include "lives.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

void enter_namespace(void) {
    struct ifreq up = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    check(unshare(CLONE_NEWNET), "new network namespace");
    int fd = check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    check(ioctl(fd, SIOCSIFFLAGS, &up), "lo up");
    close(fd);
}

void enter_namespace_of(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/net", pid);
    int fd = check(open(path, O_RDONLY | O_CLOEXEC), path);
    check(setns(fd, CLONE_NEWNET), path);
    close(fd);
}

int this_place(void) {
    return check(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC), "/proc/thread-self/ns/net");
}

void return_to(int place) {
    check(setns(place, CLONE_NEWNET), "setns");
    close(place);
}

pid_t join_namespaces(void) {
    int ready[2];
    char byte = 0;
    enter_namespace();
    check(pipe(ready), "pipe");
    pid_t other = spawn();
    if (other == 0) {
        truth_become("lv-place");
        enter_namespace();
        check((int)write(ready[1], &byte, 1), "pipe");
        for (;;)
            pause();
    }
    check((int)read(ready[0], &byte, 1), "pipe");
    close(ready[0]);
    close(ready[1]);
    run("ip link add lv0 type veth peer name lv0 netns %d", other);
    run("ip addr add 10.77.0.1/24 dev lv0 && ip addr add fd77::1/64 dev lv0 nodad && ip link set lv0 up");
    run("nsenter -t %d -n sh -c 'ip addr add 10.77.0.2/24 dev lv0 && ip addr add fd77::2/64 dev lv0 nodad"
        " && ip link set lv0 up'", other);
    return other;
}

void make_blackhole(void) {
    run("ip link add lv0 type veth peer name lv1");
    run("ip addr add 10.77.0.1/24 dev lv0 && ip link set lv0 up && ip link set lv1 up");
    run("ip neigh add 10.77.0.2 lladdr 02:00:00:00:00:02 nud permanent dev lv0");
}
