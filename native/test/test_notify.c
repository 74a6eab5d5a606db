/* SPDX-License-Identifier: Apache-2.0 */
/* What a service manager is told. */
#include "harness.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A manager's socket at this path; '@' stands for NUL. */
static int bound(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    NEED(length < sizeof(address.sun_path));
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') {
        address.sun_path[0] = 0;
    } else {
        (void)unlink(path);
    }
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    NEED(fd >= 0 && bind(fd, (void *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)) == 0);
    return fd;
}

static void arrives(const char *path) {
    int fd = bound(path);
    char text[64] = {0};
    CHECK_EQUAL(shawk_notify(path, "READY=1\nSTATUS=x"), 0);
    CHECK_EQUAL((int)recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT), 16);
    CHECK(strcmp(text, "READY=1\nSTATUS=x") == 0);
    close(fd);
}

static void message_arrives_at_a_path(void) {
    char path[100];
    (void)snprintf(path, sizeof(path), "/tmp/shawk-notify-%d", (int)getpid());
    arrives(path);
    CHECK_EQUAL(shawk_notify(path, "READY=1"), -ECONNREFUSED);
    (void)unlink(path);
    CHECK_EQUAL(shawk_notify(path, "READY=1"), -ENOENT);
}

static void message_arrives_at_an_abstract_name(void) {
    char path[100];
    (void)snprintf(path, sizeof(path), "@shawk-notify-%d", (int)getpid());
    arrives(path);
}

static void what_is_no_socket_is_refused(void) {
    char longest[200];
    memset(longest, 'a', sizeof(longest));
    longest[0] = '/';
    longest[sizeof(longest) - 1] = 0;
    CHECK_EQUAL(shawk_notify("", "x"), -EINVAL);
    CHECK_EQUAL(shawk_notify("relative", "x"), -EINVAL);
    CHECK_EQUAL(shawk_notify("@", "x"), -EINVAL);
    CHECK_EQUAL(shawk_notify(longest, "x"), -EINVAL);
}

void test_notify(void) {
    run("message_arrives_at_a_path", message_arrives_at_a_path);
    run("message_arrives_at_an_abstract_name", message_arrives_at_an_abstract_name);
    run("what_is_no_socket_is_refused", what_is_no_socket_is_refused);
}
