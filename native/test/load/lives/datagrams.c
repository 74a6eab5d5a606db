/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges over UDP: what each socket has sent to each peer and received from it. */
#include "lives.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static void sent(struct end *end, long bytes) {
    end->tx += (uint64_t)bytes;
    end->tx_packets++;
}

static void received(struct end *end, long bytes) {
    end->rx += (uint64_t)bytes;
    end->rx_packets++;
}

/* Answers --count datagrams of --up bytes each with --down bytes. A blind server does not ask who has sent them. */
static _Noreturn void answer(int fd, bool blind, long clients) {
    static char buffer[MESSAGE];
    struct end *flows[MAX_CLIENTS];
    struct address peers[MAX_CLIENTS], from;
    long known = 0;
    truth_become("lv-server");
    for (long i = 0; i < want[COUNT] * clients; i++) {
        from = (struct address){.length = sizeof from.v6};
        long got = blind ? check((int)recv(fd, buffer, sizeof buffer, 0), "recv")
            : check((int)recvfrom(fd, buffer, sizeof buffer, 0, &from.plain, &from.length), "recvfrom");
        long at = 0;
        while (at < known && memcmp(&peers[at], &from, sizeof from) != 0)
            at++;
        if (at == known) {
            peers[known] = from;
            flows[known++] = truth_datagrams(fd, blind ? NULL : &from);
        }
        received(flows[at], got);
        if (blind)
            continue;
        sent(flows[at], check((int)sendto(fd, buffer, (size_t)want[DOWN], 0, &from.plain, from.length), "sendto"));
    }
    _exit(0);
}

static _Noreturn void ask(bool connected, bool blind, const struct address *to, long peers) {
    static char buffer[MESSAGE];
    struct end *flows[2] = {0};
    int fd = new_socket(SOCK_DGRAM);
    struct address any = address_of(1, 0);
    truth_become("lv-client");
    check(bind(fd, &any.plain, any.length), "bind");
    if (connected)
        check(connect(fd, &to->plain, to->length), "connect");
    for (long i = 0; i < want[COUNT]; i++)
        for (long j = 0; j < peers; j++) {
            if (!flows[j])
                flows[j] = truth_datagrams(fd, &to[j]);
            sent(flows[j], connected ? check((int)send(fd, buffer, (size_t)want[UP], 0), "send")
                : check((int)sendto(fd, buffer, (size_t)want[UP], 0, &to[j].plain, to[j].length), "sendto"));
            struct address from = {.length = sizeof from.v6};
            if (!blind)
                received(flows[j], connected ? check((int)recv(fd, buffer, sizeof buffer, 0), "recv")
                    : check((int)recvfrom(fd, buffer, sizeof buffer, 0, &from.plain, &from.length), "recvfrom"));
        }
    _exit(0);
}

bool datagrams(const char *name) {
    bool connected = strcmp(name, "udp-connected") == 0, blind = strcmp(name, "udp-blind") == 0;
    bool two = strcmp(name, "udp-two-peers") == 0;
    if (!connected && !blind && !two && strcmp(name, "udp-unconnected") != 0)
        return false;
    pid_t servers[2], clients[MAX_CLIENTS];
    struct address to[2];
    for (int i = 0; i < (two ? 2 : 1); i++) {
        to[i] = address_of(1, PORT + i);
        int fd = new_socket(SOCK_DGRAM);
        check(bind(fd, &to[i].plain, to[i].length), "bind");
        servers[i] = spawn();
        if (servers[i] == 0)
            answer(fd, blind, want[CLIENTS]);
        close(fd);
    }
    for (long i = 0; i < want[CLIENTS]; i++) {
        clients[i] = spawn();
        if (clients[i] == 0)
            ask(connected, blind, to, two ? 2 : 1);
    }
    for (long i = 0; i < want[CLIENTS]; i++)
        end_well(clients[i]);
    for (int i = 0; i < (two ? 2 : 1); i++)
        end_well(servers[i]);
    return true;
}
