/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"

#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

uint8_t *read_fixture(const char *path, size_t *length) {
    char full[4096];
    (void)snprintf(full, sizeof(full), "%s/%s", fixtures, path);
    FILE *file = fopen(full, "rb");
    NEED(file != NULL);
    static uint8_t buffer[1 << 20];
    *length = fread(buffer, 1, sizeof(buffer), file);
    NEED(*length > 0 && *length < sizeof(buffer));
    (void)fclose(file);
    uint8_t *exact = malloc(*length);
    NEED(exact != NULL);
    memcpy(exact, buffer, *length);
    return exact;
}

size_t section_size(int section) {
    static const size_t sizes[SHAWK_SECTIONS] = {
        sizeof(struct shawk_sock),  sizeof(struct shawk_holder), sizeof(struct shawk_process),
        sizeof(struct shawk_netns), sizeof(struct shawk_iface),  sizeof(struct shawk_unix),
        sizeof(struct shawk_translation), sizeof(struct shawk_link), sizeof(struct shawk_event),
        sizeof(struct shawk_bundle), sizeof(struct shawk_flow), sizeof(struct shawk_meter), sizeof(struct shawk_program)};
    return sizes[section];
}

void sample_again(struct sampled *s) {
    s->control.abi_version = SHAWK_ABI_VERSION;
    for (int attempt = 0; attempt < 4; attempt++) {
        s->result = shawk_sample(s->sampler, &s->control, s->buffers, s->living);
        if (s->result != -ENOBUFS) {
            return;
        }
        for (int i = 0; i < SHAWK_SECTIONS; i++) {
            s->control.capacities[i] = s->control.counts[i] + 64;
            s->buffers[i] = realloc(s->buffers[i], s->control.capacities[i] * section_size(i));
            NEED(s->buffers[i] != NULL);
        }
    }
}

struct sampled sample_open(const char *proc, const char *names, int sockets, int mode, uint64_t inode) {
    struct sampled sampled;
    memset(&sampled, 0, sizeof(sampled));
    int parts = sockets == SHAWK_SOCKETS_DIAG ? SHAWK_READ_ALL : SHAWK_PROTO_TCP | SHAWK_PROTO_UDP;
    sampled.result = shawk_sampler_open(proc, names, sockets, mode, inode, parts, &sampled.sampler);
    NEED(sampled.result == 0);
    sample_again(&sampled);
    return sampled;
}

struct sampled sample_all(void) {
    struct sampled sampled = sample_open("/proc", "/run/netns", SHAWK_SOCKETS_DIAG, SHAWK_NETNS_ALL, 0);
    CHECK_EQUAL(sampled.result, 0);
    return sampled;
}

void sample_close(struct sampled *sampled) {
    shawk_sampler_close(sampled->sampler);
    for (int i = 0; i < SHAWK_SECTIONS; i++) {
        free(sampled->buffers[i]);
    }
}

struct shawk_sock *find_port(const struct sampled *sampled, uint64_t netns, uint16_t lport, uint8_t state) {
    for (uint32_t i = 0; i < COUNT(sampled->control, SOCKETS); i++) {
        struct shawk_sock *sock = &sampled->socks[i];
        if (sock->netns == netns && sock->lport == lport && sock->state == state) {
            return sock;
        }
    }
    return NULL;
}

int count_holders(const struct sampled *sampled, const struct shawk_sock *sock) {
    int count = 0;
    for (uint32_t i = 0; i < COUNT(sampled->control, HOLDERS); i++) {
        count += sock != NULL && sampled->holders[i].sock == (uint32_t)(sock - sampled->socks);
    }
    return count;
}

int is_held_by(const struct sampled *sampled, const struct shawk_sock *sock, uint32_t pid) {
    for (uint32_t i = 0; sock != NULL && i < COUNT(sampled->control, HOLDERS); i++) {
        const struct shawk_holder *holder = &sampled->holders[i];
        if (holder->sock == (uint32_t)(sock - sampled->socks) && sampled->processes[holder->process].pid == pid) {
            return 1;
        }
    }
    return 0;
}

const struct shawk_netns *find_netns(const struct sampled *sampled, uint64_t inode) {
    for (uint32_t i = 0; i < COUNT(sampled->control, NAMESPACES); i++) {
        if (sampled->spaces[i].inode == inode) {
            return &sampled->spaces[i];
        }
    }
    return NULL;
}

uint64_t own_netns(void) {
    char text[64];
    unsigned long inode = 0;
    ssize_t length = readlink("/proc/thread-self/ns/net", text, sizeof(text) - 1);
    NEED(length > 0);
    text[length] = 0;
    NEED(sscanf(text, "net:[%lu]", &inode) == 1);
    return inode;
}

int listen_any(uint16_t *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    NEED(fd >= 0 && bind(fd, (void *)&address, length) == 0 && listen(fd, 5) == 0);
    NEED(getsockname(fd, (void *)&address, &length) == 0);
    *port = ntohs(address.sin_port);
    return fd;
}

static void own_network(void) {
    struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    NEED(unshare(CLONE_NEWNET) == 0);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    NEED(fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &lo) == 0 && close(fd) == 0);
}

static void own_mounts(void) {
    NEED(unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
    NEED(mount("proc", "/proc", "proc", 0, NULL) == 0);
    NEED(mount("run", "/run", "tmpfs", 0, "size=64k,mode=755") == 0 && mkdir(NAMES, 0755) == 0);
    NEED(mount("tree", scratch, "tmpfs", 0, "size=256m,nr_inodes=200k") == 0);
}

/* The test runs in the second process of its pid namespace: LeakSanitizer works neither in the first one nor out here,
 * from where the next thread would be in another pid namespace. */
void run_isolated(void (*test)(void)) {
    int status = 0;
    own_network();
    NEED(unshare(CLONE_NEWPID) == 0);
    pid_t init = fork();
    NEED(init >= 0);
    if (init != 0) {
        NEED(waitpid(init, &status, 0) == init);
        _exit(WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1);
    }
    own_mounts();
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        test();
        exit(checks_failed != 0); /* not _exit(): leaks are looked for on the way out */
    }
    NEED(waitpid(pid, &status, 0) == pid);
    if (WIFSIGNALED(status)) {
        (void)fprintf(stderr, "ended by signal %d\n", WTERMSIG(status));
    }
    _exit(WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1);
}

struct child start_child(void (*body)(int out), void *told, size_t length) {
    int up[2];
    int down[2];
    NEED(pipe(up) == 0 && pipe(down) == 0);
    pid_t parent = getpid();
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        NEED(getppid() == parent);
        (void)close(up[0]);
        (void)close(down[1]);
        body(up[1]);
        char end;
        (void)!read(down[0], &end, 1);
        _exit(0);
    }
    (void)close(up[1]);
    (void)close(down[0]);
    for (size_t have = 0; have < length;) {
        ssize_t more = read(up[0], (char *)told + have, length - have);
        NEED(more > 0);
        have += (size_t)more;
    }
    (void)close(up[0]);
    return (struct child){pid, down[1]};
}

void end_child(struct child *child) {
    (void)close(child->control);
    (void)kill(child->pid, SIGKILL);
    NEED(waitpid(child->pid, NULL, 0) == child->pid);
}
