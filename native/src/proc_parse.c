/* SPDX-License-Identifier: Apache-2.0 */
#include "proc_parse.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* A text that is read from its front. Once a read has failed, `good` is 0 and every further read gives 0. */
struct cursor {
    const char *at;
    const char *end;
    int good;
};

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void skip_spaces(struct cursor *cursor) {
    while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t')) {
        cursor->at++;
    }
}

static void expect(struct cursor *cursor, char c) {
    if (cursor->at < cursor->end && *cursor->at == c) {
        cursor->at++;
    } else {
        cursor->good = 0;
    }
}

/* A decimal number of at most `limit`, with any blanks before it. */
static uint64_t decimal(struct cursor *cursor, uint64_t limit) {
    skip_spaces(cursor);
    if (cursor->at == cursor->end || !is_digit(*cursor->at)) {
        cursor->good = 0;
    }
    uint64_t value = 0;
    while (cursor->good && cursor->at < cursor->end && is_digit(*cursor->at)) {
        uint64_t digit = (uint64_t)(*cursor->at++ - '0');
        if (value > (limit - digit) / 10) {
            cursor->good = 0;
            return 0;
        }
        value = value * 10 + digit;
    }
    return cursor->good ? value : 0;
}

static int hex_digit(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Exactly `digits` hexadecimal digits, or with digits = 0 as many as there are (1 to 16). */
static uint64_t hexadecimal(struct cursor *cursor, int digits) {
    int most = digits == 0 ? 16 : digits;
    int seen = 0;
    uint64_t value = 0;
    while (seen < most && cursor->at < cursor->end && hex_digit(*cursor->at) >= 0) {
        value = value << 4U | (uint64_t)hex_digit(*cursor->at++);
        seen++;
    }
    if (seen == 0 || (digits != 0 && seen != digits)) {
        cursor->good = 0;
    }
    return cursor->good ? value : 0;
}

static void skip_word(struct cursor *cursor) {
    skip_spaces(cursor);
    if (cursor->at == cursor->end) {
        cursor->good = 0;
    }
    while (cursor->at < cursor->end && *cursor->at != ' ') {
        cursor->at++;
    }
}

int proc_parse_pid(const char *name, uint32_t *pid) {
    struct cursor cursor = {name, name + strnlen(name, 11), 1};
    if (!is_digit(*name) || *name == '0') {
        return 0;
    }
    *pid = (uint32_t)decimal(&cursor, INT32_MAX);
    return cursor.good && cursor.at == cursor.end;
}

int proc_parse_link(const char *text, size_t length, const char *kind, uint64_t *inode) {
    size_t prefix = strlen(kind);
    if (length < prefix + 4 || memcmp(text, kind, prefix) != 0 || text[prefix] != ':' || text[prefix + 1] != '[') {
        return 0;
    }
    struct cursor cursor = {text + prefix + 2, text + length, is_digit(text[prefix + 2])};
    *inode = decimal(&cursor, UINT64_MAX);
    expect(&cursor, ']');
    return cursor.good && cursor.at == cursor.end;
}

int proc_parse_stat(const char *text, size_t length, struct proc_stat *stat) {
    memset(stat, 0, sizeof(*stat));
    /* The name may hold anything, ") R 1 " and newlines too; what follows it never holds ')'. */
    const char *open = memchr(text, '(', length);
    const char *close = open == NULL ? NULL : memrchr(text, ')', length);
    if (close == NULL || close < open) {
        return 0;
    }
    size_t comm = (size_t)(close - open - 1);
    memcpy(stat->comm, open + 1, comm < sizeof(stat->comm) ? comm : sizeof(stat->comm));

    struct cursor cursor = {close + 1, text + length, 1};
    skip_spaces(&cursor);
    if (cursor.at == cursor.end) {
        return 0;
    }
    stat->state = (uint8_t)*cursor.at++;
    stat->ppid = (uint32_t)decimal(&cursor, UINT32_MAX);
    stat->pgid = (uint32_t)decimal(&cursor, UINT32_MAX);
    skip_word(&cursor); /* session */
    skip_word(&cursor); /* tty_nr, may be negative */
    skip_word(&cursor); /* tpgid, may be negative */
    stat->flags = (uint32_t)decimal(&cursor, UINT32_MAX);
    for (int field = 10; field < 22; field++) {
        skip_word(&cursor);
    }
    stat->start = decimal(&cursor, UINT64_MAX);
    return cursor.good;
}

int proc_parse_port_range(const char *text, size_t length, uint16_t *low, uint16_t *high) {
    struct cursor cursor = {text, text + length, 1};
    uint16_t first = (uint16_t)decimal(&cursor, UINT16_MAX);
    uint16_t last = (uint16_t)decimal(&cursor, UINT16_MAX);
    if (!cursor.good || first > last) {
        return 0;
    }
    *low = first;
    *high = last;
    return 1;
}

/* The kernel prints each 32-bit word of an address with %08X, so in the byte order of the machine. */
static void address(struct cursor *cursor, uint8_t family, uint8_t *out) {
    int words = family == AF_INET ? 1 : 4;
    for (int word = 0; word < words; word++) {
        uint32_t value = (uint32_t)hexadecimal(cursor, 8);
        memcpy(out + 4 * word, &value, sizeof(value));
    }
}

/* Of UDP the last column is the number of drops; only it is decimal. */
static void parse_drops(struct cursor *cursor, struct shawk_sock *sock) {
    skip_word(cursor); /* ref */
    skip_word(cursor); /* pointer */
    uint32_t drops = (uint32_t)decimal(cursor, UINT32_MAX);
    if (cursor->good) {
        sock->drops = drops;
        sock->present |= SHAWK_HAS_DROPS;
    }
}

int proc_parse_socket(const char *text, size_t length, uint8_t family, uint8_t protocol, uint32_t ticks,
                      struct shawk_sock *sock) {
    memset(sock, 0, sizeof(*sock));
    struct cursor cursor = {text, text + length, 1};
    (void)decimal(&cursor, UINT64_MAX); /* sl */
    expect(&cursor, ':');
    skip_spaces(&cursor);
    address(&cursor, family, sock->laddr);
    expect(&cursor, ':');
    sock->lport = (uint16_t)hexadecimal(&cursor, 4);
    skip_spaces(&cursor);
    address(&cursor, family, sock->raddr);
    expect(&cursor, ':');
    sock->rport = (uint16_t)hexadecimal(&cursor, 4);
    skip_spaces(&cursor);
    sock->state = (uint8_t)hexadecimal(&cursor, 2);
    skip_spaces(&cursor);
    sock->wqueue = (uint32_t)hexadecimal(&cursor, 8);
    expect(&cursor, ':');
    sock->rqueue = (uint32_t)hexadecimal(&cursor, 8);
    skip_spaces(&cursor);
    sock->timer = (uint8_t)hexadecimal(&cursor, 2);
    expect(&cursor, ':');
    uint64_t expires = hexadecimal(&cursor, 0);
    skip_spaces(&cursor);
    uint64_t retransmits = hexadecimal(&cursor, 8);
    sock->uid = (uint32_t)decimal(&cursor, UINT32_MAX);
    skip_word(&cursor); /* unanswered probes, may be negative */
    sock->inode = (uint32_t)decimal(&cursor, UINT32_MAX);
    if (!cursor.good) {
        memset(sock, 0, sizeof(*sock));
        return 0;
    }
    uint64_t ms = ticks == 0 || expires > UINT32_MAX ? UINT32_MAX : expires * 1000 / ticks;
    sock->timer_ms = sock->timer == 0 ? 0 : (uint32_t)(ms > UINT32_MAX ? UINT32_MAX : ms);
    sock->retransmits = (uint8_t)(retransmits > UINT8_MAX ? UINT8_MAX : retransmits);
    sock->family = family;
    sock->protocol = protocol;
    sock->present = SHAWK_HAS_INODE | SHAWK_HAS_QUEUES;
    if (protocol == IPPROTO_UDP) {
        parse_drops(&cursor, sock);
    }
    return 1;
}

/* "name size sockets ..." */
static long protocol_line(const char *text, size_t length, const char *name) {
    size_t width = strlen(name);
    if (length <= width || memcmp(text, name, width) != 0 || text[width] != ' ') {
        return 0;
    }
    struct cursor cursor = {text + width, text + length, 1};
    (void)decimal(&cursor, INT32_MAX);
    return (long)decimal(&cursor, INT32_MAX);
}

long proc_parse_protocol(const char *text, size_t length, const char *name) {
    long sockets = 0;
    while (length > 0 && sockets == 0) {
        const char *end = memchr(text, '\n', length);
        size_t line = end == NULL ? length : (size_t)(end - text);
        sockets = protocol_line(text, line, name);
        line += end != NULL;
        text += line;
        length -= line;
    }
    return sockets;
}
