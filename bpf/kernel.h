/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The kernel's types as far as the programs use them. The loader finds out where each field is on the kernel at hand
 * (CO-RE), so that order, size and what lies between do not matter; a name that ends in ___ and more is the same type
 * as an older or newer kernel has it.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <linux/bpf.h>
#include <linux/types.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;

struct ns_common {
    unsigned int inum;
};

struct net {
    struct ns_common ns;
};

typedef struct {
    struct net *net;
} possible_net_t;

typedef struct {
    int counter;
} atomic_t;

typedef struct {
    long counter;
} atomic64_t;

typedef struct {
    atomic_t refs;
} refcount_t;

typedef struct {
    u32 val;
} kuid_t;

struct hlist_node {
    struct hlist_node **pprev;
};

struct timer_list {
    struct hlist_node entry;
    unsigned long expires;
};

struct in6_addr {
    u8 bytes[16];
};

struct sock_common {
    u32 skc_daddr;
    u32 skc_rcv_saddr;
    u16 skc_dport; /* network order */
    u16 skc_num;
    u16 skc_family;
    volatile unsigned char skc_state;
    unsigned char skc_ipv6only : 1;
    int skc_bound_dev_if;
    possible_net_t skc_net;
    struct in6_addr skc_v6_daddr;
    struct in6_addr skc_v6_rcv_saddr;
    atomic64_t skc_cookie;
    unsigned long skc_flags;
};

typedef struct {
    int owned;
} socket_lock_t;

struct sk_backlog_part {
    atomic_t rmem_alloc;
    int len;
};

struct sock {
    struct sock_common __sk_common;
    struct {
        atomic_t rmem_alloc;
        int len;
    } sk_backlog;
    atomic_t sk_drops;
    int sk_rcvbuf;
    int sk_sndbuf;
    int sk_err;
    int sk_err_soft;
    socket_lock_t sk_lock;
    int sk_forward_alloc;
    int sk_wmem_queued;
    atomic_t sk_omem_alloc;
    refcount_t sk_wmem_alloc;
    struct timer_list sk_timer;
    unsigned long sk_pacing_rate;
    u32 sk_mark;
    kuid_t sk_uid;
    u16 sk_protocol; /* a bit field before 5.6 */
    u8 sk_shutdown;
    u32 sk_ack_backlog;
    u32 sk_max_ack_backlog;
};

struct inet_sock {
    struct sock sk;
    u16 inet_sport; /* network order */
};

struct tcp_congestion_ops {
    char name[16];
};

struct tcp_ulp_ops {
    char name[16];
};

struct inet_connection_sock {
    struct inet_sock icsk_inet;
    struct timer_list icsk_retransmit_timer;
    u32 icsk_rto;
    const struct tcp_congestion_ops *icsk_ca_ops;
    const struct tcp_ulp_ops *icsk_ulp_ops;
    void *icsk_ulp_data;
    u8 icsk_ca_state : 5;
    u8 icsk_retransmits;
    u8 icsk_pending;
    struct {
        u32 lrcvtime;
        u16 rcv_mss;
    } icsk_ack;
};

/* Until 6.18 the time at which the timer fires had a field of its own. */
struct inet_connection_sock___timeout {
    unsigned long icsk_timeout;
};

struct minmax_sample {
    u32 t;
    u32 v;
};

struct minmax {
    struct minmax_sample s[3];
};

struct tcp_sock {
    struct inet_connection_sock inet_conn;
    u32 snd_wnd;
    u32 mss_cache;
    u32 snd_cwnd;
    u32 lost_out;
    u32 copied_seq;
    u32 rttvar_us; /* of no more than the last round trip; tcp_info has mdev_us */
    u32 mdev_us;
    u32 retrans_out;
    u32 snd_ssthresh;
    struct minmax rtt_min;
    u32 segs_out;
    u32 data_segs_out;
    u64 bytes_sent;
    u8 chrono_type; /* a bit field before 6.8 */
    u32 chrono_start;
    u32 chrono_stat[3];
    u32 write_seq;
    u32 lsndtime;
    u8 rate_app_limited : 1;
    u32 rcv_nxt;
    u32 snd_nxt;
    u32 snd_una;
    u32 srtt_us;
    u32 packets_out;
    u32 rcv_tstamp;
    u64 bytes_received;
    u32 segs_in;
    u32 data_segs_in;
    u32 rate_delivered;
    u32 rate_interval_us;
    u64 bytes_acked;
    u64 bytes_retrans;
    u32 total_retrans;
};

/* Begins with its inet_connection_sock. The counters came with 6.5. */
struct mptcp_sock {
    struct sock *first;
    u64 bytes_sent;
    u64 bytes_received;
    u64 bytes_acked;
};

struct mptcp_subflow_context {
    struct sock *conn;
};

struct request_sock {
    struct sock_common __req_common;
};

typedef struct {
    u32 val;
} kgid_t;

struct cred {
    kuid_t euid;
};

struct nsproxy {
    struct net *net_ns;
};

struct upid {
    int nr;
};

struct pid {
    struct upid numbers[1];
};

struct signal_struct {
    struct pid *pids[4];
};

struct task_struct {
    unsigned int flags;
    int pid;
    int tgid;
    u64 start_boottime;
    struct task_struct *group_leader;
    struct task_struct *real_parent;
    const struct cred *cred;
    const struct cred *real_cred;
    struct nsproxy *nsproxy;
    struct signal_struct *signal;
    char comm[16];
};

struct inode {
    unsigned long i_ino;
};

struct file {
    struct inode *f_inode;
};

struct socket {
    short type;
    struct sock *sk;
};

struct seq_file;

struct bpf_iter_meta {
    struct seq_file *seq;
    u64 session_id;
    u64 seq_num;
};

struct bpf_iter__task_file {
    struct bpf_iter_meta *meta;
    struct task_struct *task;
    u32 fd;
    struct file *file;
};

struct bpf_map;

struct bpf_iter__bpf_sk_storage_map {
    struct bpf_iter_meta *meta;
    struct bpf_map *map;
    struct sock *sk;
    void *value;
};

struct sk_buff;

#pragma clang attribute pop

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_MPTCP 262

#define MSG_PEEK 2
#define MSG_ERRQUEUE 0x2000

#define PF_KTHREAD 0x00200000 /* include/linux/sched.h */
#define PIDTYPE_PGID 2        /* include/linux/pid_types.h */
#define SOCK_DONE 1           /* enum sock_flags: the other end's FIN has come */

/* include/net/tcp_states.h */
enum {
    TCP_ESTABLISHED = 1,
    TCP_SYN_SENT,
    TCP_SYN_RECV,
    TCP_FIN_WAIT1,
    TCP_FIN_WAIT2,
    TCP_TIME_WAIT,
    TCP_CLOSE,
    TCP_CLOSE_WAIT,
    TCP_LAST_ACK,
    TCP_LISTEN,
    TCP_CLOSING,
    TCP_NEW_SYN_RECV,
};

/* include/net/inet_connection_sock.h */
#define ICSK_TIME_RETRANS 1
#define ICSK_TIME_PROBE0 3
#define ICSK_TIME_LOSS_PROBE 5
#define ICSK_TIME_REO_TIMEOUT 6

/* include/uapi/asm-generic/errno.h */
#define E_CONNABORTED 103
#define E_TIMEDOUT 110
#define E_CONNREFUSED 111
#define E_HOSTUNREACH 113
#define E_NETUNREACH 101
#define E_HOSTDOWN 112

#endif
