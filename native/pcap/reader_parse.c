/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"

#include <string.h>

#define MAGIC_MICROS 0xa1b2c3d4U
#define MAGIC_NANOS 0xa1b23c4dU
#define MAGIC_PATCHED 0xa1b2cd34U /* with eight bytes more in each packet's header */
#define SECTION 0x0a0d0d0aU
#define BYTE_ORDER_MAGIC 0x1a2b3c4dU
#define BLOCK_OLD_PACKET 2U
#define BLOCK_SIMPLE_PACKET 3U
#define BLOCK_PACKET 6U

static uint32_t number(const uint8_t *bytes, int swapped) {
    uint32_t value;
    memcpy(&value, bytes, sizeof(value));
    return swapped ? __builtin_bswap32(value) : value;
}

void reader_recognise(struct reader *reader) {
    reader->format = FORMAT_UNKNOWN;
    if (reader->to - reader->from < 4) {
        return;
    }
    const uint8_t *bytes = reader->bytes + reader->from;
    if (number(bytes, 0) == SECTION && reader->to - reader->from >= 12) {
        reader->format = FORMAT_PCAPNG;
        reader->swapped = number(bytes + 8, 0) != BYTE_ORDER_MAGIC;
    }
    for (int swapped = 0; swapped < 2; swapped++) {
        uint32_t magic = number(bytes, swapped);
        if (magic == MAGIC_MICROS || magic == MAGIC_NANOS || magic == MAGIC_PATCHED) {
            reader->format = FORMAT_PCAP;
            reader->swapped = swapped;
            reader->head = magic == MAGIC_PATCHED ? 24 : 16;
        }
    }
}

static int holds_classic(const struct reader *reader) {
    size_t held = reader->to - reader->from;
    return held >= reader->head && held - reader->head >= number(reader->bytes + reader->from + 8, reader->swapped);
}

/* Blocks that are no packets are passed over: libpcap reads on behind them until there is one. */
static int holds_block(struct reader *reader) {
    size_t at = reader->from;
    while (reader->to - at >= 12) {
        const uint8_t *block = reader->bytes + at;
        uint32_t type = number(block, reader->swapped);
        if (type == SECTION) {
            reader->swapped = number(block + 8, 0) != BYTE_ORDER_MAGIC;
        }
        uint32_t length = number(block + 4, reader->swapped);
        if (length < 12 || length % 4 != 0) {
            return 1;
        }
        if (reader->to - at < length) {
            return 0;
        }
        if (type == BLOCK_PACKET || type == BLOCK_SIMPLE_PACKET || type == BLOCK_OLD_PACKET) {
            return 1;
        }
        at += length;
    }
    return 0;
}

int reader_holds_packet(struct reader *reader) {
    switch (reader->format) {
    case FORMAT_PCAP:
        return holds_classic(reader);
    case FORMAT_PCAPNG:
        return holds_block(reader);
    default:
        return 1;
    }
}

int reader_is_compressed(const struct reader *reader) {
    static const struct {
        size_t length;
        uint8_t bytes[4];
    } kinds[] = {{2, {0x1f, 0x8b}}, {4, {0xfd, '7', 'z', 'X'}}, {4, {0x28, 0xb5, 0x2f, 0xfd}}, {3, {'B', 'Z', 'h'}}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (reader->to - reader->from >= kinds[i].length &&
            memcmp(reader->bytes + reader->from, kinds[i].bytes, kinds[i].length) == 0) {
            return 1;
        }
    }
    return 0;
}
