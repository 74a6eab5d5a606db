/* SPDX-License-Identifier: Apache-2.0 */
#include "translation_parse.h"
#include "nl_parse.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <string.h>

/* One direction of an entry. */
struct tuple {
    uint8_t src[16];
    uint8_t dst[16];
    uint16_t sport;
    uint16_t dport;
    uint8_t protocol;
    uint8_t has_src; /* the length of the address, 0: missing */
    uint8_t has_dst;
};

static void parse_address(const struct nl_attribute *attribute, uint8_t address[16], uint8_t *has) {
    size_t width = attribute->type == CTA_IP_V4_SRC || attribute->type == CTA_IP_V4_DST ? 4 : 16;
    if (attribute->length >= width) {
        memset(address, 0, 16);
        memcpy(address, attribute->value, width);
        *has = (uint8_t)width;
    }
}

static void parse_addresses(const struct nl_attribute *nest, struct tuple *tuple) {
    struct nl_attribute attribute;
    size_t offset = 0;
    while (nl_parse_attribute(nest->value, nest->length, &offset, &attribute)) {
        if (attribute.type == CTA_IP_V4_SRC || attribute.type == CTA_IP_V6_SRC) {
            parse_address(&attribute, tuple->src, &tuple->has_src);
        } else if (attribute.type == CTA_IP_V4_DST || attribute.type == CTA_IP_V6_DST) {
            parse_address(&attribute, tuple->dst, &tuple->has_dst);
        }
    }
}

static void parse_ports(const struct nl_attribute *nest, struct tuple *tuple) {
    struct nl_attribute attribute;
    size_t offset = 0;
    while (nl_parse_attribute(nest->value, nest->length, &offset, &attribute)) {
        if (attribute.type == CTA_PROTO_NUM && attribute.length >= 1) {
            tuple->protocol = attribute.value[0];
        } else if (attribute.type == CTA_PROTO_SRC_PORT && attribute.length >= 2) {
            tuple->sport = ntohs(nl_u16(attribute.value));
        } else if (attribute.type == CTA_PROTO_DST_PORT && attribute.length >= 2) {
            tuple->dport = ntohs(nl_u16(attribute.value));
        }
    }
}

static void parse_tuple(const struct nl_attribute *nest, struct tuple *tuple) {
    struct nl_attribute attribute;
    size_t offset = 0;
    while (nl_parse_attribute(nest->value, nest->length, &offset, &attribute)) {
        if (attribute.type == CTA_TUPLE_IP) {
            parse_addresses(&attribute, tuple);
        } else if (attribute.type == CTA_TUPLE_PROTO) {
            parse_ports(&attribute, tuple);
        }
    }
}

static int is_whole(const struct tuple *tuple, uint8_t width) {
    return tuple->has_src == width && tuple->has_dst == width &&
           (tuple->protocol == IPPROTO_TCP || tuple->protocol == IPPROTO_UDP);
}

static void join_tuples(const struct tuple *original, const struct tuple *reply, struct shawk_translation *out) {
    memcpy(out->orig_src, original->src, sizeof(out->orig_src));
    memcpy(out->orig_dst, original->dst, sizeof(out->orig_dst));
    memcpy(out->reply_src, reply->src, sizeof(out->reply_src));
    memcpy(out->reply_dst, reply->dst, sizeof(out->reply_dst));
    out->orig_sport = original->sport;
    out->orig_dport = original->dport;
    out->reply_sport = reply->sport;
    out->reply_dport = reply->dport;
    out->protocol = original->protocol;
    out->family = original->has_src == 4 ? AF_INET : AF_INET6;
}

int translation_parse(const uint8_t *payload, size_t length, struct shawk_translation *translation) {
    memset(translation, 0, sizeof(*translation));
    if (length < sizeof(struct nfgenmsg)) {
        return -EBADMSG;
    }
    struct tuple original = {0};
    struct tuple reply = {0};
    struct nl_attribute attribute;
    size_t offset = NLMSG_ALIGN(sizeof(struct nfgenmsg));
    while (nl_parse_attribute(payload, length, &offset, &attribute)) {
        if (attribute.type == CTA_TUPLE_ORIG) {
            parse_tuple(&attribute, &original);
        } else if (attribute.type == CTA_TUPLE_REPLY) {
            parse_tuple(&attribute, &reply);
        } else if (attribute.type == CTA_STATUS && attribute.length >= 4) {
            translation->status = ntohl(nl_u32(attribute.value));
        } else if (attribute.type == CTA_ZONE && attribute.length >= 2) {
            translation->zone = ntohs(nl_u16(attribute.value));
        }
    }
    if (original.has_src == 0 || !is_whole(&original, original.has_src) || !is_whole(&reply, original.has_src) ||
        reply.protocol != original.protocol) {
        return 0;
    }
    join_tuples(&original, &reply, translation);
    return 1;
}
