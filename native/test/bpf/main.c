/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of libshawk-bpf.so: what it makes of records, and what it does on this kernel. Run as root. */
#include "../check.h"
#include "handle.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int checks_failed;

/* The verifier gives up after a million; a kernel that follows more ways through a program must still have room. Two
 * fifths above what 6.18 counts. */
static const struct {
    const char *name;
    uint32_t budget;
} budgets[] = {
    {"iter/task_file", 9500},        {"iter/sk_storage_map", 9500},         {"inet_sock_set_state", 28500}, {"inet_sock_set_state 2", 28500},
    {"tcp_destroy_sock", 12500},      {"tcp_destroy_sock 2", 12500},   {"tcp_receive_reset", 100},
    {"tcp_receive_reset 2", 100},    {"sched_process_fork", 100},    {"sock_send_length", 8600},
    {"sock_recv_length", 8600},      {"cgroup/sendmsg4", 100},       {"cgroup/sendmsg6", 100},
    {"cgroup/recvmsg4", 100},        {"cgroup/recvmsg6", 100},
};

#define ALL (SHAWK_BPF_LIVING | SHAWK_BPF_TRACE | SHAWK_BPF_FLOWS | SHAWK_BPF_OPENINGS | SHAWK_BPF_UNIX)

static struct shawk_bpf *open_bpf(struct shawk_bpf_options options) {
    struct shawk_bpf *bpf = NULL;
    char why[256];
    options.abi_version = SHAWK_BPF_ABI_VERSION;
    int result = shawk_bpf_open(&options, &bpf, why, sizeof(why));
    if (result != 0) {
        (void)fprintf(stderr, "open: %d %s\n", result, why);
        exit(1);
    }
    return bpf;
}

static uint64_t meter(const struct shawk_living *living, uint32_t id) {
    const struct shawk_meter *meters = living->records[SHAWK_SECTION_METERS];
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_METERS]; i++) {
        if (meters[i].id == id) {
            return meters[i].value;
        }
    }
    NEED(!"a meter");
    return 0;
}

static uint64_t own_netns(void) {
    char link[64];
    ssize_t length = readlink("/proc/self/ns/net", link, sizeof(link) - 1);
    NEED(length > 0);
    link[length] = '\0';
    unsigned long long inode = 0;
    NEED(sscanf(link, "net:[%llu]", &inode) == 1);
    return inode;
}

/* All that a test does is in a network namespace of its own, which is the only one watched. */
static void enter_namespace(void) {
    NEED(unshare(CLONE_NEWNET) == 0);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    NEED(fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &request) == 0);
    close(fd);
}

static void instruction_budgets(void) {
    struct shawk_bpf *bpf = open_bpf((struct shawk_bpf_options){.parts = ALL});
    const struct shawk_living *living;
    CHECK_EQUAL(shawk_bpf_take(bpf, ALL, &living), 0);
    const struct shawk_program *programs = living->records[SHAWK_SECTION_PROGRAMS];
    CHECK_EQUAL(living->counts[SHAWK_SECTION_PROGRAMS], sizeof(budgets) / sizeof(budgets[0]));
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_PROGRAMS]; i++) {
        size_t at = 0;
        while (at < sizeof(budgets) / sizeof(budgets[0]) && strcmp(budgets[at].name, (const char *)programs[i].name) != 0) {
            at++;
        }
        NEED(at < sizeof(budgets) / sizeof(budgets[0]));
        CHECK_EQUAL(programs[i].error, 0);
        NEED(programs[i].instructions > 0);
        if (programs[i].instructions > budgets[at].budget) {
            checks_failed++;
            (void)fprintf(stderr, "%s: %u instructions, budget %u\n", budgets[at].name, programs[i].instructions,
                          budgets[at].budget);
        }
    }
    shawk_bpf_close(bpf);
}

static int listen_any(struct sockaddr_in *address) {
    socklen_t length = sizeof(*address);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    NEED(fd >= 0 && bind(fd, (struct sockaddr *)address, length) == 0 && listen(fd, 64) == 0);
    NEED(getsockname(fd, (struct sockaddr *)address, &length) == 0);
    return fd;
}

/* One connection that is served and closed: 20 bytes there, 10 back. */
static void serve_one(int listener, const struct sockaddr_in *address) {
    char bytes[64] = {0};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    NEED(connect(client, (const struct sockaddr *)address, sizeof(*address)) == 0);
    int server = accept(listener, NULL, NULL);
    NEED(server >= 0 && write(client, bytes, 20) == 20 && read(server, bytes, sizeof(bytes)) == 20);
    NEED(write(server, bytes, 10) == 10 && read(client, bytes, sizeof(bytes)) == 10);
    close(client);
    NEED(read(server, bytes, sizeof(bytes)) == 0);
    close(server);
}

