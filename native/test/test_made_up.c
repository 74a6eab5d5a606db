/* SPDX-License-Identifier: Apache-2.0 */
/* Plain files in the shape of procfs, for what the real one cannot be made to show. */
#include "harness.h"

#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SELF_NETNS 4026531840ULL
#define LISTENER "   0: 0100007F:%04X 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 %u 1 0\n"
#define HEADING "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"

static char root[512];

/* The path below the tree's root; good until the next but seven. */
__attribute__((format(printf, 1, 2))) static const char *at(const char *format, ...) {
    static char paths[8][1024];
    static unsigned next;
    char *path = paths[next++ % 8];
    int used = snprintf(path, sizeof(paths[0]), "%s/", root);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(path + used, sizeof(paths[0]) - (size_t)used, format, arguments);
    va_end(arguments);
    return path;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    NEED(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void start_tree(void) {
    (void)snprintf(root, sizeof(root), "%s/proc", scratch);
    NEED(mkdir(root, 0755) == 0);
    NEED(mkdir(at("net"), 0755) == 0 && mkdir(at("self"), 0755) == 0 && mkdir(at("self/ns"), 0755) == 0);
    NEED(mkdir(at("sys"), 0755) == 0 && mkdir(at("sys/net"), 0755) == 0 && mkdir(at("sys/net/ipv4"), 0755) == 0);
    NEED(symlink("net:[4026531840]", at("self/ns/net")) == 0);
    write_file(at("sys/net/ipv4/ip_local_port_range"), "1024\t2047\n");
    write_file(at("net/tcp"), HEADING);
    write_file(at("net/udp"), HEADING);
}

static void add_process(unsigned pid, const char *comm, unsigned long start, const char *netns) {
    char text[512];
    NEED(mkdir(at("%u", pid), 0755) == 0 && mkdir(at("%u/fd", pid), 0755) == 0 && mkdir(at("%u/ns", pid), 0755) == 0);
    NEED(mkdir(at("%u/task", pid), 0755) == 0);
    NEED(symlink(netns, at("%u/ns/net", pid)) == 0);
    (void)snprintf(text, sizeof(text), "%u (%s) S 1 %u 3 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 %lu 9 9\n", pid, comm, pid,
                   start);
    write_file(at("%u/stat", pid), text);
}

static void add_descriptor(unsigned pid, unsigned fd, const char *link) {
    NEED(symlink(link, at("%u/fd/%u", pid, fd)) == 0);
}

static void add_thread_descriptor(unsigned pid, unsigned tid, unsigned fd, const char *link) {
    (void)mkdir(at("%u/task/%u", pid, tid), 0755);
    (void)mkdir(at("%u/task/%u/fd", pid, tid), 0755);
    NEED(symlink(link, at("%u/task/%u/fd/%u", pid, tid, fd)) == 0);
}

static void append_listener(const char *path, unsigned port, unsigned inode) {
    FILE *file = fopen(path, "ab");
    NEED(file != NULL && fprintf(file, LISTENER, port, inode) > 0 && fclose(file) == 0);
}

static struct sampled sample_tree(void) {
    return sample_open(root, at("no-names"), SHAWK_SOCKETS_PROC, SHAWK_NETNS_ALL, 0);
}

static void hostile_names_and_several_holders(void) {
    start_tree();
    append_listener(at("net/tcp"), 80, 1001);
    append_listener(at("net/tcp"), 81, 1002);
    add_process(10, ") R 1 2 3 4 (", 777, "net:[4026531840]");
    add_process(11, "new\nline\xff\x80", 778, "net:[4026531840]");
    add_descriptor(10, 3, "socket:[1001]");
    add_descriptor(10, 4, "socket:[1001]");
    add_descriptor(11, 3, "socket:[1001]");
    add_descriptor(11, 9, "socket:[1002]");
    add_descriptor(11, 10, "/tmp/socket:[1002]");
    add_descriptor(11, 11, "socket:[99999999999999]");
    struct sampled s = sample_tree();
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(COUNT(s.control, SOCKETS), 2);
    CHECK_EQUAL(COUNT(s.control, PROCESSES), 2);
    CHECK_EQUAL(COUNT(s.control, HOLDERS), 3);
    CHECK_EQUAL(s.control.processes_seen, 2);
    CHECK_EQUAL(s.control.processes_hidden, 0);
    struct shawk_sock *first = find_port(&s, SELF_NETNS, 80, 10);
    CHECK(count_holders(&s, first) == 2 && is_held_by(&s, first, 10) && is_held_by(&s, first, 11));
    CHECK(is_held_by(&s, find_port(&s, SELF_NETNS, 81, 10), 11));
    for (uint32_t i = 0; i < COUNT(s.control, PROCESSES); i++) {
        const struct shawk_process *process = &s.processes[i];
        CHECK(memcmp(process->comm, process->pid == 10 ? ") R 1 2 3 4 (\0\0" : "new\nline\xff\x80\0\0\0\0\0", 16) == 0);
        CHECK_EQUAL(process->start, process->pid == 10 ? 777 : 778);
        CHECK(process->ppid == 1 && process->pgid == process->pid && process->netns == SELF_NETNS);
    }
    CHECK(s.spaces[0].port_low == 1024 && s.spaces[0].port_high == 2047);
    sample_close(&s);
}

static void threads_with_other_tables(void) {
    start_tree();
    append_listener(at("net/tcp"), 80, 1001);
    append_listener(at("net/tcp"), 81, 1002);
    add_process(10, "leaderless", 1, "net:[4026531840]");
    add_thread_descriptor(10, 11, 3, "socket:[1001]");
    add_process(20, "own-table", 1, "net:[4026531840]");
    add_descriptor(20, 3, "socket:[1001]");
    add_thread_descriptor(20, 21, 3, "socket:[1002]");
    add_thread_descriptor(20, 22, 3, "socket:[1001]");
    struct sampled s = sample_tree();
    struct shawk_sock *first = find_port(&s, SELF_NETNS, 80, 10);
    struct shawk_sock *second = find_port(&s, SELF_NETNS, 81, 10);
    CHECK(count_holders(&s, first) == 2 && is_held_by(&s, first, 10) && is_held_by(&s, first, 20));
    CHECK(count_holders(&s, second) == 1 && is_held_by(&s, second, 20));
    sample_close(&s);
}

/* No stat: the process has gone after its descriptors were read. A table that is no folder: nothing to be read. */
static void processes_that_vanish(void) {
    start_tree();
    append_listener(at("net/tcp"), 80, 1001);
    add_process(10, "gone", 1, "net:[4026531840]");
    add_descriptor(10, 3, "socket:[1001]");
    NEED(unlink(at("10/stat")) == 0);
    add_process(11, "torn", 1, "net:[4026531840]");
    add_descriptor(11, 3, "socket:[1001]");
    write_file(at("11/stat"), "11 (torn) S 1");
    add_process(12, "odd", 1, "net:[4026531840]");
    NEED(rmdir(at("12/fd")) == 0);
    write_file(at("12/fd"), "");
    NEED(mkdir(at("13"), 0755) == 0);
    write_file(at("14"), "");
    struct sampled s = sample_tree();
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(COUNT(s.control, SOCKETS), 1);
    CHECK_EQUAL(COUNT(s.control, HOLDERS), 0);
    CHECK_EQUAL(COUNT(s.control, PROCESSES), 0);
    CHECK_EQUAL(s.control.processes_denied, 0);
    sample_close(&s);
}

static void hundred_thousand_descriptors(void) {
    start_tree();
    append_listener(at("net/tcp"), 80, 1001);
    add_process(10, "many", 1, "net:[4026531840]");
    for (unsigned fd = 0; fd < 100000; fd++) {
        add_descriptor(10, fd, fd == 99999 ? "socket:[1001]" : "pipe:[1001]");
    }
    struct sampled s = sample_tree();
    CHECK_EQUAL(COUNT(s.control, HOLDERS), 1);
    CHECK(is_held_by(&s, find_port(&s, SELF_NETNS, 80, 10), 10));
    sample_close(&s);
}

static void broken_tables(void) {
    start_tree();
    append_listener(at("net/tcp"), 80, 1001);
    FILE *file = fopen(at("net/tcp"), "ab");
    NEED(file != NULL && fputs("garbage\n\n   9: 0100007F\n", file) >= 0 && fclose(file) == 0);
    append_listener(at("net/tcp"), 81, 1002);
    file = fopen(at("net/tcp"), "ab");
    NEED(file != NULL && fputs("   7: 0100007F:0052 0000", file) >= 0 && fclose(file) == 0); /* no end of line */
    struct sampled s = sample_tree();
    CHECK_EQUAL(COUNT(s.control, SOCKETS), 2);
    CHECK_EQUAL(s.control.malformed, 3);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_TCP4], 0);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_TCP6], ENOENT); /* no such file: IPv6 is off */
    CHECK_EQUAL(s.control.errors[SHAWK_PART_UDP6], ENOENT);
    sample_close(&s);
}

