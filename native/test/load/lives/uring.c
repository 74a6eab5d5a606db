/* SPDX-License-Identifier: Apache-2.0 */
/* Clients and servers over io_uring, by its system calls alone. One operation at a time. */
#include "lives.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ENTRIES = 8, SLOTS = 8 };

struct ring {
    int fd;
    enum uring mode;
    struct io_uring_params params;
    char *queues;
    size_t length;
    struct io_uring_sqe *entries;
};

static void *map(const struct ring *ring, size_t length, off_t offset) {
    void *at = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring->fd, offset);
    if (at == MAP_FAILED)
        fail("io_uring memory");
    return at;
}

static void open_ring(struct ring *ring, enum uring mode) {
    *ring = (struct ring){.mode = mode};
    if (mode == URING_POLLED) {
        ring->params.flags = IORING_SETUP_SQPOLL;
        ring->params.sq_thread_idle = 1000;
    }
    ring->fd = check((int)syscall(SYS_io_uring_setup, ENTRIES, &ring->params), "io_uring_setup");
    size_t submit = ring->params.sq_off.array + ring->params.sq_entries * sizeof(unsigned);
    size_t complete = ring->params.cq_off.cqes + ring->params.cq_entries * sizeof(struct io_uring_cqe);
    ring->length = submit > complete ? submit : complete;
    ring->queues = map(ring, ring->length, IORING_OFF_SQ_RING);
    ring->entries = map(ring, ring->params.sq_entries * sizeof *ring->entries, IORING_OFF_SQES);
    if (mode == URING_FIXED) {
        int slots[SLOTS];
        memset(slots, -1, sizeof slots);
        check((int)syscall(SYS_io_uring_register, ring->fd, IORING_REGISTER_FILES, slots, SLOTS), "register files");
    }
}

static void close_ring(struct ring *ring) {
    munmap(ring->entries, ring->params.sq_entries * sizeof *ring->entries);
    munmap(ring->queues, ring->length);
    close(ring->fd);
}

static _Atomic unsigned *counter(const struct ring *ring, uint32_t offset) {
    return (_Atomic unsigned *)(ring->queues + offset);
}

/* Does one operation and returns its result, or -errno. */
static int operate(struct ring *ring, const struct io_uring_sqe *operation) {
    _Atomic unsigned *tail = counter(ring, ring->params.sq_off.tail), *head = counter(ring, ring->params.cq_off.head);
    unsigned mask = ring->params.sq_entries - 1, at = atomic_load(tail) & mask;
    unsigned flags = IORING_ENTER_GETEVENTS;
    ring->entries[at] = *operation;
    if (ring->mode == URING_WORKER)
        ring->entries[at].flags |= IOSQE_ASYNC;
    ((unsigned *)(ring->queues + ring->params.sq_off.array))[at] = at;
    atomic_fetch_add(tail, 1);
    if (ring->mode == URING_POLLED && (atomic_load(counter(ring, ring->params.sq_off.flags)) & IORING_SQ_NEED_WAKEUP))
        flags |= IORING_ENTER_SQ_WAKEUP;
    for (unsigned submit = 1; atomic_load(head) == atomic_load(counter(ring, ring->params.cq_off.tail)); submit = 0)
        if (syscall(SYS_io_uring_enter, ring->fd, submit, 1, flags, NULL, 0) < 0 && errno != EINTR)
            fail("io_uring_enter");
    struct io_uring_cqe *done = (struct io_uring_cqe *)(ring->queues + ring->params.cq_off.cqes)
        + (atomic_load(head) & (ring->params.cq_entries - 1));
    int result = done->res;
    atomic_fetch_add(head, 1);
    return result;
}

static int must(int result, const char *what) {
    if (result < 0) {
        errno = -result;
        fail(what);
    }
    return result;
}

static void transfer(struct ring *ring, int fd, uint8_t operation, char *buffer, uint64_t bytes) {
    struct io_uring_sqe entry = {.opcode = operation, .fd = fd, .msg_flags = MSG_NOSIGNAL};
    if (ring->mode == URING_FIXED)
        entry.flags = IOSQE_FIXED_FILE;
    for (uint64_t done = 0; done < bytes;) {
        entry.addr = (uintptr_t)buffer;
        entry.len = (uint32_t)(bytes - done < MESSAGE ? bytes - done : MESSAGE);
        done += (uint64_t)must(operate(ring, &entry), "send or recv of io_uring");
    }
}

