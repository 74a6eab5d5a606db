/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded messages of MPTCP, unix sockets, conntrack and interfaces against what ss, conntrack and ip printed; then
 * the same messages cut, bent and mutated. */
#include "diag_parse.h"
#include "harness.h"
#include "link_parse.h"
#include "nl_parse.h"
#include "proc_parse.h"
#include "translation_parse.h"
#include "unix_parse.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define CT_NEW 0x100

enum kind { MPTCP, TCP, UNIX, CONNTRACK, LINKS };

static const struct {
    const char *name;
    uint16_t type;
    enum kind kind;
    int records;
} recordings[] = {{"mptcp4", SOCK_DIAG_BY_FAMILY, MPTCP, 4},       {"mptcp6", SOCK_DIAG_BY_FAMILY, MPTCP, 3},
                  {"subflows4", SOCK_DIAG_BY_FAMILY, TCP, 10},     {"unix", SOCK_DIAG_BY_FAMILY, UNIX, 10},
                  {"conntrack", CT_NEW, CONNTRACK, 11}, {"links", RTM_NEWLINK, LINKS, 4}};
#define RECORDINGS (sizeof(recordings) / sizeof(recordings[0]))

static uint8_t *read_recording(size_t index, size_t *length) {
    char path[64];
    (void)snprintf(path, sizeof(path), "netlink/%s.bin", recordings[index].name);
    return read_fixture(path, length);
}

union record {
    struct shawk_sock sock;
    struct shawk_unix unix_sock;
    struct shawk_translation translation;
    struct shawk_link link;
};

static int parse(enum kind kind, const uint8_t *payload, size_t length, union record *record) {
    switch (kind) {
    case MPTCP:
        return diag_parse_socket(payload, length, SHAWK_IPPROTO_MPTCP, &record->sock);
    case TCP:
        return diag_parse_socket(payload, length, IPPROTO_TCP, &record->sock);
    case UNIX:
        return unix_parse(payload, length, &record->unix_sock);
    case CONNTRACK:
        return translation_parse(payload, length, &record->translation);
    default:
        return link_parse(payload, length, &record->link);
    }
}

/* Whether the tool has a line with all of `parts`, which stand in it in that order. */
static int has_line(const char *text, const char *const *parts) {
    for (const char *line = text; line != NULL && *line != 0; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *end = strchrnul(line, '\n');
        const char *at = line;
        size_t found = 0;
        while (parts[found] != NULL && at != NULL) {
            at = memmem(at, (size_t)(end - at), parts[found], strlen(parts[found]));
            at = at != NULL ? at + strlen(parts[found++]) : NULL;
        }
        if (at != NULL && parts[found] == NULL) {
            return 1;
        }
    }
    return 0;
}

#define CHECK_LINE(text, ...)                                                                                          \
    do {                                                                                                               \
        const char *const parts_[] = {__VA_ARGS__, NULL};                                                              \
        if (!has_line(text, parts_)) {                                                                                 \
            checks_failed++;                                                                                           \
            (void)fprintf(stderr, "%s:%d: no line with '%s' '%s' ...\n", __FILE__, __LINE__, parts_[0], parts_[1]);    \
        }                                                                                                              \
    } while (0)

/* `prefix`, then the number, then a blank. */
static const char *number(char out[64], const char *prefix, uint64_t value) {
    (void)snprintf(out, 64, "%s%llu ", prefix, (unsigned long long)value);
    return out;
}

static void check_mptcp(const char *text, const struct shawk_sock *sock) {
    char ports[64];
    char inode[64];
    char cookie[64];
    char token[64];
    (void)snprintf(ports, sizeof(ports), ":%u", sock->lport);
    (void)snprintf(inode, sizeof(inode), "ino:%u ", sock->inode);
    (void)snprintf(cookie, sizeof(cookie), "sk:%llx ", (unsigned long long)sock->cookie);
    (void)snprintf(token, sizeof(token), "token:%x ", sock->mptcp_token);
    CHECK_LINE(text, ports, inode, cookie, (sock->mptcp_flags & 1U) != 0 ? "fallback" : "<->",
               sock->state == 10 ? "" : token);
    CHECK_EQUAL(sock->mptcp, SHAWK_MPTCP_SOCKET);
    CHECK_EQUAL(sock->protocol, IPPROTO_TCP);
    CHECK((sock->present & SHAWK_HAS_MPTCP) != 0 && (sock->present & SHAWK_HAS_INFO) == 0);
    int second = strstr(text, "subflows:1") != NULL && (sock->mptcp_flags & 1U) == 0;
    CHECK_EQUAL(sock->mptcp_subflows, sock->state == 10 ? 0 : second ? 2 : 1);
}

