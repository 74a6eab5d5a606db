/* SPDX-License-Identifier: Apache-2.0 */
/* A test is a function that CHECKs. */
#ifndef SHAWK_TEST_HARNESS_H
#define SHAWK_TEST_HARNESS_H

#include "check.h"
#include "sampler.h"

extern const char *fixtures; /* folder with netlink/ and proc/ */
extern const char *scratch;  /* folder for made-up trees, which live on a mount of the test alone */

/* Runs a test in a process of its own and in network, mount and pid namespaces of its own, with /proc, an empty NAMES
 * and an empty scratch folder: it sees nothing of the host, and leaves nothing on it. */
void run(const char *name, void (*test)(void));
void run_isolated(void (*test)(void));

#define NAMES "/run/netns"

void test_diag_parse(void);
void test_netlink_parse(void);
void test_proc_parse(void);
void test_join(void);
void test_made_up(void);
void test_sample(void);
void test_namespaces(void);
void test_holders(void);
void test_privileges(void);
void test_parts(void);
void test_acts(void);
void test_living(void);
void test_probe(void);
void test_terminal(void);
void test_notify(void);
void test_own(void);

/* A whole file; malloc'ed to its exact length, so that a read behind its end is seen. */
uint8_t *read_fixture(const char *path, size_t *length);

/* Gives a parser bytes that it must survive; `how` is for the parser alone. */
typedef void (*parse_bytes)(const uint8_t *bytes, size_t length, int how);

/* Cut at every byte. */
void cut_everywhere(const uint8_t *bytes, size_t length, parse_bytes parse, int how);
/* Every 16-bit place bent, since any may be a length; afterwards the bytes are as before. */
void bend_lengths(uint8_t *bytes, size_t length, parse_bytes parse, int how);
/* A few random bytes changed, `rounds` times; `state` is the seed, never 0, and goes on. */
void flip_bytes(const uint8_t *bytes, size_t length, parse_bytes parse, int how, int rounds, uint64_t *state);

/* A sample with room for everything. */
struct sampled {
    struct shawk_sampler *sampler;
    struct shawk_control control;
    union {
        void *buffers[SHAWK_SECTIONS];
        struct {
            struct shawk_sock *socks;
            struct shawk_holder *holders;
            struct shawk_process *processes;
            struct shawk_netns *spaces;
            struct shawk_iface *ifaces;
            struct shawk_unix *unixes;
            struct shawk_translation *translations;
            struct shawk_link *links;
            struct shawk_event *events;
            struct shawk_bundle *bundles;
            struct shawk_flow *flows;
            struct shawk_meter *meters;
            struct shawk_program *programs;
        };
    };
    const struct shawk_living *living; /* what the next sample is on top of */
    int result;
};

#define COUNT(control, section) ((control).counts[SHAWK_SECTION_##section])

struct sampled sample_open(const char *proc, const char *names, int sockets, int mode, uint64_t inode);
size_t section_size(int section); /* bytes of a record */
void sample_again(struct sampled *sampled);
struct sampled sample_all(void); /* /proc, netlink, every namespace */
void sample_close(struct sampled *sampled);

struct shawk_sock *find_port(const struct sampled *sampled, uint64_t netns, uint16_t lport, uint8_t state);
int count_holders(const struct sampled *sampled, const struct shawk_sock *sock);
int is_held_by(const struct sampled *sampled, const struct shawk_sock *sock, uint32_t pid);
const struct shawk_netns *find_netns(const struct sampled *sampled, uint64_t inode);
uint64_t own_netns(void);

/* A listening TCP socket on 127.0.0.1 with a port of the kernel's choice. */
int listen_any(uint16_t *port);

/* A child that runs `body` and then waits until it is told to end; *told is what body wrote to its descriptor. */
struct child {
    int pid;
    int control;
};
struct child start_child(void (*body)(int out), void *told, size_t length);
void end_child(struct child *child);

#endif