/* At the end of what the peer sends. */
static void await_end_by(struct ring *ring, int fd) {
    char byte;
    struct io_uring_sqe entry = {.opcode = IORING_OP_RECV, .fd = fd, .addr = (uintptr_t)&byte, .len = 1};
    if (ring->mode == URING_FIXED)
        entry.flags = IOSQE_FIXED_FILE;
    if (must(operate(ring, &entry), "recv of io_uring") != 0)
        fail("recv of io_uring: more than was sent");
}

static void close_by(struct ring *ring, int fd) {
    struct io_uring_sqe entry = {.opcode = IORING_OP_CLOSE, .fd = fd};
    if (ring->mode == URING_FIXED)
        entry = (struct io_uring_sqe){.opcode = IORING_OP_CLOSE, .file_index = (uint32_t)fd + 1};
    must(operate(ring, &entry), "close of io_uring");
}

void uring_client(long number, enum uring mode) {
    static struct ring ring;
    static char buffer[MESSAGE];
    if (!ring.queues)
        open_ring(&ring, mode);
    struct address to = server_address(number);
    bool server_first = server_closes_first(number);
    int fd = new_socket(SOCK_STREAM);
    struct io_uring_sqe entry = {
        .opcode = IORING_OP_CONNECT, .fd = fd, .addr = (uintptr_t)&to.plain, .off = to.length};
    must(operate(&ring, &entry), "connect of io_uring");
    struct end *end = truth_opened(fd, OUT);
    memset(buffer, server_first ? 's' : 'c', (size_t)(want[UP] < MESSAGE ? want[UP] : MESSAGE));
    transfer(&ring, fd, IORING_OP_SEND, buffer, (uint64_t)want[UP]);
    transfer(&ring, fd, IORING_OP_RECV, buffer, (uint64_t)want[DOWN]);
    if (server_first)
        await_end_by(&ring, fd);
    truth_closed(end, server_first ? FIN_REMOTE : FIN_LOCAL, (uint64_t)want[UP], (uint64_t)want[DOWN]);
    close_by(&ring, fd);
}

static int accept_by(struct ring *ring, int listener, struct address *from, int slot) {
    from->length = sizeof from->v6;
    struct io_uring_sqe entry = {
        .opcode = IORING_OP_ACCEPT, .fd = listener, .addr = (uintptr_t)&from->plain, .addr2 = (uintptr_t)&from->length};
    if (ring->mode == URING_FIXED)
        entry.file_index = (uint32_t)slot + 1;
    int fd = must(operate(ring, &entry), "accept of io_uring");
    return ring->mode == URING_FIXED ? slot : fd;
}

/* Of fixed sockets some stay open until their ring is closed, and the kernel closes them later, by itself. */
_Noreturn void uring_server(int listener, enum uring mode) {
    static struct ring ring;
    static char buffer[MESSAGE];
    int slot = 0;
    open_ring(&ring, mode);
    for (;;) {
        struct address from = {0}, local = local_of(listener);
        int fd = accept_by(&ring, listener, &from, slot);
        struct end *end = mode == URING_FIXED ? truth_between(&local, &from, IN) : truth_opened(fd, IN);
        transfer(&ring, fd, IORING_OP_RECV, buffer, (uint64_t)want[UP]);
        bool first = want[UP] ? buffer[0] == 's' : want[FIRST] == SERVER_FIRST;
        transfer(&ring, fd, IORING_OP_SEND, buffer, (uint64_t)want[DOWN]);
        if (!first)
            await_end_by(&ring, fd);
        truth_closed(end, first ? FIN_LOCAL : FIN_REMOTE, (uint64_t)want[DOWN], (uint64_t)want[UP]);
        if (mode != URING_FIXED || first) {
            close_by(&ring, fd);
        } else if (++slot == SLOTS) {
            close_ring(&ring);
            open_ring(&ring, mode);
            slot = 0;
        }
    }
}
