/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What conntrack translates. A table may have a million entries of which few are translated, and belongs to the host:
 *   - The kernel is asked for translated entries only (CTA_STATUS_MASK; a kernel that ignores it sends all, of which
 *     the others are dropped here). That takes two dumps, and each walks the table of the whole host, 10 ms for 262,144
 *     buckets; so where there are FEW entries all are asked for.
 *   - Asking conntrack would make the kernel load its module, and conntrack itself. So it is asked only where it is
 *     there, and has entries.
 *   - Reading them takes at most one part in SHARE of the time: what took long is not done again soon, and the last
 *     translations are handed out instead. After DEADLINE_NS, or with MOST of them, the rest is left out, and counted.
 */
#include "nl.h"
#include "translation_parse.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SHARE 20
#define DEADLINE_NS 500000000ULL
#define MOST 262144U
#define FEW 16384
/* As the attributes of diag_parse.c: the headers may be older than the kernel. */
#define ATTR_STATUS 3U
#define ATTR_STATUS_MASK 28U

#define GET ((NFNL_SUBSYS_CTNETLINK << 8) | IPCTNL_MSG_CT_GET)
#define NEW ((NFNL_SUBSYS_CTNETLINK << 8) | IPCTNL_MSG_CT_NEW)

enum support { UNKNOWN, PRESENT, ABSENT };

