/* SPDX-License-Identifier: Apache-2.0 */
/* Pure parsing of /proc text: total over any bytes, no system call, no global. None of the texts need a NUL. */
#ifndef SHAWK_PROC_PARSE_H
#define SHAWK_PROC_PARSE_H

#include "shawk.h"

/* What /proc/PID/stat says. */
struct proc_stat {
    uint64_t start; /* clock ticks after boot */
    uint32_t ppid;
    uint32_t pgid;
    uint32_t flags; /* PF_* */
    uint8_t state;
    uint8_t comm[16];
};

/* Each returns 1, or 0 where the text is something else. */
int proc_parse_pid(const char *name, uint32_t *pid);
int proc_parse_link(const char *text, size_t length, const char *kind, uint64_t *inode); /* "kind:[n]" */
int proc_parse_stat(const char *text, size_t length, struct proc_stat *stat);
int proc_parse_port_range(const char *text, size_t length, uint16_t *low, uint16_t *high);
/* /proc/net/protocols: how many sockets a protocol has; 0 also where it is not there. */
long proc_parse_protocol(const char *text, size_t length, const char *name);
/* One line of /proc/net/{tcp,udp}{,6}, without its newline. ticks: clock ticks a second. */
int proc_parse_socket(const char *text, size_t length, uint8_t family, uint8_t protocol, uint32_t ticks,
                      struct shawk_sock *sock);

#endif
