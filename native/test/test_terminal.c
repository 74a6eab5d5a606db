/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void size_and_kind(void) {
    struct winsize size = {.ws_row = 50, .ws_col = 200};
    int master = 0;
    int terminal = 0;
    NEED(openpty(&master, &terminal, NULL, NULL, &size) == 0);
    CHECK_EQUAL(shawk_term_size(terminal), 200 << 16 | 50);
    CHECK_EQUAL(shawk_term_is_tty(terminal), 1);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    CHECK_EQUAL(shawk_term_size(null), -ENOTTY);
    CHECK_EQUAL(shawk_term_is_tty(null), 0);
    CHECK_EQUAL(shawk_term_is_tty(-1), 0);
    CHECK_EQUAL(shawk_term_size(-1), -EBADF);
    uint8_t saved[SHAWK_TERM_STATE];
    CHECK_EQUAL(shawk_term_raw(null, saved), -ENOTTY);
}

static void raw_and_back(void) {
    int master = 0;
    int terminal = 0;
    struct termios before;
    struct termios raw;
    struct termios after;
    uint8_t saved[SHAWK_TERM_STATE];
    NEED(openpty(&master, &terminal, NULL, NULL, NULL) == 0);
    NEED(tcgetattr(terminal, &before) == 0);
    CHECK_EQUAL(shawk_term_raw(terminal, saved), 0);
    NEED(tcgetattr(terminal, &raw) == 0);
    CHECK((raw.c_lflag & (tcflag_t)(ECHO | ICANON | ISIG)) == 0 && (raw.c_oflag & (tcflag_t)OPOST) == 0);
    CHECK_EQUAL(shawk_term_restore(terminal, saved), 0);
    NEED(tcgetattr(terminal, &after) == 0);
    CHECK(before.c_lflag == after.c_lflag && before.c_iflag == after.c_iflag && before.c_oflag == after.c_oflag);
}

static void waiting(void) {
    int master = 0;
    int terminal = 0;
    uint8_t saved[SHAWK_TERM_STATE];
    NEED(openpty(&master, &terminal, NULL, NULL, NULL) == 0);
    NEED(shawk_term_raw(terminal, saved) == 0);
    CHECK_EQUAL(shawk_term_wait(terminal, 1), 0);
    NEED(write(master, "q", 1) == 1);
    CHECK_EQUAL(shawk_term_wait(terminal, 5000), 1);
    char key = 0;
    NEED(read(terminal, &key, 1) == 1);
    (void)close(master);
    CHECK_EQUAL(shawk_term_wait(terminal, 5000), -EIO);
    CHECK_EQUAL(shawk_term_wait(99, 0), -EIO);
}

/* A shell with one job of two processes, of which the second suspends the job: as sudo and the program that it runs. */
static void job(int master, int terminal) {
    (void)close(master);
    NEED(setpgid(0, 0) == 0);
    pid_t program = fork();
    NEED(program >= 0);
    if (program == 0) {
        CHECK_EQUAL(shawk_suspend(), 0);
        _exit(checks_failed != 0);
    }
    int status = 0;
    (void)terminal;
    NEED(waitpid(program, &status, 0) == program);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 3);
}

static void stops_the_job_until_it_is_continued(void) {
    int master = 0;
    int terminal = 0;
    int status = 0;
    NEED(openpty(&master, &terminal, NULL, NULL, NULL) == 0);
    NEED(setsid() > 0);
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        job(master, terminal);
    }
    NEED(waitpid(pid, &status, WUNTRACED) == pid);
    CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
    NEED(kill(-pid, SIGCONT) == 0);
    NEED(waitpid(pid, &status, WUNTRACED) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Nobody could ever continue it: it does not stop. */
static void refused_without_job_control(void) {
    NEED(setsid() > 0);
    CHECK_EQUAL(shawk_suspend(), -ENOTSUP);
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        _exit(shawk_suspend() == -ENOTSUP ? 0 : 1);
    }
    int status = 0;
    NEED(waitpid(pid, &status, WUNTRACED) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* In the background the terminal belongs to somebody else, and asking for it must not stop the process. */
static void background_leaves_the_terminal_alone(void) {
    int master = 0;
    int terminal = 0;
    uint8_t saved[SHAWK_TERM_STATE];
    NEED(openpty(&master, &terminal, NULL, NULL, NULL) == 0);
    NEED(setsid() > 0 && ioctl(terminal, TIOCSCTTY, 0) == 0);
    NEED(shawk_term_raw(terminal, saved) == 0);
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        NEED(setpgid(0, 0) == 0);
        _exit(shawk_term_restore(terminal, saved) == 0 ? 0 : 1);
    }
    int status = 0;
    struct termios now;
    NEED(waitpid(pid, &status, WUNTRACED) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    NEED(tcgetattr(terminal, &now) == 0);
    CHECK((now.c_lflag & (tcflag_t)ECHO) == 0);
    CHECK_EQUAL(shawk_term_restore(terminal, saved), 0);
    NEED(tcgetattr(terminal, &now) == 0);
    CHECK((now.c_lflag & (tcflag_t)ECHO) != 0);
}

void test_terminal(void) {
    run("size_and_kind", size_and_kind);
    run("raw_and_back", raw_and_back);
    run("waiting", waiting);
    run("stops_the_job_until_it_is_continued", stops_the_job_until_it_is_continued);
    run("refused_without_job_control", refused_without_job_control);
    run("background_leaves_the_terminal_alone", background_leaves_the_terminal_alone);
}