/* Whether conntrack's netlink is part of a kernel that has modules, where no file says so but the list of symbols. */
static int is_built_in(int proc_fd) {
    static const char symbol[] = " ctnetlink_";
    int fd = openat(proc_fd, "kallsyms", O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    char text[65536];
    size_t kept = 0;
    int found = 0;
    ssize_t length;
    while (!found && (length = read(fd, text + kept, sizeof(text) - kept)) > 0) {
        size_t whole = kept + (size_t)length;
        found = memmem(text, whole, symbol, sizeof(symbol) - 1) != NULL;
        kept = whole < sizeof(symbol) ? whole : sizeof(symbol);
        memmove(text, text + whole - kept, kept);
    }
    close(fd);
    return found;
}

int translations_support(int proc_fd) {
    return access("/sys/module/nf_conntrack_netlink", F_OK) == 0 ||
           faccessat(proc_fd, "modules", F_OK, 0) != 0 /* a kernel without modules loads none */ ||
           is_built_in(proc_fd);
}

/* The list of symbols is long: it is looked at once. A module may yet be loaded, by somebody else. */
static int may_ask(struct shawk_sampler *sampler) {
    struct translations *state = &sampler->translating;
    if (state->support == UNKNOWN) {
        state->support = translations_support(sampler->proc_fd) ? PRESENT : ABSENT;
    }
    return state->support == PRESENT || access("/sys/module/nf_conntrack_netlink", F_OK) == 0;
}

/* Entries of the calling thread's namespace; 0 also where conntrack is not there. */
static long count_entries(const struct shawk_sampler *sampler) {
    char text[32];
    long length = proc_read(sampler->proc_fd, "sys/net/netfilter/nf_conntrack_count", text, sizeof(text) - 1);
    text[length > 0 ? length : 0] = 0;
    return strtol(text, NULL, 10);
}

/* What a dump is about: entries of which the status, masked, has that value. */
struct request {
    struct nfgenmsg head;
    struct nlattr value_header;
    uint32_t value;
    struct nlattr mask_header;
    uint32_t mask;
};

/* A kernel without the filter (before 5.19) shows itself by the first entry that was not asked for. */
static int take_entry(struct nl_dump *dump, const struct nl_message *message) {
    struct shawk_sampler *sampler = dump->sampler;
    struct shawk_translation entry;
    int use = translation_parse(message->payload, message->length, &entry);
    if (use < 0) {
        sampler->control->malformed++;
        return 0;
    }
    const struct request *request = dump->body;
    dump->unfiltered |= (entry.status & ntohl(request->mask)) != ntohl(request->value);
    if (use == 0 || (entry.status & (SHAWK_SOURCE_TRANSLATED | SHAWK_DESTINATION_TRANSLATED)) == 0) {
        return 0;
    }
    if (sampler->translations.count >= MOST) {
        return ECANCELED;
    }
    struct shawk_translation *place = vec_push(&sampler->translations, sizeof(*place));
    if (place == NULL) {
        return -ENOMEM;
    }
    *place = entry;
    place->netns = dump->netns;
    return 0;
}

/* Returns a positive errno, 0 or -ENOMEM. */
static int dump_entries(struct nl_dump *dump, int fd, uint32_t value, uint32_t mask) {
    struct request request = {
        .head = {.nfgen_family = AF_UNSPEC, .version = NFNETLINK_V0},
        .value_header = {.nla_len = sizeof(struct nlattr) + 4, .nla_type = ATTR_STATUS},
        .value = htonl(value),
        .mask_header = {.nla_len = sizeof(struct nlattr) + 4, .nla_type = ATTR_STATUS_MASK},
        .mask = htonl(mask),
    };
    dump->body = &request;
    dump->length = mask == 0 ? sizeof(request.head) : sizeof(request);
    int error = nl_dump(dump, fd);
    return error == EINTR ? 0 : error;
}

/* Both kinds of translation, each entry once. */
static int dump_both(struct shawk_sampler *sampler, int fd, uint64_t netns, long entries) {
    struct nl_dump dump = {
        .sampler = sampler,
        .netns = netns,
        .request_type = GET,
        .reply_type = NEW,
        .take = take_entry,
        .deadline_ns = sampler->translating.deadline_ns,
    };
    if (entries <= FEW) {
        return dump_entries(&dump, fd, 0, 0);
    }
    int error = dump_entries(&dump, fd, SHAWK_SOURCE_TRANSLATED, SHAWK_SOURCE_TRANSLATED);
    if (error == 0 && !dump.unfiltered) {
        error = dump_entries(&dump, fd, SHAWK_DESTINATION_TRANSLATED,
                             SHAWK_SOURCE_TRANSLATED | SHAWK_DESTINATION_TRANSLATED);
    }
    return error;
}

void translations_begin(struct shawk_sampler *sampler) {
    struct translations *state = &sampler->translating;
    uint64_t now = nanos_monotonic();
    state->asked = (sampler->parts & SHAWK_READ_TRANSLATIONS) != 0 && now >= state->due_ns;
    if (state->asked) {
        state->deadline_ns = now + DEADLINE_NS;
        state->cut = 0;
        sampler->translations.count = 0;
    }
}

int translations_read(struct shawk_sampler *sampler, uint64_t netns, int32_t *error) {
    struct translations *state = &sampler->translating;
    *error = 0;
    long entries = state->asked ? count_entries(sampler) : 0;
    if (entries <= 0) {
        return 0;
    }
    uint64_t began = nanos_monotonic();
    int result = ENOENT;
    if (may_ask(sampler)) {
        int fd = nl_open(NETLINK_NETFILTER);
        result = fd < 0 ? -fd : dump_both(sampler, fd, netns, entries);
        if (fd >= 0) {
            close(fd);
        }
    }
    sampler->control->translations_ns += nanos_monotonic() - began;
    if (result == -ENOMEM) {
        return -ENOMEM;
    }
    state->cut += result == ECANCELED;
    *error = result == ECANCELED ? 0 : result;
    return 0;
}

void translations_end(struct shawk_sampler *sampler) {
    struct translations *state = &sampler->translating;
    struct shawk_control *control = sampler->control;
    if (state->asked) {
        state->due_ns = nanos_monotonic() + SHARE * control->translations_ns;
        state->own_error = control->errors[SHAWK_PART_TRANSLATIONS];
    } else {
        control->errors[SHAWK_PART_TRANSLATIONS] = state->own_error;
    }
    control->translations_cut = state->cut;
}
