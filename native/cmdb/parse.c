/* SPDX-License-Identifier: Apache-2.0 */
#include "cmdb.h"

#include <string.h>

bool cmdb_is_client(const char *title, size_t length) {
    static const char prefix[] = "postgres: ";
    static const char socket[] = " [local]";
    return length > sizeof(prefix) && memcmp(title, prefix, sizeof(prefix) - 1) == 0 &&
           memmem(title, length, socket, sizeof(socket) - 1) != NULL;
}

bool cmdb_is_ready(const char *pid_file) {
    for (int line = 1; line < 8; line++) {
        pid_file = strchr(pid_file, '\n');
        if (pid_file == NULL) {
            return false;
        }
        pid_file++;
    }
    return strncmp(pid_file, "ready", 5) == 0;
}

static const char *last_of(const char *text, const char *word) {
    const char *last = NULL;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        last = at;
    }
    return last;
}

/* The beginning of the last line that is not empty. */
static const char *last_line(const char *text) {
    size_t end = strlen(text);
    while (end > 0 && text[end - 1] == '\n') {
        end--;
    }
    while (end > 0 && text[end - 1] != '\n') {
        end--;
    }
    return text + end;
}

void cmdb_reason(const char *log, char *line, size_t size) {
    const char *fatal = last_of(log, "FATAL:  ");
    const char *panic = last_of(log, "PANIC:  ");
    const char *from = panic != NULL ? panic + 8 : fatal != NULL ? fatal + 8 : last_line(log);
    size_t length = 0;
    for (; length + 1 < size && from[length] != '\0' && from[length] != '\n'; length++) {
        unsigned char byte = (unsigned char)from[length];
        line[length] = byte < 0x20 || byte == 0x7f ? '?' : (char)byte;
    }
    line[length] = '\0';
}
