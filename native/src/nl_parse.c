/* SPDX-License-Identifier: Apache-2.0 */
#include "nl_parse.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>

uint16_t nl_u16(const uint8_t *bytes) {
    uint16_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

uint32_t nl_u32(const uint8_t *bytes) {
    uint32_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

uint64_t nl_u64(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

static int negated(int32_t error) {
    return error == INT32_MIN ? EPROTO : error < 0 ? -error : error;
}

enum nl_kind nl_parse_next(const uint8_t *buffer, size_t length, size_t *offset, uint32_t sequence, uint16_t type,
                           struct nl_message *message) {
    *message = (struct nl_message){0};
    if (*offset >= length) {
        return NL_END;
    }
    size_t remaining = length - *offset;
    struct nlmsghdr header;
    if (remaining < sizeof(header)) {
        return NL_MALFORMED;
    }
    memcpy(&header, buffer + *offset, sizeof(header));
    if (header.nlmsg_len < sizeof(header) || header.nlmsg_len > remaining) {
        return NL_MALFORMED;
    }
    message->payload = buffer + *offset + sizeof(header);
    message->length = header.nlmsg_len - sizeof(header);
    message->interrupted = (header.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
    size_t step = NLMSG_ALIGN((size_t)header.nlmsg_len);
    *offset += step < remaining ? step : remaining;

    if (sequence != 0 && header.nlmsg_seq != sequence) {
        return NL_OTHER; /* left over from a dump that was given up */
    }
    switch (header.nlmsg_type) {
    case NLMSG_DONE:
        if (message->length >= sizeof(int32_t)) {
            int32_t error = (int32_t)nl_u32(message->payload);
            message->error = error < 0 ? negated(error) : 0;
        }
        return NL_DONE;
    case NLMSG_ERROR:
        if (message->length < sizeof(int32_t)) {
            return NL_MALFORMED;
        }
        message->error = negated((int32_t)nl_u32(message->payload));
        return NL_FAILED;
    default:
        return header.nlmsg_type == type ? NL_RECORD : NL_OTHER;
    }
}

int nl_parse_attribute(const uint8_t *bytes, size_t length, size_t *offset, struct nl_attribute *attribute) {
    struct nlattr header;
    if (*offset >= length || length - *offset < sizeof(header)) {
        return 0;
    }
    memcpy(&header, bytes + *offset, sizeof(header));
    if (header.nla_len < sizeof(header) || header.nla_len > length - *offset) {
        return 0;
    }
    attribute->type = header.nla_type & 0x3fffU;
    attribute->value = bytes + *offset + sizeof(header);
    attribute->length = header.nla_len - sizeof(header);
    *offset += (header.nla_len + 3U) & ~(size_t)3U; /* attributes are aligned to 4 bytes */
    return 1;
}
