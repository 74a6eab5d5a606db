/* SPDX-License-Identifier: Apache-2.0 */
/* The handle behind the API, and the steps of one sample. Nothing that a sample learnt outlives it but the memory:
 * a wrong owner out of a stale table is worse than a walk. */
#ifndef SHAWK_SAMPLER_H
#define SHAWK_SAMPLER_H

#include "shawk.h"
#include "vec.h"

#include <pthread.h>
#include <time.h>

/* What stands at proc_root. */
enum tree {
    TREE_OWN,     /* procfs of the caller's own pid namespace: its numbers may be given to system calls */
    TREE_FOREIGN, /* procfs of another pid namespace */
    TREE_FILES,   /* plain files in the shape of procfs */
};

/* A namespace and a thread that lives in it: the leader of a process, or another where that one has ended. procfs
 * finds a thread by its number, too. */
struct resident {
    uint64_t netns;
    uint32_t tid;
};

/* What the join needs of each socket, kept apart from the caller's records so that counts stay exact when those do
 * not fit. */
struct sock_key {
    uint64_t cookie;
    uint32_t inode;
    uint32_t next; /* another socket with the same inode, or NONE */
    uint32_t pairs;
    uint32_t mptcp; /* SHAWK_MPTCP_* */
};

struct slot {
    uint32_t inode;
    uint32_t first; /* sock_key, NONE = empty */
};

#define NONE UINT32_MAX

struct shawk_sampler;

/* One of the threads that walk processes. Each has its own results, which are put together afterwards; what it reads
 * of the sampler does not change meanwhile. */
struct walker {
    struct shawk_sampler *sampler;
    uint8_t *buffer;      /* BUFFER_BYTES */
    struct vec tids;      /* uint32_t */
    struct vec pairs;     /* struct shawk_holder, in order of process */
    struct vec processes; /* struct shawk_process */
    uint32_t seen;
    uint32_t denied;
    int result;
};

#define WALKERS 2

struct shawk_sampler {
    int proc_fd;
    enum tree tree;
    char *netns_dir;
    int sockets;
    int netns_mode;
    int parts; /* SHAWK_PROTO_*, SHAWK_READ_* */
    uint64_t netns_inode;
    uint32_t ticks;

    uint8_t *buffer; /* BUFFER_BYTES: netlink datagrams, directory entries, lines */
    struct vec pids;      /* uint32_t */
    struct vec tids;      /* uint32_t */
    struct vec residents; /* struct resident */
    struct vec spaces;    /* struct shawk_netns */
    struct vec ifindexes; /* uint32_t, of the namespace being read */
    struct vec ifaces;    /* struct shawk_iface */
    struct vec keys;      /* struct sock_key; those of the unix sockets last */
    struct vec slots;     /* struct slot */
    struct walker walkers[WALKERS]; /* the first has all results in the end */
    struct vec ordered;   /* struct shawk_holder, in order of socket */
    struct vec unixes;    /* struct shawk_unix */
    struct vec translations; /* struct shawk_translation */
    struct vec links;     /* struct shawk_link */
    struct vec spill;     /* struct shawk_sock: all of them, once they did not fit the caller's buffer */

    /* The sample being taken. */
    struct shawk_control *control;
    struct shawk_sock *socks;
    uint32_t sock_total; /* of keys: how many are no unix sockets */
    int spilled;
    size_t slot_mask;
    uint32_t sequence; /* of netlink requests */
    uint64_t ask_again_ns[SHAWK_PARTS]; /* before that a part that the kernel did not have is not asked for */
    struct translations {
        uint64_t due_ns;   /* before that the last ones are handed out again */
        uint64_t deadline_ns;
        uint32_t cut;      /* namespaces whose table was not read to its end */
        int32_t own_error; /* in the namespace that control tells of */
        int asked;         /* they are read in this sample */
        int support;       /* of the kernel: enum in translations.c */
    } translating;
    /* What somebody else read, see living.c. */
    const struct shawk_living *living;
    uint32_t living_count; /* of keys: how many are his */
    struct vec cookies;    /* uint32_t: places of keys by cookie */
    size_t cookie_mask;
    struct vec orphans; /* struct shawk_sock: found by the last full dump, in states that the others leave out */
    int dumping_all;
    int dumped_all; /* 1: there has been a full dump */
    int dumps_since_all;
    int all_expected; /* 1: there is reason for another full dump soon */
    struct vec unheld; /* uint64_t: cookies of what was left out as too new; of the last full dump first */
    size_t unheld_before;
    uint64_t dump_all_due_ns;

    size_t next_pid; /* of pids: the next to be visited; atomic */
    struct shawk_control kept; /* of a sample that did not fit, waiting for larger buffers */
    int keeping;
};

#define BUFFER_BYTES (256U * 1024U)

