/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include <net/if.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

uint32_t shawk_pcap_abi_version(void) {
    return SHAWK_PCAP_ABI_VERSION;
}

int shawk_pcap_abi_layout(char *out, int capacity) {
#define FIELD(record, name)                                                                                            \
    { #record "." #name, offsetof(struct record, name), sizeof(((struct record *)0)->name) }
    static const struct {
        const char *name;
        size_t offset;
        size_t size;
    } fields[] = {
        FIELD(shawk_pcap_packet, micros),  FIELD(shawk_pcap_packet, captured),
        FIELD(shawk_pcap_packet, wire),    FIELD(shawk_pcap_packet, link),
        FIELD(shawk_pcap_packet, offset),  FIELD(shawk_pcap_stats, received),
        FIELD(shawk_pcap_stats, dropped),  FIELD(shawk_pcap_stats, interface_dropped),
    };
#undef FIELD
    int length = 0;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        size_t room = length < capacity ? (size_t)(capacity - length) : 0;
        length += snprintf(room > 0 ? out + length : NULL, room, "%s %zu %zu\n", fields[i].name, fields[i].offset,
                           fields[i].size);
    }
    return length + 1;
}

int shawk_pcap_link(const struct shawk_pcap *pcap) {
    return pcap->link;
}

int shawk_pcap_link_name(int link, char *out, int capacity) {
    const char *name = pcap_datalink_val_to_name(link);
    size_t room = capacity > 0 ? (size_t)capacity : 0;
    return 1 + (name != NULL ? snprintf(out, room, "%s", name) : snprintf(out, room, "number %d", link));
}

int shawk_pcap_why(const struct shawk_pcap *pcap, char *out, int capacity) {
    return 1 + snprintf(out, capacity > 0 ? (size_t)capacity : 0, "%s", pcap->why);
}

int shawk_pcap_stats(struct shawk_pcap *pcap, struct shawk_pcap_stats *stats) {
    struct pcap_stat now;
    memset(&now, 0, sizeof(now));
    if (pcap->live && pcap_stats(pcap->pcap, &now) == 0) {
        /* libpcap's counters have 32 bits. */
        pcap->stats.received += (uint32_t)(now.ps_recv - pcap->last.ps_recv);
        pcap->stats.dropped += (uint32_t)(now.ps_drop - pcap->last.ps_drop);
        pcap->stats.interface_dropped += (uint32_t)(now.ps_ifdrop - pcap->last.ps_ifdrop);
        pcap->last = now;
    }
    *stats = pcap->stats;
    return 0;
}

int shawk_pcap_interrupt(struct shawk_pcap *pcap) {
    uint64_t one = 1;
    return write(pcap->wake, &one, sizeof(one)) == (ssize_t)sizeof(one) ? 0 : -errno;
}

int shawk_pcap_interfaces(char *out, int capacity) {
    struct if_nameindex *all = if_nameindex();
    size_t room = capacity > 0 ? (size_t)capacity : 0;
    size_t length = 0;
    for (size_t i = 0; all != NULL && all[i].if_index != 0; i++) {
        size_t name = strlen(all[i].if_name) + 1;
        if (length + name + 1 <= room) {
            (void)snprintf(out + length, room - length, "%s\n", all[i].if_name);
        }
        length += name;
    }
    if (room > 0 && length == 0) {
        out[0] = '\0';
    }
    if (all != NULL) {
        if_freenameindex(all);
    }
    return (int)length + 1;
}
