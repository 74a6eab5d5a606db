/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shows as text what libshawk-bpf.so tells of this host, with nothing of Java in between.
 *
 *   watch LIBRARY [OPTION NUMBER]...
 *     --parts N     SHAWK_BPF_* (default 15: all but unix sockets)
 *     --netns N     only this namespace
 *     --bundles N   --tracked N   --flows N   --ring N
 *                   bounds of struct shawk_bpf_options
 *     --every MS    takes what there is so often by itself, while nobody says anything
 *     --keep N      1: keeps records of single connections for `print` (default), 0: only counts them
 *     --seconds N   killed after (default 120)
 *
 * Rules come as lines on standard input, and each is answered when it is done:
 *   take          takes what there is
 *   run N MS      takes so many times, MS milliseconds apart
 *   print         prints what was taken since the last time: `event`, `bundle` (summed up), `flow`; the living sockets
 *                 of the last time as `sock`, with one line for each of their holders, `holder`; `meter`, `program`
 * Status 1, and one line, where the library refuses.
 */
#include "shawk_bpf.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_BUNDLES = 1 << 17 };

static struct {
    uint32_t (*version)(void);
    int (*open)(const struct shawk_bpf_options *, struct shawk_bpf **, char *, int);
    int (*take)(struct shawk_bpf *, int, const struct shawk_living **);
    void (*close)(struct shawk_bpf *);
} library;

static struct shawk_bpf *handle;
static const struct shawk_living *living;
static struct shawk_bpf_options options = {.abi_version = SHAWK_BPF_ABI_VERSION, .parts = 15};
static long keep = 1;
static int every_ms = -1;

/* What was taken: bundles by their key, lines of all else. */
struct sum {
    char key[320];
    uint64_t opened, closed, failed, tx, rx, retrans;
};
static struct sum sums[MAX_BUNDLES];
static char *text;
static size_t text_length;
static FILE *lines;
static uint64_t events[4];

static const char *const reasons[SHAWK_REASONS] = {
    "-", "fin-local", "fin-remote", "rst-in", "aborted", "rst-out", "timeout", "destroyed", "refused", "unreachable",
    "cancelled", "no-port",
};
static const char *const kinds[] = {"-", "opened", "closed", "failed"};
static const char *const directions[] = {"-", "out", "in"};
static const char *const proofs[] = {"unknown", "inferred", "proven"};
static const char *const meters[SHAWK_METERS] = {
    "live_at_start", "established", "live", "ended", "lost", "attempts", "failed", "missed", "untracked", "overflowed",
    "events", "events_dropped", "processes_dropped", "flows_dropped", "bundles", "bundles_max", "tracked",
    "tracked_max", "flows", "flows_max", "ring_bytes", "ring_bytes_max", "kernel_bytes", "switch_ns", "iterate_ns",
    "drain_ns",
};

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "watch: %s: %s\n", what, why);
    exit(1);
}

static const char *address(const uint8_t bytes[16], uint8_t family) {
    static char buffers[4][INET6_ADDRSTRLEN];
    static unsigned turn;
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    char *out = buffers[turn++ % 4];
    if (family == AF_INET)
        inet_ntop(AF_INET, bytes, out, INET6_ADDRSTRLEN);
    else if (memcmp(bytes, mapped, sizeof mapped) == 0)
        inet_ntop(AF_INET, bytes + 12, out, INET6_ADDRSTRLEN);
    else
        inet_ntop(AF_INET6, bytes, out, INET6_ADDRSTRLEN);
    return out;
}

static const void *section(enum shawk_section which) {
    return living->records[which];
}

/* Number of a process of the sample, plus 1. */
static const char *process(uint32_t number) {
    static char out[64];
    const struct shawk_process *all = section(SHAWK_SECTION_PROCESSES);
    if (number == 0)
        return "pid=0 name=-";
    if (number > living->counts[SHAWK_SECTION_PROCESSES])
        fail("process", "no such number in this sample");
    snprintf(out, sizeof out, "pid=%u name=%.16s", all[number - 1].pid, (const char *)all[number - 1].comm);
    return out;
}

