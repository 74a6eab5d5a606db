/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded messages against what ss printed for them; then the same messages cut, bent and mutated. */
#include "diag_parse.h"
#include "nl_parse.h"
#include "harness.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
    const char *name;
    uint8_t protocol;
    int sockets;
} recordings[] = {{"tcp4", IPPROTO_TCP, 13},
                  {"tcp6", IPPROTO_TCP, 7},
                  {"udp4", IPPROTO_UDP, 5},
                  {"udp6", IPPROTO_UDP, 2}};

#define RECORDINGS (sizeof(recordings) / sizeof(recordings[0]))

static uint8_t *read_recording(size_t i, size_t *length) {
    char path[64];
    (void)snprintf(path, sizeof(path), "netlink/%s.bin", recordings[i].name);
    return read_fixture(path, length);
}

static const char *state_name(const struct shawk_sock *sock) {
    static const char *const names[] = {"",          "ESTAB",    "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2",
                                        "TIME-WAIT", "UNCONN",   "CLOSE-WAIT", "LAST-ACK", "LISTEN",   "CLOSING"};
    return names[sock->state < 12 ? sock->state : 0];
}

/* The number behind `key` in what ss printed, or -1. */
static long long printed(const char *line, const char *key) {
    const char *at = strstr(line, key);
    return at == NULL ? -1 : strtoll(at + strlen(key), NULL, 0);
}

static double printed_ms(const char *line, const char *key) {
    const char *at = strstr(line, key);
    return at == NULL ? -1 : strtod(at + strlen(key), NULL);
}

/* ss leaves out what is 0. */
static void check_printed(const char *line, const char *key, uint64_t value) {
    long long expected = printed(line, key);
    if ((expected == -1 ? 0 : expected) != (long long)value) {
        checks_failed++;
        (void)fprintf(stderr, "%s%llu, but ss: %s\n", key, (unsigned long long)value, line);
    }
}

static void check_ms(const char *line, const char *key, uint32_t us) {
    double expected = printed_ms(line, key);
    double difference = expected - us / 1000.0;
    if (expected >= 0 && (difference > 0.0006 || difference < -0.0006)) {
        checks_failed++;
        (void)fprintf(stderr, "%s%u us, but ss: %s\n", key, us, line);
    }
}

static void check_endpoints(const char *line, const struct shawk_sock *sock) {
    char state[16];
    char local[80];
    char remote[80];
    unsigned receive = 0;
    unsigned send = 0;
    NEED(sscanf(line, "%15s %u %u %79s %79s", state, &receive, &send, local, remote) == 5);
    CHECK(strcmp(state, state_name(sock)) == 0);
    CHECK_EQUAL(sock->rqueue, receive);
    CHECK_EQUAL(sock->wqueue, send);
    CHECK_EQUAL(sock->lport, strtoll(strrchr(local, ':') + 1, NULL, 10));
    CHECK_EQUAL(sock->rport, strcmp(strrchr(remote, ':'), ":*") == 0 ? 0 : strtoll(strrchr(remote, ':') + 1, NULL, 10));
    char address[INET6_ADDRSTRLEN];
    CHECK(inet_ntop(sock->family, sock->laddr, address, sizeof(address)) != NULL);
    /* A dual-stack wildcard is printed as "*". */
    CHECK(strstr(local, address) != NULL || (local[0] == '*' && strcmp(address, "::") == 0));
    CHECK_EQUAL(sock->ifindex != 0, strchr(local, '%') != NULL);
}

static void check_memory(const char *line, const struct shawk_sock *sock) {
    char expected[160] = "skmem:";
    if ((sock->present & SHAWK_HAS_DROPS) != 0) {
        CHECK((sock->present & SHAWK_HAS_MEMINFO) != 0);
        (void)snprintf(expected, sizeof(expected), "skmem:(r%u,rb%u,t%u,tb%u,f%u,w%u,o%u,bl%u,d%u)", sock->rmem,
                       sock->rcvbuf, sock->wmem, sock->sndbuf, sock->fwd_alloc, sock->wmem_queued, sock->optmem,
                       sock->backlog, sock->drops);
        CHECK(strstr(line, expected) != NULL);
    } else {
        CHECK(strstr(line, expected) == NULL);
    }
}

