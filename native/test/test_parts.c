/* SPDX-License-Identifier: Apache-2.0 */
/* MPTCP, unix sockets, translations and links of the real kernel. */
#include "harness.h"
#include "translation_parse.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MPTCP 262
#define NOBODY 65534

static struct sampled sample_parts(int parts) {
    struct sampled sampled;
    memset(&sampled, 0, sizeof(sampled));
    NEED(shawk_sampler_open("/proc", NAMES, SHAWK_SOCKETS_DIAG, SHAWK_NETNS_ALL, 0, parts, &sampled.sampler) == 0);
    sample_again(&sampled);
    CHECK_EQUAL(sampled.result, 0);
    return sampled;
}

/* A connection over 127.0.0.1 between sockets of two protocols. Returns the client's; the others stay open, too. */
static int connect_any(int server_protocol, int client_protocol, uint16_t *listener_port, int *accepted) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, server_protocol);
    NEED(listener >= 0 && bind(listener, (void *)&address, length) == 0 && listen(listener, 5) == 0);
    NEED(getsockname(listener, (void *)&address, &length) == 0);
    int client = socket(AF_INET, SOCK_STREAM, client_protocol);
    NEED(client >= 0 && connect(client, (void *)&address, length) == 0);
    *accepted = accept(listener, NULL, NULL);
    NEED(*accepted >= 0);
    *listener_port = ntohs(address.sin_port);
    return client;
}

static uint64_t cookie_of(int fd) {
    uint64_t cookie = 0;
    socklen_t size = sizeof(cookie);
    NEED(getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0);
    return cookie;
}

static struct shawk_sock *find_cookie(const struct sampled *s, uint64_t cookie) {
    for (uint32_t i = 0; i < COUNT(s->control, SOCKETS); i++) {
        if (s->socks[i].cookie == cookie) {
            return &s->socks[i];
        }
    }
    return NULL;
}

static void mptcp_with_its_subflow(void) {
    uint16_t port = 0;
    int server = -1;
    int client = connect_any(MPTCP, MPTCP, &port, &server);
    char data[1000] = {0};
    NEED(write(client, data, sizeof(data)) == sizeof(data));
    NEED(recv(server, data, sizeof(data), MSG_WAITALL) == sizeof(data));
    struct sampled s = sample_all();
    struct shawk_sock *mine = find_cookie(&s, cookie_of(client));
    NEED(mine != NULL);
    CHECK(mine->mptcp == SHAWK_MPTCP_SOCKET && mine->protocol == IPPROTO_TCP && mine->state == 1);
    CHECK(mine->rport == port && mine->mptcp_subflows == 1 && (mine->mptcp_flags & 1U) == 0);
    CHECK(is_held_by(&s, mine, (uint32_t)getpid()));
    CHECK((mine->present & SHAWK_HAS_BYTES) == 0 || mine->bytes_sent == sizeof(data));
    int subflows = 0;
    for (uint32_t i = 0; i < COUNT(s.control, SOCKETS); i++) {
        const struct shawk_sock *sock = &s.socks[i];
        if (sock->mptcp == SHAWK_MPTCP_SUBFLOW && sock->mptcp_token == mine->mptcp_token) {
            CHECK(sock->inode == mine->inode && sock->lport == mine->lport && sock->rport == port);
            CHECK(is_held_by(&s, sock, (uint32_t)getpid()));
            subflows++;
        }
    }
    CHECK_EQUAL(subflows, 1);
    sample_close(&s);
}

static void mptcp_that_fell_back(void) {
    uint16_t port = 0;
    int server = -1;
    int client = connect_any(IPPROTO_TCP, MPTCP, &port, &server);
    struct sampled s = sample_all();
    struct shawk_sock *mine = find_cookie(&s, cookie_of(client));
    CHECK(mine != NULL && mine->mptcp == SHAWK_MPTCP_SOCKET && (mine->mptcp_flags & 1U) == 1);
    CHECK(is_held_by(&s, mine, (uint32_t)getpid()));
    sample_close(&s);
    s = sample_parts(SHAWK_PROTO_TCP); /* not asked for: its TCP connection is there, and has its owner */
    CHECK(find_cookie(&s, cookie_of(client)) == NULL);
    CHECK(is_held_by(&s, find_port(&s, own_netns(), port, 10), (uint32_t)getpid()));
    sample_close(&s);
}

