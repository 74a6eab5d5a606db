/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who holds the sockets: every descriptor of every process is read as a link, and "socket:[inode]" joined with the
 * inodes of the dump. A socket's inode number is unique over all namespaces.
 *
 * Two tables of descriptors are easily overlooked:
 *   - a leader thread that has ended leaves /proc/PID/fd empty while its threads live on;
 *   - a thread after unshare(CLONE_FILES) has a table of its own, which /proc/PID/fd does not show.
 * The link count of /proc/PID/task tells for one system call whether there is more than one thread; kcmp(2) then tells
 * for one more per thread whether it shares its leader's table. Only tables that differ are walked.
 */
#include "proc_parse.h"
#include "sampler.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define KERNEL_THREAD 0x00200000U /* PF_KTHREAD */
#define TABLES_MAX 16 /* different tables of one process that are told apart; further ones are walked once a thread */

/* The visit of one process. */
struct visit {
    struct walker *walker;
    uint32_t pid;
    int dir;         /* O_PATH: pins this very process, whoever gets its number later */
    uint32_t index;  /* of its record */
    size_t first;    /* its first pair */
    int denied;
    int seen; /* it has at least one descriptor */
};

static int is_denied(int error) {
    return error == EACCES || error == EPERM;
}

/* Without descriptors or memory of its own the walk would lose owners silently: the sample fails instead. */
static int own_shortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM ? -error : 0;
}

/* Reads one link. readlinkat() never touches the file behind the descriptor, so that a dead NFS or FUSE server cannot
 * hang the walk as fstatat() could. Returns 1, 0 where there is no such descriptor, or -ENOMEM. */
static int take_descriptor(struct visit *visit, int fd, const char *name) {
    char text[32];
    ssize_t length = readlinkat(fd, name, text, sizeof(text));
    uint64_t inode;
    if (length < 0) {
        visit->denied |= is_denied(errno);
        return 0;
    }
    visit->seen = 1;
    if (!proc_parse_link(text, (size_t)length, "socket", &inode) || inode == 0 || inode > UINT32_MAX) {
        return 1;
    }
    int result = join_take(visit->walker->sampler, &visit->walker->pairs, (uint32_t)inode, visit->index);
    return result == 0 ? 1 : result;
}

static const char *format_number(uint32_t number, char text[12]) {
    char *at = text + 11;
    *at = 0;
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return at;
}

/* Most tables have no holes: counting up from 0 until one is missing saves listing them, a fifth of the walk. Returns
 * the first number that is missing, or -ENOMEM. */
static long count_up(struct visit *visit, int fd) {
    char text[12];
    for (uint32_t number = 0; number < INT32_MAX; number++) {
        int result = take_descriptor(visit, fd, format_number(number, text));
        if (result <= 0) {
            return result == 0 ? (long)number : result;
        }
    }
    return 0;
}

/* Walks the entries from the directory's position on. Returns 0 or -ENOMEM. */
static int walk_entries(struct visit *visit, int fd) {
    uint8_t *buffer = visit->walker->buffer;
    while (!visit->denied) {
        ssize_t length = getdents64(fd, buffer, BUFFER_BYTES);
        if (length <= 0) {
            break; /* the end, or the process has gone */
        }
        for (ssize_t offset = 0; offset < length && !visit->denied;) {
            const struct dirent64 *entry = (const void *)(buffer + offset);
            offset += entry->d_reclen;
            if (entry->d_name[0] != '.' && take_descriptor(visit, fd, entry->d_name) == -ENOMEM) {
                return -ENOMEM;
            }
        }
    }
    return 0;
}

/* Walks the table `path` below `dir`. Returns 0, or -errno of a shortage. */
static int walk_table(struct visit *visit, int dir, const char *path) {
    int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        visit->denied |= is_denied(errno);
        return own_shortage(errno);
    }
    int result = 0;
    if (visit->walker->sampler->tree != TREE_FILES) {
        /* In procfs the entry of descriptor n stands at position n + 2: what is beyond the hole is listed. */
        long hole = count_up(visit, fd);
        result = hole < 0 ? (int)hole : 0;
        if (hole > 0) {
            (void)lseek(fd, hole + 2, SEEK_SET);
        }
    }
    if (result == 0) {
        result = walk_entries(visit, fd);
    }
    close(fd);
    return result;
}

/* 0: the same table of descriptors, 1: another, -errno: not to be known. */
static int compare_tables(uint32_t first, uint32_t second) {
    long order = syscall(SYS_kcmp, (long)first, (long)second, (long)KCMP_FILES, 0L, 0L);
    return order < 0 ? -errno : order != 0;
}

static off_t table_size(int tasks, uint32_t tid) {
    char path[32];
    struct stat status;
    (void)snprintf(path, sizeof(path), "%u/fd", tid);
    return fstatat(tasks, path, &status, 0) == 0 ? status.st_size : -1;
}

/* Tables already walked in this visit, each by one thread that uses it. */
struct tables {
    uint32_t threads[TABLES_MAX];
    size_t count;
};

