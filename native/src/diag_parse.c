/* SPDX-License-Identifier: Apache-2.0 */
#include "diag_parse.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <string.h>
#include <sys/socket.h>

/* Attribute numbers and tcp_info offsets are the kernel's ABI; they are spelled out because the headers of the machine
 * that compiles may be older than the kernel of the machine that runs. */
enum {
    ATTR_INFO = 2,
    ATTR_CONG = 4,
    ATTR_SKMEMINFO = 7,
    ATTR_SKV6ONLY = 11,
    ATTR_MARK = 15,
    ATTR_CGROUP_ID = 21,
};

enum {
    MEMINFO_DROPS = 8,
    MEMINFO_WORDS = 9,
};

/* tcp_info has only ever grown at its end, so its length says which fields the kernel knows. */
enum {
    INFO_CA_STATE = 1,
    INFO_FLAGS = 7,
    INFO_RTO = 8,
    INFO_SND_MSS = 16,
    INFO_RCV_MSS = 20,
    INFO_UNACKED = 24,
    INFO_LOST = 32,
    INFO_RETRANS = 36,
    INFO_LAST_DATA_SENT = 44,
    INFO_LAST_DATA_RECV = 52,
    INFO_LAST_ACK_RECV = 56,
    INFO_RTT = 68,
    INFO_RTTVAR = 72,
    INFO_SND_SSTHRESH = 76,
    INFO_SND_CWND = 80,
    INFO_TOTAL_RETRANS = 100,
    INFO_PACING_RATE = 104,
    INFO_BYTES_ACKED = 120,
    INFO_BYTES_RECEIVED = 128,
    INFO_SEGS_OUT = 136,
    INFO_SEGS_IN = 140,
    INFO_NOTSENT_BYTES = 144,
    INFO_MIN_RTT = 148,
    INFO_DATA_SEGS_IN = 152,
    INFO_DATA_SEGS_OUT = 156,
    INFO_DELIVERY_RATE = 160,
    INFO_BUSY_TIME = 168,
    INFO_RWND_LIMITED = 176,
    INFO_SNDBUF_LIMITED = 184,
    INFO_BYTES_SENT = 200,
    INFO_BYTES_RETRANS = 208,
    INFO_SND_WND = 228,
};