static void check_tcp_info(const char *line, const struct shawk_sock *sock) {
    int live = strstr(line, "cwnd:") != NULL;
    CHECK_EQUAL((sock->present & SHAWK_HAS_INFO) != 0, live);
    CHECK_EQUAL((sock->present & SHAWK_HAS_SND_WND) != 0, live);
    CHECK_EQUAL((sock->present & SHAWK_HAS_CONG) != 0, live);
    if (!live) {
        return;
    }
    char cong[20];
    (void)snprintf(cong, sizeof(cong), " %.16s ", (const char *)sock->cong);
    CHECK(strstr(line, cong) != NULL);
    check_printed(line, " cwnd:", sock->snd_cwnd);
    check_printed(line, " bytes_acked:", sock->bytes_acked);
    check_printed(line, " bytes_received:", sock->bytes_received);
    check_printed(line, " bytes_sent:", sock->bytes_sent);
    check_printed(line, " bytes_retrans:", sock->bytes_retrans);
    check_printed(line, " segs_out:", sock->segs_out);
    check_printed(line, " segs_in:", sock->segs_in);
    check_printed(line, " data_segs_out:", sock->data_segs_out);
    check_printed(line, " data_segs_in:", sock->data_segs_in);
    check_printed(line, " unacked:", sock->unacked);
    check_printed(line, " lost:", sock->lost);
    check_printed(line, " snd_wnd:", sock->snd_wnd);
    if (sock->state == 10) {
        return; /* of a listener ss prints no more */
    }
    check_printed(line, " mss:", sock->snd_mss);
    check_printed(line, " rcvmss:", sock->rcv_mss);
    check_printed(line, " lastsnd:", sock->last_data_sent_ms);
    check_printed(line, " lastrcv:", sock->last_data_recv_ms);
    check_printed(line, " lastack:", sock->last_ack_recv_ms);
    check_printed(line, " rto:", sock->rto_us / 1000);
    check_printed(line, " busy:", sock->busy_us / 1000);
    check_printed(line, " delivery_rate ", sock->delivery_rate * 8);
    CHECK(printed(line, " pacing_rate ") == -1 || printed(line, " pacing_rate ") == (long long)sock->pacing_rate * 8);
    CHECK_EQUAL(sock->app_limited, strstr(line, " app_limited") != NULL);
    check_ms(line, " rtt:", sock->rtt_us);
    check_ms(line, " minrtt:", sock->min_rtt_us);
    const char *variation = strstr(line, " rtt:");
    if (variation != NULL) {
        check_ms(strchr(variation, '/'), "/", sock->rttvar_us);
    }
    unsigned out = 0;
    unsigned total = 0;
    const char *retrans = strstr(line, " retrans:");
    CHECK(retrans == NULL || sscanf(retrans, " retrans:%u/%u", &out, &total) == 2);
    CHECK_EQUAL(sock->retrans_out, out);
    CHECK_EQUAL(sock->total_retrans, total);
}

static void check_timer(const char *line, const struct shawk_sock *sock) {
    static const char *const kinds[] = {"", "timer:(on,", "timer:(keepalive,", "timer:(timewait,", "timer:(persist,"};
    CHECK(sock->timer < 5);
    if (sock->timer == 0) {
        CHECK(strstr(line, "timer:") == NULL);
        return;
    }
    const char *at = strstr(line, kinds[sock->timer]);
    CHECK(at != NULL);
    if (at != NULL && sock->timer == 1) {
        CHECK_EQUAL(sock->timer_ms, printed(line, "timer:(on,"));
        CHECK_EQUAL(sock->retransmits, printed(at + strlen(kinds[1]), ","));
    }
}

static void check_socket(const char *line, const struct shawk_sock *sock) {
    check_endpoints(line, sock);
    check_printed(line, " ino:", sock->inode);
    check_printed(line, " uid:", sock->uid);
    check_printed(line, " fwmark:", sock->mark);
    CHECK((sock->present & (SHAWK_HAS_COOKIE | SHAWK_HAS_INODE | SHAWK_HAS_QUEUES)) ==
          (SHAWK_HAS_COOKIE | SHAWK_HAS_INODE | SHAWK_HAS_QUEUES));
    const char *cookie = strstr(line, " sk:");
    CHECK(cookie != NULL && strtoull(cookie + 4, NULL, 16) == sock->cookie);
    CHECK_EQUAL((sock->present & SHAWK_HAS_CGROUP) != 0, strstr(line, " cgroup:") != NULL);
    CHECK_EQUAL((sock->present & SHAWK_HAS_V6ONLY) != 0, strstr(line, " v6only:") != NULL);
    check_printed(line, " v6only:", sock->v6only);
    check_memory(line, sock);
    check_timer(line, sock);
    if (sock->protocol == IPPROTO_TCP) {
        check_tcp_info(line, sock);
    }
}

