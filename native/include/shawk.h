/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C API of libshawk.so and the layout of every record that it hands to Java.
 *
 * Rules of the edge:
 *   - Flat: opaque handle, primitives, pointers to caller-owned memory. Functions return >= 0, or -errno.
 *   - Records are of fixed size, in the byte order of the machine, with explicit padding and asserted sizes.
 *     A string field is NUL-padded, not necessarily NUL-terminated, and holds raw bytes of any value.
 *   - A section that does not fit is never cut silently: the call returns -ENOBUFS, the control block says how
 *     many records each section needs, and the caller grows its buffers and calls again.
 *   - One call a sample. A handle is used by one thread at a time; handles are independent of one another.
 */
#ifndef SHAWK_H
#define SHAWK_H

#include <stddef.h>
#include <stdint.h>

#define SHAWK_ABI_VERSION 5
#define SHAWK_EXPORT __attribute__((visibility("default")))

/* shawk_sock.present: which groups of fields the kernel gave. A field whose bit is clear holds 0 and means nothing. */
#define SHAWK_HAS_COOKIE (1ULL << 0)
#define SHAWK_HAS_CGROUP (1ULL << 1)
#define SHAWK_HAS_MARK (1ULL << 2)
#define SHAWK_HAS_MEMINFO (1ULL << 3)    /* rmem .. sndbuf */
#define SHAWK_HAS_DROPS (1ULL << 4)      /* SK_MEMINFO_DROPS, 4.7 */
#define SHAWK_HAS_CONG (1ULL << 5)
#define SHAWK_HAS_V6ONLY (1ULL << 6)
#define SHAWK_HAS_INFO (1ULL << 7)       /* tcp_info up to total_retrans, 2.6 */
#define SHAWK_HAS_PACING (1ULL << 8)     /* pacing_rate, 3.15 */
#define SHAWK_HAS_BYTES (1ULL << 9)      /* bytes_acked, bytes_received, 4.1 */
#define SHAWK_HAS_SEGS (1ULL << 10)      /* segs_out, segs_in, 4.2 */
#define SHAWK_HAS_MIN_RTT (1ULL << 11)   /* notsent_bytes, min_rtt, data_segs_*, 4.6 */
#define SHAWK_HAS_DELIVERY (1ULL << 12)  /* delivery_rate, 4.9 */
#define SHAWK_HAS_LIMITS (1ULL << 13)    /* busy_time, rwnd_limited, sndbuf_limited, 4.10 */
#define SHAWK_HAS_BYTES_SENT (1ULL << 14) /* bytes_sent, bytes_retrans, 4.19 */
#define SHAWK_HAS_SND_WND (1ULL << 15)   /* snd_wnd, 5.4 */
#define SHAWK_HAS_INODE (1ULL << 16)
#define SHAWK_HAS_QUEUES (1ULL << 17)
#define SHAWK_HAS_MPTCP (1ULL << 18)        /* mptcp_token, mptcp_flags; of a subflow mptcp_remote_token and the ids */
#define SHAWK_HAS_MPTCP_COUNT (1ULL << 19)  /* mptcp_subflows */
#define SHAWK_HAS_LIFE (1ULL << 20)         /* opened_ns .. ordinal: the connection was watched */

/* Who opened a connection. */
#define SHAWK_DIRECTION_UNKNOWN 0
#define SHAWK_DIRECTION_OUT 1
#define SHAWK_DIRECTION_IN 2

/* How an owner is known. */
#define SHAWK_PROOF_UNKNOWN 0
#define SHAWK_PROOF_INFERRED 1
#define SHAWK_PROOF_PROVEN 2

/* What first ended ESTABLISHED, or why an attempt never came that far. */
enum shawk_reason {
    SHAWK_REASON_UNKNOWN,
    SHAWK_REASON_FIN_LOCAL,
    SHAWK_REASON_FIN_REMOTE,
    SHAWK_REASON_RST_IN,    /* a reset was received */
    SHAWK_REASON_ABORTED,   /* closed here by a reset: linger 0, unread data, AF_UNSPEC */
    SHAWK_REASON_RST_OUT,   /* a reset was sent for another cause */
    SHAWK_REASON_TIMEOUT,   /* of a connection and of an attempt */
    SHAWK_REASON_DESTROYED, /* SOCK_DESTROY */
    SHAWK_REASON_REFUSED,   /* from here on attempts only */
    SHAWK_REASON_UNREACHABLE,
    SHAWK_REASON_CANCELLED, /* closed before there was an answer */
    SHAWK_REASON_NO_PORT,   /* no local port was free: no SYN was sent */
    SHAWK_REASONS,
};