static void add_bundle(const struct shawk_bundle *bundle) {
    char key[320];
    snprintf(key, sizeof key, "netns=%llu %s dir=%s laddr=%s raddr=%s port=%u proof=%s mptcp=%u",
        (unsigned long long)bundle->netns, process(bundle->process), directions[bundle->direction],
        address(bundle->laddr, bundle->family), address(bundle->raddr, bundle->family), bundle->port,
        proofs[bundle->proof], bundle->mptcp);
    unsigned at = 5381;
    for (const char *each = key; *each; each++)
        at = at * 33 + (unsigned char)*each;
    for (at %= MAX_BUNDLES; sums[at].key[0] && strcmp(sums[at].key, key) != 0; at = (at + 1) % MAX_BUNDLES)
        continue;
    struct sum *sum = &sums[at];
    memcpy(sum->key, key, sizeof key);
    sum->opened += bundle->opened;
    sum->closed += bundle->closed;
    sum->failed += bundle->failed;
    sum->tx += bundle->tx_bytes;
    sum->rx += bundle->rx_bytes;
    sum->retrans += bundle->retrans;
}

static void add_event(const struct shawk_event *event) {
    events[event->kind & 3]++;
    if (!keep)
        return;
    fprintf(lines, "event kind=%s %s netns=%llu dir=%s laddr=%s lport=%u raddr=%s rport=%u tx=%llu rx=%llu reason=%s"
        " proof=%s cookie=%llu ordinal=%u opened=%llu at=%llu rtt=%u connect=%u mptcp=%u\n",
        kinds[event->kind & 3], process(event->process), (unsigned long long)event->netns,
        directions[event->direction], address(event->laddr, event->family), event->lport,
        address(event->raddr, event->family), event->rport, (unsigned long long)event->tx_bytes,
        (unsigned long long)event->rx_bytes, reasons[event->reason], proofs[event->proof],
        (unsigned long long)event->cookie, event->ordinal, (unsigned long long)event->opened_ns,
        (unsigned long long)event->monotonic_ns, event->rtt_us, event->connect_us, event->mptcp);
}

static void add_flow(const struct shawk_flow *flow) {
    fprintf(lines, "flow %s netns=%llu laddr=%s lport=%u raddr=%s rport=%u tx=%llu rx=%llu tx_packets=%llu"
        " rx_packets=%llu cookie=%llu\n", process(flow->process), (unsigned long long)flow->netns,
        address(flow->laddr, flow->family), flow->lport, address(flow->raddr, flow->family), flow->rport,
        (unsigned long long)flow->tx_bytes, (unsigned long long)flow->rx_bytes, (unsigned long long)flow->tx_packets,
        (unsigned long long)flow->rx_packets, (unsigned long long)flow->cookie);
}

static void take(void) {
    int result = library.take(handle, (int)options.parts, &living);
    if (result < 0)
        fail("take", strerror(-result));
    const struct shawk_bundle *bundles = section(SHAWK_SECTION_BUNDLES);
    const struct shawk_event *records = section(SHAWK_SECTION_EVENTS);
    const struct shawk_flow *flows = section(SHAWK_SECTION_FLOWS);
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_BUNDLES]; i++)
        add_bundle(&bundles[i]);
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_EVENTS]; i++)
        add_event(&records[i]);
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_FLOWS]; i++)
        add_flow(&flows[i]);
}

static void take_often(long count, long millis) {
    const struct timespec pause = {.tv_sec = millis / 1000, .tv_nsec = millis % 1000 * 1000000};
    for (long i = 0; i < count; i++) {
        nanosleep(&pause, NULL);
        take();
    }
}

static void print_living(void) {
    const struct shawk_sock *socks = section(SHAWK_SECTION_SOCKETS);
    const struct shawk_holder *holders = section(SHAWK_SECTION_HOLDERS);
    uint32_t count = living->counts[SHAWK_SECTION_SOCKETS];
    for (uint32_t i = 0; i < count; i++)
        printf("sock number=%u %s netns=%llu proto=%u state=%u dir=%s laddr=%s lport=%u raddr=%s rport=%u cookie=%llu"
            " proof=%s fresh=%u opened=%llu ordinal=%u rtt=%u\n", i, process(socks[i].owner),
            (unsigned long long)socks[i].netns, socks[i].protocol, socks[i].state, directions[socks[i].direction],
            address(socks[i].laddr, socks[i].family), socks[i].lport, address(socks[i].raddr, socks[i].family),
            socks[i].rport, (unsigned long long)socks[i].cookie, proofs[socks[i].proof], socks[i].fresh,
            (unsigned long long)socks[i].opened_ns, socks[i].ordinal, socks[i].rtt_us);
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_HOLDERS]; i++)
        printf("holder number=%u %s\n", holders[i].sock, process(holders[i].process + 1));
}