static void check_tcp(const char *text, const struct shawk_sock *sock) {
    char inode[64];
    char cookie[64];
    char token[64];
    (void)snprintf(inode, sizeof(inode), "ino:%u ", sock->inode);
    (void)snprintf(cookie, sizeof(cookie), "sk:%llx", (unsigned long long)sock->cookie);
    (void)snprintf(token, sizeof(token), "token:%.4x(id:%u)/%.4x(id:%u)", sock->mptcp_remote_token,
                   sock->mptcp_remote_id, sock->mptcp_token, sock->mptcp_local_id);
    if (sock->mptcp == SHAWK_MPTCP_NONE) {
        const char *const parts[] = {cookie, "tcp-ulp-mptcp", NULL};
        CHECK_LINE(text, inode, cookie);
        CHECK(!has_line(text, parts));
    } else if (sock->state == 10) {
        CHECK_LINE(text, inode, cookie, "tcp-ulp-mptcp");
        CHECK_EQUAL(sock->mptcp_token, 0);
    } else {
        CHECK_LINE(text, inode, cookie, "tcp-ulp-mptcp", token);
    }
}

static void check_unix(const char *text, const struct shawk_unix *sock) {
    static const char *const types[] = {"", "u_str", "u_dgr", "", "", "u_seq"};
    char queues[64];
    char name[128];
    char ends[64];
    (void)snprintf(queues, sizeof(queues), " %s %-6u %-6u ",
                   sock->state == 10 ? "LISTEN" : sock->state == 7 ? "UNCONN" : "ESTAB ", sock->rqueue, sock->wqueue);
    memset(name, 0, sizeof(name));
    for (int i = 0; i < sock->name_len; i++) {
        name[i] = sock->name[i] == 0 ? '@' : (char)sock->name[i];
    }
    (void)snprintf(ends, sizeof(ends), " %u * %u ", sock->inode, sock->peer);
    CHECK_LINE(text, types[sock->type], queues, sock->name_len == 0 ? "*" : name, ends);
    CHECK((sock->present & SHAWK_UNIX_HAS_NAME) != 0 || sock->name_len == 0);
    if ((sock->present & SHAWK_UNIX_HAS_VFS) != 0) {
        char file[64];
        CHECK_LINE(text, ends, number(file, "ino:", sock->vfs_inode));
        CHECK_EQUAL(sock->name[0], '/');
    }
}

static void check_translation(const char *text, const struct shawk_translation *entry) {
    char ends[4][INET6_ADDRSTRLEN];
    char original[256];
    char reply[256];
    const uint8_t *const addresses[] = {entry->orig_src, entry->orig_dst, entry->reply_src, entry->reply_dst};
    for (int i = 0; i < 4; i++) {
        NEED(inet_ntop(entry->family, addresses[i], ends[i], sizeof(ends[i])) != NULL);
    }
    (void)snprintf(original, sizeof(original), "src=%s dst=%s sport=%u dport=%u ", ends[0], ends[1], entry->orig_sport,
                   entry->orig_dport);
    (void)snprintf(reply, sizeof(reply), "src=%s dst=%s sport=%u dport=%u ", ends[2], ends[3], entry->reply_sport,
                   entry->reply_dport);
    CHECK_LINE(text, entry->protocol == IPPROTO_TCP ? "tcp" : "udp", original, reply);
    int mirrored = strcmp(ends[0], ends[3]) == 0 && strcmp(ends[1], ends[2]) == 0 &&
                   entry->orig_sport == entry->reply_dport && entry->orig_dport == entry->reply_sport;
    CHECK_EQUAL((entry->status & (SHAWK_SOURCE_TRANSLATED | SHAWK_DESTINATION_TRANSLATED)) == 0, mirrored);
}