/* shawk_sock.mptcp. */
#define SHAWK_MPTCP_NONE 0    /* plain TCP, or UDP */
#define SHAWK_MPTCP_SOCKET 1  /* what the application has: IPPROTO_MPTCP */
#define SHAWK_MPTCP_SUBFLOW 2 /* a TCP connection (or the listener) of an MPTCP socket; its inode is that one's */

/* A dump takes a while: a socket that changes its place meanwhile may be shown twice (inet_diag never sets
 * NLM_F_DUMP_INTR). Records with the same netns and cookie are one socket. */

/* One socket as inet_diag or /proc/net/{tcp,udp}{,6} shows it. Addresses in network order, an IPv4 address in the
 * first four bytes; ports and all else in host order. */
struct shawk_sock {
    uint64_t present;
    uint64_t cookie;
    uint64_t netns;     /* inode of the network namespace */
    uint64_t cgroup_id; /* of the v2 hierarchy */
    uint8_t laddr[16];
    uint8_t raddr[16];
    uint32_t inode; /* 0: no process can hold it (TIME_WAIT, orphan, not accepted yet) */
    uint32_t uid;
    uint32_t ifindex;
    uint32_t mark;
    uint16_t lport;
    uint16_t rport;
    uint8_t family;   /* AF_INET, AF_INET6 */
    uint8_t protocol; /* IPPROTO_TCP, IPPROTO_UDP */
    uint8_t state;    /* include/net/tcp_states.h: 1 ESTABLISHED .. 12 NEW_SYN_RECV; UDP uses 1 and 7 */
    uint8_t timer;    /* idiag_timer: 0 none, 1 on, 2 keepalive, 3 timewait, 4 persist */
    uint32_t timer_ms;
    uint8_t retransmits; /* unanswered ones in a row */
    uint8_t v6only;
    uint8_t app_limited; /* tcpi_delivery_rate_app_limited */
    uint8_t ca_state;    /* enum tcp_ca_state */
    uint32_t rqueue;     /* bytes; LISTEN: length of the accept queue */
    uint32_t wqueue;     /* bytes; LISTEN: its limit, which /proc does not tell (0) */
    uint32_t rmem;       /* SK_MEMINFO_*, bytes */
    uint32_t wmem;
    uint32_t fwd_alloc;
    uint32_t wmem_queued;
    uint32_t optmem;
    uint32_t backlog;
    uint32_t drops;
    uint32_t rcvbuf;
    uint32_t sndbuf;
    uint8_t cong[16];
    uint32_t rto_us; /* from here on tcp_info; times in us unless named otherwise */
    uint32_t snd_mss;
    uint32_t rcv_mss;
    uint32_t unacked;
    uint32_t lost;
    uint32_t retrans_out;
    uint32_t last_data_sent_ms;
    uint32_t last_data_recv_ms;
    uint32_t last_ack_recv_ms;
    uint32_t rtt_us;
    uint32_t rttvar_us;
    uint32_t snd_ssthresh; /* 0x7fffffff: none yet */
    uint32_t snd_cwnd;
    uint32_t total_retrans;
    uint32_t segs_out;
    uint32_t segs_in;
    uint32_t notsent_bytes;
    uint32_t min_rtt_us; /* UINT32_MAX: no sample yet */
    uint32_t snd_wnd;
    uint32_t data_segs_out;
    uint32_t data_segs_in;
    uint64_t pacing_rate; /* bytes/s; UINT64_MAX: not limited */
    uint64_t bytes_acked;
    uint64_t bytes_received;
    uint64_t delivery_rate;
    uint64_t busy_us;
    uint64_t rwnd_limited_us;
    uint64_t sndbuf_limited_us;
    uint64_t bytes_sent;
    uint64_t bytes_retrans;
    uint32_t mptcp_token;        /* of the MPTCP socket, on this side: what joins it with its subflows; 0: none yet */
    uint32_t mptcp_remote_token; /* the other side's name for it */
    uint32_t mptcp_flags;        /* of a socket MPTCP_INFO_FLAG_*: 1 fell back to TCP; of a subflow
                                    MPTCP_SUBFLOW_FLAG_*: 4 joined from there, 8 from here, 16 their backup, 32 ours */
    uint8_t mptcp;               /* SHAWK_MPTCP_*; protocol is IPPROTO_TCP for all of them */
    uint8_t mptcp_subflows;      /* that the socket has now */
    uint8_t mptcp_local_id;      /* address ids of a subflow */
    uint8_t mptcp_remote_id;
    uint64_t opened_ns;  /* CLOCK_MONOTONIC of the transition to ESTABLISHED; 0: not seen */
    uint32_t connect_us; /* SYN_SENT to ESTABLISHED; 0: not seen, or opened from the other end */
    uint32_t owner;      /* number of a process of this sample, plus 1; 0: nobody is known */
    uint8_t direction;   /* SHAWK_DIRECTION_* */
    uint8_t proof;       /* SHAWK_PROOF_*, of owner */
    uint8_t fresh;       /* 1: its opening was seen, and no sample has shown it before this one */
    uint8_t pad;
    uint32_t ordinal; /* which connection of its socket, from 1 */
};
_Static_assert(sizeof(struct shawk_sock) == 352, "shawk_sock is part of the ABI");