static struct shawk_unix *find_unix(const struct sampled *s, int fd) {
    struct stat status;
    NEED(fstat(fd, &status) == 0);
    for (uint32_t i = 0; i < COUNT(s->control, UNIX_SOCKETS); i++) {
        if (s->unixes[i].inode == status.st_ino) {
            return &s->unixes[i];
        }
    }
    return NULL;
}

static int is_unix_held_by(const struct sampled *s, const struct shawk_unix *sock, uint32_t pid) {
    uint32_t number = COUNT(s->control, SOCKETS) + (uint32_t)(sock - s->unixes);
    for (uint32_t i = 0; i < COUNT(s->control, HOLDERS); i++) {
        if (s->holders[i].sock == number && s->processes[s->holders[i].process].pid == pid) {
            return 1;
        }
    }
    return 0;
}

static void unix_pair_and_listener(void) {
    int pair[2];
    NEED(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && write(pair[0], "12345", 5) == 5);
    struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = "/run/listens\x1b[31m"};
    struct sockaddr_un abstract = {.sun_family = AF_UNIX, .sun_path = "\0a\0b\xff"};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    int hidden = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    NEED(bind(listener, (void *)&path, sizeof(path)) == 0 && listen(listener, 9) == 0);
    NEED(bind(hidden, (void *)&abstract, offsetof(struct sockaddr_un, sun_path) + 5) == 0 && listen(hidden, 3) == 0);
    int waiting = socket(AF_UNIX, SOCK_STREAM, 0);
    NEED(connect(waiting, (void *)&path, sizeof(path)) == 0);
    struct sampled s = sample_all();
    const struct shawk_unix *ends[] = {find_unix(&s, pair[0]), find_unix(&s, pair[1])};
    const struct shawk_unix *named = find_unix(&s, listener);
    const struct shawk_unix *unnamed = find_unix(&s, hidden);
    NEED(ends[0] != NULL && ends[1] != NULL && named != NULL && unnamed != NULL);
    CHECK(ends[0]->peer == ends[1]->inode && ends[1]->peer == ends[0]->inode && ends[0]->state == 1);
    CHECK(ends[1]->rqueue == 5 && ends[0]->netns == own_netns() && ends[0]->type == SOCK_STREAM);
    CHECK(ends[0]->cookie == cookie_of(pair[0]) && ends[0]->uid == getuid());
    CHECK(is_unix_held_by(&s, ends[0], (uint32_t)getpid()) && is_unix_held_by(&s, named, (uint32_t)getpid()));
    CHECK(named->state == 10 && named->rqueue == 1 && named->wqueue == 9);
    CHECK(named->name_len == strlen(path.sun_path) && memcmp(named->name, path.sun_path, named->name_len) == 0);
    struct stat file;
    NEED(stat(path.sun_path, &file) == 0);
    CHECK_EQUAL(named->vfs_inode, file.st_ino);
    CHECK(unnamed->type == SOCK_SEQPACKET && unnamed->name_len == 5 && memcmp(unnamed->name, "\0a\0b\xff", 5) == 0);
    sample_close(&s);
    s = sample_parts(SHAWK_PROTO_TCP | SHAWK_PROTO_UDP);
    CHECK_EQUAL(COUNT(s.control, UNIX_SOCKETS), 0);
    CHECK(s.control.unix_ns == 0 && s.control.links_ns == 0 && s.control.translations_ns == 0);
    sample_close(&s);
    s = sample_parts(SHAWK_PROTO_UNIX); /* alone, and more of them than the buffers hold at first */
    CHECK(COUNT(s.control, SOCKETS) == 0 && find_unix(&s, pair[0]) != NULL);
    CHECK(is_unix_held_by(&s, find_unix(&s, pair[0]), (uint32_t)getpid()));
    sample_close(&s);
}

static void no_unix_sockets_in_proc_mode(void) {
    struct sampled s;
    memset(&s, 0, sizeof(s));
    NEED(shawk_sampler_open("/proc", NAMES, SHAWK_SOCKETS_PROC, SHAWK_NETNS_ALL, 0, SHAWK_READ_ALL, &s.sampler) == 0);
    sample_again(&s);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_UNIX], EOPNOTSUPP);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_MPTCP4], EOPNOTSUPP);
    CHECK(COUNT(s.control, UNIX_SOCKETS) == 0 && COUNT(s.control, LINKS) > 0);
    sample_close(&s);
}

