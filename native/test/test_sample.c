/* SPDX-License-Identifier: Apache-2.0 */
/* The API as such, on the real kernel. */
#include "harness.h"

#include <dirent.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void *const nothing[SHAWK_SECTIONS];

static void bad_arguments(void) {
    struct shawk_sampler *sampler = NULL;
    CHECK_EQUAL(shawk_sampler_open("/no/such/proc", "/run/netns", 0, 0, 0, 3, &sampler), -ENOENT);
    CHECK(sampler == NULL);
    CHECK_EQUAL(shawk_sampler_open("/proc/self/stat", "/run/netns", 0, 0, 0, 3, &sampler), -ENOTDIR);
    CHECK_EQUAL(shawk_sampler_open("/proc", "/run/netns", 2, 0, 0, 3, &sampler), -EINVAL);
    CHECK_EQUAL(shawk_sampler_open("/proc", "/run/netns", 0, 3, 0, 3, &sampler), -EINVAL);
    CHECK_EQUAL(shawk_sampler_open("/proc", "/run/netns", 0, 0, 0, 0, &sampler), -EINVAL);
    CHECK_EQUAL(shawk_sampler_open("/proc", "/run/netns", 0, 0, 0, 64, &sampler), -EINVAL);
    NEED(shawk_sampler_open("/proc", "/run/netns", 0, 0, 0, 3, &sampler) == 0);
    struct shawk_control control = {.abi_version = SHAWK_ABI_VERSION + 1};
    CHECK_EQUAL(shawk_sample(sampler, &control, nothing, NULL), -EPROTO);
    shawk_sampler_close(sampler);
    shawk_sampler_close(NULL);
}

/* What did not fit comes with the next call, as it was; a record less than needed is refused each time. */
static void small_buffers(void) {
    uint16_t port = 0;
    (void)listen_any(&port);
    struct shawk_sampler *sampler = NULL;
    NEED(shawk_sampler_open("/proc", "/run/netns", 0, 0, 0, 3, &sampler) == 0);
    struct shawk_control none = {.abi_version = SHAWK_ABI_VERSION};
    CHECK_EQUAL(shawk_sample(sampler, &none, nothing, NULL), -ENOBUFS);
    for (int i = SHAWK_SECTION_SOCKETS; i <= SHAWK_SECTION_NAMESPACES; i++) {
        CHECK(none.counts[i] > 0);
    }
    struct sampled s = {.sampler = sampler};
    s.control = none;
    for (int i = 0; i < SHAWK_SECTIONS; i++) {
        s.control.capacities[i] = none.counts[i];
        s.buffers[i] = calloc(none.counts[i] + 1, section_size(i));
    }
    s.control.capacities[SHAWK_SECTION_HOLDERS]--;
    CHECK_EQUAL(shawk_sample(sampler, &s.control, s.buffers, NULL), -ENOBUFS);
    CHECK_EQUAL(COUNT(s.control, HOLDERS), COUNT(none, HOLDERS));
    s.control.capacities[SHAWK_SECTION_HOLDERS]++;
    CHECK_EQUAL(shawk_sample(sampler, &s.control, s.buffers, NULL), 0);
    CHECK_EQUAL(s.control.monotonic_ns, none.monotonic_ns);
    CHECK(is_held_by(&s, find_port(&s, own_netns(), port, 10), (uint32_t)getpid()));
    sample_again(&s);
    CHECK(s.result == 0 && s.control.monotonic_ns > none.monotonic_ns);
    CHECK(is_held_by(&s, find_port(&s, own_netns(), port, 10), (uint32_t)getpid()));
    sample_close(&s);
}

static void own_socket_in_full(void) {
    struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_addr = in6addr_any};
    socklen_t length = sizeof(any);
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    int mark = 42;
    NEED(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) == 0);
    NEED(setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)) == 0);
    NEED(bind(fd, (void *)&any, length) == 0 && listen(fd, 33) == 0);
    NEED(getsockname(fd, (void *)&any, &length) == 0);
    struct sampled s = sample_all();
    const struct shawk_sock *sock = find_port(&s, own_netns(), ntohs(any.sin6_port), 10);
    CHECK(is_held_by(&s, sock, (uint32_t)getpid()));
    if (sock != NULL) {
        CHECK(sock->family == AF_INET6 && sock->protocol == IPPROTO_TCP && sock->wqueue == 33 && sock->v6only == 0);
        CHECK_EQUAL(sock->mark, 42);
        CHECK_EQUAL(sock->ifindex, if_nametoindex("lo"));
        uint64_t cookie = 0;
        socklen_t size = sizeof(cookie);
        NEED(getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0);
        CHECK(sock->cookie == cookie);
    }
    int named = 0;
    for (uint32_t i = 0; i < COUNT(s.control, INTERFACES); i++) {
        named |= s.ifaces[i].netns == own_netns() && strcmp((const char *)s.ifaces[i].name, "lo") == 0;
    }
    CHECK(named);
    const struct shawk_netns *self = find_netns(&s, own_netns());
    CHECK(self != NULL && self->self == 1 && self->error == 0);
    CHECK(self != NULL && self->port_low > 0 && self->port_high > self->port_low);
    CHECK(s.control.wall_us > 1500000000000000ULL && s.control.sockets_ns > 0 && s.control.owners_ns > 0);
    CHECK_EQUAL(s.control.malformed, 0);
    sample_close(&s);
}