/* A process that holds a socket of this sample. (pid, start) is its identity. */
struct shawk_process {
    uint64_t start; /* clock ticks after boot, /proc/PID/stat field 22 */
    uint64_t netns; /* 0: unknown */
    uint32_t pid;   /* thread group */
    uint32_t ppid;
    uint32_t pgid;
    uint32_t uid; /* effective: owner of /proc/PID */
    uint8_t comm[16];
};
_Static_assert(sizeof(struct shawk_process) == 48, "shawk_process is part of the ABI");

/* Socket number `sock` is held by process number `process` (indices into the sections; a number beyond the sockets goes
 * on through the unix sockets). Sorted by sock, then process; each pair once, however many descriptors and threads hold
 * it. */
struct shawk_holder {
    uint32_t sock;
    uint32_t process;
};
_Static_assert(sizeof(struct shawk_holder) == 8, "shawk_holder is part of the ABI");

/* What is read of a namespace, part by part. Bit numbers of shawk_netns.unread, indices of shawk_control.errors. */
enum shawk_part {
    SHAWK_PART_TCP4,
    SHAWK_PART_TCP6,
    SHAWK_PART_UDP4,
    SHAWK_PART_UDP6,
    SHAWK_PART_MPTCP4,
    SHAWK_PART_MPTCP6,
    SHAWK_PART_UNIX,
    SHAWK_PART_TRANSLATIONS,
    SHAWK_PART_LINKS, /* of the caller's namespace only, so that it has no bit in unread */
    SHAWK_PARTS,
};

/* A network namespace that was looked at, or could not be. */
struct shawk_netns {
    uint64_t inode;
    int32_t error;     /* 0, or the errno that kept its sockets from being seen */
    uint16_t port_low; /* ip_local_port_range; 0 0: unknown */
    uint16_t port_high;
    uint32_t pid;  /* a process that lives in it, 0 = only named; of the caller's own the caller */
    uint8_t self;   /* 1: the caller's own */
    uint8_t unread; /* parts of it that failed while others did not, so that what was there may still be there */
    uint16_t pad;
    uint8_t name[64]; /* file name under /run/netns, or empty */
};
_Static_assert(sizeof(struct shawk_netns) == 88, "shawk_netns is part of the ABI");

/* The name of an interface that some socket of this sample is bound to. */
struct shawk_iface {
    uint64_t netns;
    uint32_t ifindex;
    uint8_t name[16];
    uint32_t pad;
};
_Static_assert(sizeof(struct shawk_iface) == 32, "shawk_iface is part of the ABI");

/* shawk_unix.present. */
#define SHAWK_UNIX_HAS_NAME (1U << 0) /* name_len, name */
#define SHAWK_UNIX_HAS_VFS (1U << 1)
#define SHAWK_UNIX_HAS_PEER (1U << 2)
#define SHAWK_UNIX_HAS_QUEUES (1U << 3)
#define SHAWK_UNIX_HAS_UID (1U << 4)
#define SHAWK_UNIX_HAS_SHUTDOWN (1U << 5)

