/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Who is running, and notes about him. */
#ifndef PROCESS_H
#define PROCESS_H

#include "maps.h"

#include <bpf/bpf_core_read.h>

/* The kernel's own threads close sockets for others: io_uring, garbage collection of passed descriptors, MPTCP. They
 * own nothing. */
static inline int is_kernel_thread(const struct task_struct *task) {
    return (task->flags & PF_KTHREAD) != 0;
}

static inline void key_of(struct task_struct *task, struct process_key *key) {
    key->start_ns = task->group_leader->start_boottime;
    key->tgid = (u32)task->tgid;
    key->pad = 0;
}

static inline void note_of(struct task_struct *task, struct process_note *note) {
    struct task_struct *leader = task->group_leader;
    key_of(task, &note->key);
    note->netns = BPF_CORE_READ(task, nsproxy, net_ns, ns.inum);
    note->ppid = (u32)BPF_CORE_READ(leader, real_parent, tgid);
    note->pgid = (u32)BPF_CORE_READ(leader, signal, pids[PIDTYPE_PGID], numbers[0].nr);
    note->uid = BPF_CORE_READ(leader, cred, euid.val);
    note->pad = 0;
    bpf_core_read(note->comm, sizeof(note->comm), &leader->comm);
}

/* Leaves a note about the running process, unless there is one that the reader has not fetched yet. Programs that rename
 * themselves do so early. */
static __noinline int announce(struct task_struct *task) {
    struct process_key key;
    key_of(task, &key);
    struct process_note *known = bpf_map_lookup_elem(&processes, &key);
    if (known) {
        bpf_core_read(known->comm, sizeof(known->comm), &task->group_leader->comm);
        return 0;
    }
    struct process_note note;
    note_of(task, &note);
    long error = bpf_map_update_elem(&processes, &key, &note, BPF_NOEXIST);
    if (error != 0 && error != -17 /* EEXIST: another processor was faster */) {
        count(COUNT_PROCESSES_DROPPED, 1);
    }
    return 0;
}

static inline int is_same(const struct process_key *a, const struct process_key *b) {
    return a->tgid == b->tgid && a->start_ns == b->start_ns;
}

#endif
