/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"
#include "proc_parse.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define AFTER_COMM " S 7 8 9 34816 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654321 1000 200 18446744073709551615 1\n"

static int check_stat(const char *text, size_t length, const char *comm) {
    struct proc_stat stat;
    char *exact = malloc(length + (length == 0));
    NEED(exact != NULL);
    memcpy(exact, text, length);
    int good = proc_parse_stat(exact, length, &stat);
    free(exact);
    if (good && comm != NULL) {
        CHECK(strncmp((const char *)stat.comm, comm, sizeof(stat.comm)) == 0);
        CHECK_EQUAL(stat.state, 'S');
        CHECK_EQUAL(stat.ppid, 7);
        CHECK_EQUAL(stat.pgid, 8);
        CHECK_EQUAL(stat.flags, 4194304);
        CHECK_EQUAL(stat.start, 987654321);
    }
    return good;
}

static void stat_of_hostile_names(void) {
    static const char *const names[] = {"bash", "a b", ") R 1 2 3", "((((", "))))", "new\nline", "\xff\xfe\x80", "",
                                        "fifteen-letters"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char text[256];
        int length = snprintf(text, sizeof(text), "42 (%s)" AFTER_COMM, names[i]);
        CHECK(check_stat(text, (size_t)length, names[i]));
        for (size_t cut = 0; cut < (size_t)length; cut++) {
            (void)check_stat(text, cut, NULL);
        }
    }
    CHECK(!check_stat("", 0, NULL));
    CHECK(!check_stat("42", 2, NULL));
    CHECK(!check_stat("42 )x(", 6, NULL));
    CHECK(!check_stat("42 (x)", 6, NULL));
    CHECK(!check_stat("42 (x) S 99999999999999999999 1", 31, NULL));
}

static void links(void) {
    uint64_t inode = 0;
    CHECK(proc_parse_link("socket:[12345]", 14, "socket", &inode));
    CHECK_EQUAL(inode, 12345);
    CHECK(proc_parse_link("net:[4026531840]", 16, "net", &inode));
    CHECK_EQUAL(inode, 4026531840);
    static const char *const others[] = {"socket:[]", "socket:[12x]", "socket:[12", "socket:12]", "pipe:[12]", "socket",
                                         "", "/dev/null", "socket:[ 12]", "socket:[-1]", "socket:[12] (deleted)",
                                         "socket:[99999999999999999999]", "/tmp/socket:[12]"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        CHECK(!proc_parse_link(others[i], strlen(others[i]), "socket", &inode));
    }
}

static void numbers_of_processes(void) {
    uint32_t pid = 0;
    CHECK(proc_parse_pid("1", &pid) && pid == 1);
    CHECK(proc_parse_pid("4194304", &pid) && pid == 4194304);
    static const char *const others[] = {"", "0", "01", "-1", "1a", "self", ".", "99999999999", "4294967296"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        CHECK(!proc_parse_pid(others[i], &pid));
    }
}

static void port_range(void) {
    uint16_t low = 0;
    uint16_t high = 0;
    CHECK(proc_parse_port_range("32768\t60999\n", 12, &low, &high));
    CHECK_EQUAL(low, 32768);
    CHECK_EQUAL(high, 60999);
    CHECK(!proc_parse_port_range("60999\t32768\n", 12, &low, &high));
    CHECK(!proc_parse_port_range("32768\n", 6, &low, &high));
    CHECK(!proc_parse_port_range("1 65536\n", 8, &low, &high));
    CHECK_EQUAL(low, 32768);
}

static const struct {
    const char *name;
    uint8_t family;
    uint8_t protocol;
    int sockets;
} tables[] = {{"tcp", AF_INET, IPPROTO_TCP, 13},
              {"tcp6", AF_INET6, IPPROTO_TCP, 7},
              {"udp", AF_INET, IPPROTO_UDP, 5},
              {"udp6", AF_INET6, IPPROTO_UDP, 2}};

static long port_of(const char *endpoint) {
    return strtol(strrchr(endpoint, ':') + 1, NULL, 10); /* "*" is 0 */
}

/* The line of what ss printed that has this inode and these ports. */
static const char *find_line(char *const *lines, int count, const struct shawk_sock *sock) {
    char inode[32];
    (void)snprintf(inode, sizeof(inode), " ino:%u ", sock->inode);
    for (int i = 0; i < count; i++) {
        char local[80];
        char remote[80];
        NEED(sscanf(lines[i], "%*s %*s %*s %79s %79s", local, remote) == 2);
        if (strstr(lines[i], inode) != NULL && port_of(local) == sock->lport && port_of(remote) == sock->rport) {
            return lines[i];
        }
    }
    return NULL;
}

