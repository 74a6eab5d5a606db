/* SPDX-License-Identifier: Apache-2.0 */
/* The iterator's records, as sockets, processes and holders. Makes no system call. */
#include "handle.h"

#include <netinet/in.h>
#include <string.h>

#define TCP_CLOSE 7
#define TCP_LISTEN 10

int living_begin(struct shawk_bpf *bpf) {
    uint64_t now = nanos_monotonic();
    bpf->passed_ms = (now - bpf->began_ns) / 1000000;
    bpf->began_ns = now;
    bpf->listing++;
    bpf->pairs.count = 0;
    bpf->held.count = 0;
    bpf->holders.count = 0;
    bpf->holder = NONE;
    return bpf->cookies.slots != NULL ? 0 : table_clear(&bpf->cookies, 1);
}

static uint32_t *cookie_slot(const struct shawk_bpf *bpf, uint64_t cookie) {
    const struct shawk_sock *socks = bpf->socks.data;
    size_t at = table_hash(cookie, 0) & bpf->cookies.mask;
    while (bpf->cookies.slots[at] != NONE && socks[bpf->cookies.slots[at]].cookie != cookie) {
        at = (at + 1) & bpf->cookies.mask;
    }
    return &bpf->cookies.slots[at];
}

static int index_cookies(struct shawk_bpf *bpf, size_t entries) {
    if (table_clear(&bpf->cookies, entries) != 0) {
        return -ENOMEM;
    }
    const struct shawk_sock *socks = bpf->socks.data;
    for (uint32_t i = 0; i < bpf->socks.count; i++) {
        *cookie_slot(bpf, socks[i].cookie) = i;
    }
    return 0;
}

static int add_pair(struct shawk_bpf *bpf, uint32_t sock) {
    if (bpf->holder == NONE) {
        return 0;
    }
    struct shawk_holder *pair = vec_push(&bpf->pairs, sizeof(*pair));
    if (pair == NULL) {
        return -ENOMEM;
    }
    *pair = (struct shawk_holder){sock, bpf->holder};
    return 0;
}

/* What is neither bound nor connected talks to nobody, and no dump of the kernel's shows it. */
static int is_shown(const struct shawk_sock *sock) {
    return sock->protocol == IPPROTO_UDP ? sock->lport != 0 : sock->state != TCP_CLOSE;
}

/* Whether this pass has not listed socket number `sock` yet; from now on it has. */
static int is_first(struct shawk_bpf *bpf, uint32_t sock) {
    uint64_t *listed = (uint64_t *)bpf->listed.data + sock;
    int first = *listed != bpf->listing;
    *listed = bpf->listing;
    return first;
}

/* A new socket, under the place that its cookie has in the table. */
static int add_socket(struct shawk_bpf *bpf, uint32_t *slot, const struct living_socket *record) {
    struct shawk_sock *sock = vec_push(&bpf->socks, sizeof(*sock));
    struct process_key *owner = vec_push(&bpf->owners, sizeof(*owner));
    uint64_t *listed = vec_push(&bpf->listed, sizeof(*listed));
    if (sock == NULL || owner == NULL || listed == NULL) {
        return -ENOMEM;
    }
    *sock = record->sock;
    *owner = record->owner;
    *listed = bpf->listing;
    *slot = (uint32_t)bpf->socks.count - 1;
    if (bpf->socks.count >= bpf->cookies.mask / 2 && index_cookies(bpf, 2 * bpf->socks.count) != 0) {
        return -ENOMEM;
    }
    return add_pair(bpf, (uint32_t)bpf->socks.count - 1);
}

static int take_socket(struct shawk_bpf *bpf, const struct living_socket *record) {
    const struct shawk_sock *sock = &record->sock;
    if (!is_shown(sock)) {
        return 0;
    }
    if (sock->mptcp != SHAWK_MPTCP_NONE || (sock->state == TCP_LISTEN && sock->rqueue > 0)) {
        bpf->living.incomplete = 1;
    }
    uint32_t *slot = cookie_slot(bpf, sock->cookie);
    if (*slot == NONE) {
        return add_socket(bpf, slot, record);
    }
    if (is_first(bpf, *slot)) {
        ((struct shawk_sock *)bpf->socks.data)[*slot] = *sock;
        ((struct process_key *)bpf->owners.data)[*slot] = record->owner;
    }
    return add_pair(bpf, *slot);
}

