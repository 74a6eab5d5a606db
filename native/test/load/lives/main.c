/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lives of connections, and the truth about them:
 *
 *   lives SERVER CLIENT [OPTION NUMBER]...      many short connections
 *   lives SCENARIO [OPTION NUMBER]...
 *     --count N     connections, attempts or exchanges (default 20)
 *     --rate N      of them a second; 0: as fast as it goes (default 0)
 *     --up N        payload bytes that the client sends (default 100)
 *     --down N      and receives (default 300)
 *     --clients N   processes that open connections (default 1)
 *     --workers N   of a server that has several processes or threads (default 4)
 *     --peers N     addresses of the server (default 1)
 *     --first N     who closes first: 0 the client, 1 the server, 2 in turn (default 2)
 *     --family N    4; 6; 46: IPv4 in IPv6 sockets (default 4)
 *     --mptcp 1     in place of TCP
 *     --veth 1      clients and servers in two namespaces, joined by a pair of interfaces
 *     --netns 0     in the caller's network namespace, on 127.N.x.x of --net N (default: 1, in a new one)
 *     --quiet 1     no record of single connections, but of what each process did
 *     --cookies 1   asks for the cookies of sockets
 *     --seed N      of what is left to chance (default 1)
 *     --seconds N   killed after (default 60, at most 600)
 *
 *   SERVER  process threads leaderless fork forks prefork reuseport passing activated uring uring-worker uring-polled
 *           uring-fixed
 *   CLIENT  process threads leaderless fork exit killed uring uring-worker uring-polled
 *   SCENARIO
 *     reset unread disconnect half-closed unaccepted unaccepted-open self collected timeout destroyed left left-killed
 *     one-process
 *                   how established connections end (endings.c)
 *     refused refused-then-open blackhole unreachable cancelled cancelled-killed no-port
 *                   attempts that fail (attempts.c)
 *     udp-connected udp-unconnected udp-blind udp-two-peers
 *     held          does what it is told on standard input (held.c)
 *
 * Prints NETNS and the process's number first, then at the end one line for each end of a connection, each attempt and
 * each exchange of datagrams, `end key=value ...`; with --quiet `process key=value ...`; then what the kernel counted
 * in the namespace, `snmp ...`, and DONE. Status 0 after an orderly end; 1 where something went wrong, which is said.
 */
#include "lives.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

long want[OPTIONS] = {
    [COUNT] = 20, [UP] = 100, [DOWN] = 300, [CLIENTS] = 1, [WORKERS] = 4, [PEERS] = 1, [NET] = 65, [SEED] = 1,
    [SECONDS] = 60, [FAMILY] = 4, [FIRST] = EITHER_FIRST, [NETNS] = 1,
};
char **arguments;

static const char *const names[OPTIONS] = {
    [COUNT] = "--count", [RATE] = "--rate", [UP] = "--up", [DOWN] = "--down", [CLIENTS] = "--clients",
    [WORKERS] = "--workers", [PEERS] = "--peers", [NET] = "--net", [SEED] = "--seed", [SECONDS] = "--seconds",
    [FAMILY] = "--family", [FIRST] = "--first", [QUIET] = "--quiet", [COOKIES] = "--cookies", [NETNS] = "--netns",
    [VETH] = "--veth", [MPTCP] = "--mptcp",
};

_Noreturn void fail(const char *what) {
    fprintf(stderr, "lives: %s: %s\n", what, strerror(errno));
    exit(1);
}

int check(int result, const char *what) {
    if (result < 0)
        fail(what);
    return result;
}

long share(long total, long parts, long number) {
    return total / parts + (number < total % parts ? 1 : 0);
}

unsigned long chance(void) {
    static unsigned long state;
    state = (state ? state : (unsigned long)want[SEED]) * 6364136223846793005UL + 1442695040888963407UL;
    return state >> 33;
}

pid_t spawn(void) {
    fflush(stdout);
    pid_t pid = check(fork(), "fork");
    if (pid == 0)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    return pid;
}

void end_process(pid_t pid, int signal) {
    kill(pid, signal);
    waitpid(pid, NULL, 0);
}

