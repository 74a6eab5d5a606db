/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of NETLINK_SOCK_DIAG messages: total over any bytes, no system call, no global. */
#ifndef SHAWK_DIAG_PARSE_H
#define SHAWK_DIAG_PARSE_H

#include "shawk.h"

/* IPPROTO_MPTCP, which older headers lack. */
#define SHAWK_IPPROTO_MPTCP 262
/* Stands in the eight bits of a request that names its protocol by an attribute: no protocol has this number. */
#define NO_PROTOCOL 254

/* Fills *sock (netns apart) from the payload of an answer to a dump of `protocol`. Returns 0, or -EBADMSG where the
 * payload is too short for an inet_diag_msg or of a foreign family. A broken attribute ends the attributes; what came
 * before it counts. */
int diag_parse_socket(const uint8_t *payload, size_t length, uint16_t protocol, struct shawk_sock *sock);

#endif
