/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C API of libshawk-pcap.so: packets of an interface or of a file, by libpcap. The rules of the edge are those of
 * shawk.h: an opaque handle, caller-owned memory, -errno. A handle is used by one thread at a time, but for
 * shawk_pcap_interrupt().
 */
#ifndef SHAWK_PCAP_H
#define SHAWK_PCAP_H

#include "shawk.h"

#include <errno.h>

#define SHAWK_PCAP_ABI_VERSION 1

/* No packet is longer: a segment on loopback has 64 KiB, with "BIG TCP" several times that. */
#define SHAWK_PCAP_SNAPLEN 262144

/* What a file can come to, as -errno. */
#define SHAWK_PCAP_END ENODATA         /* all of it was read */
#define SHAWK_PCAP_CUT ENOMSG          /* it ends inside a packet */
#define SHAWK_PCAP_DAMAGED EBADMSG     /* what follows is no packet; of a whole file: it is no capture */
#define SHAWK_PCAP_COMPRESSED ELIBBAD  /* gzip, xz, zstd, bzip2 */

struct shawk_pcap_packet {
    int64_t micros;    /* when it was captured, since the epoch */
    uint32_t captured; /* bytes that there are */
    uint32_t wire;     /* bytes that it had, at most INT32_MAX */
    uint32_t link;     /* its link type, DLT_* */
    uint32_t offset;   /* of its bytes, from the buffer's begin */
};
_Static_assert(sizeof(struct shawk_pcap_packet) == 24, "shawk_pcap_packet is part of the ABI");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "records are little-endian");

struct shawk_pcap_stats {
    uint64_t received;          /* packets that passed the filter, those dropped included */
    uint64_t dropped;           /* of these, for want of room in the ring */
    uint64_t interface_dropped; /* by the interface and its driver, of whatever kind */
};
_Static_assert(sizeof(struct shawk_pcap_stats) == 24, "shawk_pcap_stats is part of the ABI");

struct shawk_pcap;

SHAWK_EXPORT uint32_t shawk_pcap_abi_version(void);
/* As shawk_abi_layout(), of this header's records. */
SHAWK_EXPORT int shawk_pcap_abi_layout(char *out, int capacity);

/* Begins to capture on an interface of this network namespace, or on all of them ("any"), not promiscuously;
 * shawk_pcap_filter() is to follow at once. ring_bytes: of the kernel's ring; 0: 32 MiB. 0 and *out, or -errno with one line in `why`:
 * ENODEV, EPERM, ENETDOWN, or EIO for what only the line tells. */
SHAWK_EXPORT int shawk_pcap_open_live(const char *name, int ring_bytes, struct shawk_pcap **out, char *why, int capacity);
/* A pcap or pcapng file; "-" is stdin. Waits until there is the file's header. */
SHAWK_EXPORT int shawk_pcap_open_file(const char *path, struct shawk_pcap **out, char *why, int capacity);
SHAWK_EXPORT void shawk_pcap_close(struct shawk_pcap *pcap);

/* The link type, DLT_*. */
SHAWK_EXPORT int shawk_pcap_link(const struct shawk_pcap *pcap);
/* A link type's name, or a text that says the number. Returns what it takes, the NUL included. */
SHAWK_EXPORT int shawk_pcap_link_name(int link, char *out, int capacity);
/* What packets are let through; "" = all. A frame on loopback passes once, as it comes in. 0, or -EINVAL with a line. */
SHAWK_EXPORT int shawk_pcap_filter(struct shawk_pcap *pcap, const char *expression, char *why, int capacity);
/* Packets that there are, at most wait_ms later (-1: however long it takes). `buffer` begins with room for `records`
 * records; bytes of packets follow. Returns how many there are, 0 where none has come, or -errno: nothing will come any
 * more. A buffer must have room for its records and one packet of SHAWK_PCAP_SNAPLEN. */
SHAWK_EXPORT int shawk_pcap_take(struct shawk_pcap *pcap, void *buffer, int capacity, int records, int wait_ms);
/* The line that goes with the last -errno of shawk_pcap_take(). Returns what it takes, the NUL included. */
SHAWK_EXPORT int shawk_pcap_why(const struct shawk_pcap *pcap, char *out, int capacity);
/* Since the start; all 0 of a file. */
SHAWK_EXPORT int shawk_pcap_stats(struct shawk_pcap *pcap, struct shawk_pcap_stats *stats);
/* Ends the wait of the call under way, or of the next one. Any thread. Of a pipe, nothing may come after it. */
SHAWK_EXPORT int shawk_pcap_interrupt(struct shawk_pcap *pcap);
/* Names of the interfaces of this network namespace, each followed by '\n'. Returns what they take, the NUL included. */
SHAWK_EXPORT int shawk_pcap_interfaces(char *out, int capacity);

#endif