static uint32_t later(uint32_t millis, uint64_t passed) {
    uint64_t sum = millis + passed;
    return sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
}

/* A socket with which nothing has happened: only the time has gone on. */
static int take_same(struct shawk_bpf *bpf, uint64_t cookie) {
    uint32_t known = *cookie_slot(bpf, cookie);
    if (known == NONE) {
        return -EBADMSG;
    }
    if (is_first(bpf, known)) {
        struct shawk_sock *sock = (struct shawk_sock *)bpf->socks.data + known;
        sock->fresh = 0;
        sock->last_data_sent_ms = later(sock->last_data_sent_ms, bpf->passed_ms);
        sock->last_data_recv_ms = later(sock->last_data_recv_ms, bpf->passed_ms);
        sock->last_ack_recv_ms = later(sock->last_ack_recv_ms, bpf->passed_ms);
        sock->timer_ms = sock->timer_ms > bpf->passed_ms ? sock->timer_ms - (uint32_t)bpf->passed_ms : 0;
    }
    return add_pair(bpf, known);
}

static int take_reference(struct shawk_bpf *bpf, const struct living_reference *record) {
    if (record->head.kind == LIVING_SAME) {
        return take_same(bpf, record->id);
    }
    if (record->head.kind == LIVING_AGAIN) {
        uint32_t sock = *cookie_slot(bpf, record->id);
        return sock == NONE ? 0 : add_pair(bpf, sock);
    }
    struct shawk_held *held = bpf->holder == NONE ? NULL : vec_push(&bpf->held, sizeof(*held));
    if (held == NULL) {
        return bpf->holder == NONE ? 0 : -ENOMEM;
    }
    *held = (struct shawk_held){(uint32_t)record->id, bpf->holder};
    return 0;
}

static int take_process(struct shawk_bpf *bpf, const struct process_note *note) {
    int result = process_note(bpf, note);
    bpf->holder = result == 0 ? process_number(bpf, &note->key) : NONE;
    return result;
}

static int take_record(struct shawk_bpf *bpf, const struct living_head *head, const uint8_t *bytes) {
    union {
        struct living_process process;
        struct living_socket socket;
        struct living_reference reference;
    } record;
    if (head->kind == LIVING_PROCESS && head->size == sizeof(record.process)) {
        memcpy(&record.process, bytes, sizeof(record.process));
        return take_process(bpf, &record.process.note);
    }
    if (head->kind == LIVING_SOCKET && head->size == sizeof(record.socket)) {
        memcpy(&record.socket, bytes, sizeof(record.socket));
        return take_socket(bpf, &record.socket);
    }
    if (head->kind >= LIVING_AGAIN && head->kind <= LIVING_SAME && head->size == sizeof(record.reference)) {
        memcpy(&record.reference, bytes, sizeof(record.reference));
        return take_reference(bpf, &record.reference);
    }
    return -EBADMSG;
}

long living_take(struct shawk_bpf *bpf, const uint8_t *bytes, size_t length) {
    size_t used = 0;
    while (length - used >= sizeof(struct living_head)) {
        struct living_head head;
        memcpy(&head, bytes + used, sizeof(head));
        if (head.size < sizeof(head) || head.size > sizeof(struct living_socket)) {
            return -EBADMSG;
        }
        if (head.size > length - used) {
            break;
        }
        int result = take_record(bpf, &head, bytes + used);
        if (result != 0) {
            return result;
        }
        used += head.size;
    }
    return (long)used;
}

/* Connections that ended while the iterator was at work, and before the slot was turned, are counted as ended in this
 * sample: their rows go. */
