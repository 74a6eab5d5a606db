/* SPDX-License-Identifier: Apache-2.0 */
#include "harness.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int checks_failed;
const char *fixtures;
const char *scratch;

static int passed;
static int failed;

void run(const char *name, void (*test)(void)) {
    (void)fflush(NULL);
    pid_t pid = fork();
    NEED(pid >= 0);
    if (pid == 0) {
        run_isolated(test);
    }
    int status = 0;
    NEED(waitpid(pid, &status, 0) == pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        passed++;
        return;
    }
    failed++;
    (void)fprintf(stderr, "FAILED %s\n", name);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        (void)fprintf(stderr, "usage: %s FIXTURES SCRATCH\n", argv[0]);
        return 2;
    }
    fixtures = argv[1];
    scratch = argv[2];
    if (geteuid() != 0) {
        (void)fprintf(stderr, "the suite makes network namespaces: run it as root\n");
        return 1;
    }
    test_diag_parse();
    test_netlink_parse();
    test_proc_parse();
    test_join();
    test_made_up();
    test_sample();
    test_namespaces();
    test_holders();
    test_privileges();
    test_parts();
    test_acts();
    test_living();
    test_probe();
    test_terminal();
    test_notify();
    test_own();
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
