/* SPDX-License-Identifier: Apache-2.0 */
#include "shawk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(struct termios) <= SHAWK_TERM_STATE, "SHAWK_TERM_STATE holds the settings of a terminal");

int shawk_term_size(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) {
        return -errno;
    }
    return (size.ws_col & 0x7fff) << 16 | size.ws_row;
}

int shawk_term_is_tty(int fd) {
    return isatty(fd) == 1;
}

/* Not after the output has drained: on a terminal that has stopped reading that would never be. */
static int set_attributes(int fd, const struct termios *settings) {
    while (tcsetattr(fd, TCSANOW, settings) != 0) {
        if (errno != EINTR) {
            return -errno;
        }
    }
    return 0;
}

int shawk_term_raw(int fd, uint8_t *saved) {
    struct termios settings;
    if (tcgetattr(fd, &settings) != 0) {
        return -errno;
    }
    memcpy(saved, &settings, sizeof(settings));
    cfmakeraw(&settings);
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    return set_attributes(fd, &settings);
}

/* From the background it leaves the terminal alone: whoever is in the foreground has set it for itself (a shell does
 * when it takes over from a stopped job), and asking would stop this process with SIGTTOU on its way out. */
int shawk_term_restore(int fd, const uint8_t *saved) {
    struct termios settings;
    memcpy(&settings, saved, sizeof(settings));
    pid_t foreground = tcgetpgrp(fd);
    if (foreground > 0 && foreground != getpgrp()) {
        return 0;
    }
    sigset_t stop;
    sigset_t previous;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTTOU);
    (void)pthread_sigmask(SIG_BLOCK, &stop, &previous);
    int result = set_attributes(fd, &settings);
    (void)pthread_sigmask(SIG_SETMASK, &previous, NULL);
    return result;
}

int shawk_term_wait(int fd, int timeout_ms) {
    struct pollfd input = {.fd = fd, .events = POLLIN};
    int ready = poll(&input, 1, timeout_ms);
    if (ready < 0) {
        return errno == EINTR ? 0 : -errno;
    }
    if (ready == 0) {
        return 0;
    }
    /* A terminal that was hung up polls as readable too, for ever; only what is still buffered counts. */
    int left = 0;
    if ((input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0 && (ioctl(fd, FIONREAD, &left) != 0 || left == 0)) {
        return -EIO;
    }
    return 1;
}