static int count_descriptors(void) {
    int count = 0;
    DIR *dir = opendir("/proc/self/fd");
    NEED(dir != NULL);
    while (readdir(dir) != NULL) {
        count++;
    }
    (void)closedir(dir);
    return count;
}

/* No descriptor left for the walk: an error, not a sample without owners. */
static void no_descriptors_left(void) {
    uint16_t port = 0;
    (void)listen_any(&port);
    struct sampled s = sample_all();
    int next = dup(0);
    NEED(next >= 0 && close(next) == 0);
    for (int left = 0; left < 3; left++) {
        struct rlimit limit = {(rlim_t)(next + left), (rlim_t)(next + 64)};
        NEED(setrlimit(RLIMIT_NOFILE, &limit) == 0);
        sample_again(&s);
        CHECK(s.result == (left == 2 ? 0 : -EMFILE));
    }
    CHECK(is_held_by(&s, find_port(&s, own_netns(), port, 10), (uint32_t)getpid()));
    sample_close(&s);
}

static void unshared_listener(int out) {
    uint16_t port = 0;
    NEED(unshare(CLONE_NEWNET) == 0);
    (void)listen_any(&port);
    NEED(write(out, &port, sizeof(port)) == sizeof(port));
}

/* Both ways of reading, with another namespace to be entered each time. */
static void nothing_is_left_open(void) {
    uint16_t port = 0;
    struct child child = start_child(unshared_listener, &port, sizeof(port));
    struct sampled diag = sample_all();
    struct sampled proc = sample_open("/proc", "/run/netns", SHAWK_SOCKETS_PROC, SHAWK_NETNS_ALL, 0);
    int before = count_descriptors();
    for (int i = 0; i < 1000; i++) {
        struct sampled *s = i % 10 == 0 ? &proc : &diag;
        sample_again(s);
        CHECK_EQUAL(s->result, 0);
    }
    CHECK_EQUAL(count_descriptors(), before);
    sample_close(&diag);
    sample_close(&proc);
    end_child(&child);
}

static void only_the_protocol_asked_for(void) {
    for (int protocols = SHAWK_PROTO_TCP; protocols <= SHAWK_PROTO_UDP; protocols++) {
        uint16_t port = 0;
        (void)listen_any(&port);
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
        int udp = socket(AF_INET, SOCK_DGRAM, 0);
        NEED(udp >= 0 && bind(udp, (void *)&address, sizeof(address)) == 0);
        struct sampled s;
        memset(&s, 0, sizeof(s));
        NEED(shawk_sampler_open("/proc", "/run/netns", 0, 0, 0, protocols, &s.sampler) == 0);
        sample_again(&s);
        CHECK(s.result == 0 && COUNT(s.control, SOCKETS) > 0);
        for (uint32_t i = 0; i < COUNT(s.control, SOCKETS); i++) {
            CHECK_EQUAL(s.socks[i].protocol, protocols == SHAWK_PROTO_TCP ? IPPROTO_TCP : IPPROTO_UDP);
        }
        sample_close(&s);
    }
}

static void self_meter(void) {
    CHECK(shawk_self_cpu_us() > 0);
    CHECK(shawk_self_rss_kib() > 100);
    CHECK((shawk_self_capabilities() >> 21U & 1U) == 1); /* CAP_SYS_ADMIN: the suite runs as root */
    char small[8];
    int needed = shawk_abi_layout(NULL, 0);
    CHECK(needed > 1000 && shawk_abi_layout(small, sizeof(small)) == needed);
    CHECK(memchr(small, 0, sizeof(small)) != NULL);
    CHECK_EQUAL(shawk_abi_version(), SHAWK_ABI_VERSION);
}

void test_sample(void) {
    run("bad_arguments", bad_arguments);
    run("small_buffers", small_buffers);
    run("no_descriptors_left", no_descriptors_left);
    run("own_socket_in_full", own_socket_in_full);
    run("nothing_is_left_open", nothing_is_left_open);
    run("only_the_protocol_asked_for", only_the_protocol_asked_for);
    run("self_meter", self_meter);
}
