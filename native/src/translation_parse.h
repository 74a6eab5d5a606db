/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of ctnetlink messages: total over any bytes, no system call, no global. */
#ifndef SHAWK_TRANSLATION_PARSE_H
#define SHAWK_TRANSLATION_PARSE_H

#include "shawk.h"

/* IPS_SRC_NAT, IPS_DST_NAT of shawk_translation.status. */
#define SHAWK_SOURCE_TRANSLATED 0x10U
#define SHAWK_DESTINATION_TRANSLATED 0x20U

/* Fills *translation (netns apart) from the payload of an IPCTNL_MSG_CT_NEW. Returns 1, 0 where the entry is of no use
 * (neither TCP nor UDP, or one direction is missing), or -EBADMSG where it is too short. Whether it translates is said
 * by status. */
int translation_parse(const uint8_t *payload, size_t length, struct shawk_translation *translation);

#endif
