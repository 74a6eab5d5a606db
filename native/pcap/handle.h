/* SPDX-License-Identifier: Apache-2.0 */
/* The handle behind shawk_pcap.h. */
#ifndef PCAP_HANDLE_H
#define PCAP_HANDLE_H

#include "reader.h"
#include "shawk_pcap.h"

#include <pcap/pcap.h>

#define LINE 512

struct shawk_pcap {
    pcap_t *pcap;
    int live;
    int descriptor; /* of a live capture, to wait at */
    int wake;       /* eventfd: readable after shawk_pcap_interrupt() */
    int link;
    int failure;    /* -errno that the next call hands out; 0: none */
    int echoes;     /* 1: a frame on loopback would come twice */
    struct pcap_stat last;
    struct shawk_pcap_stats stats;
    struct reader reader; /* of a file */
    char why[LINE];
};

/* Puts the first line of a text into `out`, cut where it does not fit. */
void put_line(char *out, int capacity, const char *text);
/* Waits until one of two descriptors is readable. 1: the first one; 0: the other one, or the time is over; -errno. */
int await(int descriptor, int wake, int wait_ms);
int64_t millis_monotonic(void);

#endif
