/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include <linux/filter.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_EXPRESSION 65536

/* Where packets are put. */
struct batch {
    uint8_t *buffer;
    struct shawk_pcap_packet *packets;
    uint32_t count;
    uint32_t used;
    uint32_t capacity;
    uint32_t link;
};

static void on_packet(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes) {
    struct batch *batch = (struct batch *)(void *)user;
    uint32_t room = batch->capacity - batch->used;
    uint32_t captured = header->caplen < room ? header->caplen : room;
    /* A file may say anything, and Java's numbers have a sign. */
    uint32_t wire = header->len < INT32_MAX ? header->len : INT32_MAX;
    batch->packets[batch->count++] = (struct shawk_pcap_packet){
        .micros = (int64_t)((uint64_t)header->ts.tv_sec * 1000000U + (uint64_t)header->ts.tv_usec),
        .captured = captured,
        .wire = wire > captured ? wire : captured,
        .link = batch->link,
        .offset = batch->used,
    };
    memcpy(batch->buffer + batch->used, bytes, captured);
    batch->used += captured;
}

/* As many as are sure to fit; 0: none. Of a pipe one at a time, since more may not have come yet. */
static int room_for(const struct shawk_pcap *pcap, const struct batch *batch, int records) {
    uint32_t packets = (batch->capacity - batch->used) / SHAWK_PCAP_SNAPLEN;
    uint32_t left = (uint32_t)records - batch->count;
    uint32_t most = packets < left ? packets : left;
    return pcap->reader.flows && most > 1 ? 1 : (int)most;
}

static int fail(struct shawk_pcap *pcap, int error, const char *why) {
    pcap->failure = error;
    put_line(pcap->why, LINE, why);
    return error;
}

static int failed(struct shawk_pcap *pcap) {
    const char *said = pcap_geterr(pcap->pcap);
    if (pcap->live) {
        return fail(pcap, -EIO, said);
    }
    if (pcap->reader.stopped) {
        return fail(pcap, -SHAWK_PCAP_END, "");
    }
    if (pcap->reader.error != 0) {
        return fail(pcap, pcap->reader.error, said);
    }
    /* libpcap came to the end in the middle of a packet, or it did not like what it read. */
    int cut = pcap->reader.flows ? pcap->reader.ended && pcap->reader.from == pcap->reader.to
                                 : feof(pcap_file(pcap->pcap));
    return fail(pcap, cut ? -SHAWK_PCAP_CUT : -SHAWK_PCAP_DAMAGED, said);
}

/* Until it is full, or there is nothing to be had at once. Negative: nothing more comes. */
static int collect(struct shawk_pcap *pcap, struct batch *batch, int records) {
    int most;
    while ((most = room_for(pcap, batch, records)) > 0) {
        if (!pcap->live && !reader_await(&pcap->reader, 0)) {
            return 0;
        }
        int got = pcap_dispatch(pcap->pcap, most, on_packet, (u_char *)batch);
        if (got < 0) {
            return failed(pcap);
        }
        if (got == 0) {
            return pcap->live ? 0 : fail(pcap, -SHAWK_PCAP_END, "");
        }
    }
    return 0;
}

int shawk_pcap_take(struct shawk_pcap *pcap, void *buffer, int capacity, int records, int wait_ms) {
    size_t head = records > 0 ? (size_t)records * sizeof(struct shawk_pcap_packet) : 0;
    if (records <= 0 || capacity < 0 || (size_t)capacity < head + SHAWK_PCAP_SNAPLEN) {
        return -EINVAL;
    }
    struct batch batch = {.buffer = buffer,
                          .packets = buffer,
                          .used = (uint32_t)head,
                          .capacity = (uint32_t)capacity,
                          .link = (uint32_t)pcap->link};
    if (pcap->failure != 0) {
        return pcap->failure;
    }
    int result = collect(pcap, &batch, records);
    if (result == 0 && batch.count == 0) {
        int ready = pcap->live ? await(pcap->descriptor, pcap->wake, wait_ms) : reader_await(&pcap->reader, wait_ms);
        result = ready < 0 ? fail(pcap, ready, "") : ready > 0 ? collect(pcap, &batch, records) : 0;
    }
    return batch.count > 0 ? (int)batch.count : result;
}

static int set_filter(struct shawk_pcap *pcap, const char *expression) {
    struct bpf_program program;
    if (pcap_compile(pcap->pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN) != 0) {
        return -EINVAL;
    }
    int result = pcap_setfilter(pcap->pcap, &program) == 0 ? 0 : -EINVAL;
    pcap_freecode(&program);
    return result;
}

/* The program that the kernel applies, as libpcap has adapted it; its length is 0 where it has taken none. */
static struct sock_fprog program_of_kernel(const struct shawk_pcap *pcap) {
    struct sock_fprog program = {.len = 0, .filter = NULL};
    socklen_t length = 0;
    if (getsockopt(pcap->descriptor, SOL_SOCKET, SO_GET_FILTER, NULL, &length) == 0 && length > 0) {
        program.filter = calloc(length, sizeof(*program.filter));
        if (program.filter != NULL &&
            getsockopt(pcap->descriptor, SOL_SOCKET, SO_GET_FILTER, program.filter, &length) == 0) {
            program.len = (unsigned short)length;
        }
    }
    return program;
}

/* libpcap leaves out what goes out on loopback, since it comes in again. By this the kernel does, and it takes no room in
 * the ring. libpcap must not know: it holds the first packets after a change against its own filter once more, and cannot
 * tell there where a packet goes. */
static int leave_echoes_out(struct shawk_pcap *pcap, const char *expression) {
    unsigned loopback = if_nametoindex("lo");
    char *text = NULL;
    int nothing = expression[0] == '\0';
    if (loopback == 0) {
        return 0;
    }
    if (asprintf(&text, "not (ifindex %u and outbound)%s%s%s", loopback, nothing ? "" : " and (", expression,
                 nothing ? "" : ")") < 0) {
        return -ENOMEM;
    }
    struct sock_fprog program = {.len = 0, .filter = NULL};
    if (set_filter(pcap, text) == 0) {
        program = program_of_kernel(pcap);
    }
    int result = set_filter(pcap, expression);
    if (result == 0 && program.len > 0) {
        (void)setsockopt(pcap->descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
    }
    free(program.filter);
    free(text);
    return result;
}

int shawk_pcap_filter(struct shawk_pcap *pcap, const char *expression, char *why, int capacity) {
    if (strlen(expression) > MOST_EXPRESSION) {
        put_line(why, capacity, "it is too long");
        return -EINVAL;
    }
    if (set_filter(pcap, expression) != 0) {
        put_line(why, capacity, pcap_geterr(pcap->pcap));
        return -EINVAL;
    }
    put_line(why, capacity, "");
    return pcap->echoes ? leave_echoes_out(pcap, expression) : 0;
}
