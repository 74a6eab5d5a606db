/* SPDX-License-Identifier: Apache-2.0 */
/* Samples on top of what somebody else read. */
#include "harness.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct shawk_sock *find(const struct sampled *s, uint16_t lport, uint16_t rport) {
    for (uint32_t i = 0; i < COUNT(s->control, SOCKETS); i++) {
        if (s->socks[i].lport == lport && s->socks[i].rport == rport && s->socks[i].protocol == IPPROTO_TCP) {
            return &s->socks[i];
        }
    }
    return NULL;
}

struct pair {
    int listener;
    int client;
    uint16_t port;
    uint16_t client_port;
};

/* A connection that waits to be accepted. */
static struct pair connect_pair(void) {
    struct pair pair;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    pair.listener = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQUAL(bind(pair.listener, (struct sockaddr *)&address, sizeof(address)), 0);
    CHECK_EQUAL(listen(pair.listener, 8), 0);
    CHECK_EQUAL(getsockname(pair.listener, (struct sockaddr *)&address, &length), 0);
    pair.port = ntohs(address.sin_port);
    pair.client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQUAL(connect(pair.client, (struct sockaddr *)&address, sizeof(address)), 0);
    CHECK_EQUAL(getsockname(pair.client, (struct sockaddr *)&address, &length), 0);
    pair.client_port = ntohs(address.sin_port);
    return pair;
}

static void close_pair(const struct pair *pair) {
    close(pair->client);
    close(pair->listener);
}

static void is_completed(void) {
    struct pair pair = connect_pair();
    struct sampled plain = sample_all();
    const struct shawk_sock *dumped = find(&plain, pair.client_port, pair.port);
    NEED(dumped != NULL);
    struct shawk_sock known = *dumped;
    known.owner = 1;
    const struct shawk_process process = {.pid = 4711, .comm = "made-up"};
    const struct shawk_holder holder = {0, 0};
    const struct shawk_meter meter = {.id = SHAWK_METER_LIVE, .value = 42};
    struct shawk_living living = {.wall_us = 1, .monotonic_ns = 2};
    living.records[SHAWK_SECTION_SOCKETS] = &known;
    living.records[SHAWK_SECTION_PROCESSES] = &process;
    living.records[SHAWK_SECTION_HOLDERS] = &holder;
    living.records[SHAWK_SECTION_METERS] = &meter;
    living.counts[SHAWK_SECTION_SOCKETS] = 1;
    living.counts[SHAWK_SECTION_PROCESSES] = 1;
    living.counts[SHAWK_SECTION_HOLDERS] = 1;
    living.counts[SHAWK_SECTION_METERS] = 1;
    /* A sampler begins with a dump of everything, which is this one. */
    struct sampled s = sample_all();
    s.living = &living;
    sample_again(&s);
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(s.control.wall_us, 1);
    CHECK_EQUAL(s.control.monotonic_ns, 2);
    CHECK_EQUAL(s.socks[0].cookie, known.cookie);
    CHECK_EQUAL(s.socks[0].owner, 1);
    CHECK_EQUAL(COUNT(s.control, HOLDERS), 1);
    CHECK_EQUAL(COUNT(s.control, PROCESSES), 1);
    CHECK_EQUAL(s.processes[0].pid, 4711);
    CHECK_EQUAL(COUNT(s.control, METERS), 1);
    CHECK_EQUAL(s.meters[0].value, 42);
    /* The first dump is of everything: what waits to be accepted is there, and what was known is not there twice. */
    CHECK(find(&s, pair.port, pair.client_port) != NULL);
    uint32_t count = COUNT(s.control, SOCKETS);
    /* The next ones are not, and say again what that one found. */
    living.monotonic_ns++;
    sample_again(&s);
    CHECK_EQUAL(s.result, 0);
    CHECK(find(&s, pair.port, pair.client_port) != NULL);
    CHECK_EQUAL(COUNT(s.control, SOCKETS), count);
    sample_close(&s);
    sample_close(&plain);
    close_pair(&pair);
}

#define MPTCP 262 /* IPPROTO_MPTCP */
#define CLIENTS 3

/* Each TCP connection of an MPTCP socket is held by whoever holds that socket, and by nobody else. */
static void subflows_are_held_with_it(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, MPTCP);
    NEED(listener >= 0 && bind(listener, (void *)&address, length) == 0 && listen(listener, 5) == 0);
    NEED(getsockname(listener, (void *)&address, &length) == 0);
    int clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = socket(AF_INET, SOCK_STREAM, MPTCP);
        NEED(clients[i] >= 0 && connect(clients[i], (void *)&address, length) == 0);
    }
    struct sampled plain = sample_all();
    struct shawk_sock known[CLIENTS];
    struct shawk_process processes[CLIENTS];
    struct shawk_holder holders[CLIENTS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < COUNT(plain.control, SOCKETS); i++) {
        const struct shawk_sock *sock = &plain.socks[i];
        if (sock->mptcp == SHAWK_MPTCP_SOCKET && sock->rport == ntohs(address.sin_port) && sock->inode != 0) {
            NEED(count < CLIENTS);
            known[count] = *sock;
            processes[count] = (struct shawk_process){.pid = 100 + count};
            holders[count] = (struct shawk_holder){count, count};
            count++;
        }
    }
    CHECK_EQUAL(count, CLIENTS);
    struct shawk_living living = {.wall_us = 1, .monotonic_ns = 2};
    living.records[SHAWK_SECTION_SOCKETS] = known;
    living.records[SHAWK_SECTION_PROCESSES] = processes;
    living.records[SHAWK_SECTION_HOLDERS] = holders;
    living.counts[SHAWK_SECTION_SOCKETS] = count;
    living.counts[SHAWK_SECTION_PROCESSES] = count;
    living.counts[SHAWK_SECTION_HOLDERS] = count;
    struct sampled s = sample_all();
    s.living = &living;
    sample_again(&s);
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(COUNT(s.control, HOLDERS), 2 * CLIENTS);
    uint32_t subflows = 0;
    for (uint32_t i = count; i < COUNT(s.control, SOCKETS); i++) {
        for (uint32_t of = 0; of < count && s.socks[i].mptcp == SHAWK_MPTCP_SUBFLOW; of++) {
            int same = s.socks[i].inode == known[of].inode;
            CHECK_EQUAL(is_held_by(&s, &s.socks[i], 100 + of), same);
            subflows += same ? 1 : 0;
        }
    }
    CHECK_EQUAL(subflows, CLIENTS);
    sample_close(&s);
    sample_close(&plain);
    for (int i = 0; i < CLIENTS; i++) {
        close(clients[i]);
    }
    close(listener);
}

static void events_alone(void) {
    const struct shawk_event event = {.kind = SHAWK_EVENT_OPENED, .cookie = 7};
    struct shawk_living living = {.wall_us = 1, .monotonic_ns = 2, .events_only = 1};
    living.records[SHAWK_SECTION_EVENTS] = &event;
    living.counts[SHAWK_SECTION_EVENTS] = 1;
    struct sampled s = sample_all();
    s.living = &living;
    sample_again(&s);
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(COUNT(s.control, SOCKETS), 0);
    CHECK_EQUAL(COUNT(s.control, NAMESPACES), 0);
    CHECK_EQUAL(COUNT(s.control, EVENTS), 1);
    CHECK_EQUAL(s.events[0].cookie, 7);
    sample_close(&s);
}

void test_living(void) {
    run("living: the dump adds what is not known", is_completed);
    run("living: subflows are held with it", subflows_are_held_with_it);
    run("living: events alone", events_alone);
}
