/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a program in a terminal of its own and measures it from outside.
 *
 *   term UNTIL SETTLE QUIET KEYED KEYS COMMAND...
 *     UNTIL   text whose first appearance in the output is the first frame
 *     SETTLE  seconds after that in which nothing is measured: the JVM compiles
 *     QUIET   seconds that the program is then watched without a key
 *     KEYED   seconds that the keys of KEYS are then sent, in turn, one every 150 ms
 *
 * Prints NAME=VALUE lines: first_ms, cpu_percent (of one core, over QUIET), writes and bytes (output, over QUIET),
 * rss_start_mb, rss_end_mb and rss_max_mb (resident, over QUIET), key_median_ms, key_p95_ms, key_max_ms (key to the first
 * output after it), keys, unanswered (within a second), exit (status after the key q). Status 1 where there was no
 * first frame within 30 s.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS = 120, ROWS = 40, MAX_KEYS = 10000 };

static int terminal;
static pid_t program;
static long writes, bytes;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "term: %s\n", what);
    if (program > 0)
        kill(program, SIGKILL);
    exit(1);
}

/* Output that comes within so many milliseconds; 0 = none came. */
static ssize_t output(char *buffer, size_t size, double millis) {
    struct pollfd ready = {.fd = terminal, .events = POLLIN};
    if (poll(&ready, 1, (int)millis) <= 0)
        return 0;
    ssize_t length = read(terminal, buffer, size);
    if (length <= 0)
        fail("the program has ended");
    writes++;
    bytes += length;
    return length;
}

static double first_frame(const char *until, double start) {
    static char seen[1 << 20];
    size_t used = 0;
    while (now() - start < 30000 && used < sizeof seen - 65536) {
        used += (size_t)output(seen + used, sizeof seen - used, 50);
        if (memmem(seen, used, until, strlen(until)))
            return now() - start;
    }
    fail("no first frame");
}

static void drain(double millis) {
    char buffer[65536];
    for (double end = now() + millis; now() < end;)
        output(buffer, sizeof buffer, 20);
}

/* Processor time used so far, in seconds. */
static double cpu(void) {
    char path[64], line[1024];
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", program);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file))
        fail("no /proc/PID/stat");
    fclose(file);
    const char *fields = strrchr(line, ')');
    if (!fields || sscanf(fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        fail("/proc/PID/stat is not understood");
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static double resident(void) {
    char path[64];
    long pages = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", program);
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%*d %ld", &pages) != 1)
        fail("no /proc/PID/statm");
    fclose(file);
    return (double)(pages * sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

static void watch(double seconds) {
    double start = now(), used = cpu(), first = resident(), max = first, last = first;
    writes = bytes = 0;
    for (int minute = 1; now() - start < seconds * 1000;) {
        drain(500);
        last = resident();
        max = last > max ? last : max;
        if (now() - start > minute * 60e3) {
            fprintf(stderr, "term: %d min, %.0f MB\n", minute++, last);
        }
    }
    printf("cpu_percent=%.1f\nwrites=%ld\nbytes=%ld\n", (cpu() - used) / (now() - start) * 1e5, writes, bytes);
    printf("rss_start_mb=%.0f\nrss_end_mb=%.0f\nrss_max_mb=%.0f\n", first, last, max);
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void press(const char *keys, double seconds) {
    static double millis[MAX_KEYS];
    char buffer[65536];
    int sent = 0, answered = 0;
    for (double start = now(); now() - start < seconds * 1000 && sent < MAX_KEYS; sent++) {
        drain(150);
        double pressed = now();
        if (write(terminal, &keys[(size_t)sent % strlen(keys)], 1) != 1)
            fail("write");
        if (output(buffer, sizeof buffer, 1000) > 0)
            millis[answered++] = now() - pressed;
    }
    printf("keys=%d\nunanswered=%d\n", sent, sent - answered);
    if (answered == 0)
        return;
    qsort(millis, (size_t)answered, sizeof *millis, ascending);
    printf("key_median_ms=%.1f\nkey_p95_ms=%.1f\nkey_max_ms=%.1f\n", millis[answered / 2],
           millis[(int)(0.95 * (answered - 1))], millis[answered - 1]);
}

static void quit(void) {
    char buffer[65536];
    int status = 0;
    if (write(terminal, "q", 1) != 1)
        fail("write");
    for (double start = now(); now() - start < 3000;) {
        struct pollfd ready = {.fd = terminal, .events = POLLIN};
        if (poll(&ready, 1, 20) > 0 && read(terminal, buffer, sizeof buffer) <= 0)
            usleep(10000);
        if (waitpid(program, &status, WNOHANG) == program) {
            printf("exit=%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
            return;
        }
    }
    fail("the program does not end at q");
}

int main(int count, char **arguments) {
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    if (count < 7) {
        fprintf(stderr, "usage: term UNTIL SETTLE QUIET KEYED KEYS COMMAND...\n");
        return 2;
    }
    double start = now();
    program = forkpty(&terminal, NULL, NULL, &size);
    if (program == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(arguments[6], arguments + 6);
        _exit(127);
    }
    if (program < 0)
        fail("no terminal");
    printf("first_ms=%.0f\n", first_frame(arguments[1], start));
    drain(atof(arguments[2]) * 1000);
    if (atof(arguments[3]) > 0)
        watch(atof(arguments[3]));
    if (atof(arguments[4]) > 0)
        press(arguments[5], atof(arguments[4]));
    quit();
    return 0;
}
