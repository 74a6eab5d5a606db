/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include <string.h>

/* Empties a table and makes it twice as large as what it is to hold. */
int table_clear(struct table *table, size_t entries) {
    size_t size = 1024;
    while (size < 2 * entries) {
        size *= 2;
    }
    if (table->slots == NULL || table->mask + 1 < size) {
        uint32_t *slots = realloc(table->slots, size * sizeof(*slots));
        if (slots == NULL) {
            return -ENOMEM;
        }
        table->slots = slots;
        table->mask = size - 1;
    }
    memset(table->slots, 0xff, (table->mask + 1) * sizeof(*table->slots));
    return 0;
}

void table_free(struct table *table) {
    free(table->slots);
    *table = (struct table){0};
}