static int split_lines(char *text, char **lines, int capacity) {
    char *rest = NULL;
    int count = 0;
    char *line = strtok_r(text, "\n", &rest);
    while (line != NULL && count < capacity) {
        lines[count++] = line;
        line = strtok_r(NULL, "\n", &rest);
    }
    return count;
}

static void check_line(const char *line, size_t table, char *const *expected, int count) {
    struct shawk_sock sock;
    size_t length = strlen(line);
    CHECK(proc_parse_socket(line, length, tables[table].family, tables[table].protocol, 100, &sock));
    const char *ss = find_line(expected, count, &sock);
    CHECK(ss != NULL);
    unsigned receive = 0;
    unsigned send = 0;
    if (ss == NULL || sscanf(ss, "%*s %u %u", &receive, &send) != 2) {
        return;
    }
    CHECK_EQUAL(sock.rqueue, receive);
    CHECK_EQUAL(sock.wqueue, sock.state == 10 ? 0 : send);
    CHECK_EQUAL(sock.timer == 3, strstr(ss, "timer:(timewait") != NULL);
    CHECK_EQUAL(sock.timer == 2, strstr(ss, "timer:(keepalive") != NULL);
    CHECK_EQUAL(sock.uid, strstr(ss, " uid:1000 ") != NULL ? 1000 : 0);
    CHECK_EQUAL((sock.present & SHAWK_HAS_DROPS) != 0, tables[table].protocol == IPPROTO_UDP);
    CHECK_EQUAL(sock.drops, sock.lport == 2005 ? 17 : 0);
    /* Cut anywhere it is a socket or none, but never a read beyond its end. */
    for (size_t cut = 0; cut <= length; cut++) {
        char *exact = malloc(cut + (cut == 0));
        NEED(exact != NULL);
        memcpy(exact, line, cut);
        (void)proc_parse_socket(exact, cut, tables[table].family, tables[table].protocol, 100, &sock);
        free(exact);
    }
}

static void tables_agree_with_ss(void) {
    for (size_t i = 0; i < 4; i++) {
        char path[64];
        char *lines[32];
        char *expected[32];
        size_t length = 0;
        (void)snprintf(path, sizeof(path), "proc/%s.txt", tables[i].name);
        char *text = (char *)read_fixture(path, &length);
        text[length - 1] = 0;
        (void)snprintf(path, sizeof(path), "proc/%s.ss", tables[i].name);
        char *ss = (char *)read_fixture(path, &length);
        ss[length - 1] = 0;
        int count = split_lines(text, lines, 32);
        int expected_count = split_lines(ss, expected, 32);
        CHECK_EQUAL(count - 1, tables[i].sockets);
        CHECK_EQUAL(expected_count, tables[i].sockets);
        for (int line = 1; line < count; line++) {
            check_line(lines[line], i, expected, expected_count);
        }
        free(text);
        free(ss);
    }
}

static void one_line_in_full(void) {
    struct shawk_sock sock;
    static const char line[] = "   2: 010200C0:97FA 630200C0:0050 02 00000001:00000007 01:00000030 00000002  1000"
                               "        0 492132 2 00000000fc229261 100 0 0 10 -1";
    CHECK(proc_parse_socket(line, strlen(line), AF_INET, IPPROTO_TCP, 100, &sock));
    CHECK(memcmp(sock.laddr, "\xc0\x00\x02\x01", 4) == 0 && memcmp(sock.raddr, "\xc0\x00\x02\x63", 4) == 0);
    CHECK_EQUAL(sock.lport, 0x97fa);
    CHECK_EQUAL(sock.rport, 80);
    CHECK_EQUAL(sock.state, 2);
    CHECK_EQUAL(sock.wqueue, 1);
    CHECK_EQUAL(sock.rqueue, 7);
    CHECK_EQUAL(sock.timer, 1);
    CHECK_EQUAL(sock.timer_ms, 480);
    CHECK_EQUAL(sock.retransmits, 2);
    CHECK_EQUAL(sock.uid, 1000);
    CHECK_EQUAL(sock.inode, 492132);
    CHECK(sock.present == (SHAWK_HAS_INODE | SHAWK_HAS_QUEUES));
    CHECK(!proc_parse_socket("  sl  local_address", 19, AF_INET, IPPROTO_TCP, 100, &sock));
    CHECK(sock.present == 0 && sock.lport == 0);
    CHECK(!proc_parse_socket(line, strlen(line), AF_INET6, IPPROTO_TCP, 100, &sock));
}

void test_proc_parse(void) {
    run("stat_of_hostile_names", stat_of_hostile_names);
    run("links", links);
    run("numbers_of_processes", numbers_of_processes);
    run("port_range", port_range);
    run("tables_agree_with_ss", tables_agree_with_ss);
    run("one_line_in_full", one_line_in_full);
}
