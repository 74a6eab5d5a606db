/* SPDX-License-Identifier: Apache-2.0 */
#include "diag_parse.h"
#include "nl_parse.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <netinet/in.h>
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
    ATTR_ULP_INFO = 19,
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

/* As tcp_info, so mptcp_info. */
enum {
    MPTCP_SUBFLOWS = 0, /* besides the first one */
    MPTCP_FLAGS = 8,
    MPTCP_TOKEN = 12,
    MPTCP_BYTES_RETRANS = 48,
    MPTCP_BYTES_SENT = 56,
    MPTCP_BYTES_RECEIVED = 64,
    MPTCP_BYTES_ACKED = 72,
    MPTCP_SUBFLOWS_TOTAL = 80,
};

enum {
    ULP_NAME = 1,
    ULP_MPTCP = 3,
    SUBFLOW_TOKEN_REMOTE = 1,
    SUBFLOW_TOKEN_LOCAL = 2,
    SUBFLOW_FLAGS = 8,
    SUBFLOW_ID_REMOTE = 9,
    SUBFLOW_ID_LOCAL = 10,
};

#define STATE_LISTEN 10

static void parse_info_base(const uint8_t *info, struct shawk_sock *sock) {
    sock->ca_state = info[INFO_CA_STATE];
    sock->rto_us = nl_u32(info + INFO_RTO);
    sock->snd_mss = nl_u32(info + INFO_SND_MSS);
    sock->rcv_mss = nl_u32(info + INFO_RCV_MSS);
    sock->unacked = nl_u32(info + INFO_UNACKED);
    sock->lost = nl_u32(info + INFO_LOST);
    sock->retrans_out = nl_u32(info + INFO_RETRANS);
    sock->last_data_sent_ms = nl_u32(info + INFO_LAST_DATA_SENT);
    sock->last_data_recv_ms = nl_u32(info + INFO_LAST_DATA_RECV);
    sock->last_ack_recv_ms = nl_u32(info + INFO_LAST_ACK_RECV);
    sock->rtt_us = nl_u32(info + INFO_RTT);
    sock->rttvar_us = nl_u32(info + INFO_RTTVAR);
    sock->snd_ssthresh = nl_u32(info + INFO_SND_SSTHRESH);
    sock->snd_cwnd = nl_u32(info + INFO_SND_CWND);
    sock->total_retrans = nl_u32(info + INFO_TOTAL_RETRANS);
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
        sock->pacing_rate = nl_u64(info + INFO_PACING_RATE);
        sock->present |= SHAWK_HAS_PACING;
    }
    if (length >= INFO_BYTES_RECEIVED + 8) {
        sock->bytes_acked = nl_u64(info + INFO_BYTES_ACKED);
        sock->bytes_received = nl_u64(info + INFO_BYTES_RECEIVED);
        sock->present |= SHAWK_HAS_BYTES;
    }
    if (length >= INFO_SEGS_IN + 4) {
        sock->segs_out = nl_u32(info + INFO_SEGS_OUT);
        sock->segs_in = nl_u32(info + INFO_SEGS_IN);
        sock->present |= SHAWK_HAS_SEGS;
    }
    if (length >= INFO_DATA_SEGS_OUT + 4) {
        sock->notsent_bytes = nl_u32(info + INFO_NOTSENT_BYTES);
        sock->min_rtt_us = nl_u32(info + INFO_MIN_RTT);
        sock->data_segs_in = nl_u32(info + INFO_DATA_SEGS_IN);
        sock->data_segs_out = nl_u32(info + INFO_DATA_SEGS_OUT);
        sock->present |= SHAWK_HAS_MIN_RTT;
    }
    if (length >= INFO_DELIVERY_RATE + 8) {
        sock->delivery_rate = nl_u64(info + INFO_DELIVERY_RATE);
        sock->app_limited = app_limited(info[INFO_FLAGS]);
        sock->present |= SHAWK_HAS_DELIVERY;
    }
    if (length >= INFO_SNDBUF_LIMITED + 8) {
        sock->busy_us = nl_u64(info + INFO_BUSY_TIME);
        sock->rwnd_limited_us = nl_u64(info + INFO_RWND_LIMITED);
        sock->sndbuf_limited_us = nl_u64(info + INFO_SNDBUF_LIMITED);
        sock->present |= SHAWK_HAS_LIMITS;
    }
    if (length >= INFO_BYTES_RETRANS + 8) {
        sock->bytes_sent = nl_u64(info + INFO_BYTES_SENT);
        sock->bytes_retrans = nl_u64(info + INFO_BYTES_RETRANS);
        sock->present |= SHAWK_HAS_BYTES_SENT;
    }
    if (length >= INFO_SND_WND + 4) {
        sock->snd_wnd = nl_u32(info + INFO_SND_WND);
        sock->present |= SHAWK_HAS_SND_WND;
    }
}

/* An array of u32 in the order of SK_MEMINFO_*; the ninth word, drops, came with Linux 4.7. */
static void parse_meminfo(const uint8_t *words, size_t length, struct shawk_sock *sock) {
    if (length < MEMINFO_DROPS * 4) {
        return;
    }
    sock->rmem = nl_u32(words);
    sock->rcvbuf = nl_u32(words + 4);
    sock->wmem = nl_u32(words + 8);
    sock->sndbuf = nl_u32(words + 12);
    sock->fwd_alloc = nl_u32(words + 16);
    sock->wmem_queued = nl_u32(words + 20);
    sock->optmem = nl_u32(words + 24);
    sock->backlog = nl_u32(words + 28);
    sock->present |= SHAWK_HAS_MEMINFO;
    if (length >= MEMINFO_WORDS * 4) {
        sock->drops = nl_u32(words + 4 * MEMINFO_DROPS);
        sock->present |= SHAWK_HAS_DROPS;
    }
}