/* A unix socket, by unix_diag. */
struct shawk_unix {
    uint64_t cookie;
    uint64_t netns;
    uint32_t present;
    uint32_t inode;     /* 0: not accepted yet */
    uint32_t peer;      /* inode of the socket at the other end; 0: none, or one that is not accepted yet */
    uint32_t uid;
    uint32_t rqueue;    /* bytes; LISTEN: length of the accept queue */
    uint32_t wqueue;    /* bytes; LISTEN: its limit */
    uint32_t vfs_inode; /* of the file it is bound to */
    uint32_t vfs_dev;
    uint8_t type;       /* SOCK_STREAM 1, SOCK_DGRAM 2, SOCK_SEQPACKET 5 */
    uint8_t state;      /* as of TCP: 1 ESTABLISHED, 7 CLOSE (not connected), 10 LISTEN */
    uint8_t shutdown;   /* 1: nothing more is received, 2: nothing more is sent */
    uint8_t name_len;   /* bytes of name; 0: not bound */
    uint8_t name[108];  /* any bytes; an abstract name begins with NUL */
};
_Static_assert(sizeof(struct shawk_unix) == 160, "shawk_unix is part of the ABI");

/* A connection that conntrack translates. Addresses and ports as in shawk_sock. original: as whoever opened it sent it;
 * reply: as the answers come. Translated where one is not the other turned round. */
struct shawk_translation {
    uint64_t netns; /* where it was read */
    uint8_t orig_src[16];
    uint8_t orig_dst[16];
    uint8_t reply_src[16];
    uint8_t reply_dst[16];
    uint16_t orig_sport;
    uint16_t orig_dport;
    uint16_t reply_sport;
    uint16_t reply_dport;
    uint32_t status; /* IPS_*: 0x10 source translated, 0x20 destination translated */
    uint8_t family;
    uint8_t protocol;
    uint16_t zone;
};
_Static_assert(sizeof(struct shawk_translation) == 88, "shawk_translation is part of the ABI");

/* An interface of the caller's own namespace, with its counters. */
struct shawk_link {
    uint64_t netns;
    uint64_t rx_bytes; /* IFLA_STATS64, since the interface came up */
    uint64_t tx_bytes;
    uint64_t rx_packets;
    uint64_t tx_packets;
    uint64_t rx_errors;
    uint64_t tx_errors;
    uint64_t rx_dropped;
    uint64_t tx_dropped;
    uint32_t ifindex;
    uint32_t flags;  /* IFF_*: 1 up, 8 loopback */
    uint32_t mtu;    /* bytes */
    uint32_t master; /* ifindex of the bridge, bond or VRF that it belongs to; 0: none */
    uint32_t lower;  /* ifindex of what it stands upon (VLAN), or of the other end (veth, anywhere) */
    uint16_t type;   /* ARPHRD_*: 1 Ethernet, 772 loopback */
    uint8_t operstate; /* IF_OPER_*: 0 unknown, 2 down, 6 up */
    uint8_t pad;
    uint8_t name[16];
};
_Static_assert(sizeof(struct shawk_link) == 112, "shawk_link is part of the ABI");

/* What became of a connection, as it happened. Addresses and ports as in shawk_sock. */
struct shawk_event {
    uint64_t monotonic_ns;
    uint64_t netns;
    uint64_t cookie;
    uint8_t laddr[16];
    uint8_t raddr[16];
    uint64_t opened_ns; /* of a failed attempt when it began; 0: not seen */
    uint64_t tx_bytes;  /* payload acknowledged, received */
    uint64_t rx_bytes;
    uint32_t ordinal;
    uint32_t process; /* its owner: number of a process of this sample, plus 1; 0: nobody is known */
    uint32_t uid;
    uint32_t ifindex;
    uint32_t rtt_us;     /* 0: none */
    uint32_t min_rtt_us; /* UINT32_MAX: none */
    uint32_t connect_us; /* 0: not seen, or opened from the other end */
    uint32_t retrans;
    uint32_t segs_out;
    uint16_t lport;
    uint16_t rport;
    uint8_t kind;      /* SHAWK_EVENT_* */
    uint8_t protocol;  /* IPPROTO_TCP */
    uint8_t family;    /* AF_INET, AF_INET6 */
    uint8_t direction; /* SHAWK_DIRECTION_* */
    uint8_t proof;     /* SHAWK_PROOF_* */
    uint8_t reason;    /* SHAWK_REASON_*; 0 of an opening */
    uint8_t mptcp;     /* SHAWK_MPTCP_* */
    uint8_t pad;
};
_Static_assert(sizeof(struct shawk_event) == 128, "shawk_event is part of the ABI");
#define SHAWK_EVENT_OPENED 1
#define SHAWK_EVENT_CLOSED 2
#define SHAWK_EVENT_FAILED 3