static void recording_agrees_with_ss(void) {
    for (size_t i = 0; i < RECORDINGS; i++) {
        char path[64];
        size_t length = 0;
        size_t text_length = 0;
        uint8_t *bytes = read_recording(i, &length);
        (void)snprintf(path, sizeof(path), "netlink/%s.txt", recordings[i].name);
        char *text = (char *)read_fixture(path, &text_length);
        text[text_length - 1] = 0;
        char *rest = NULL;
        char *line = strtok_r(text, "\n", &rest);
        size_t offset = 0;
        int sockets = 0;
        struct nl_message message;
        while (nl_parse_next(bytes, length, &offset, 0, SOCK_DIAG_BY_FAMILY, &message) == NL_RECORD) {
            struct shawk_sock sock;
            CHECK_EQUAL(diag_parse_socket(message.payload, message.length, recordings[i].protocol, &sock), 0);
            NEED(line != NULL);
            check_socket(line, &sock);
            line = strtok_r(NULL, "\n", &rest);
            sockets++;
        }
        CHECK(line == NULL);
        CHECK_EQUAL(sockets, recordings[i].sockets);
        free(text);
        free(bytes);
    }
}

/* Whatever the bytes are: each step goes forward, and a record that comes out holds together. */
static void parse_anything(const uint8_t *bytes, size_t length, int of) {
    uint8_t protocol = (uint8_t)of;
    size_t offset = 0;
    for (;;) {
        size_t before = offset;
        struct nl_message message;
        enum nl_kind kind = nl_parse_next(bytes, length, &offset, 0, SOCK_DIAG_BY_FAMILY, &message);
        if (kind == NL_END || kind == NL_MALFORMED) {
            return;
        }
        NEED(offset > before && offset <= length);
        NEED(message.payload >= bytes + before && message.length <= length - before);
        NEED(message.error >= 0);
        struct shawk_sock sock;
        if (kind == NL_RECORD && diag_parse_socket(message.payload, message.length, protocol, &sock) == 0) {
            NEED(sock.family == AF_INET || sock.family == AF_INET6);
            NEED((sock.present & ~((1ULL << 18U) - 1)) == 0);
            NEED((sock.present & SHAWK_HAS_INFO) != 0 || (sock.present & SHAWK_HAS_PACING) == 0);
        }
    }
}

/* Each byte count from 0 to all of it, in memory of exactly that size. */
static void cut_anywhere(void) {
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        cut_everywhere(bytes, length, parse_anything, recordings[i].protocol);
        free(bytes);
    }
}

