/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of libshawk-pcap.so: files of every kind, cut and bent, pipes, and what passes on loopback. Run as root. */
#include "../check.h"
#include "handle.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int checks_failed;

#define RECORDS 64
#define CAPACITY (RECORDS * (int)sizeof(struct shawk_pcap_packet) + 2 * SHAWK_PCAP_SNAPLEN)

static const char *folder;
static uint8_t buffer[CAPACITY] __attribute__((aligned(8)));

/* Bytes of a file under construction. */
struct bytes {
    size_t length;
    uint8_t at[8192];
    int swapped;
};

static void put(struct bytes *bytes, const void *from, size_t length) {
    NEED(bytes->length + length <= sizeof(bytes->at));
    memcpy(bytes->at + bytes->length, from, length);
    bytes->length += length;
}

static void put32(struct bytes *bytes, uint32_t value) {
    value = bytes->swapped ? __builtin_bswap32(value) : value;
    put(bytes, &value, sizeof(value));
}

static void put16(struct bytes *bytes, uint16_t value) {
    value = bytes->swapped ? __builtin_bswap16(value) : value;
    put(bytes, &value, sizeof(value));
}

static void put_times(struct bytes *bytes, uint8_t value, size_t times) {
    for (size_t i = 0; i < times; i++) {
        put(bytes, &value, 1);
    }
}

/* Packet n has n + 1 bytes of value n, and came n seconds and 7 microseconds after 1000. */
static struct bytes classic(int packets, int swapped, uint32_t magic, uint32_t link) {
    struct bytes bytes = {.swapped = swapped};
    put32(&bytes, magic);
    put16(&bytes, 2);
    put16(&bytes, 4);
    put32(&bytes, 0);
    put32(&bytes, 0);
    put32(&bytes, 65535);
    put32(&bytes, link);
    for (int n = 0; n < packets; n++) {
        put32(&bytes, 1000 + (uint32_t)n);
        put32(&bytes, magic == 0xa1b23c4dU ? 7000 : 7);
        put32(&bytes, (uint32_t)n + 1);
        put32(&bytes, 1500);
        put_times(&bytes, (uint8_t)n, (size_t)n + 1);
    }
    return bytes;
}

static struct bytes next_generation(int packets, int swapped) {
    struct bytes bytes = {.swapped = swapped};
    put32(&bytes, 0x0a0d0d0aU);
    put32(&bytes, 28);
    put32(&bytes, 0x1a2b3c4dU);
    put16(&bytes, 1);
    put16(&bytes, 0);
    put32(&bytes, UINT32_MAX);
    put32(&bytes, UINT32_MAX);
    put32(&bytes, 28);
    put32(&bytes, 1);
    put32(&bytes, 20);
    put16(&bytes, 1);
    put16(&bytes, 0);
    put32(&bytes, 65535);
    put32(&bytes, 20);
    for (int n = 0; n < packets; n++) {
        uint32_t length = (uint32_t)n + 1;
        uint32_t padded = (length + 3) / 4 * 4;
        uint64_t micros = (1000 + (uint64_t)n) * 1000000 + 7;
        put32(&bytes, 6);
        put32(&bytes, 32 + padded);
        put32(&bytes, 0);
        put32(&bytes, (uint32_t)(micros >> 32U));
        put32(&bytes, (uint32_t)micros);
        put32(&bytes, length);
        put32(&bytes, 1500);
        put_times(&bytes, (uint8_t)n, length);
        put_times(&bytes, 0, padded - length);
        put32(&bytes, 32 + padded);
    }
    return bytes;
}