static void counts_are_exact(void) {
    enter_namespace();
    struct shawk_bpf *bpf = open_bpf((struct shawk_bpf_options){.parts = ALL, .netns = own_netns()});
    const struct shawk_living *living;
    NEED(shawk_bpf_take(bpf, ALL, &living) == 0);
    struct sockaddr_in address;
    int listener = listen_any(&address);
    for (int i = 0; i < 100; i++) {
        serve_one(listener, &address);
    }
    NEED(shawk_bpf_take(bpf, ALL, &living) == 0);
    CHECK_EQUAL(meter(living, SHAWK_METER_ESTABLISHED), 200);
    CHECK_EQUAL(meter(living, SHAWK_METER_ENDED), 200);
    CHECK_EQUAL(meter(living, SHAWK_METER_LIVE), 0);
    CHECK_EQUAL(meter(living, SHAWK_METER_LOST), 0);
    CHECK_EQUAL(meter(living, SHAWK_METER_ATTEMPTS), 100);
    CHECK_EQUAL(living->counts[SHAWK_SECTION_EVENTS], 400);
    CHECK_EQUAL(living->counts[SHAWK_SECTION_BUNDLES], 2);
    const struct shawk_bundle *bundles = living->records[SHAWK_SECTION_BUNDLES];
    const struct shawk_process *processes = living->records[SHAWK_SECTION_PROCESSES];
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_BUNDLES]; i++) {
        int out = bundles[i].direction == SHAWK_DIRECTION_OUT;
        CHECK_EQUAL(bundles[i].closed, 100);
        CHECK_EQUAL(bundles[i].opened, 100);
        CHECK_EQUAL(bundles[i].opened_now, 100);
        CHECK_EQUAL(bundles[i].tx_bytes, out ? 2000 : 1000);
        CHECK_EQUAL(bundles[i].rx_bytes, out ? 1000 : 2000);
        CHECK_EQUAL(bundles[i].proof, SHAWK_PROOF_PROVEN);
        NEED(bundles[i].process > 0);
        CHECK_EQUAL(processes[bundles[i].process - 1].pid, getpid());
    }
    NEED(shawk_bpf_take(bpf, ALL, &living) == 0);
    CHECK_EQUAL(living->counts[SHAWK_SECTION_BUNDLES], 0);
    CHECK_EQUAL(living->counts[SHAWK_SECTION_EVENTS], 0);
    close(listener);
    shawk_bpf_close(bpf);
}

/* A connection that is older, and one with which nothing happens from one sample to the next. */
static void living_are_listed(void) {
    enter_namespace();
    struct sockaddr_in address;
    int listener = listen_any(&address);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    NEED(connect(client, (const struct sockaddr *)&address, sizeof(address)) == 0);
    int server = accept(listener, NULL, NULL);
    struct shawk_bpf *bpf = open_bpf((struct shawk_bpf_options){.parts = ALL, .netns = own_netns()});
    const struct shawk_living *living;
    for (int round = 0; round < 4; round++) {
        NEED(shawk_bpf_take(bpf, ALL, &living) == 0);
        CHECK_EQUAL(living->counts[SHAWK_SECTION_SOCKETS], 3);
        CHECK_EQUAL(living->counts[SHAWK_SECTION_HOLDERS], 3);
        CHECK_EQUAL(meter(living, SHAWK_METER_LIVE), 2);
        const struct shawk_sock *socks = living->records[SHAWK_SECTION_SOCKETS];
        uint64_t sent = 0;
        for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_SOCKETS]; i++) {
            sent += socks[i].bytes_sent;
            CHECK_EQUAL(socks[i].opened_ns, 0);
        }
        /* Rounds 0 and 1 show nothing, 2 and 3 what was written before 2. */
        CHECK_EQUAL(sent, round < 2 ? 0 : 5);
        if (round == 1) {
            NEED(write(client, "12345", 5) == 5);
        }
    }
    close(client);
    close(server);
    close(listener);
    NEED(shawk_bpf_take(bpf, ALL, &living) == 0);
    CHECK_EQUAL(meter(living, SHAWK_METER_LIVE_AT_START), 2);
    CHECK_EQUAL(meter(living, SHAWK_METER_ENDED), 2);
    CHECK_EQUAL(meter(living, SHAWK_METER_LOST), 0);
    shawk_bpf_close(bpf);
}