/* Counts of what ended in one interval, of connections that have all of netns, process, direction, protocol, addresses
 * and port in common. What was counted without room for that has netns 0 and nobody's process. */
struct shawk_bundle {
    uint64_t netns;
    uint8_t laddr[16];
    uint8_t raddr[16];
    uint64_t opened;     /* of closed, those whose opening was seen */
    uint64_t opened_now; /* of these, those that no sample has shown */
    uint64_t closed;
    uint64_t failed;
    uint64_t tx_bytes; /* payload of closed, from their beginning on */
    uint64_t rx_bytes;
    uint64_t tx_now; /* of these, what no sample has shown */
    uint64_t rx_now;
    uint64_t retrans;
    uint64_t segs_out;
    uint64_t rtt_sum_us; /* smoothed, at the end, of rtt_count connections */
    uint64_t duration_sum_us; /* of opened */
    uint32_t rtt_count;
    uint32_t process; /* number of a process of this sample, plus 1; 0: nobody is known */
    uint16_t port;    /* of the service; 0: not known */
    uint8_t protocol; /* IPPROTO_TCP */
    uint8_t family;
    uint8_t direction;
    uint8_t proof; /* the weakest */
    uint8_t mptcp; /* SHAWK_MPTCP_* */
    uint8_t pad;
};
_Static_assert(sizeof(struct shawk_bundle) == 152, "shawk_bundle is part of the ABI");

/* What one process sent to, and received from, one peer by one UDP socket in one interval. */
struct shawk_flow {
    uint64_t netns;
    uint64_t cookie; /* of the socket */
    uint8_t laddr[16];
    uint8_t raddr[16]; /* with rport 0: the peer is not known */
    uint64_t tx_bytes;
    uint64_t rx_bytes;
    uint64_t tx_packets;
    uint64_t rx_packets;
    uint64_t first_ns; /* CLOCK_MONOTONIC, of this interval */
    uint64_t last_ns;
    uint32_t process; /* number of a process of this sample, plus 1 */
    uint32_t uid;
    uint16_t lport;
    uint16_t rport;
    uint8_t family;
    uint8_t pad[3];
};
_Static_assert(sizeof(struct shawk_flow) == 112, "shawk_flow is part of the ABI");

/* A figure about the reading itself. */
struct shawk_meter {
    uint32_t id; /* enum shawk_meter_id */
    uint32_t pad;
    uint64_t value;
};
_Static_assert(sizeof(struct shawk_meter) == 16, "shawk_meter is part of the ABI");