static const char *path_of(const char *name) {
    static char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static const char *written(const struct bytes *bytes, size_t length) {
    const char *path = path_of("capture");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    NEED(fd >= 0 && write(fd, bytes->at, length) == (ssize_t)length);
    close(fd);
    return path;
}

static int check_packets(int from, int count) {
    const struct shawk_pcap_packet *packets = (const void *)buffer;
    for (int i = 0; i < count; i++) {
        int n = from + i;
        CHECK_EQUAL(packets[i].micros, (1000 + (int64_t)n) * 1000000 + 7);
        CHECK_EQUAL(packets[i].captured, n + 1);
        CHECK_EQUAL(packets[i].wire, 1500);
        CHECK_EQUAL(packets[i].link, DLT_EN10MB);
        CHECK_EQUAL(buffer[packets[i].offset], n);
        CHECK_EQUAL(buffer[packets[i].offset + (uint32_t)n], n);
    }
    return from + count;
}

/* Reads a file of made-up packets to its end; how many came, and how it ended. */
static int read_all(const char *path, int *ending) {
    char why[LINE];
    struct shawk_pcap *pcap;
    *ending = shawk_pcap_open_file(path, &pcap, why, sizeof(why));
    if (*ending != 0) {
        CHECK(pcap == NULL);
        return 0;
    }
    int packets = 0;
    int got;
    while ((got = shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 0)) > 0) {
        packets = check_packets(packets, got);
    }
    *ending = got;
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 0), got);
    shawk_pcap_close(pcap);
    return packets;
}

static void check_file(const struct bytes *bytes, int packets, int ending) {
    int ended;
    CHECK_EQUAL(read_all(written(bytes, bytes->length), &ended), packets);
    CHECK_EQUAL(ended, ending);
}

static void files_of_every_kind(void) {
    for (int swapped = 0; swapped < 2; swapped++) {
        struct bytes micros = classic(70, swapped, 0xa1b2c3d4U, 1);
        check_file(&micros, 70, -SHAWK_PCAP_END);
        struct bytes nanos = classic(70, swapped, 0xa1b23c4dU, 1);
        check_file(&nanos, 70, -SHAWK_PCAP_END);
        struct bytes blocks = next_generation(70, swapped);
        check_file(&blocks, 70, -SHAWK_PCAP_END);
    }
    struct bytes none = classic(0, 0, 0xa1b2c3d4U, 1);
    check_file(&none, 0, -SHAWK_PCAP_END);
}

/* Java's numbers have a sign. */
static void packets_longer_than_can_be(void) {
    struct bytes bytes = classic(1, 0, 0xa1b2c3d4U, 1);
    memset(bytes.at + 24 + 12, 0xff, 4);
    struct shawk_pcap *pcap;
    char why[LINE];
    NEED(shawk_pcap_open_file(written(&bytes, bytes.length), &pcap, why, sizeof(why)) == 0);
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 0), 1);
    CHECK_EQUAL(((const struct shawk_pcap_packet *)(const void *)buffer)->wire, INT32_MAX);
    shawk_pcap_close(pcap);
}

/* All that is whole comes first. */
static void files_cut_at_every_byte(void) {
    struct bytes kinds[] = {classic(5, 0, 0xa1b2c3d4U, 1), next_generation(5, 1)};
    size_t head[] = {24, 48};
    size_t fixed[] = {16, 32};
    for (size_t kind = 0; kind < 2; kind++) {
        for (size_t length = 0; length < kinds[kind].length; length++) {
            size_t at = head[kind];
            int whole = 0;
            for (size_t n = 0; n < 5; n++) {
                size_t size = fixed[kind] + (kind == 0 ? n + 1 : (n + 4) / 4 * 4);
                if (length < at + size) {
                    break;
                }
                at += size;
                whole++;
            }
            int ended;
            CHECK_EQUAL(read_all(written(&kinds[kind], length), &ended), whole);
            int expected = length < head[kind] ? -SHAWK_PCAP_DAMAGED : length == at ? -SHAWK_PCAP_END : -SHAWK_PCAP_CUT;
            CHECK_EQUAL(ended, expected);
        }
    }
}

