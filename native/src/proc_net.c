/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"
#include "sampler.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct table {
    const char *name;
    uint8_t family;
    uint8_t protocol;
    int wanted;
};

static int take_line(struct shawk_sampler *sampler, const struct table *table, const char *line, size_t length,
                     uint64_t netns) {
    struct shawk_sock *sock = sink_next(sampler);
    if (sock == NULL) {
        return -ENOMEM;
    }
    if (!proc_parse_socket(line, length, table->family, table->protocol, sampler->ticks, sock)) {
        sampler->control->malformed++;
        return 0;
    }
    sock->netns = netns;
    return sink_commit(sampler, sock);
}

/* Takes the whole lines of buffer[0, *length), and moves what is left of a line to the front. */
static int take_lines(struct shawk_sampler *sampler, const struct table *table, size_t *length, int *heading,
                      uint64_t netns) {
    const char *text = (const char *)sampler->buffer;
    size_t start = 0;
    for (;;) {
        const char *newline = memchr(text + start, '\n', *length - start);
        if (newline == NULL) {
            break;
        }
        size_t end = (size_t)(newline - text);
        if (*heading) {
            *heading = 0;
        } else if (take_line(sampler, table, text + start, end - start, netns) != 0) {
            return -ENOMEM;
        }
        start = end + 1;
    }
    *length -= start;
    memmove(sampler->buffer, text + start, *length);
    return 0;
}

/* Returns a positive errno, 0, or -ENOMEM. */
static int read_table(struct shawk_sampler *sampler, const struct table *table, int dir, uint64_t netns) {
    int fd = openat(dir, table->name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    size_t length = 0;
    int heading = 1;
    int result = 0;
    while (result == 0) {
        if (length == BUFFER_BYTES) {
            result = EMSGSIZE; /* no line of procfs is that long */
            break;
        }
        ssize_t more = read(fd, sampler->buffer + length, BUFFER_BYTES - length);
        if (more < 0 && errno == EINTR) {
            continue;
        }
        if (more <= 0) {
            result = more < 0 ? errno : 0;
            break;
        }
        length += (size_t)more;
        result = take_lines(sampler, table, &length, &heading, netns);
    }
    close(fd);
    return result;
}

int proc_net_read(struct shawk_sampler *sampler, int net_dir, uint64_t netns, int32_t errors[SHAWK_PARTS]) {
    static const struct table tables[4] = {{"tcp", AF_INET, IPPROTO_TCP, SHAWK_PROTO_TCP},
                                           {"tcp6", AF_INET6, IPPROTO_TCP, SHAWK_PROTO_TCP},
                                           {"udp", AF_INET, IPPROTO_UDP, SHAWK_PROTO_UDP},
                                           {"udp6", AF_INET6, IPPROTO_UDP, SHAWK_PROTO_UDP}};
    for (int i = 0; i < 4; i++) {
        errors[i] = 0;
        if ((sampler->parts & tables[i].wanted) == 0) {
            continue;
        }
        int error = read_table(sampler, &tables[i], net_dir, netns);
        if (error == -ENOMEM) {
            return -ENOMEM;
        }
        errors[i] = error;
    }
    for (int part = SHAWK_PART_MPTCP4; part <= SHAWK_PART_UNIX; part++) {
        errors[part] = (sampler->parts & part_bit(part)) != 0 ? EOPNOTSUPP : 0;
    }
    return 0;
}