/* Figures since the start, unless they are states. LIVE_AT_START + ESTABLISHED = LIVE + ENDED + LOST. */
enum shawk_meter_id {
    SHAWK_METER_LIVE_AT_START,     /* connections older than the program */
    SHAWK_METER_ESTABLISHED,       /* connections that began */
    SHAWK_METER_LIVE,              /* connections that have not ended, as counted in the kernel */
    SHAWK_METER_ENDED,             /* connections that ended and were handed out in bundles */
    SHAWK_METER_LOST,              /* connections that neither live nor were handed out */
    SHAWK_METER_ATTEMPTS,          /* SYN_SENT */
    SHAWK_METER_FAILED,            /* attempts that ended before ESTABLISHED */
    SHAWK_METER_MISSED,            /* transitions that the kernel did not run the program for */
    SHAWK_METER_UNTRACKED,         /* connections that there was no room to keep an account of: counted, not owned */
    SHAWK_METER_OVERFLOWED,        /* ends counted without owner and addresses, for want of a bundle */
    SHAWK_METER_EVENTS,            /* records of single connections handed out */
    SHAWK_METER_EVENTS_DROPPED,    /* such records that the ring had no room for; their counts are not lost */
    SHAWK_METER_PROCESSES_DROPPED, /* processes that there was no room to name */
    SHAWK_METER_FLOWS_DROPPED,     /* datagrams counted for no flow, for want of room */
    SHAWK_METER_BUNDLES,           /* in the last interval; of at most */
    SHAWK_METER_BUNDLES_MAX,
    SHAWK_METER_TRACKED, /* connections with an account in the kernel; of at most */
    SHAWK_METER_TRACKED_MAX,
    SHAWK_METER_FLOWS, /* UDP flows of the last interval; of at most */
    SHAWK_METER_FLOWS_MAX,
    SHAWK_METER_RING_BYTES, /* of the ring, used when it was read; of at most */
    SHAWK_METER_RING_BYTES_MAX,
    SHAWK_METER_KERNEL_BYTES, /* memory of maps and programs */
    SHAWK_METER_SWITCH_NS,    /* time taken by the last sample: changing the bundles, */
    SHAWK_METER_ITERATE_NS,   /* sockets and their holders, */
    SHAWK_METER_DRAIN_NS,     /* bundles and records */
    SHAWK_METERS,
};

/* A program in the kernel. */
struct shawk_program {
    uint8_t name[24];
    uint64_t run_ns; /* 0 unless statistics are on */
    uint64_t runs;
    uint64_t misses; /* runs that the kernel left out */
    uint32_t instructions; /* that the verifier has processed; 0: not told */
    int32_t error; /* 0: at work; else the errno that keeps it out */
};
_Static_assert(sizeof(struct shawk_program) == 56, "shawk_program is part of the ABI");

/* The sections of a sample, each of records of one kind. A further one is a line here, a line in sample.c's table, and
 * one in Java's. */
enum shawk_section {
    SHAWK_SECTION_SOCKETS,      /* shawk_sock */
    SHAWK_SECTION_HOLDERS,      /* shawk_holder */
    SHAWK_SECTION_PROCESSES,    /* shawk_process */
    SHAWK_SECTION_NAMESPACES,   /* shawk_netns */
    SHAWK_SECTION_INTERFACES,   /* shawk_iface */
    SHAWK_SECTION_UNIX_SOCKETS, /* shawk_unix */
    SHAWK_SECTION_TRANSLATIONS, /* shawk_translation */
    SHAWK_SECTION_LINKS,        /* shawk_link */
    SHAWK_SECTION_EVENTS,       /* shawk_event, from here on by libshawk-bpf.so only */
    SHAWK_SECTION_BUNDLES,      /* shawk_bundle */
    SHAWK_SECTION_FLOWS,        /* shawk_flow */
    SHAWK_SECTION_METERS,       /* shawk_meter */
    SHAWK_SECTION_PROGRAMS,     /* shawk_program */
    SHAWK_SECTIONS,
};

/* In: capacities, as numbers of records. Out: the rest. */
struct shawk_control {
    uint32_t abi_version; /* in: SHAWK_ABI_VERSION of the caller */
    uint32_t pad;
    uint32_t capacities[SHAWK_SECTIONS];
    uint32_t counts[SHAWK_SECTIONS]; /* records written, or needed where -ENOBUFS is returned */
    uint64_t wall_us;           /* CLOCK_REALTIME when the sockets were read */
    uint64_t monotonic_ns;      /* CLOCK_MONOTONIC at the same moment */
    uint64_t sockets_ns;        /* time taken by reading sockets, and what follows up to owners_ns */
    uint64_t unix_ns;           /* of that, by unix sockets */
    uint64_t translations_ns;   /* of that, by conntrack; 0: there are none, or they are those of the sample before */
    uint64_t links_ns;          /* of that, by the interfaces' counters */
    uint64_t owners_ns;         /* time taken by the walk for owners */
    uint32_t processes_seen;    /* visited by the walk, with descriptors or denied; no kernel threads */
    uint32_t processes_denied;  /* of these, with unreadable descriptors (EACCES, EPERM) */
    uint32_t processes_hidden;  /* 1: hidepid is at work, so that not even their number is known */
    uint32_t malformed;         /* messages or lines that could not be parsed and were left out */
    uint32_t translations_cut;  /* namespaces whose conntrack table was not read to its end: too many, or too slow */
    int32_t errors[SHAWK_PARTS]; /* 0, or the errno of this part in the caller's namespace, or in the one that was asked
                                    for; ENOENT: the kernel does not have it */
};
_Static_assert(sizeof(struct shawk_control) == 224, "shawk_control is part of the ABI");

