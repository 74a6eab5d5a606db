/* SPDX-License-Identifier: Apache-2.0 */
#include "link_parse.h"
#include "nl_parse.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

/* Offsets in struct rtnl_link_stats64, which has only ever grown at its end. */
enum {
    STATS_RX_PACKETS = 0,
    STATS_TX_PACKETS = 8,
    STATS_RX_BYTES = 16,
    STATS_TX_BYTES = 24,
    STATS_RX_ERRORS = 32,
    STATS_TX_ERRORS = 40,
    STATS_RX_DROPPED = 48,
    STATS_TX_DROPPED = 56,
};

static void parse_stats(const uint8_t *stats, struct shawk_link *link) {
    link->rx_packets = nl_u64(stats + STATS_RX_PACKETS);
    link->tx_packets = nl_u64(stats + STATS_TX_PACKETS);
    link->rx_bytes = nl_u64(stats + STATS_RX_BYTES);
    link->tx_bytes = nl_u64(stats + STATS_TX_BYTES);
    link->rx_errors = nl_u64(stats + STATS_RX_ERRORS);
    link->tx_errors = nl_u64(stats + STATS_TX_ERRORS);
    link->rx_dropped = nl_u64(stats + STATS_RX_DROPPED);
    link->tx_dropped = nl_u64(stats + STATS_TX_DROPPED);
}

static void parse_word(const struct nl_attribute *attribute, uint32_t *out) {
    if (attribute->length >= 4) {
        *out = nl_u32(attribute->value);
    }
}

static void parse_attribute(const struct nl_attribute *attribute, struct shawk_link *link) {
    switch (attribute->type) {
    case IFLA_IFNAME: {
        size_t most = attribute->length < sizeof(link->name) ? attribute->length : sizeof(link->name);
        memset(link->name, 0, sizeof(link->name));
        memcpy(link->name, attribute->value, strnlen((const char *)attribute->value, most));
        break;
    }
    case IFLA_MTU:
        parse_word(attribute, &link->mtu);
        break;
    case IFLA_LINK:
        parse_word(attribute, &link->lower);
        break;
    case IFLA_MASTER:
        parse_word(attribute, &link->master);
        break;
    case IFLA_OPERSTATE:
        link->operstate = attribute->length >= 1 ? attribute->value[0] : 0;
        break;
    case IFLA_STATS64:
        if (attribute->length >= STATS_TX_DROPPED + 8) {
            parse_stats(attribute->value, link);
        }
        break;
    default:
        break;
    }
}

int link_parse(const uint8_t *payload, size_t length, struct shawk_link *link) {
    struct ifinfomsg info;
    memset(link, 0, sizeof(*link));
    if (length < sizeof(info)) {
        return -EBADMSG;
    }
    memcpy(&info, payload, sizeof(info));
    link->ifindex = (uint32_t)info.ifi_index;
    link->flags = info.ifi_flags;
    link->type = info.ifi_type;
    size_t offset = NLMSG_ALIGN(sizeof(info));
    struct nl_attribute attribute;
    while (nl_parse_attribute(payload, length, &offset, &attribute)) {
        parse_attribute(&attribute, link);
    }
    return 0;
}