static void put_record(struct vec *stream, uint32_t kind, const void *record, uint32_t size) {
    struct living_head head = {.kind = kind, .size = size};
    for (uint32_t i = 0; i < size; i++) {
        uint8_t *place = vec_push(stream, 1);
        NEED(place != NULL);
        *place = i < sizeof(head) ? ((const uint8_t *)&head)[i] : ((const uint8_t *)record)[i];
    }
}

/* Two processes that hold one socket, and one of them another. */
static struct vec made_up_stream(void) {
    struct vec stream = {0};
    struct living_process process = {.note = {.key = {.start_ns = 10000000, .tgid = 7}, .comm = "one"}};
    struct living_socket sock = {.sock = {.cookie = 1, .state = 1, .protocol = IPPROTO_TCP, .lport = 1}};
    struct living_reference again = {.id = 1};
    put_record(&stream, LIVING_PROCESS, &process, sizeof(process));
    put_record(&stream, LIVING_SOCKET, &sock, sizeof(sock));
    sock.sock.cookie = 2;
    put_record(&stream, LIVING_SOCKET, &sock, sizeof(sock));
    process.note.key.tgid = 8;
    put_record(&stream, LIVING_PROCESS, &process, sizeof(process));
    put_record(&stream, LIVING_AGAIN, &again, sizeof(again));
    put_record(&stream, LIVING_AGAIN, &again, sizeof(again));
    return stream;
}

static void begin_pass(struct shawk_bpf *bpf) {
    bpf->pass++;
    bpf->processes.count = 0;
    NEED(living_begin(bpf) == 0);
}

static void records_become_rows(void) {
    struct shawk_bpf bpf = {.ticks = 100, .statistics = -1};
    struct vec stream = made_up_stream();
    /* However the stream is cut, it comes to the same, and no byte is read twice or left. */
    for (size_t cut = 0; cut <= stream.count; cut++) {
        begin_pass(&bpf);
        uint8_t *first = malloc(cut + 1);
        NEED(first != NULL);
        memcpy(first, stream.data, cut);
        long used = living_take(&bpf, first, cut);
        free(first);
        NEED(used >= 0 && (size_t)used <= cut);
        long rest = living_take(&bpf, (const uint8_t *)stream.data + used, stream.count - (size_t)used);
        CHECK_EQUAL(used + rest, stream.count);
        CHECK_EQUAL(living_finish(&bpf), 0);
        CHECK_EQUAL(bpf.socks.count, 2);
        CHECK_EQUAL(bpf.holders.count, 3);
        CHECK_EQUAL(bpf.processes.count, 2);
    }
    /* Bytes that are no records are refused, or are other records; never more than that. */
    uint64_t state = 42;
    for (int round = 0; round < 20000; round++) {
        struct vec bent = made_up_stream();
        for (int i = 0; i < 4; i++) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            ((uint8_t *)bent.data)[(state >> 33U) % bent.count] = (uint8_t)(state >> 25U);
        }
        begin_pass(&bpf);
        if (living_take(&bpf, bent.data, bent.count) >= 0) {
            CHECK_EQUAL(living_finish(&bpf), 0);
        }
        vec_free(&bent);
    }
    vec_free(&stream);
    struct vec *const vecs[] = {&bpf.socks, &bpf.owners, &bpf.listed, &bpf.pairs,
                                &bpf.holders,   &bpf.held,       &bpf.known,        &bpf.processes};
    for (size_t i = 0; i < sizeof(vecs) / sizeof(vecs[0]); i++) {
        vec_free(vecs[i]);
    }
    table_free(&bpf.cookies);
    table_free(&bpf.known_table);
}

static void run(const char *name, void (*test)(void), int *failed) {
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        test();
        exit(checks_failed != 0);
    }
    int status = 1;
    NEED(child > 0 && waitpid(child, &status, 0) == child);
    if (status != 0) {
        (*failed)++;
        (void)fprintf(stderr, "FAILED %s\n", name);
    }
}

int main(void) {
    int failed = 0;
    run("records become rows", records_become_rows, &failed);
    run("instruction budgets", instruction_budgets, &failed);
    run("counts are exact", counts_are_exact, &failed);
    run("living are listed", living_are_listed, &failed);
    (void)printf("bpf: %d failed\n", failed);
    return failed != 0;
}
