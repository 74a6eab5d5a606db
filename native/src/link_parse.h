/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of RTM_NEWLINK messages: total over any bytes, no system call, no global. */
#ifndef SHAWK_LINK_PARSE_H
#define SHAWK_LINK_PARSE_H

#include "shawk.h"

/* Fills *link (netns apart) from the payload of a message. Returns 0, or -EBADMSG where it is too short. A broken
 * attribute ends the attributes; what came before it counts. */
int link_parse(const uint8_t *payload, size_t length, struct shawk_link *link);

#endif
