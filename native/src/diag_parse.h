/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of NETLINK_SOCK_DIAG messages: total over any bytes, no system call, no global. */
#ifndef SHAWK_DIAG_PARSE_H
#define SHAWK_DIAG_PARSE_H

#include "shawk.h"

enum diag_kind {
    DIAG_END,       /* no further message in this buffer */
    DIAG_SOCKET,    /* payload is an inet_diag_msg with attributes */
    DIAG_DONE,      /* the dump is complete, or ended with `error` */
    DIAG_FAILED,    /* NLMSG_ERROR with `error` */
    DIAG_OTHER,     /* not for us: skip */
    DIAG_MALFORMED, /* lengths contradict each other: the rest of the buffer cannot be read */
};

struct diag_message {
    const uint8_t *payload;
    size_t length;
    int error;        /* positive errno, 0 = none */
    int interrupted;  /* NLM_F_DUMP_INTR */
};

/* Reads the message at *offset, and moves *offset behind it. sequence 0 accepts any. */
enum diag_kind diag_parse_next(const uint8_t *buffer, size_t length, size_t *offset, uint32_t sequence,
                               struct diag_message *message);

/* Fills *sock (netns apart) from the payload of a DIAG_SOCKET. Returns 0, or -EBADMSG where the payload is too short
 * for an inet_diag_msg or of a foreign family. A broken attribute ends the attributes; what came before it counts. */
int diag_parse_socket(const uint8_t *payload, size_t length, uint8_t protocol, struct shawk_sock *sock);

#endif