static void check_link(const char *text, const struct shawk_link *link) {
    char name[64];
    char mtu[64];
    char received[64];
    char sent[64];
    (void)snprintf(name, sizeof(name), "%u: %.16s", link->ifindex, (const char *)link->name);
    (void)snprintf(received, sizeof(received), "%llu", (unsigned long long)link->rx_bytes);
    (void)snprintf(sent, sizeof(sent), "%llu", (unsigned long long)link->tx_bytes);
    char packets[64];
    CHECK_LINE(text, name, number(mtu, "mtu ", link->mtu), link->master != 0 ? "master br0" : "state", "RX:",
               received, number(packets, " ", link->rx_packets), "TX:", sent);
    CHECK_LINE(text, name, "TX:", sent, number(packets, " ", link->tx_packets));
    CHECK((link->flags & 1U) == 1);
    CHECK_EQUAL(link->type, link->ifindex == 1 ? 772 : 1);
    CHECK_EQUAL(link->operstate, link->ifindex == 1 ? 0 : 6);
    CHECK(link->lower == 0 || strchr("v", link->name[0]) != NULL);
}

static void check_record(enum kind kind, const char *text, const union record *record) {
    switch (kind) {
    case MPTCP:
        check_mptcp(text, &record->sock);
        break;
    case TCP:
        check_tcp(text, &record->sock);
        break;
    case UNIX:
        check_unix(text, &record->unix_sock);
        break;
    case CONNTRACK:
        check_translation(text, &record->translation);
        break;
    default:
        check_link(text, &record->link);
        break;
    }
}

static int count_lines(const char *text) {
    int lines = 0;
    for (const char *at = text; *at != 0; at++) {
        lines += *at == '\n';
    }
    return lines;
}

static void recordings_agree_with_the_tools(void) {
    for (size_t i = 0; i < RECORDINGS; i++) {
        char path[64];
        size_t length = 0;
        size_t text_length = 0;
        uint8_t *bytes = read_recording(i, &length);
        (void)snprintf(path, sizeof(path), "netlink/%s.txt", recordings[i].name);
        char *text = (char *)read_fixture(path, &text_length);
        NEED(text[text_length - 1] == '\n');
        text[text_length - 1] = 0;
        size_t offset = 0;
        int records = 0;
        int unused = 0;
        struct nl_message message;
        while (nl_parse_next(bytes, length, &offset, 0, recordings[i].type, &message) == NL_RECORD) {
            union record record;
            int result = parse(recordings[i].kind, message.payload, message.length, &record);
            if (recordings[i].kind == CONNTRACK && result == 0) {
                unused++;
            } else {
                CHECK_EQUAL(result, recordings[i].kind == CONNTRACK);
                check_record(recordings[i].kind, text, &record);
            }
            records++;
        }
        CHECK_EQUAL(records, recordings[i].records);
        CHECK_EQUAL(records, count_lines(text) + 1);
        CHECK_EQUAL(unused, recordings[i].kind == CONNTRACK ? 1 : 0); /* what is neither TCP nor UDP */
        free(text);
        free(bytes);
    }
}

/* Whatever the bytes are: each step goes forward, and a record that comes out holds together. */
static void parse_anything(const uint8_t *bytes, size_t length, int recording) {
    size_t offset = 0;
    for (;;) {
        size_t before = offset;
        struct nl_message message;
        enum nl_kind kind = nl_parse_next(bytes, length, &offset, 0, recordings[recording].type, &message);
        if (kind == NL_END || kind == NL_MALFORMED) {
            return;
        }
        NEED(offset > before && offset <= length);
        union record record;
        if (kind != NL_RECORD || parse(recordings[recording].kind, message.payload, message.length, &record) < 0) {
            continue;
        }
        if (recordings[recording].kind == UNIX) {
            NEED(record.unix_sock.name_len <= sizeof(record.unix_sock.name));
        }
        if (recordings[recording].kind == MPTCP) {
            NEED(record.sock.mptcp == SHAWK_MPTCP_SOCKET && (record.sock.present & SHAWK_HAS_INFO) == 0);
        }
    }
}

