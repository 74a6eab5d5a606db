/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STREAM_BYTES (64U * 1024)

/* More bytes behind those that are there. 1: some, or there are none left; 0: the time is over, or it was ended. */
static int fill(struct reader *reader, int wait_ms) {
    if (reader->ended || reader->error != 0 || reader->stopped) {
        return 1;
    }
    if (reader->from > 0) {
        memmove(reader->bytes, reader->bytes + reader->from, reader->to - reader->from);
        reader->to -= reader->from;
        reader->from = 0;
    }
    if (reader->flows) {
        int ready = await(reader->descriptor, reader->wake, wait_ms);
        if (ready <= 0) {
            reader->error = ready;
            return ready < 0;
        }
    }
    ssize_t got;
    do {
        got = read(reader->descriptor, reader->bytes + reader->to, READER_BYTES - reader->to);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        reader->error = -errno;
    } else if (got == 0) {
        reader->ended = 1;
    } else {
        reader->to += (size_t)got;
    }
    return 1;
}

int reader_open(struct reader *reader, int descriptor, int wake) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        return -errno;
    }
    if (S_ISDIR(status.st_mode)) {
        return -EISDIR;
    }
    reader->bytes = malloc(READER_BYTES);
    if (reader->bytes == NULL) {
        return -ENOMEM;
    }
    reader->descriptor = descriptor;
    reader->wake = wake;
    reader->flows = !S_ISREG(status.st_mode);
    while (reader->to < READER_HEAD && !reader->ended && reader->error == 0) {
        if (!fill(reader, -1)) {
            return -ECANCELED;
        }
    }
    reader_recognise(reader);
    return reader->error;
}

void reader_close(struct reader *reader) {
    if (reader->bytes != NULL && reader->descriptor > STDIN_FILENO) {
        close(reader->descriptor);
    }
    free(reader->bytes);
    reader->bytes = NULL;
}

int reader_await(struct reader *reader, int wait_ms) {
    if (!reader->flows) {
        return 1;
    }
    int64_t end = wait_ms < 0 ? INT64_MAX : millis_monotonic() + wait_ms;
    while (!reader_holds_packet(reader)) {
        if (reader->ended || reader->error != 0 || reader->to - reader->from == READER_BYTES) {
            return 1;
        }
        int64_t left = wait_ms < 0 ? -1 : end - millis_monotonic();
        if (!fill(reader, wait_ms < 0 ? -1 : left > 0 ? (int)left : 0)) {
            return 0;
        }
    }
    return 1;
}

static ssize_t on_read(void *cookie, char *out, size_t wanted) {
    struct reader *reader = cookie;
    while (reader->from == reader->to && !reader->ended && reader->error == 0) {
        if (!fill(reader, -1)) {
            /* Nobody waits for the rest of this packet. */
            reader->stopped = 1;
            errno = ECANCELED;
            return -1;
        }
        if (reader->stopped) {
            return 0;
        }
    }
    if (reader->error != 0) {
        errno = -reader->error;
        return -1;
    }
    size_t held = reader->to - reader->from;
    size_t given = held < wanted ? held : wanted;
    memcpy(out, reader->bytes + reader->from, given);
    reader->from += given;
    return (ssize_t)given;
}

FILE *reader_stream(struct reader *reader) {
    FILE *stream = fopencookie(reader, "rb", (cookie_io_functions_t){.read = on_read});
    if (stream != NULL) {
        /* Of a pipe what libpcap has not asked for stays where reader_holds_packet() sees it. That costs a call a byte:
         * glibc has no direct reads for streams of this kind. */
        (void)setvbuf(stream, NULL, reader->flows ? _IONBF : _IOFBF, reader->flows ? 0 : STREAM_BYTES);
    }
    return stream;
}
