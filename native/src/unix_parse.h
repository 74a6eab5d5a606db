/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of unix_diag messages: total over any bytes, no system call, no global. */
#ifndef SHAWK_UNIX_PARSE_H
#define SHAWK_UNIX_PARSE_H

#include "shawk.h"

/* Fills *sock (netns apart) from the payload of a message. Returns 0, or -EBADMSG where it is none of unix_diag. A
 * broken attribute ends the attributes; what came before it counts. */
int unix_parse(const uint8_t *payload, size_t length, struct shawk_unix *sock);

#endif