/* A connection has its first subflow besides those that mptcp_info counted before Linux 6.5. */
static void count_subflows(const uint8_t *info, size_t length, struct shawk_sock *sock) {
    unsigned int all = info[MPTCP_SUBFLOWS] + 1U;
    sock->mptcp_subflows = length > MPTCP_SUBFLOWS_TOTAL ? info[MPTCP_SUBFLOWS_TOTAL] : (uint8_t)(all & 0xffU);
    sock->present |= SHAWK_HAS_MPTCP_COUNT;
}

static void parse_mptcp_info(const uint8_t *info, size_t length, struct shawk_sock *sock) {
    if (length < MPTCP_TOKEN + 4) {
        return;
    }
    sock->mptcp_flags = nl_u32(info + MPTCP_FLAGS);
    sock->mptcp_token = nl_u32(info + MPTCP_TOKEN);
    sock->present |= SHAWK_HAS_MPTCP;
    if (sock->state != STATE_LISTEN) {
        count_subflows(info, length, sock);
    }
    if (length >= MPTCP_BYTES_ACKED + 8 && sock->state != STATE_LISTEN) {
        sock->bytes_acked = nl_u64(info + MPTCP_BYTES_ACKED);
        sock->bytes_received = nl_u64(info + MPTCP_BYTES_RECEIVED);
        sock->bytes_sent = nl_u64(info + MPTCP_BYTES_SENT);
        sock->bytes_retrans = nl_u64(info + MPTCP_BYTES_RETRANS);
        sock->present |= SHAWK_HAS_BYTES | SHAWK_HAS_BYTES_SENT;
    }
}

static void parse_subflow(const struct nl_attribute *nest, struct shawk_sock *sock) {
    struct nl_attribute attribute;
    size_t offset = 0;
    while (nl_parse_attribute(nest->value, nest->length, &offset, &attribute)) {
        const uint8_t *value = attribute.value;
        if (attribute.type == SUBFLOW_TOKEN_REMOTE && attribute.length >= 4) {
            sock->mptcp_remote_token = nl_u32(value);
        } else if (attribute.type == SUBFLOW_TOKEN_LOCAL && attribute.length >= 4) {
            sock->mptcp_token = nl_u32(value);
        } else if (attribute.type == SUBFLOW_FLAGS && attribute.length >= 4) {
            sock->mptcp_flags = nl_u32(value);
        } else if (attribute.type == SUBFLOW_ID_REMOTE && attribute.length >= 1) {
            sock->mptcp_remote_id = value[0];
        } else if (attribute.type == SUBFLOW_ID_LOCAL && attribute.length >= 1) {
            sock->mptcp_local_id = value[0];
        }
    }
    sock->present |= SHAWK_HAS_MPTCP;
}

/* The name comes first; a subflow that listens, or may not be looked at, has nothing else. */
static void parse_ulp(const uint8_t *nest, size_t length, struct shawk_sock *sock) {
    static const char mptcp[] = "mptcp";
    struct nl_attribute attribute;
    size_t offset = 0;
    while (nl_parse_attribute(nest, length, &offset, &attribute)) {
        if (attribute.type == ULP_MPTCP) {
            sock->mptcp = SHAWK_MPTCP_SUBFLOW;
            parse_subflow(&attribute, sock);
        } else if (attribute.type == ULP_NAME && attribute.length == sizeof(mptcp) &&
                   memcmp(attribute.value, mptcp, sizeof(mptcp)) == 0) {
            sock->mptcp = SHAWK_MPTCP_SUBFLOW;
        }
    }
}

static void parse_attribute(uint32_t type, const uint8_t *value, size_t length, struct shawk_sock *sock) {
    switch (type) {
    case ATTR_INFO:
        if (sock->mptcp == SHAWK_MPTCP_SOCKET) {
            parse_mptcp_info(value, length, sock);
        } else {
            parse_info(value, length, sock);
        }
        break;
    case ATTR_ULP_INFO:
        if (sock->mptcp != SHAWK_MPTCP_SOCKET) {
            parse_ulp(value, length, sock);
        }
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
            sock->mark = nl_u32(value);
            sock->present |= SHAWK_HAS_MARK;
        }
        break;
    case ATTR_CGROUP_ID:
        if (length >= 8) {
            sock->cgroup_id = nl_u64(value);
            sock->present |= SHAWK_HAS_CGROUP;
        }
        break;
    default:
        break;
    }
}

static void parse_base(const struct inet_diag_msg *diag, uint16_t protocol, struct shawk_sock *sock) {
    size_t width = diag->idiag_family == AF_INET ? 4 : 16;
    memcpy(sock->laddr, diag->id.idiag_src, width);
    memcpy(sock->raddr, diag->id.idiag_dst, width);
    sock->lport = ntohs(diag->id.idiag_sport);
    sock->rport = ntohs(diag->id.idiag_dport);
    sock->family = diag->idiag_family;
    sock->protocol = protocol == SHAWK_IPPROTO_MPTCP ? IPPROTO_TCP : (uint8_t)protocol;
    sock->mptcp = protocol == SHAWK_IPPROTO_MPTCP ? SHAWK_MPTCP_SOCKET : SHAWK_MPTCP_NONE;
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

int diag_parse_socket(const uint8_t *payload, size_t length, uint16_t protocol, struct shawk_sock *sock) {
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
    struct nl_attribute attribute;
    while (nl_parse_attribute(payload, length, &offset, &attribute)) {
        parse_attribute(attribute.type, attribute.value, attribute.length, sock);
    }
    return 0;
}