static void mark_ended(struct shawk_bpf *bpf) {
    const struct shawk_sock *socks = bpf->socks.data;
    const struct shawk_event *events = bpf->events.data;
    const struct event_origin *counted = bpf->event_origins.data;
    for (size_t i = 0; i < bpf->events.count; i++) {
        if (counted[i].slot == (bpf->slot ^ 1U) && events[i].kind != SHAWK_EVENT_OPENED) {
            uint32_t row = *cookie_slot(bpf, events[i].cookie);
            if (row != NONE && socks[row].ordinal == events[i].ordinal && (socks[row].present & SHAWK_HAS_LIFE) != 0) {
                ((uint64_t *)bpf->listed.data)[row] = 0;
            }
        }
    }
}

/* What this pass has not listed goes. Gives the new number of each row in `numbers`, NONE for those that have gone. */
static int drop_gone(struct shawk_bpf *bpf, uint32_t *numbers) {
    struct shawk_sock *socks = bpf->socks.data;
    struct process_key *owners = bpf->owners.data;
    uint64_t *listed = bpf->listed.data;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < bpf->socks.count; i++) {
        numbers[i] = listed[i] == bpf->listing ? kept : NONE;
        if (listed[i] == bpf->listing) {
            if (kept != i) {
                socks[kept] = socks[i];
                owners[kept] = owners[i];
                listed[kept] = listed[i];
            }
            kept++;
        }
    }
    int gone = kept != bpf->socks.count;
    bpf->socks.count = kept;
    bpf->owners.count = kept;
    bpf->listed.count = kept;
    return gone ? index_cookies(bpf, kept) : 0;
}

/* Holders of one socket are in order already, but for a process of which a thread with descriptors of its own came
 * later. */
static void sort_group(struct shawk_holder *group, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct shawk_holder moving = group[i];
        size_t at = i;
        while (at > 0 && group[at - 1].process > moving.process) {
            group[at] = group[at - 1];
            at--;
        }
        group[at] = moving;
    }
}

/* From order of processes to order of sockets, each pair once. */
static int order_holders(struct shawk_bpf *bpf, const uint32_t *numbers, uint32_t *starts) {
    const struct shawk_holder *pairs = bpf->pairs.data;
    if (vec_reserve(&bpf->holders, sizeof(struct shawk_holder), bpf->pairs.count) != 0) {
        return -ENOMEM;
    }
    struct shawk_holder *out = bpf->holders.data;
    memset(starts, 0, (bpf->socks.count + 1) * sizeof(*starts));
    for (size_t i = 0; i < bpf->pairs.count; i++) {
        if (numbers[pairs[i].sock] != NONE) {
            starts[numbers[pairs[i].sock] + 1]++;
        }
    }
    for (size_t i = 0; i < bpf->socks.count; i++) {
        starts[i + 1] += starts[i];
    }
    for (size_t i = 0; i < bpf->pairs.count; i++) {
        uint32_t sock = numbers[pairs[i].sock];
        if (sock != NONE) {
            out[starts[sock]++] = (struct shawk_holder){sock, pairs[i].process};
        }
    }
    size_t total = 0;
    for (size_t i = 0; i < bpf->socks.count; i++) {
        sort_group(out + total, starts[i] - total);
        total = starts[i];
    }
    size_t kept = 0;
    for (size_t i = 0; i < total; i++) {
        if (kept == 0 || out[i].sock != out[kept - 1].sock || out[i].process != out[kept - 1].process) {
            out[kept++] = out[i];
        }
    }
    bpf->holders.count = kept;
    return 0;
}

int living_finish(struct shawk_bpf *bpf) {
    uint32_t *numbers = malloc((2 * bpf->socks.count + 2) * sizeof(*numbers));
    if (numbers == NULL) {
        return -ENOMEM;
    }
    size_t before = bpf->socks.count;
    mark_ended(bpf);
    int result = drop_gone(bpf, numbers);
    struct shawk_sock *socks = bpf->socks.data;
    const struct process_key *owners = bpf->owners.data;
    for (size_t i = 0; i < bpf->socks.count; i++) {
        socks[i].owner = process_number(bpf, &owners[i]) + 1;
    }
    if (result == 0) {
        result = order_holders(bpf, numbers, numbers + before + 1);
    }
    free(numbers);
    return result != 0 ? result : bpf->shortage;
}