static void cut_anywhere(void) {
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        cut_everywhere(bytes, length, parse_anything, (int)i);
        free(bytes);
    }
}

/* What an older kernel would have sent: each payload of every length. */
static void cut_payload_anywhere(void) {
    static const size_t heads[] = {[MPTCP] = 72, [TCP] = 72, [UNIX] = 16, [CONNTRACK] = 4, [LINKS] = 16};
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        size_t offset = 0;
        struct nl_message message;
        while (nl_parse_next(bytes, length, &offset, 0, recordings[i].type, &message) == NL_RECORD) {
            for (size_t cut = 0; cut <= message.length; cut++) {
                uint8_t *exact = malloc(cut + (cut == 0));
                union record record;
                NEED(exact != NULL);
                memcpy(exact, message.payload, cut);
                int result = parse(recordings[i].kind, exact, cut, &record);
                CHECK_EQUAL(result < 0, cut < heads[recordings[i].kind]);
                free(exact);
            }
        }
        free(bytes);
    }
}

static void bent_lengths(void) {
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        bend_lengths(bytes, length, parse_anything, (int)i);
        free(bytes);
    }
}

static void random_mutations(void) {
    uint64_t state = 0x6d70746370ULL;
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        flip_bytes(bytes, length, parse_anything, (int)i, 10000, &state);
        free(bytes);
    }
}

/* mptcp_info of 5.7, with its counters of 6.5, and of a kernel to come. */
static void mptcp_info_of_older_kernels(void) {
    for (uint16_t length = 0; length <= 200; length++) {
        uint8_t payload[72 + 4 + 200];
        memset(payload, 0, 72);
        payload[0] = AF_INET;
        payload[1] = 1;
        uint16_t header[] = {(uint16_t)(length + 4), 2};
        memcpy(payload + 72, header, sizeof(header));
        memset(payload + 76, 3, length);
        struct shawk_sock sock;
        CHECK_EQUAL(diag_parse_socket(payload, 76U + length, SHAWK_IPPROTO_MPTCP, &sock), 0);
        CHECK_EQUAL((sock.present & SHAWK_HAS_MPTCP) != 0, length >= 16);
        CHECK_EQUAL((sock.present & SHAWK_HAS_BYTES) != 0, length >= 80);
        CHECK_EQUAL(sock.mptcp_subflows, length > 80 ? 3 : length >= 16 ? 4 : 0);
    }
}

static void protocols_are_counted(void) {
    static const char text[] = "protocol  size sockets  memory press maxhdr\n"
                               "MPTCPv6   2064      7      92   no       0\n"
                               "MPTCP     1936     13      92   no       0\n"
                               "UDP       1472     -1       2   NI       0";
    CHECK_EQUAL(proc_parse_protocol(text, sizeof(text) - 1, "MPTCP"), 13);
    CHECK_EQUAL(proc_parse_protocol(text, sizeof(text) - 1, "MPTCPv6"), 7);
    CHECK_EQUAL(proc_parse_protocol(text, sizeof(text) - 1, "UDP"), 0);
    CHECK_EQUAL(proc_parse_protocol(text, sizeof(text) - 1, "TCP"), 0);
    for (size_t cut = 0; cut < sizeof(text); cut++) {
        char *exact = malloc(cut + (cut == 0));
        NEED(exact != NULL);
        memcpy(exact, text, cut);
        CHECK(proc_parse_protocol(exact, cut, "MPTCP") <= 13);
        free(exact);
    }
}

void test_netlink_parse(void) {
    run("recordings_agree_with_the_tools", recordings_agree_with_the_tools);
    run("netlink_cut_anywhere", cut_anywhere);
    run("netlink_cut_payload_anywhere", cut_payload_anywhere);
    run("netlink_bent_lengths", bent_lengths);
    run("netlink_random_mutations", random_mutations);
    run("mptcp_info_of_older_kernels", mptcp_info_of_older_kernels);
    run("protocols_are_counted", protocols_are_counted);
}