/* What to sample. */
#define SHAWK_SOCKETS_DIAG 0  /* NETLINK_SOCK_DIAG */
#define SHAWK_SOCKETS_PROC 1  /* /proc/net/{tcp,udp}{,6} of a process in each namespace */
#define SHAWK_NETNS_ALL 0
#define SHAWK_NETNS_SELF 1
#define SHAWK_NETNS_INODE 2   /* the one whose inode is given */
/* Parts of a sample, as a set of bits. */
#define SHAWK_PROTO_TCP 1
#define SHAWK_PROTO_UDP 2
#define SHAWK_PROTO_MPTCP 4 /* by SHAWK_SOCKETS_DIAG only, as unix sockets: otherwise EOPNOTSUPP */
#define SHAWK_PROTO_UNIX 8
#define SHAWK_READ_TRANSLATIONS 16
#define SHAWK_READ_LINKS 32
#define SHAWK_READ_ALL 63

/* The unix socket with this inode is held by process number `process` of what is known. */
struct shawk_held {
    uint32_t inode;
    uint32_t process;
};

/* What somebody else read of this host just now: records of each section, which stay with him. */
struct shawk_living {
    uint64_t wall_us; /* as in shawk_control */
    uint64_t monotonic_ns;
    const void *records[SHAWK_SECTIONS];
    uint32_t counts[SHAWK_SECTIONS];
    uint32_t incomplete; /* 1: there are connections that no process holds, so that a dump of all sockets is worth it */
    uint32_t events_only; /* 1: nothing else is wanted: no socket is dumped */
    const struct shawk_held *held;
    uint32_t held_count;
    uint32_t pad;
};

struct shawk_sampler;

SHAWK_EXPORT uint32_t shawk_abi_version(void);
/* Fills `out` with "struct.field offset size\n" lines of every record above (for the test that compares layouts);
 * returns the bytes needed, the terminating NUL included. */
SHAWK_EXPORT int shawk_abi_layout(char *out, int capacity);

/* proc_root: "/proc", or a made-up tree with the same shape. netns_dir: "/run/netns". Returns 0 and *out, or -errno. */
SHAWK_EXPORT int shawk_sampler_open(const char *proc_root, const char *netns_dir, int sockets, int netns_mode,
                                    uint64_t netns_inode, int parts, struct shawk_sampler **out);
SHAWK_EXPORT void shawk_sampler_close(struct shawk_sampler *sampler);
/* One sample of everything. living: NULL, or what is known already: the dump then adds the sockets that are not there,
 * those that no process holds, and nobody walks the processes. -ENOBUFS: grow to the counts in `control` and call again; the sample is kept for that call,
 * which hands out the very same one, unless two seconds have passed. Another -errno: nothing could be read at all.
 * buffers: SHAWK_SECTIONS of them; one of capacity 0 may be NULL. */
SHAWK_EXPORT int shawk_sample(struct shawk_sampler *sampler, struct shawk_control *control, void *const *buffers,
                              const struct shawk_living *living);

/* A socket to be destroyed, and what came of it. */
struct shawk_kill {
    uint64_t netns;
    uint64_t cookie;   /* so that no newer socket with the same addresses is hit; without one nothing is done */
    uint8_t laddr[16]; /* as in shawk_sock */
    uint8_t raddr[16];
    uint32_t ifindex;
    uint16_t lport;
    uint16_t rport;
    uint8_t family;
    uint8_t protocol;
    uint8_t mptcp; /* SHAWK_MPTCP_SOCKET: the kernel may know how to destroy its subflows only */
    uint8_t pad;
    int32_t result; /* out: 0, or a positive errno. ENOENT: it is gone; EPERM: CAP_NET_ADMIN is missing; EOPNOTSUPP: the
                       kernel cannot (CONFIG_INET_DIAG_DESTROY) */
};
_Static_assert(sizeof(struct shawk_kill) == 64, "shawk_kill is part of the ABI");