static void links_have_counters(void) {
    uint16_t port = 0;
    int server = -1;
    struct sampled s = sample_all();
    uint64_t before = 0;
    for (uint32_t i = 0; i < COUNT(s.control, LINKS); i++) {
        before += s.links[i].flags & IFF_LOOPBACK ? s.links[i].tx_bytes : 0;
    }
    int client = connect_any(IPPROTO_TCP, IPPROTO_TCP, &port, &server);
    char data[10000] = {0};
    NEED(write(client, data, sizeof(data)) == sizeof(data));
    NEED(recv(server, data, sizeof(data), MSG_WAITALL) == sizeof(data));
    sample_again(&s);
    int loopbacks = 0;
    for (uint32_t i = 0; i < COUNT(s.control, LINKS); i++) {
        const struct shawk_link *link = &s.links[i];
        if (strcmp((const char *)link->name, "lo") == 0) {
            CHECK((link->flags & (IFF_LOOPBACK | IFF_UP)) == (IFF_LOOPBACK | IFF_UP) && link->type == 772);
            CHECK(link->netns == own_netns() && link->ifindex == 1 && link->mtu > 0);
            CHECK(link->tx_bytes >= before + sizeof(data) && link->rx_bytes == link->tx_bytes);
            loopbacks++;
        }
    }
    CHECK_EQUAL(loopbacks, 1);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_LINKS], 0);
    sample_close(&s);
}

static void set_up_translation(void) {
    static const char rules[] = "table inet t {\n"
                                "  chain o {\n    type nat hook output priority -100;\n"
                                "    udp dport 5300 redirect to :53\n  }\n"
                                "  chain p {\n    type nat hook postrouting priority 100;\n"
                                "    udp dport 5400 snat ip to 127.0.0.77\n  }\n}\n";
    FILE *nft = popen("nft -f -", "w");
    NEED(nft != NULL && fputs(rules, nft) >= 0);
    NEED(pclose(nft) == 0); /* package nftables */
}

static uint16_t send_to(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    address.sin_port = htons(port);
    NEED(fd >= 0 && sendto(fd, "x", 1, 0, (void *)&address, length) == 1);
    NEED(getsockname(fd, (void *)&address, &length) == 0 && close(fd) == 0);
    return ntohs(address.sin_port);
}

static const struct shawk_translation *find_translation(const struct sampled *s, uint16_t sport) {
    for (uint32_t i = 0; i < COUNT(s->control, TRANSLATIONS); i++) {
        if (s->translations[i].orig_sport == sport) {
            return &s->translations[i];
        }
    }
    return NULL;
}

static void check_translations(const struct sampled *s, uint16_t redirected, uint16_t masked, uint16_t plain) {
    const uint8_t loopback[] = {127, 0, 0, 1};
    const uint8_t mask[] = {127, 0, 0, 77};
    const struct shawk_translation *to = find_translation(s, redirected);
    const struct shawk_translation *from = find_translation(s, masked);
    NEED(to != NULL && from != NULL);
    CHECK(to->netns == own_netns() && to->family == AF_INET && to->protocol == IPPROTO_UDP);
    CHECK(to->orig_dport == 5300 && to->reply_sport == 53 && to->reply_dport == redirected);
    CHECK((to->status & SHAWK_DESTINATION_TRANSLATED) != 0);
    CHECK(from->orig_dport == 5400 && memcmp(from->orig_src, loopback, 4) == 0);
    CHECK(memcmp(from->reply_dst, mask, 4) == 0 && (from->status & SHAWK_SOURCE_TRANSLATED) != 0);
    CHECK(find_translation(s, plain) == NULL);
    CHECK_EQUAL(s->control.translations_cut, 0);
    CHECK_EQUAL(s->control.errors[SHAWK_PART_TRANSLATIONS], 0);
}

/* Few entries, which are asked for in one go, and many, of which the kernel is asked for those that are translated. */
static void translated_entries_only(void) {
    set_up_translation();
    uint16_t redirected = send_to(5300);
    uint16_t masked = send_to(5400);
    uint16_t plain = send_to(5500);
    struct sampled s = sample_parts(SHAWK_READ_TRANSLATIONS | SHAWK_PROTO_UDP);
    check_translations(&s, redirected, masked, plain);
    CHECK_EQUAL(COUNT(s.control, TRANSLATIONS), 2);
    sample_close(&s);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    for (int port = 10000; port < 27000; port++) {
        address.sin_port = htons((uint16_t)port);
        /* After a port unreachable the next send tells of it. */
        NEED(sendto(fd, "x", 1, 0, (void *)&address, sizeof(address)) == 1 || errno == ECONNREFUSED);
    }
    s = sample_parts(SHAWK_READ_TRANSLATIONS | SHAWK_PROTO_UDP);
    check_translations(&s, redirected, masked, plain);
    CHECK_EQUAL(COUNT(s.control, TRANSLATIONS), 2);
    CHECK(s.control.translations_ns > 0);
    uint64_t taken = s.control.translations_ns;
    sample_again(&s); /* too soon to ask again: the same ones are handed out */
    check_translations(&s, redirected, masked, plain);
    CHECK(s.control.translations_ns == 0 || s.control.translations_ns < taken * 20);
    sample_close(&s);
}

