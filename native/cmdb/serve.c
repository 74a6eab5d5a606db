/* SPDX-License-Identifier: Apache-2.0 */
#include "cmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STATE_BYTES 4096
#define STARTING_MILLIS 20 /* between two looks whether it answers */
#define LOOK_MILLIS 1000   /* between two looks whether anybody uses it */
#define FAST_SECONDS 20    /* a fast shutdown writes out what is in memory */
#define IMMEDIATE_SECONDS 10

enum phase { STARTING, READY, STOPPING };

struct supervisor {
    const struct cmdb_options *options;
    struct cmdb_locks locks;
    struct cmdb_log log;
    int signals;
    int output; /* what the server writes */
    pid_t server;
    enum phase phase;
    time_t since;
    int64_t used;     /* when somebody was last seen to use it; seconds of the monotonic clock */
    bool in_use;      /* now */
    int64_t stopping; /* since when */
    int sent;         /* the strongest signal that was sent */
};

static int64_t monotonic_seconds(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec;
}

/* To whoever started the supervisor, who reads no more than this. */
static void report(const char *line) {
    ssize_t written = write(STDOUT_FILENO, line, strlen(line));
    (void)written;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        (void)dup2(null, STDOUT_FILENO);
        (void)close(null);
    }
}

static void report_failure(const char *reason) {
    char line[600];
    (void)snprintf(line, sizeof(line), "failed %.500s\n", reason);
    report(line);
}

static void tell(const struct supervisor *self) {
    static const char *const names[] = {"starting", "ready", "stopping"};
    char text[STATE_BYTES];
    memset(text, '\n', sizeof(text));
    int64_t idle = self->in_use ? 0 : monotonic_seconds() - self->used;
    int length = snprintf(text, sizeof(text),
                          "phase %s\nsupervisor %d\nserver %d\nsince %lld\nunused %lld\nidle %ld\n%s\n",
                          names[self->phase], (int)getpid(), (int)self->server, (long long)self->since,
                          self->in_use ? 0LL : (long long)(time(NULL) - idle), self->options->idle_seconds,
                          self->options->note);
    if (length > 0 && (size_t)length < sizeof(text)) {
        text[length] = '\n';
    }
    ssize_t written = pwrite(self->locks.state, text, sizeof(text), 0);
    (void)written;
}

/* Its sessions, by the titles of its processes. */
static bool has_sessions(pid_t server) {
    char path[64];
    char text[512];
    (void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)server, (int)server);
    FILE *children = fopen(path, "re");
    if (children == NULL) {
        return false;
    }
    bool found = false;
    int child;
    while (!found && fscanf(children, "%d", &child) == 1) {
        (void)snprintf(path, sizeof(path), "/proc/%d/cmdline", child);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text));
        found = length > 0 && cmdb_is_client(text, (size_t)length);
        if (fd >= 0) {
            (void)close(fd);
        }
    }
    (void)fclose(children);
    return found;
}

static void send_signal(struct supervisor *self, int signal) {
    if (self->sent != signal) {
        self->sent = signal;
        (void)kill(self->server, signal);
    }
}

static void stop(struct supervisor *self) {
    if (self->phase == STOPPING) {
        return;
    }
    if (self->phase == STARTING) {
        report_failure("it was stopped while it started");
    }
    self->phase = STOPPING;
    self->stopping = monotonic_seconds();
    send_signal(self, SIGINT);
    tell(self);
}

static void press(struct supervisor *self) {
    int64_t seconds = monotonic_seconds() - self->stopping;
    if (seconds >= FAST_SECONDS + IMMEDIATE_SECONDS) {
        send_signal(self, SIGKILL);
    } else if (seconds >= FAST_SECONDS) {
        send_signal(self, SIGQUIT);
    }
}

static void await_ready(struct supervisor *self) {
    char path[4096];
    char text[4096];
    (void)snprintf(path, sizeof(path), "%s/postmaster.pid", self->options->data);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
    if (fd >= 0) {
        (void)close(fd);
    }
    if (length <= 0) {
        return;
    }
    text[length] = '\0';
    /* One that an earlier server left behind names another process. */
    if (atoi(text) == (int)self->server && cmdb_is_ready(text)) {
        self->phase = READY;
        self->used = monotonic_seconds();
        tell(self);
        report("ready\n");
    }
}

static void look(struct supervisor *self) {
    bool before = self->in_use;
    self->in_use = cmdb_locks_used(&self->locks) || has_sessions(self->server);
    int64_t now = monotonic_seconds();
    if (self->in_use || before) {
        self->used = now;
    }
    if (self->in_use != before) {
        tell(self);
    }
    if (!self->in_use && now - self->used >= self->options->idle_seconds && cmdb_locks_shut(&self->locks)) {
        stop(self);
    }
}

static void tick(struct supervisor *self) {
    switch (self->phase) {
    case STARTING:
        await_ready(self);
        break;
    case READY:
        look(self);
        break;
    case STOPPING:
        press(self);
        break;
    }
}

static void drain(struct supervisor *self) {
    char text[8192];
    ssize_t length;
    while ((length = read(self->output, text, sizeof(text))) > 0) {
        cmdb_log_write(&self->log, text, (size_t)length);
    }
}