/* Whether thread `tid` has a table that was not walked yet. Where kcmp() may not be used (another pid namespace, a
 * seccomp filter, no CONFIG_KCMP) the number of open descriptors has to do (Linux 6.2; before, tables are taken for
 * shared): walking each of a thousand threads of a large process would cost more than the answer is worth. */
static int is_new_table(enum tree tree, const struct tables *tables, int tasks, uint32_t tid) {
    if (tree == TREE_FILES) {
        return 1;
    }
    for (size_t i = 0; i < tables->count; i++) {
        int different = tree == TREE_OWN ? compare_tables(tables->threads[i], tid) : -ENOSYS;
        if (different == 0 || different == -ESRCH) {
            return 0;
        }
        if (different < 0) {
            return table_size(tasks, tables->threads[i]) != table_size(tasks, tid);
        }
    }
    return 1;
}

static int walk_tasks(struct visit *visit) {
    int tasks = openat(visit->dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tasks < 0) {
        return own_shortage(errno);
    }
    struct walker *walker = visit->walker;
    struct tables tables = {{visit->pid}, (size_t)visit->seen}; /* a leader that has ended has no table */
    int result = proc_list(walker->buffer, tasks, &walker->tids) == -ENOMEM ? -ENOMEM : 0;
    const uint32_t *tids = walker->tids.data;
    for (size_t i = 0; i < walker->tids.count && result == 0; i++) {
        if (tids[i] == visit->pid || !is_new_table(walker->sampler->tree, &tables, tasks, tids[i])) {
            continue;
        }
        char path[32];
        (void)snprintf(path, sizeof(path), "%u/fd", tids[i]);
        result = walk_table(visit, tasks, path);
        if (tables.count < TABLES_MAX) {
            tables.threads[tables.count++] = tids[i];
        }
    }
    close(tasks);
    return result;
}

static int has_threads(const struct visit *visit) {
    struct stat status;
    if (fstatat(visit->dir, "task", &status, 0) != 0) {
        return 0;
    }
    /* A directory for each thread, and two links of its own. A tree of files may be on a file system that does not
     * count. */
    return visit->walker->sampler->tree == TREE_FILES || status.st_nlink > 3;
}

/* Returns 0, or -errno. */
static int read_stat(int dir, struct proc_stat *stat) {
    char text[1024];
    long length = proc_read(dir, "stat", text, sizeof(text));
    if (length < 0) {
        return (int)length;
    }
    return proc_parse_stat(text, (size_t)length, stat) ? 0 : -EIO;
}

/* The record of a process that holds something; 0 pairs remain of one that has ended meanwhile. */
static int record_process(struct visit *visit) {
    struct walker *walker = visit->walker;
    struct proc_stat stat;
    struct stat status;
    if (read_stat(visit->dir, &stat) != 0 || fstat(visit->dir, &status) != 0) {
        walker->pairs.count = visit->first;
        return 0;
    }
    struct shawk_process *process = vec_push(&walker->processes, sizeof(*process));
    if (process == NULL) {
        return -ENOMEM;
    }
    memset(process, 0, sizeof(*process));
    process->start = stat.start;
    process->pid = visit->pid;
    process->ppid = stat.ppid;
    process->pgid = stat.pgid;
    process->uid = status.st_uid;
    memcpy(process->comm, stat.comm, sizeof(process->comm));
    uint64_t inode = 0;
    if (proc_link(visit->dir, "ns/net", "net", &inode) == 0) {
        process->netns = inode;
    }
    return 0;
}

/* Two that may not be looked at are no processes denied: kernel threads, which have no descriptors, and processes that
 * have ended since, of which procfs says EACCES as well. */
static int is_denied_process(const struct visit *visit) {
    struct proc_stat stat;
    int result = read_stat(visit->dir, &stat);
    return result == 0 ? (stat.flags & KERNEL_THREAD) == 0 : is_denied(-result);
}

static void count_visit(struct visit *visit) {
    visit->denied = visit->denied && is_denied_process(visit);
    visit->walker->seen += (uint32_t)(visit->seen || visit->denied);
    visit->walker->denied += (uint32_t)visit->denied;
}

int walk_process(struct walker *walker, uint32_t pid) {
    char name[16];
    (void)snprintf(name, sizeof(name), "%u", pid);
    struct visit visit = {
        .walker = walker,
        .pid = pid,
        .dir = openat(walker->sampler->proc_fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC),
        .index = (uint32_t)walker->processes.count,
        .first = walker->pairs.count,
    };
    if (visit.dir < 0) {
        return own_shortage(errno);
    }
    int result = walk_table(&visit, visit.dir, "fd");
    if (result == 0 && !visit.denied && has_threads(&visit)) {
        result = walk_tasks(&visit);
    }
    count_visit(&visit);
    if (result == 0 && walker->pairs.count > visit.first) {
        result = record_process(&visit);
    }
    close(visit.dir);
    return result;
}
