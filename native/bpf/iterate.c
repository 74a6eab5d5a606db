/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include "shawk.skel.h"

#include <string.h>
#include <unistd.h>

/* The kernel hands out at most 32 KiB at once (PAGE_SIZE << 3, kernel/bpf/bpf_iter.c). */
#define BUFFER_BYTES (128U * 1024U)

static int read_all(struct shawk_bpf *bpf, int fd) {
    size_t held = 0;
    for (;;) {
        ssize_t length = read(fd, bpf->buffer + held, BUFFER_BYTES - held);
        if (length < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue; /* EAGAIN: a million descriptors that were no sockets; the next call goes on behind them */
        }
        if (length <= 0) {
            return length == 0 && held == 0 ? 0 : length < 0 ? -errno : -EBADMSG;
        }
        held += (size_t)length;
        long used = living_take(bpf, bpf->buffer, held);
        if (used < 0) {
            return (int)used;
        }
        held -= (size_t)used;
        memmove(bpf->buffer, bpf->buffer + used, held);
    }
}

static int run_iterator(struct shawk_bpf *bpf, enum program program) {
    int fd = bpf_iter_create(bpf_link__fd(bpf->links[program]));
    if (fd < 0) {
        return fd;
    }
    int result = read_all(bpf, fd);
    close(fd);
    return result;
}

int iterate(struct shawk_bpf *bpf) {
    if (bpf->buffer == NULL && (bpf->buffer = malloc(BUFFER_BYTES)) == NULL) {
        return -ENOMEM;
    }
    int result = living_begin(bpf);
    if (result != 0) {
        return result;
    }
    bpf->skeleton->bss->pass = bpf->listing;
    bpf->skeleton->bss->last_tgid = 0;
    bpf->skeleton->bss->whole = !bpf->has_before;
    bpf->has_before = 0; /* until this pass is whole */
    result = run_iterator(bpf, PROGRAM_LIST_SOCKETS);
    bpf->holder = NONE;
    if (result == 0 && bpf->links[PROGRAM_LIST_ACCOUNTS] != NULL) {
        result = run_iterator(bpf, PROGRAM_LIST_ACCOUNTS);
    }
    bpf->iterate_ns = nanos_monotonic() - bpf->began_ns;
    return result;
}