/* Longer than any line of procfs: given up, not read without bound. */
static void endless_line(void) {
    start_tree();
    FILE *file = fopen(at("net/tcp"), "ab");
    NEED(file != NULL);
    for (int i = 0; i < 300000; i++) {
        (void)fputc('7', file);
    }
    NEED(fclose(file) == 0);
    struct sampled s = sample_tree();
    CHECK_EQUAL(s.result, 0);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_TCP4], EMSGSIZE);
    sample_close(&s);
}

static void other_namespaces_by_their_processes(void) {
    start_tree();
    append_listener(at("net/tcp"), 80, 1001);
    add_process(10, "here", 1, "net:[4026531840]");
    add_process(20, "there", 1, "net:[5]");
    NEED(mkdir(at("20/net"), 0755) == 0);
    write_file(at("20/net/tcp"), HEADING);
    append_listener(at("20/net/tcp"), 80, 1001);
    append_listener(at("20/net/tcp"), 90, 2001);
    add_descriptor(20, 0, "socket:[2001]");
    add_process(30, "odd", 1, "mnt:[5]");
    add_process(40, "nowhere", 1, "net:[6]");
    struct sampled s = sample_tree();
    CHECK(find_netns(&s, 5) != NULL && find_netns(&s, 5)->error == 0 && find_netns(&s, 5)->pid == 20);
    CHECK_EQUAL(find_netns(&s, 5)->unread, 1U << SHAWK_PART_TCP6 | 1U << SHAWK_PART_UDP4 | 1U << SHAWK_PART_UDP6);
    CHECK_EQUAL(find_netns(&s, 4026531840)->unread, 1U << SHAWK_PART_TCP6 | 1U << SHAWK_PART_UDP6);
    CHECK(find_netns(&s, 6) == NULL); /* nothing left to enter it by */
    CHECK(is_held_by(&s, find_port(&s, 5, 90, 10), 20));
    CHECK_EQUAL(COUNT(s.control, SOCKETS), 3);
    sample_close(&s);

    s = sample_open(root, at("no-names"), SHAWK_SOCKETS_PROC, SHAWK_NETNS_INODE, 5);
    CHECK(s.result == 0 && COUNT(s.control, SOCKETS) == 2 && COUNT(s.control, NAMESPACES) == 1);
    CHECK_EQUAL(s.control.errors[SHAWK_PART_TCP6], ENOENT);
    sample_close(&s);
    s = sample_open(root, at("no-names"), SHAWK_SOCKETS_PROC, SHAWK_NETNS_SELF, 0);
    CHECK(s.result == 0 && COUNT(s.control, SOCKETS) == 1 && COUNT(s.control, NAMESPACES) == 1);
    sample_close(&s);
}