/* Destroys sockets, as `ss -K` does: either end sees a connection reset (ECONNABORTED here). Each has its result.
 * Returns how many were destroyed, or -errno where none was tried. */
SHAWK_EXPORT int shawk_destroy(const char *proc_root, const char *netns_dir, struct shawk_kill *kills, uint32_t count);
/* Sends a signal to the process that has this number and began at that time, never to a later bearer of the number.
 * -ESRCH: it has ended. */
SHAWK_EXPORT int shawk_signal(const char *proc_root, uint32_t pid, uint64_t start, int signal);

/* Inode of a namespace by the name of its file under netns_dir, or -errno: -EINVAL if the file is something else. */
SHAWK_EXPORT int64_t shawk_netns_by_name(const char *netns_dir, const char *name);

/* Terminal. */
SHAWK_EXPORT int shawk_term_size(int fd);  /* columns << 16 | rows, or -errno */
SHAWK_EXPORT int shawk_term_is_tty(int fd); /* 1, 0 */
/* Saves the settings of fd in `saved` (at least SHAWK_TERM_STATE bytes) and sets raw mode: no echo, no line buffer,
 * no signals from keys. */
#define SHAWK_TERM_STATE 128
SHAWK_EXPORT int shawk_term_raw(int fd, uint8_t *saved);
/* Does nothing from the background, where the terminal is somebody else's. */
SHAWK_EXPORT int shawk_term_restore(int fd, const uint8_t *saved);
/* Waits up to timeout_ms for input on fd: 1 ready, 0 time out, -errno (a hang-up is -EIO). */
SHAWK_EXPORT int shawk_term_wait(int fd, int timeout_ms);
/* Stops the process group as Ctrl-Z in a shell does; returns when it was continued. -ENOTSUP: nobody is there who could
 * continue it, so that it was not stopped. */
SHAWK_EXPORT int shawk_suspend(void);

/* What the kernel answers to one small question in the caller's namespace, which changes nothing: 0, or -errno. */
#define SHAWK_PROBE_TCP4 0      /* a dump of sockets by inet_diag; -ENOENT: the kernel has no such module */
#define SHAWK_PROBE_TCP6 1
#define SHAWK_PROBE_UDP4 2
#define SHAWK_PROBE_UDP6 3
#define SHAWK_PROBE_MPTCP 4
#define SHAWK_PROBE_UNIX 5      /* by unix_diag */
#define SHAWK_PROBE_DESTROY 6   /* SOCK_DESTROY; -EOPNOTSUPP: the kernel cannot. Whether the caller may is not asked */
#define SHAWK_PROBE_CONNTRACK 7
#define SHAWK_PROBE_TCP_INFO 8  /* bytes of the kernel's tcp_info in place of 0 */
SHAWK_EXPORT int shawk_probe(int what);

/* CPU time of this process in us, resident memory in KiB, capability sets; for the self meter and the plan. */
SHAWK_EXPORT int64_t shawk_self_cpu_us(void);
SHAWK_EXPORT int64_t shawk_self_rss_kib(void);
SHAWK_EXPORT uint64_t shawk_self_capabilities(void); /* effective, bit CAP_* */
/* For all threads that this process has, and thereby for those that these make: 0, or -errno. */
SHAWK_EXPORT int shawk_self_nice(int nice);                               /* -20 to 19 */
SHAWK_EXPORT int shawk_self_affinity(const uint16_t *cpus, int count);    /* -EINVAL: there is none of these */
/* The process is the head of a session of its own from now on, without a terminal. */
SHAWK_EXPORT int shawk_self_detach(void);
/* From now on the calling thread, and no other, opens files with no more than the rights of this user: no supplementary
 * group of the process is left to it. 0, or -EPERM; a thread that was refused must not go on. */
SHAWK_EXPORT int shawk_thread_act_for(uint32_t uid, uint32_t gid);
/* Sends one datagram to the Unix socket at `path`, as sd_notify(3) does; a leading '@' stands for the NUL of an abstract
 * name. Never waits. 0, or -errno. */
SHAWK_EXPORT int shawk_notify(const char *path, const char *message);

#endif