static void what_is_no_capture(void) {
    struct bytes text = {.length = 0};
    put(&text, "GET / HTTP/1.1\r\n\r\n", 18);
    check_file(&text, 0, -SHAWK_PCAP_DAMAGED);
    struct bytes packed = {.length = 0};
    put(&packed, "\x1f\x8b\x08\0\0\0\0\0", 8);
    check_file(&packed, 0, -SHAWK_PCAP_COMPRESSED);
    int ended;
    CHECK_EQUAL(read_all(folder, &ended), 0);
    CHECK_EQUAL(ended, -EISDIR);
    CHECK_EQUAL(read_all(path_of("missing"), &ended), 0);
    CHECK_EQUAL(ended, -ENOENT);
    char name[LINE];
    CHECK_EQUAL(shawk_pcap_link_name(DLT_EN10MB, name, sizeof(name)), 7);
    CHECK(strcmp(name, "EN10MB") == 0);
    CHECK_EQUAL(shawk_pcap_link_name(60000, name, sizeof(name)), 13);
    CHECK(strcmp(name, "number 60000") == 0);
}

static void take_everything(const char *path) {
    char why[LINE];
    struct shawk_pcap *pcap;
    if (shawk_pcap_open_file(path, &pcap, why, sizeof(why)) != 0) {
        return;
    }
    (void)shawk_pcap_filter(pcap, "tcp port 2181 or vlan", why, sizeof(why));
    (void)shawk_pcap_filter(pcap, "", why, sizeof(why));
    int got;
    int calls = 0;
    while ((got = shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 0)) > 0) {
        const struct shawk_pcap_packet *packets = (const void *)buffer;
        for (int i = 0; i < got; i++) {
            CHECK(packets[i].offset >= RECORDS * sizeof(packets[0]) && packets[i].offset <= CAPACITY);
            CHECK(packets[i].captured <= CAPACITY - packets[i].offset && packets[i].captured <= packets[i].wire);
        }
        NEED(++calls < 100000);
    }
    CHECK(got < 0);
    shawk_pcap_close(pcap);
}

/* Any bytes at all: it ends, and stays within its memory. */
static void bent_files(void) {
    struct bytes kinds[] = {classic(20, 0, 0xa1b2c3d4U, 1), classic(20, 1, 0xa1b23c4dU, 276), next_generation(20, 0),
                            next_generation(20, 1)};
    uint64_t state = 42;
    for (int round = 0; round < 4000; round++) {
        struct bytes bent = kinds[round % 4];
        for (int i = 0; i <= round % 5; i++) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            bent.at[(state >> 33U) % (i == 0 ? 80 : bent.length)] = (uint8_t)(state >> 25U);
        }
        take_everything(written(&bent, bent.length));
    }
}

/* Of each way of cutting it: the parser says yes exactly where a packet, whole, is there. */
static void packets_in_part(void) {
    struct bytes kinds[] = {classic(1, 1, 0xa1b2c3d4U, 1), next_generation(1, 1)};
    size_t head[] = {24, 0};
    for (size_t kind = 0; kind < 2; kind++) {
        for (size_t length = READER_HEAD; length <= kinds[kind].length; length++) {
            uint8_t *exact = malloc(length);
            NEED(exact != NULL);
            memcpy(exact, kinds[kind].at, length);
            struct reader reader = {.bytes = exact, .to = length};
            reader_recognise(&reader);
            reader.from = length < head[kind] ? length : head[kind];
            CHECK_EQUAL(reader_holds_packet(&reader), length == kinds[kind].length);
            CHECK_EQUAL(reader_is_compressed(&reader), 0);
            free(exact);
        }
    }
}

static struct shawk_pcap *open_pipe(int *in, const struct bytes *bytes, size_t length) {
    int ends[2];
    char why[LINE];
    NEED(pipe(ends) == 0 && write(ends[1], bytes->at, length) == (ssize_t)length && dup2(ends[0], STDIN_FILENO) == 0);
    close(ends[0]);
    *in = ends[1];
    struct shawk_pcap *pcap;
    NEED(shawk_pcap_open_file("-", &pcap, why, sizeof(why)) == 0);
    return pcap;
}

