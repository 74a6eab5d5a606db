/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a capture file on their way to libpcap. It knows as much of the format as it takes to tell whether a whole
 * packet is there: libpcap would wait for the rest of one, and what came before it would be held back. */
#ifndef PCAP_READER_H
#define PCAP_READER_H

#include <stdint.h>
#include <stdio.h>

enum format {
    FORMAT_UNKNOWN,
    FORMAT_PCAP,
    FORMAT_PCAPNG,
};

struct reader {
    int descriptor;
    int wake;       /* ends a wait for bytes */
    int flows;      /* 1: a pipe or the like, whose bytes may be late */
    int ended;      /* 1: the end has been read */
    int stopped;    /* 1: by `wake` */
    int error;      /* -errno of read(2) */
    enum format format;
    int swapped;    /* 1: numbers are in the other byte order */
    uint32_t head;  /* bytes of a classic packet's header */
    size_t from;    /* bytes that libpcap has not had yet */
    size_t to;
    uint8_t *bytes;
};

#define READER_BYTES (512U * 1024)
#define READER_HEAD 12 /* that tell the format and the byte order */

/* Takes the descriptor over. 0, or -errno. */
int reader_open(struct reader *reader, int descriptor, int wake);
void reader_close(struct reader *reader);
/* What libpcap reads through; NULL: no memory. Closing it closes nothing else. */
FILE *reader_stream(struct reader *reader);
/* Whether a packet, the end or an error can be read without waiting for longer than that: 1, or 0. */
int reader_await(struct reader *reader, int wait_ms);
/* Whether the file begins as one that was compressed. */
int reader_is_compressed(const struct reader *reader);

/* reader_parse.c: pure. What the first bytes of a file say. */
void reader_recognise(struct reader *reader);
/* Whether the bytes that are there hold a whole packet, or something that no more bytes will make one. */
int reader_holds_packet(struct reader *reader);

#endif