/* Whether the server has ended. */
static bool ended(struct supervisor *self) {
    int status;
    if (waitpid(self->server, &status, WNOHANG) != self->server) {
        return false;
    }
    drain(self);
    if (self->phase == STARTING) {
        char reason[400];
        cmdb_reason(self->log.tail, reason, sizeof(reason));
        report_failure(reason[0] != '\0' ? reason : "it ended without a word");
    }
    /* Written over, not cut: its block stays, for when the disk is full. */
    char nothing[STATE_BYTES];
    memset(nothing, '\n', sizeof(nothing));
    ssize_t written = pwrite(self->locks.state, nothing, sizeof(nothing), 0);
    (void)written;
    return true;
}

static void loop(struct supervisor *self) {
    struct signalfd_siginfo signal;
    while (true) {
        struct pollfd files[] = {{.fd = self->signals, .events = POLLIN, .revents = 0},
                                 {.fd = self->output, .events = POLLIN, .revents = 0}};
        int ready = poll(files, 2, self->phase == STARTING ? STARTING_MILLIS : LOOK_MILLIS);
        if (ready > 0 && files[1].revents != 0) {
            drain(self);
            if ((files[1].revents & (POLLHUP | POLLERR)) != 0) {
                (void)close(self->output);
                self->output = -1;
            }
        }
        while (read(self->signals, &signal, sizeof(signal)) == (ssize_t)sizeof(signal)) {
            if (signal.ssi_signo != SIGCHLD) {
                stop(self);
            }
        }
        if (ended(self)) {
            return;
        }
        tick(self);
    }
}

/* The server goes when its supervisor does, however that ends. */
static _Noreturn void become_server(const struct cmdb_options *options, pid_t parent, int output,
                                    const sigset_t *signals) {
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(output, STDERR_FILENO) < 0 || prctl(PR_SET_PDEATHSIG, SIGINT, 0, 0, 0) != 0 || getppid() != parent) {
        _exit(127);
    }
    (void)signal(SIGPIPE, SIG_DFL);
    (void)sigprocmask(SIG_UNBLOCK, signals, NULL);
    (void)execv(options->command[0], options->command);
    (void)dprintf(STDERR_FILENO, "%s: %s\n", options->command[0], strerror(errno));
    _exit(127);
}

static int start(struct supervisor *self) {
    int output[2];
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGCHLD);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL);
    self->signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (self->signals < 0 || pipe2(output, O_CLOEXEC) != 0) {
        return -errno;
    }
    /* Whoever waits for the report may be gone. */
    (void)signal(SIGPIPE, SIG_IGN);
    pid_t me = getpid();
    self->server = fork();
    if (self->server < 0) {
        return -errno;
    }
    if (self->server == 0) {
        become_server(self->options, me, output[1], &signals);
    }
    (void)close(output[1]);
    self->output = output[0];
    /* From here on only the server's processes hold their lock. */
    (void)close(self->locks.server);
    return fcntl(self->output, F_SETFL, O_NONBLOCK) != 0 ? -errno : 0;
}

/* What the supervisor reports; its caller waits for this process, and reads nothing once that has ended. */
static int hand_on(int reports) {
    char line[1024];
    ssize_t length = read(reports, line, sizeof(line));
    static const char silent[] = "failed its supervisor ended without a word\n";
    ssize_t written = length > 0 ? write(STDOUT_FILENO, line, (size_t)length)
                                 : write(STDOUT_FILENO, silent, sizeof(silent) - 1);
    return written < 0 ? -errno : 1;
}

/* Of no session but its own, of no folder and no terminal. 0: this is it; 1: this is who called, all is told. */
static int leave(void) {
    int reports[2];
    if (pipe2(reports, O_CLOEXEC) != 0) {
        return -errno;
    }
    pid_t child = fork();
    if (child < 0) {
        return -errno;
    }
    if (child > 0) {
        (void)close(reports[1]);
        return hand_on(reports[0]);
    }
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (setsid() < 0 || chdir("/") != 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(reports[1], STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0) {
        _exit(1);
    }
    child = fork();
    if (child != 0) {
        _exit(child < 0);
    }
    (void)close(reports[0]);
    (void)close(reports[1]);
    (void)close(null);
    return 0;
}

int cmdb_serve(const struct cmdb_options *options) {
    static struct supervisor self;
    self.options = options;
    self.since = time(NULL);
    self.used = monotonic_seconds();
    int error = cmdb_locks_open(&self.locks, options->folder);
    error = error != 0 ? error : cmdb_locks_take(&self.locks);
    error = error != 0 ? error : cmdb_become(&options->identity);
    int child = error != 0 ? error : leave();
    if (child > 0) {
        return 0;
    }
    error = child;
    if (error == 0) {
        cmdb_log_open(&self.log, options->log, CMDB_LOG_BYTES);
        error = start(&self);
    }
    if (error != 0) {
        report_failure(strerror(-error));
        return 1;
    }
    tell(&self);
    loop(&self);
    return 0;
}