static void nothing_asked_without_entries(void) {
    struct sampled s = sample_parts(SHAWK_READ_TRANSLATIONS | SHAWK_PROTO_UDP);
    CHECK(s.control.translations_ns == 0 && COUNT(s.control, TRANSLATIONS) == 0);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_TRANSLATIONS], 0);
    sample_close(&s);
}

static void put_file(int dir, const char *name, const char *text) {
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    NEED(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

/* A kernel with modules is asked only where conntrack's netlink is built in: asking would load it. */
static void no_module_is_loaded_by_asking(void) {
    NEED(access("/sys/module/nf_conntrack_netlink", F_OK) != 0);
    int dir = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    NEED(dir >= 0);
    CHECK_EQUAL(translations_support(dir), 1); /* no modules at all */
    put_file(dir, "modules", "nf_conntrack 163840 0 - Live 0x0\n");
    CHECK_EQUAL(translations_support(dir), 0);
    put_file(dir, "kallsyms", "0000000000000000 T ctnetlinks\n0000000000000000 t nf_conntrack_in\n");
    CHECK_EQUAL(translations_support(dir), 0);
    static char text[200001];
    for (size_t at = 65525; at < 65545; at++) { /* over the edge of what is read in one go */
        memset(text, 'x', sizeof(text) - 1);
        memcpy(text + at, " ctnetlink_dump", 15);
        put_file(dir, "kallsyms", text);
        CHECK_EQUAL(translations_support(dir), 1);
    }
    (void)close(dir);
}

static void unprivileged_parts(void) {
    set_up_translation();
    (void)send_to(5300);
    uint16_t port = 0;
    int server = -1;
    int client = connect_any(MPTCP, MPTCP, &port, &server);
    int pair[2];
    NEED(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    NEED(setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
    struct sampled s = sample_all();
    CHECK_EQUAL(s.control.errors[SHAWK_PART_TRANSLATIONS], EPERM);
    CHECK_EQUAL(COUNT(s.control, TRANSLATIONS), 0);
    for (int part = SHAWK_PART_TCP4; part <= SHAWK_PART_UNIX; part++) {
        CHECK_EQUAL(s.control.errors[part], 0);
    }
    CHECK(find_cookie(&s, cookie_of(client)) != NULL && find_unix(&s, pair[0]) != NULL);
    CHECK(COUNT(s.control, LINKS) > 0 && s.control.errors[SHAWK_PART_LINKS] == 0);
    sample_close(&s);
}

static void unix_elsewhere(int out) {
    uint64_t netns;
    int pair[2];
    NEED(unshare(CLONE_NEWNET) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    netns = own_netns();
    NEED(write(out, &netns, sizeof(netns)) == sizeof(netns));
}

static void unix_of_another_namespace(void) {
    uint64_t netns = 0;
    struct child child = start_child(unix_elsewhere, &netns, sizeof(netns));
    struct sampled s = sample_all();
    int held = 0;
    for (uint32_t i = 0; i < COUNT(s.control, UNIX_SOCKETS); i++) {
        held += s.unixes[i].netns == netns && is_unix_held_by(&s, &s.unixes[i], (uint32_t)child.pid);
    }
    CHECK_EQUAL(held, 2);
    sample_close(&s);
    end_child(&child);
}

void test_parts(void) {
    run("mptcp_with_its_subflow", mptcp_with_its_subflow);
    run("mptcp_that_fell_back", mptcp_that_fell_back);
    run("unix_pair_and_listener", unix_pair_and_listener);
    run("no_unix_sockets_in_proc_mode", no_unix_sockets_in_proc_mode);
    run("links_have_counters", links_have_counters);
    run("translated_entries_only", translated_entries_only);
    run("nothing_asked_without_entries", nothing_asked_without_entries);
    run("no_module_is_loaded_by_asking", no_module_is_loaded_by_asking);
    run("unprivileged_parts", unprivileged_parts);
    run("unix_of_another_namespace", unix_of_another_namespace);
}