/* A place for the next socket; NULL without memory. sink_commit() makes it count. */
struct shawk_sock *sink_next(struct shawk_sampler *sampler);
int sink_commit(struct shawk_sampler *sampler, const struct shawk_sock *sock);
uint32_t sink_count(const struct shawk_sampler *sampler);
void sink_rewind(struct shawk_sampler *sampler, uint32_t count);

/* netns.c: which namespaces there are. netns_open_named() gives a descriptor of a named one, or -errno. */
int netns_find(struct shawk_sampler *sampler);
int netns_open_named(int dir, const char *name, uint64_t *inode);

/* netns_read.c: the sockets of all of them, other namespaces than the caller's on a thread of their own. */
int netns_read_all(struct shawk_sampler *sampler);
/* A descriptor of a namespace that netns_find() has found, or -errno. */
int netns_open(const struct shawk_sampler *sampler, const struct shawk_netns *space);

/* translations.c: what conntrack translates in the namespace of the calling thread. begin and end enclose a sample.
 * Returns 0 or -ENOMEM; *error is a positive errno. */
void translations_begin(struct shawk_sampler *sampler);
int translations_read(struct shawk_sampler *sampler, uint64_t netns, int32_t *error);
void translations_end(struct shawk_sampler *sampler);
int translations_support(int proc_fd); /* whether asking conntrack would load no module: 1, 0 */

/* links.c: the interfaces of the calling thread's namespace. As above. */
int links_read(struct shawk_sampler *sampler, uint64_t netns, int32_t *error);

/* Which SHAWK_PROTO_* or SHAWK_READ_* asks for a SHAWK_PART_*. */
static inline int part_bit(int part) {
    static const int bits[SHAWK_PARTS] = {SHAWK_PROTO_TCP,   SHAWK_PROTO_TCP,   SHAWK_PROTO_UDP,
                                          SHAWK_PROTO_UDP,   SHAWK_PROTO_MPTCP, SHAWK_PROTO_MPTCP,
                                          SHAWK_PROTO_UNIX,  SHAWK_READ_TRANSLATIONS, SHAWK_READ_LINKS};
    return bits[part];
}

static inline uint64_t nanos_monotonic(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

/* diag.c, proc_net.c: the sockets of one namespace. errors: by SHAWK_PART_*, positive. -ENOMEM is the only
 * failure that ends the sample. */
int diag_read(struct shawk_sampler *sampler, uint64_t netns, int32_t errors[SHAWK_PARTS]);
int proc_net_read(struct shawk_sampler *sampler, int net_dir, uint64_t netns, int32_t errors[SHAWK_PARTS]);

/* join.c: after join_build() each descriptor seen is given to join_take() with the number of its process, by any
 * thread into pairs of its own. join_order() sorts the pairs, in order of process so far, and leaves each once. Each
 * returns 0 or -ENOMEM. */
int join_add_unix(struct shawk_sampler *sampler); /* their keys follow those of the sockets; before join_build() */
int join_build(struct shawk_sampler *sampler);
/* One of the keys with this inode, the others by `next`; NONE = there is none. */
uint32_t join_find(const struct shawk_sampler *sampler, uint32_t inode);
int join_take(const struct shawk_sampler *sampler, struct vec *pairs, uint32_t inode, uint32_t process);
int join_order(struct shawk_sampler *sampler, const struct vec *pairs);

/* living.c: around a dump that adds to what is known. living_states() gives which states are dumped, 0 = none,
 * living_leaves_out() whether a socket is there already, or comes too early. living_own() takes the place of owners_walk(). */
int living_begin(struct shawk_sampler *sampler, const struct shawk_living *living);
uint32_t living_states(const struct shawk_sampler *sampler, uint16_t protocol, uint32_t all);
int living_leaves_out(struct shawk_sampler *sampler, const struct shawk_sock *dumped);
int living_end(struct shawk_sampler *sampler, uint64_t dump_ns);
int living_own(struct shawk_sampler *sampler);

/* owners.c: who holds what. */
int owners_walk(struct shawk_sampler *sampler);

/* proc_walk.c: what one process holds, by one walker. Returns 0, or -errno of a shortage that ends the walk. */
int walk_process(struct walker *walker, uint32_t pid);

/* thread.c: a thread of one sample. It takes no signal, since those are the JVM's. Returns 0 or a positive errno. */
int thread_start(pthread_t *thread, void *(*run)(void *), void *argument);

/* proc_files.c: small reads below a directory. */
int proc_list(uint8_t buffer[], int dir, struct vec *numbers);
long proc_read(int dir, const char *path, char *out, size_t capacity);
long proc_read_all(int dir, const char *path, char *out, size_t capacity); /* in as many reads as it takes */
int proc_own_net(int proc_fd); /* proc_root/net of the calling thread; a made-up tree may have only the shorter path */
int proc_link(int dir, const char *path, const char *kind, uint64_t *inode);

#endif
