/* SPDX-License-Identifier: Apache-2.0 */
/* Processes by number and start. The kernel's notes tell who they were; they stay known after their end, in a bounded
 * number, since a socket may outlive the process that used it last. */
#include "handle.h"

#include <string.h>

#define KNOWN_MAX 65536
#define NANOS_PER_SECOND 1000000000ULL

static uint32_t *slot_of(const struct shawk_bpf *bpf, const struct process_key *key) {
    const struct process_entry *known = bpf->known.data;
    size_t at = table_hash(key->start_ns, key->tgid) & bpf->known_table.mask;
    while (bpf->known_table.slots[at] != NONE) {
        const struct process_key *other = &known[bpf->known_table.slots[at]].note.key;
        if (other->tgid == key->tgid && other->start_ns == key->start_ns) {
            break;
        }
        at = (at + 1) & bpf->known_table.mask;
    }
    return &bpf->known_table.slots[at];
}

static int reindex(struct shawk_bpf *bpf) {
    if (table_clear(&bpf->known_table, 2 * (bpf->known.count + 1)) != 0) {
        return -ENOMEM;
    }
    const struct process_entry *known = bpf->known.data;
    for (uint32_t i = 0; i < bpf->known.count; i++) {
        *slot_of(bpf, &known[i].note.key) = i;
    }
    return 0;
}

/* The entry of a process, made where there is none; NULL without memory. */
static struct process_entry *entry_of(struct shawk_bpf *bpf, const struct process_key *key) {
    if (bpf->known_table.slots == NULL || bpf->known.count >= bpf->known_table.mask / 2) {
        if (reindex(bpf) != 0) {
            return NULL;
        }
    }
    uint32_t *slot = slot_of(bpf, key);
    if (*slot != NONE) {
        return (struct process_entry *)bpf->known.data + *slot;
    }
    struct process_entry *entry = vec_push(&bpf->known, sizeof(*entry));
    if (entry != NULL) {
        *entry = (struct process_entry){.note.key = *key, .number = NONE};
        *slot = (uint32_t)bpf->known.count - 1;
    }
    return entry;
}

static void fill(const struct shawk_bpf *bpf, struct shawk_process *process, const struct process_note *note) {
    *process = (struct shawk_process){
        .start = note->key.start_ns / (NANOS_PER_SECOND / bpf->ticks),
        .netns = note->netns,
        .pid = note->key.tgid,
        .ppid = note->ppid,
        .pgid = note->pgid,
        .uid = note->uid,
    };
    memcpy(process->comm, note->comm, strnlen((const char *)note->comm, sizeof(note->comm)));
}

int process_note(struct shawk_bpf *bpf, const struct process_note *note) {
    struct process_entry *entry = entry_of(bpf, &note->key);
    if (entry == NULL) {
        return -ENOMEM;
    }
    entry->note = *note;
    if (entry->used == bpf->pass && entry->number != NONE) {
        fill(bpf, (struct shawk_process *)bpf->processes.data + entry->number, note);
    }
    return 0;
}

static uint32_t add_process(struct shawk_bpf *bpf, const struct process_note *note) {
    struct shawk_process *process = vec_push(&bpf->processes, sizeof(*process));
    if (process == NULL) {
        bpf->shortage = -ENOMEM;
        return NONE;
    }
    fill(bpf, process, note);
    return (uint32_t)bpf->processes.count - 1;
}
uint32_t process_number(struct shawk_bpf *bpf, const struct process_key *key) {
    if (key->tgid == 0) {
        return NONE;
    }
    struct process_entry *entry = entry_of(bpf, key);
    if (entry == NULL) {
        bpf->shortage = -ENOMEM;
        return NONE;
    }
    if (entry->used != bpf->pass) {
        entry->number = add_process(bpf, &entry->note);
        entry->used = bpf->pass;
    }
    return entry->number;
}

static int by_use(const void *a, const void *b) {
    const struct process_entry *left = a;
    const struct process_entry *right = b;
    return left->used < right->used ? 1 : left->used > right->used ? -1 : 0;
}

/* Beyond the bound those that were not named for the longest time go. */
void processes_forget(struct shawk_bpf *bpf) {
    if (bpf->known.count <= KNOWN_MAX) {
        return;
    }
    struct process_entry *known = bpf->known.data;
    qsort(known, bpf->known.count, sizeof(*known), by_use);
    size_t kept = KNOWN_MAX / 2;
    while (kept < bpf->known.count && known[kept].used == bpf->pass) {
        kept++;
    }
    bpf->known.count = kept;
    if (reindex(bpf) != 0) {
        bpf->shortage = -ENOMEM;
    }
}