/* What has come through a pipe is handed out while the rest is on its way. */
static void pipes(void) {
    struct bytes kinds[] = {classic(3, 0, 0xa1b2c3d4U, 1), next_generation(3, 0), next_generation(3, 1)};
    size_t third[] = {18, 35, 35};
    for (size_t kind = 0; kind < 3; kind++) {
        const struct bytes *bytes = &kinds[kind];
        int in;
        size_t first = bytes->length - third[kind];
        struct shawk_pcap *pcap = open_pipe(&in, bytes, first);
        CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, -1), 2);
        check_packets(0, 2);
        CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 1), 0);
        CHECK_EQUAL(shawk_pcap_interrupt(pcap), 0);
        CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, -1), 0);
        NEED(write(in, bytes->at + first, third[kind]) == (ssize_t)third[kind]);
        CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, -1), 1);
        check_packets(2, 1);
        close(in);
        CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, -1), -SHAWK_PCAP_END);
        shawk_pcap_close(pcap);
    }
}

static void enter_namespace(void) {
    NEED(unshare(CLONE_NEWNET) == 0);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    NEED(fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &request) == 0);
    close(fd);
}

static struct shawk_pcap *open_live(const char *name, int ring, const char *filter) {
    char why[LINE] = "";
    struct shawk_pcap *pcap;
    int result = shawk_pcap_open_live(name, ring, &pcap, why, sizeof(why));
    if (result == 0) {
        result = shawk_pcap_filter(pcap, filter, why, sizeof(why));
    }
    if (result != 0) {
        (void)fprintf(stderr, "%s: %d %s\n", name, result, why);
        exit(1);
    }
    return pcap;
}

/* So many datagrams to nobody's port 2181, each with its number; their answers are ICMP. */
static void send_datagrams(int count, size_t length) {
    static uint8_t bytes[65000];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(2181), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    NEED(fd >= 0);
    for (int i = 0; i < count; i++) {
        memcpy(bytes, &i, sizeof(i));
        NEED(sendto(fd, bytes, length, 0, (struct sockaddr *)&to, sizeof(to)) == (ssize_t)length);
    }
    close(fd);
}

/* All packets until so many have come, or none for a long time; each one's number is the one after the last one's. */
static int count_datagrams(struct shawk_pcap *pcap, int wanted, uint32_t head, int check) {
    int count = 0;
    int got;
    while (count < wanted && (got = shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 5000)) > 0) {
        const struct shawk_pcap_packet *packets = (const void *)buffer;
        for (int i = 0; i < got; i++) {
            int number;
            NEED(packets[i].captured >= head + sizeof(number));
            memcpy(&number, buffer + packets[i].offset + head, sizeof(number));
            if (check) {
                CHECK_EQUAL(number, count + i);
                CHECK_EQUAL(packets[i].captured, packets[i].wire);
            }
        }
        count += got;
    }
    return count;
}

static void check_each_once(const char *name, uint32_t head, const char *filter, size_t length, int count) {
    struct shawk_pcap *pcap = open_live(name, 0, filter);
    struct shawk_pcap_stats stats;
    send_datagrams(count, length);
    CHECK_EQUAL(count_datagrams(pcap, count, head, 1), count);
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 100), 0);
    CHECK_EQUAL(shawk_pcap_stats(pcap, &stats), 0);
    CHECK_EQUAL(stats.received, count);
    CHECK_EQUAL(stats.dropped, 0);
    shawk_pcap_close(pcap);
}

/* 14 or 16 of the link, 20 of IP, 8 of UDP. The kernel counts 1000 too: the copy that goes out never gets into the ring.
 * With a filter that the kernel cannot take libpcap leaves it out. */
static void loopback_passes_once(void) {
    enter_namespace();
    check_each_once("lo", 42, "udp port 2181", 100, 1000);
    check_each_once("any", 44, "udp port 2181", 100, 1000);
    check_each_once("lo", 42, "udp", 60000, 300);
    check_each_once("any", 44, "udp", 60000, 300);
    struct shawk_pcap *pcap = open_live("any", 0, "udp and link[6:1] != 0xff");
    send_datagrams(1000, 100);
    CHECK_EQUAL(count_datagrams(pcap, 1000, 44, 1), 1000);
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 100), 0);
    shawk_pcap_close(pcap);
}

