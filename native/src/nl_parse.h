/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of netlink messages and attributes: total over any bytes, no system call, no global. */
#ifndef SHAWK_NL_PARSE_H
#define SHAWK_NL_PARSE_H

#include <stddef.h>
#include <stdint.h>

enum nl_kind {
    NL_END,       /* no further message in this buffer */
    NL_RECORD,    /* of the type asked for */
    NL_DONE,      /* the dump is complete, or ended with `error` */
    NL_FAILED,    /* NLMSG_ERROR with `error`; 0 acknowledges */
    NL_OTHER,     /* not for us: skip */
    NL_MALFORMED, /* lengths contradict each other: the rest of the buffer cannot be read */
};

struct nl_message {
    const uint8_t *payload;
    size_t length;
    int error;       /* positive errno, 0 = none */
    int interrupted; /* NLM_F_DUMP_INTR */
};

/* Reads the message at *offset, and moves *offset behind it. sequence 0 accepts any. */
enum nl_kind nl_parse_next(const uint8_t *buffer, size_t length, size_t *offset, uint32_t sequence, uint16_t type,
                           struct nl_message *message);

struct nl_attribute {
    uint32_t type; /* without the flags of nesting and byte order */
    const uint8_t *value;
    size_t length;
};

/* Reads the attribute at *offset, and moves *offset behind it. Returns 1, or 0 at the end and where lengths contradict
 * each other: what came before counts. */
int nl_parse_attribute(const uint8_t *bytes, size_t length, size_t *offset, struct nl_attribute *attribute);

/* Numbers in the order of the machine, from any alignment. */
uint16_t nl_u16(const uint8_t *bytes);
uint32_t nl_u32(const uint8_t *bytes);
uint64_t nl_u64(const uint8_t *bytes);

#endif
