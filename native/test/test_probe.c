/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static void this_kernel_answers(void) {
    CHECK_EQUAL(shawk_probe(SHAWK_PROBE_TCP4), 0);
    CHECK_EQUAL(shawk_probe(SHAWK_PROBE_TCP6), 0);
    CHECK_EQUAL(shawk_probe(SHAWK_PROBE_UDP4), 0);
    CHECK_EQUAL(shawk_probe(SHAWK_PROBE_UDP6), 0);
    CHECK_EQUAL(shawk_probe(SHAWK_PROBE_UNIX), 0);
    CHECK(shawk_probe(SHAWK_PROBE_TCP_INFO) >= 104);
    CHECK_EQUAL(shawk_probe(-1), -EINVAL);
    CHECK_EQUAL(shawk_probe(SHAWK_PROBE_TCP_INFO + 1), -EINVAL);
}

/* A listener and a connection to it are there after the question as before. */
static void asking_to_destroy_destroys_nothing(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    NEED(listener >= 0 && bind(listener, (void *)&address, length) == 0 && listen(listener, 1) == 0);
    NEED(getsockname(listener, (void *)&address, &length) == 0);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    NEED(client >= 0 && connect(client, (void *)&address, length) == 0);
    int server = accept(listener, NULL, NULL);
    NEED(server >= 0);
    int result = shawk_probe(SHAWK_PROBE_DESTROY);
    CHECK(result == 0 || result == -EOPNOTSUPP);
    char octet = 'x';
    CHECK_EQUAL(send(client, &octet, 1, 0), 1);
    CHECK_EQUAL(recv(server, &octet, 1, 0), 1);
    int again = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(again >= 0 && connect(again, (void *)&address, length) == 0);
}

void test_probe(void) {
    run("this_kernel_answers", this_kernel_answers);
    run("asking_to_destroy_destroys_nothing", asking_to_destroy_destroys_nothing);
}