void end_well(pid_t pid) {
    int status = 0;
    if (waitpid(pid, &status, 0) == pid && status != 0) {
        fprintf(stderr, "lives: a process ended with status %#x\n", (unsigned)status);
        exit(1);
    }
}

void run(const char *format, ...) {
    char command[512];
    va_list values;
    va_start(values, format);
    vsnprintf(command, sizeof command, format, values);
    va_end(values);
    fflush(stdout);
    if (system(command) != 0) {
        fprintf(stderr, "lives: %s: failed\n", command);
        exit(1);
    }
}

static _Noreturn void wrong(const char *word) {
    fprintf(stderr, "lives: %s: give a scenario, and options with a number each, of main.c\n", word);
    exit(2);
}

static void parse(int count, char **words, int from) {
    for (int i = from; i < count; i += 2) {
        int option = 0;
        char *end = NULL;
        while (option < OPTIONS && strcmp(words[i], names[option]) != 0)
            option++;
        if (option == OPTIONS || i + 1 == count || (want[option] = strtol(words[i + 1], &end, 10)) < 0 || *end)
            wrong(words[i]);
    }
    if (want[CLIENTS] < 1 || want[CLIENTS] > MAX_CLIENTS || want[WORKERS] < 1 || want[WORKERS] > MAX_CLIENTS
        || want[PEERS] < 1 || want[PEERS] > 250 || want[NET] < 1 || want[NET] > 254 || want[SECONDS] < 1
        || want[SECONDS] > 600 || (want[UP] == 0 && want[FIRST] == EITHER_FIRST)) {
        fprintf(stderr, "lives: clients and workers 1 to %d, peers 1 to 250, net 1 to 254, seconds 1 to 600; "
            "who closes first takes a byte to tell\n", MAX_CLIENTS);
        exit(2);
    }
}

/* The kernel's own counts of this namespace, which are printed if asked for. Returns CurrEstab. */
static long read_counters(bool print) {
    FILE *file = fopen("/proc/thread-self/net/snmp", "r");
    char head[2048], values[2048];
    long established = 0;
    if (!file)
        fail("/proc/net/snmp");
    while (fgets(head, sizeof head, file) && fgets(values, sizeof values, file)) {
        if (strncmp(head, "Tcp:", 4) != 0 && strncmp(head, "Udp:", 4) != 0)
            continue;
        char *name_rest, *value_rest;
        if (print)
            printf("snmp proto=%.3s", head);
        strtok_r(head, " \n", &name_rest);
        strtok_r(values, " \n", &value_rest);
        for (char *name; (name = strtok_r(NULL, " \n", &name_rest));) {
            const char *value = strtok_r(NULL, " \n", &value_rest);
            if (print)
                printf(" %s=%s", name, value);
            if (strcmp(name, "CurrEstab") == 0)
                established = strtol(value, NULL, 10);
        }
        if (print)
            putchar('\n');
    }
    fclose(file);
    return established;
}

/* What nobody waits for, as what the kernel closes by itself, ends soon too. */
static void settle(void) {
    const struct timespec little = {.tv_nsec = 10000000};
    for (int i = 0; i < 300 && want[NETNS] && read_counters(false) > 0; i++)
        nanosleep(&little, NULL);
}

int main(int count, char **words) {
    struct rlimit limit;
    bool pair = count > 2 && is_server(words[1]) && is_client(words[2]);
    bool inherited = count > 1 && strcmp(words[1], "inherited") == 0;
    arguments = words;
    if (count < 2)
        wrong("nothing");
    parse(count, words, pair || inherited ? 3 : 2);
    alarm((unsigned)want[SECONDS]);
    if (inherited) {
        truth_inherit();
        serve_inherited();
    }
    check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    truth_begin();
    if (want[NETNS] && !want[VETH])
        enter_namespace();
    if (!want[VETH])
        printf("NETNS %llu %d\n", (unsigned long long)own_netns(), getpid());
    if (pair)
        churn(words[1], words[2]);
    else if (strcmp(words[1], "held") == 0)
        held();
    else if (!ending(words[1]) && !attempt(words[1]) && !datagrams(words[1]))
        wrong(words[1]);
    settle();
    truth_list();
    read_counters(true);
    puts("DONE");
    return 0;
}
