/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"
#include "sampler.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

/* All entries of `dir` that are numbers. Returns 0 or -errno. */
int proc_list(uint8_t buffer[], int dir, struct vec *numbers) {
    numbers->count = 0;
    if (lseek(dir, 0, SEEK_SET) < 0) {
        return -errno;
    }
    for (;;) {
        ssize_t length = getdents64(dir, buffer, BUFFER_BYTES);
        if (length <= 0) {
            return length == 0 ? 0 : -errno;
        }
        for (ssize_t offset = 0; offset < length;) {
            const struct dirent64 *entry = (const void *)(buffer + offset);
            offset += entry->d_reclen;
            uint32_t number;
            if (!proc_parse_pid(entry->d_name, &number)) {
                continue;
            }
            uint32_t *place = vec_push(numbers, sizeof(*place));
            if (place == NULL) {
                return -ENOMEM;
            }
            *place = number;
        }
    }
}

/* Up to `capacity` bytes of a small file. Returns the number of bytes or -errno. */
long proc_read(int dir, const char *path, char *out, size_t capacity) {
    int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    ssize_t length = read(fd, out, capacity);
    int error = errno;
    close(fd);
    return length < 0 ? -error : length;
}

/* The number in a link such as "net:[4026531840]". Returns 0 or -errno. */
int proc_link(int dir, const char *path, const char *kind, uint64_t *inode) {
    char text[64];
    ssize_t length = readlinkat(dir, path, text, sizeof(text));
    if (length < 0) {
        return -errno;
    }
    return proc_parse_link(text, (size_t)length, kind, inode) ? 0 : -EINVAL;
}

long proc_read_all(int dir, const char *path, char *out, size_t capacity) {
    int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    size_t length = 0;
    ssize_t more = 1;
    while (more > 0 && length < capacity) {
        more = read(fd, out + length, capacity - length);
        length += more > 0 ? (size_t)more : 0;
    }
    int error = errno;
    close(fd);
    return more < 0 ? -error : (long)length;
}

int proc_own_net(int proc_fd) {
    static const char *const paths[] = {"thread-self/net", "net", "self/net"};
    int fd = -1;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]) && fd < 0; i++) {
        fd = openat(proc_fd, paths[i], O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    return fd < 0 ? -errno : fd;
}