/* A made-up tree of processes with the real kernel's sockets: no descriptor of it fits, and nothing breaks. */
static void made_up_processes_real_sockets(void) {
    start_tree();
    uint16_t port = 0;
    int fd = listen_any(&port);
    struct stat status;
    NEED(fstat(fd, &status) == 0);
    char link[64];
    (void)snprintf(link, sizeof(link), "socket:[%lu]", status.st_ino);
    add_process(10, "owner", 1, "net:[4026531840]");
    add_descriptor(10, 3, link);
    struct sampled s = sample_open(root, at("no-names"), SHAWK_SOCKETS_DIAG, SHAWK_NETNS_SELF, 0);
    CHECK_EQUAL(s.result, 0);
    CHECK(is_held_by(&s, find_port(&s, SELF_NETNS, port, 10), 10));
    sample_close(&s);
}

void test_made_up(void) {
    run("hostile_names_and_several_holders", hostile_names_and_several_holders);
    run("threads_with_other_tables", threads_with_other_tables);
    run("processes_that_vanish", processes_that_vanish);
    run("hundred_thousand_descriptors", hundred_thousand_descriptors);
    run("broken_tables", broken_tables);
    run("endless_line", endless_line);
    run("other_namespaces_by_their_processes", other_namespaces_by_their_processes);
    run("made_up_processes_real_sockets", made_up_processes_real_sockets);
}
