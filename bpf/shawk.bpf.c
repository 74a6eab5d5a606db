/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The programs, by what they are attached to. All of it is tracepoints and iterators, and for UDP hooks of cgroups:
 * stable, there on kernels built without kprobes, and allowed under lockdown.
 */
#include "connections.h"
#include "datagrams.h"
#include "living.h"

/* Helpers that read the kernel's memory are for programs under a licence that it knows. */
char LICENSE[] SEC("license") = "Dual MIT/GPL";