/* What an older kernel would have sent: each attribute and tcp_info of every length. */
static void cut_payload_anywhere(void) {
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        size_t offset = 0;
        struct nl_message message;
        while (nl_parse_next(bytes, length, &offset, 0, SOCK_DIAG_BY_FAMILY, &message) == NL_RECORD) {
            for (size_t cut = 0; cut <= message.length; cut++) {
                uint8_t *exact = malloc(cut + (cut == 0));
                struct shawk_sock sock;
                NEED(exact != NULL);
                memcpy(exact, message.payload, cut);
                int result = diag_parse_socket(exact, cut, recordings[i].protocol, &sock);
                CHECK_EQUAL(result, cut < 72 ? -EBADMSG : 0);
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
        bend_lengths(bytes, length, parse_anything, recordings[i].protocol);
        free(bytes);
    }
}

static void random_mutations(void) {
    uint64_t state = 0x5368617775ULL;
    for (size_t i = 0; i < RECORDINGS; i++) {
        size_t length = 0;
        uint8_t *bytes = read_recording(i, &length);
        flip_bytes(bytes, length, parse_anything, recordings[i].protocol, 20000, &state);
        free(bytes);
    }
}

/* A message of one inet_diag_msg and one attribute of `length` bytes, each 0x11. */
static struct shawk_sock with_attribute(uint16_t type, uint16_t length) {
    uint8_t payload[72 + 4 + 512];
    memset(payload, 0, 72);
    payload[0] = AF_INET;
    uint16_t whole = (uint16_t)(length + 4);
    memcpy(payload + 72, &whole, 2);
    memcpy(payload + 74, &type, 2);
    memset(payload + 76, 0x11, length);
    struct shawk_sock sock;
    CHECK_EQUAL(diag_parse_socket(payload, 76U + length, IPPROTO_TCP, &sock), 0);
    return sock;
}

/* The lengths that tcp_info had in 2.6, 3.15, 4.1 .. 5.4, and one byte less. */
static void tcp_info_of_older_kernels(void) {
    static const struct {
        uint16_t length;
        uint64_t adds;
    } ages[] = {{104, SHAWK_HAS_INFO},      {112, SHAWK_HAS_PACING},     {136, SHAWK_HAS_BYTES},
                {144, SHAWK_HAS_SEGS},      {160, SHAWK_HAS_MIN_RTT},    {168, SHAWK_HAS_DELIVERY},
                {192, SHAWK_HAS_LIMITS},    {216, SHAWK_HAS_BYTES_SENT}, {232, SHAWK_HAS_SND_WND}};
    uint64_t base = SHAWK_HAS_COOKIE | SHAWK_HAS_INODE | SHAWK_HAS_QUEUES;
    uint64_t present = base;
    for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
        CHECK(with_attribute(2, (uint16_t)(ages[i].length - 1)).present == present);
        present |= ages[i].adds;
        CHECK(with_attribute(2, ages[i].length).present == present);
    }
    CHECK(with_attribute(2, 400).present == present); /* a kernel to come */
    CHECK_EQUAL(with_attribute(2, 215).bytes_sent, 0);
    CHECK_EQUAL(with_attribute(2, 232).snd_wnd, 0x11111111);
    CHECK(with_attribute(7, 32).present == (base | SHAWK_HAS_MEMINFO));
    CHECK(with_attribute(7, 36).present == (base | SHAWK_HAS_MEMINFO | SHAWK_HAS_DROPS));
    CHECK(with_attribute(7, 31).present == base);
    CHECK(with_attribute(15, 3).present == base);
    CHECK(with_attribute(21, 7).present == base);
    CHECK(with_attribute(11, 0).present == base);
    CHECK_EQUAL(with_attribute(4, 40).cong[15], 0x11); /* an overlong name is cut, not written beyond */
    CHECK_EQUAL(with_attribute(4, 3).cong[3], 0);
}

static enum nl_kind kind_of(uint16_t type, uint32_t sequence, const void *payload, size_t length,
                              struct nl_message *message) {
    uint8_t bytes[128] = {0};
    struct nlmsghdr header = {.nlmsg_len = (uint32_t)(16 + length), .nlmsg_type = type, .nlmsg_seq = sequence};
    memcpy(bytes, &header, sizeof(header));
    if (length > 0) {
        memcpy(bytes + 16, payload, length);
    }
    size_t offset = 0;
    return nl_parse_next(bytes, 16 + length, &offset, 7, SOCK_DIAG_BY_FAMILY, message);
}

static void ends_and_errors(void) {
    struct nl_message message;
    int32_t none = 0;
    int32_t enoent = -ENOENT;
    int32_t lowest = INT32_MIN;
    CHECK_EQUAL(kind_of(NLMSG_DONE, 7, &none, 4, &message), NL_DONE);
    CHECK_EQUAL(message.error, 0);
    CHECK_EQUAL(kind_of(NLMSG_DONE, 7, NULL, 0, &message), NL_DONE);
    CHECK_EQUAL(kind_of(NLMSG_DONE, 7, &enoent, 4, &message), NL_DONE);
    CHECK_EQUAL(message.error, ENOENT);
    CHECK_EQUAL(kind_of(NLMSG_ERROR, 7, &enoent, 4, &message), NL_FAILED);
    CHECK_EQUAL(message.error, ENOENT);
    CHECK_EQUAL(kind_of(NLMSG_ERROR, 7, &lowest, 4, &message), NL_FAILED);
    CHECK_EQUAL(message.error, EPROTO);
    CHECK_EQUAL(kind_of(NLMSG_ERROR, 7, &enoent, 3, &message), NL_MALFORMED);
    CHECK_EQUAL(kind_of(NLMSG_ERROR, 8, &enoent, 4, &message), NL_OTHER);
    CHECK_EQUAL(kind_of(20, 7, &enoent, 4, &message), NL_RECORD);
    CHECK_EQUAL(kind_of(21, 7, &enoent, 4, &message), NL_OTHER);
}

void test_diag_parse(void) {
    run("recording_agrees_with_ss", recording_agrees_with_ss);
    run("cut_anywhere", cut_anywhere);
    run("cut_payload_anywhere", cut_payload_anywhere);
    run("bent_lengths", bent_lengths);
    run("random_mutations", random_mutations);
    run("tcp_info_of_older_kernels", tcp_info_of_older_kernels);
    run("ends_and_errors", ends_and_errors);
}