static void print(void) {
    fflush(lines);
    fwrite(text, 1, text_length, stdout);
    fseek(lines, 0, SEEK_SET);
    fflush(lines);
    for (size_t i = 0; i < MAX_BUNDLES; i++)
        if (sums[i].key[0]) {
            printf("bundle %s opened=%llu closed=%llu failed=%llu tx=%llu rx=%llu retrans=%llu\n", sums[i].key,
                (unsigned long long)sums[i].opened, (unsigned long long)sums[i].closed,
                (unsigned long long)sums[i].failed, (unsigned long long)sums[i].tx, (unsigned long long)sums[i].rx,
                (unsigned long long)sums[i].retrans);
            sums[i] = (struct sum){0};
        }
    printf("events opened=%llu closed=%llu failed=%llu\n", (unsigned long long)events[1],
        (unsigned long long)events[2], (unsigned long long)events[3]);
    memset(events, 0, sizeof events);
    if (!living)
        return;
    print_living();
    const struct shawk_meter *all = section(SHAWK_SECTION_METERS);
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_METERS]; i++)
        if (all[i].id < SHAWK_METERS)
            printf("meter name=%s value=%llu\n", meters[all[i].id], (unsigned long long)all[i].value);
    const struct shawk_program *programs = section(SHAWK_SECTION_PROGRAMS);
    for (uint32_t i = 0; i < living->counts[SHAWK_SECTION_PROGRAMS]; i++)
        printf("program name=%.24s error=%d runs=%llu misses=%llu instructions=%u\n", (const char *)programs[i].name,
            programs[i].error, (unsigned long long)programs[i].runs, (unsigned long long)programs[i].misses,
            programs[i].instructions);
}

static void obey(char *line) {
    char *rest = strchr(line, ' ');
    if (strncmp(line, "take", 4) == 0)
        take();
    else if (strncmp(line, "run", 3) == 0 && rest)
        take_often(strtol(rest, &rest, 10), strtol(rest, NULL, 10));
    else if (strncmp(line, "print", 5) == 0)
        print();
    printf("done %s", line);
    fflush(stdout);
}

static void load(const char *path) {
    void *file = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!file)
        fail(path, dlerror());
    *(void **)&library.version = dlsym(file, "shawk_bpf_abi_version");
    *(void **)&library.open = dlsym(file, "shawk_bpf_open");
    *(void **)&library.take = dlsym(file, "shawk_bpf_take");
    *(void **)&library.close = dlsym(file, "shawk_bpf_close");
    if (!library.version || library.version() != SHAWK_BPF_ABI_VERSION)
        fail(path, "is of another version");
}

int main(int count, char **words) {
    char line[128], why[512] = "";
    long seconds = 120;
    if (count < 2)
        fail("nothing", "give the library");
    for (int i = 2; i + 1 < count; i += 2) {
        unsigned long number = strtoul(words[i + 1], NULL, 10);
        if (strcmp(words[i], "--netns") == 0)
            options.netns = number;
        else if (strcmp(words[i], "--keep") == 0)
            keep = (long)number;
        else if (strcmp(words[i], "--every") == 0)
            every_ms = (int)number;
        else if (strcmp(words[i], "--seconds") == 0)
            seconds = (long)number;
        else
            *(strcmp(words[i], "--parts") == 0 ? &options.parts
                : strcmp(words[i], "--bundles") == 0 ? &options.max_bundles
                : strcmp(words[i], "--tracked") == 0 ? &options.max_tracked
                : strcmp(words[i], "--flows") == 0 ? &options.max_flows : &options.ring_bytes) = (uint32_t)number;
    }
    alarm((unsigned)seconds);
    lines = open_memstream(&text, &text_length);
    load(words[1]);
    int result = library.open(&options, &handle, why, sizeof why);
    if (result < 0)
        fail(why, strerror(-result));
    puts("READY");
    fflush(stdout);
    struct pollfd input = {.fd = 0, .events = POLLIN};
    for (;;) {
        if (poll(&input, 1, every_ms) == 0)
            take();
        else if (fgets(line, sizeof line, stdin))
            obey(line);
        else
            break;
    }
    library.close(handle);
    return 0;
}