static uint32_t read_u32(const uint8_t *bytes) {
    uint32_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

static uint64_t read_u64(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

static int negated(int32_t error) {
    return error == INT32_MIN ? EPROTO : error < 0 ? -error : error;
}

enum diag_kind diag_parse_next(const uint8_t *buffer, size_t length, size_t *offset, uint32_t sequence,
                               struct diag_message *message) {
    *message = (struct diag_message){0};
    if (*offset >= length) {
        return DIAG_END;
    }
    size_t remaining = length - *offset;
    struct nlmsghdr header;
    if (remaining < sizeof(header)) {
        return DIAG_MALFORMED;
    }
    memcpy(&header, buffer + *offset, sizeof(header));
    if (header.nlmsg_len < sizeof(header) || header.nlmsg_len > remaining) {
        return DIAG_MALFORMED;
    }
    message->payload = buffer + *offset + sizeof(header);
    message->length = header.nlmsg_len - sizeof(header);
    message->interrupted = (header.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
    size_t step = NLMSG_ALIGN((size_t)header.nlmsg_len);
    *offset += step < remaining ? step : remaining;

    if (sequence != 0 && header.nlmsg_seq != sequence) {
        return DIAG_OTHER; /* left over from a dump that was given up */
    }
    switch (header.nlmsg_type) {
    case NLMSG_DONE:
        if (message->length >= sizeof(int32_t)) {
            int32_t error = (int32_t)read_u32(message->payload);
            message->error = error < 0 ? negated(error) : 0;
        }
        return DIAG_DONE;
    case NLMSG_ERROR:
        if (message->length < sizeof(int32_t)) {
            return DIAG_MALFORMED;
        }
        message->error = negated((int32_t)read_u32(message->payload));
        return DIAG_FAILED;
    case SOCK_DIAG_BY_FAMILY:
        return DIAG_SOCKET;
    default:
        return DIAG_OTHER;
    }
}

static void parse_info_base(const uint8_t *info, struct shawk_sock *sock) {
    sock->ca_state = info[INFO_CA_STATE];
    sock->rto_us = read_u32(info + INFO_RTO);
    sock->snd_mss = read_u32(info + INFO_SND_MSS);
    sock->rcv_mss = read_u32(info + INFO_RCV_MSS);
    sock->unacked = read_u32(info + INFO_UNACKED);
    sock->lost = read_u32(info + INFO_LOST);
    sock->retrans_out = read_u32(info + INFO_RETRANS);
    sock->last_data_sent_ms = read_u32(info + INFO_LAST_DATA_SENT);
    sock->last_data_recv_ms = read_u32(info + INFO_LAST_DATA_RECV);
    sock->last_ack_recv_ms = read_u32(info + INFO_LAST_ACK_RECV);
    sock->rtt_us = read_u32(info + INFO_RTT);
    sock->rttvar_us = read_u32(info + INFO_RTTVAR);
    sock->snd_ssthresh = read_u32(info + INFO_SND_SSTHRESH);
    sock->snd_cwnd = read_u32(info + INFO_SND_CWND);
    sock->total_retrans = read_u32(info + INFO_TOTAL_RETRANS);
    sock->present |= SHAWK_HAS_INFO;
}

static uint8_t app_limited(uint8_t flags) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return flags & 1U; /* the first bit field of its byte */
#else
    return flags >> 7U;
#endif
}

static void parse_info(const uint8_t *info, size_t length, struct shawk_sock *sock) {
    if (length < INFO_TOTAL_RETRANS + 4) {
        return;
    }
    parse_info_base(info, sock);
    if (length >= INFO_PACING_RATE + 8) {
        sock->pacing_rate = read_u64(info + INFO_PACING_RATE);
        sock->present |= SHAWK_HAS_PACING;
    }
    if (length >= INFO_BYTES_RECEIVED + 8) {
        sock->bytes_acked = read_u64(info + INFO_BYTES_ACKED);
        sock->bytes_received = read_u64(info + INFO_BYTES_RECEIVED);
        sock->present |= SHAWK_HAS_BYTES;
    }
    if (length >= INFO_SEGS_IN + 4) {
        sock->segs_out = read_u32(info + INFO_SEGS_OUT);
        sock->segs_in = read_u32(info + INFO_SEGS_IN);
        sock->present |= SHAWK_HAS_SEGS;
    }
    if (length >= INFO_DATA_SEGS_OUT + 4) {
        sock->notsent_bytes = read_u32(info + INFO_NOTSENT_BYTES);
        sock->min_rtt_us = read_u32(info + INFO_MIN_RTT);
        sock->data_segs_in = read_u32(info + INFO_DATA_SEGS_IN);
        sock->data_segs_out = read_u32(info + INFO_DATA_SEGS_OUT);
        sock->present |= SHAWK_HAS_MIN_RTT;
    }
    if (length >= INFO_DELIVERY_RATE + 8) {
        sock->delivery_rate = read_u64(info + INFO_DELIVERY_RATE);
        sock->app_limited = app_limited(info[INFO_FLAGS]);
        sock->present |= SHAWK_HAS_DELIVERY;
    }
    if (length >= INFO_SNDBUF_LIMITED + 8) {
        sock->busy_us = read_u64(info + INFO_BUSY_TIME);
        sock->rwnd_limited_us = read_u64(info + INFO_RWND_LIMITED);
        sock->sndbuf_limited_us = read_u64(info + INFO_SNDBUF_LIMITED);
        sock->present |= SHAWK_HAS_LIMITS;
    }
    if (length >= INFO_BYTES_RETRANS + 8) {
        sock->bytes_sent = read_u64(info + INFO_BYTES_SENT);
        sock->bytes_retrans = read_u64(info + INFO_BYTES_RETRANS);
        sock->present |= SHAWK_HAS_BYTES_SENT;
    }
    if (length >= INFO_SND_WND + 4) {
        sock->snd_wnd = read_u32(info + INFO_SND_WND);
        sock->present |= SHAWK_HAS_SND_WND;
    }
}

/* An array of u32 in the order of SK_MEMINFO_*; the ninth word, drops, came with Linux 4.7. */
static void parse_meminfo(const uint8_t *words, size_t length, struct shawk_sock *sock) {
    if (length < MEMINFO_DROPS * 4) {
        return;
    }
    sock->rmem = read_u32(words);
    sock->rcvbuf = read_u32(words + 4);
    sock->wmem = read_u32(words + 8);
    sock->sndbuf = read_u32(words + 12);
    sock->fwd_alloc = read_u32(words + 16);
    sock->wmem_queued = read_u32(words + 20);
    sock->optmem = read_u32(words + 24);
    sock->backlog = read_u32(words + 28);
    sock->present |= SHAWK_HAS_MEMINFO;
    if (length >= MEMINFO_WORDS * 4) {
        sock->drops = read_u32(words + 4 * MEMINFO_DROPS);
        sock->present |= SHAWK_HAS_DROPS;
    }
}

static void parse_attribute(uint32_t type, const uint8_t *value, size_t length, struct shawk_sock *sock) {
    switch (type) {
    case ATTR_INFO:
        parse_info(value, length, sock);
        break;
    case ATTR_SKMEMINFO:
        parse_meminfo(value, length, sock);
        break;
    case ATTR_CONG:
        length = length < sizeof(sock->cong) ? length : sizeof(sock->cong);
        memset(sock->cong, 0, sizeof(sock->cong));
        memcpy(sock->cong, value, strnlen((const char *)value, length));
        sock->present |= SHAWK_HAS_CONG;
        break;
    case ATTR_SKV6ONLY:
        if (length >= 1) {
            sock->v6only = value[0];
            sock->present |= SHAWK_HAS_V6ONLY;
        }
        break;
    case ATTR_MARK:
        if (length >= 4) {
            sock->mark = read_u32(value);
            sock->present |= SHAWK_HAS_MARK;
        }
        break;
    case ATTR_CGROUP_ID:
        if (length >= 8) {
            sock->cgroup_id = read_u64(value);
            sock->present |= SHAWK_HAS_CGROUP;
        }
        break;
    default:
        break;
    }
}

static void parse_base(const struct inet_diag_msg *diag, uint8_t protocol, struct shawk_sock *sock) {
    size_t width = diag->idiag_family == AF_INET ? 4 : 16;
    memcpy(sock->laddr, diag->id.idiag_src, width);
    memcpy(sock->raddr, diag->id.idiag_dst, width);
    sock->lport = ntohs(diag->id.idiag_sport);
    sock->rport = ntohs(diag->id.idiag_dport);
    sock->family = diag->idiag_family;
    sock->protocol = protocol;
    sock->state = diag->idiag_state;
    sock->timer = diag->idiag_timer;
    sock->timer_ms = diag->idiag_expires;
    sock->retransmits = diag->idiag_retrans;
    sock->ifindex = diag->id.idiag_if;
    sock->uid = diag->idiag_uid;
    sock->inode = diag->idiag_inode;
    sock->rqueue = diag->idiag_rqueue;
    sock->wqueue = diag->idiag_wqueue;
    sock->present = SHAWK_HAS_INODE | SHAWK_HAS_QUEUES;
    /* ~0 in both words says "no cookie" (INET_DIAG_NOCOOKIE). */
    if (diag->id.idiag_cookie[0] != UINT32_MAX || diag->id.idiag_cookie[1] != UINT32_MAX) {
        sock->cookie = (uint64_t)diag->id.idiag_cookie[1] << 32U | diag->id.idiag_cookie[0];
        sock->present |= SHAWK_HAS_COOKIE;
    }
}

int diag_parse_socket(const uint8_t *payload, size_t length, uint8_t protocol, struct shawk_sock *sock) {
    struct inet_diag_msg diag;
    memset(sock, 0, sizeof(*sock));
    if (length < sizeof(diag)) {
        return -EBADMSG;
    }
    memcpy(&diag, payload, sizeof(diag));
    if (diag.idiag_family != AF_INET && diag.idiag_family != AF_INET6) {
        return -EBADMSG;
    }
    parse_base(&diag, protocol, sock);

    size_t offset = NLMSG_ALIGN(sizeof(diag));
    while (offset < length && length - offset >= sizeof(struct nlattr)) {
        struct nlattr attribute;
        memcpy(&attribute, payload + offset, sizeof(attribute));
        if (attribute.nla_len < sizeof(attribute) || attribute.nla_len > length - offset) {
            break;
        }
        parse_attribute(attribute.nla_type & 0x3fffU /* flags apart */, payload + offset + sizeof(attribute),
                        attribute.nla_len - sizeof(attribute), sock);
        offset += (attribute.nla_len + 3U) & ~(size_t)3U; /* attributes are aligned to 4 bytes */
    }
    return 0;
}