/* What has no room in the ring is counted to the last packet. */
static void drops_are_counted(void) {
    enter_namespace();
    struct shawk_pcap *pcap = open_live("lo", 1 << 20, "udp");
    send_datagrams(3000, 1000);
    struct shawk_pcap_stats stats;
    CHECK_EQUAL(shawk_pcap_stats(pcap, &stats), 0);
    CHECK_EQUAL(stats.received, 3000);
    CHECK(stats.dropped > 0 && stats.dropped < 3000);
    int left = 3000 - (int)stats.dropped;
    CHECK_EQUAL(count_datagrams(pcap, left, 42, 0), left);
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, 100), 0);
    CHECK_EQUAL(shawk_pcap_stats(pcap, &stats), 0);
    CHECK_EQUAL(stats.dropped, 3000 - left);
    shawk_pcap_close(pcap);
}

static void check_refused(const char *name, int expected) {
    char why[LINE];
    struct shawk_pcap *pcap;
    CHECK_EQUAL(shawk_pcap_open_live(name, 0, &pcap, why, sizeof(why)), expected);
    CHECK(pcap == NULL);
}

static void what_is_refused(void) {
    enter_namespace();
    check_refused("nflog", -ENODEV);
    check_refused("eth99", -ENODEV);
    check_refused("", -ENODEV);
    char names[256];
    CHECK_EQUAL(shawk_pcap_interfaces(names, sizeof(names)), strlen(names) + 1);
    CHECK(strstr(names, "lo\n") != NULL);
    char why[LINE] = "";
    struct shawk_pcap *pcap = open_live("lo", 0, "");
    CHECK_EQUAL(shawk_pcap_filter(pcap, "tcp prt 1", why, sizeof(why)), -EINVAL);
    CHECK(strlen(why) > 0);
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, 1000, 1, 0), -EINVAL);
    CHECK_EQUAL(shawk_pcap_interrupt(pcap), 0);
    CHECK_EQUAL(shawk_pcap_take(pcap, buffer, CAPACITY, RECORDS, -1), 0);
    shawk_pcap_close(pcap);
    NEED(setresuid(65534, 65534, 65534) == 0);
    check_refused("lo", -EPERM);
    check_refused("any", -EPERM);
}

static int descriptors(void) {
    int count = 0;
    for (int fd = 0; fd < 1024; fd++) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

static void run(const char *name, void (*test)(void), int *failed) {
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int before = descriptors();
        test();
        CHECK_EQUAL(descriptors(), before);
        exit(checks_failed != 0);
    }
    int status = 1;
    NEED(child > 0 && waitpid(child, &status, 0) == child);
    if (status != 0) {
        (*failed)++;
        (void)fprintf(stderr, "FAILED %s\n", name);
    }
}

int main(int count, char **arguments) {
    NEED(count == 2);
    static char made[4096];
    (void)snprintf(made, sizeof(made), "%s/pcap-%d", arguments[1], (int)getpid());
    NEED(mkdir(made, 0700) == 0);
    folder = made;
    int failed = 0;
    run("files of every kind", files_of_every_kind, &failed);
    run("packets longer than can be", packets_longer_than_can_be, &failed);
    run("files cut at every byte", files_cut_at_every_byte, &failed);
    run("what is no capture", what_is_no_capture, &failed);
    run("bent files", bent_files, &failed);
    run("packets in part", packets_in_part, &failed);
    run("pipes", pipes, &failed);
    run("loopback passes once", loopback_passes_once, &failed);
    run("drops are counted", drops_are_counted, &failed);
    run("what is refused", what_is_refused, &failed);
    (void)unlink(path_of("capture"));
    /* There was nothing else in it. */
    CHECK_EQUAL(rmdir(folder), 0);
    (void)printf("pcap: %d failed\n", failed);
    return failed != 0 || checks_failed != 0;
}
