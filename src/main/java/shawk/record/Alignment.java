package shawk.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Finds for each record of a sample the one of the sample before that is about the same thing. Records mostly stand in
 * the same order as before, so that the next one is tried first. Used by one thread.
 */
final class Alignment {
    /** There is none. */
    static final int NEW = -1;

    /** What tells which thing a record is about; sections that are not named here are compared place by place. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("sockets", List.of("cookie", "netns", "laddr", "raddr", "lport", "rport", "protocol")),
            Map.entry("holders", List.of("sock", "process")),
            Map.entry("processes", List.of("pid", "start")),
            Map.entry("namespaces", List.of("inode")),
            Map.entry("interfaces", List.of("netns", "ifindex")),
            Map.entry("unix_sockets", List.of("cookie", "netns", "inode")),
            Map.entry(
                    "translations",
                    List.of("netns", "orig_src", "orig_dst", "orig_sport", "orig_dport", "protocol", "zone")),
            Map.entry("links", List.of("netns", "ifindex")),
            Map.entry("bundles", List.of("netns", "laddr", "raddr", "port", "protocol", "direction", "mptcp")),
            Map.entry("flows", List.of("netns", "cookie", "raddr", "rport")),
            Map.entry("meters", List.of("id")),
            Map.entry("programs", List.of("name")));

    /** Sections whose records never come again: each is like the one before it, not like one of the sample before. */
    private static final Set<String> STREAMS = Set.of("events");

    /** Records that are looked at before an index is made: what has gone leaves a small gap. */
    private static final int LOOK_AHEAD = 4;

    private final int recordSize;
    private final boolean stream;
    private final int[] keyOffset;
    private final int[] keyWidth;
    private final long seed = new SplittableRandom().nextLong();
    private int[] slots = new int[0];
    private boolean indexed;
    private int[] before = new int[64];

    Alignment(Layout layout) {
        recordSize = layout.recordSize();
        stream = STREAMS.contains(layout.section());
        List<String> keys = KEYS.getOrDefault(layout.section(), List.of());
        List<Layout.Column> columns = layout.columns().stream()
                .filter(column -> keys.contains(fieldOf(layout, column)))
                .toList();
        keyOffset = columns.stream().mapToInt(Layout.Column::offset).toArray();
        keyWidth = columns.stream().mapToInt(Layout.Column::width).toArray();
    }

    private static String fieldOf(Layout layout, Layout.Column column) {
        for (Layout.Field field : layout.fields()) {
            if (column.offset() >= field.offset() && column.offset() < field.offset() + field.size()) {
                return field.name();
            }
        }
        return "";
    }

    /** For each of {@code count} records its place in {@code old}, or {@link #NEW}; valid until the next call. */
    int[] align(ByteBuffer now, int count, Records old) {
        if (count > before.length) {
            before = new int[count + count / 4];
        }
        if (stream || old.count() == 0) {
            Arrays.fill(before, 0, count, NEW);
            return before;
        }
        indexed = false;
        int next = 0;
        for (int row = 0; row < count; row++) {
            int found = find(now, row, old, next);
            before[row] = found;
            next = found == NEW ? next : found + 1;
        }
        return before;
    }

    private int find(ByteBuffer now, int row, Records old, int next) {
        if (keyOffset.length == 0) {
            return row < old.count() ? row : NEW;
        }
        int end = Math.min(old.count(), next + LOOK_AHEAD);
        for (int guess = next; guess < end; guess++) {
            if (isSame(now, row, old.buffer(), guess)) {
                return guess;
            }
        }
        if (!indexed) {
            index(old);
        }
        int mask = slots.length - 1;
        for (int slot = hash(now, row) & mask; slots[slot] != NEW; slot = slot + 1 & mask) {
            if (isSame(now, row, old.buffer(), slots[slot])) {
                return slots[slot];
            }
        }
        return NEW;
    }

    private boolean isSame(ByteBuffer now, int row, ByteBuffer old, int oldRow) {
        int at = row * recordSize;
        int from = oldRow * recordSize;
        for (int i = 0; i < keyOffset.length; i++) {
            if (Cells.get(now, at + keyOffset[i], keyWidth[i]) != Cells.get(old, from + keyOffset[i], keyWidth[i])) {
                return false;
            }
        }
        return true;
    }

    private void index(Records old) {
        indexed = true;
        int needed = Math.max(64, Integer.highestOneBit(old.count()) * 4);
        if (slots.length != needed) {
            slots = new int[needed];
        }
        Arrays.fill(slots, NEW);
        int mask = slots.length - 1;
        for (int row = 0; row < old.count(); row++) {
            int slot = hash(old.buffer(), row) & mask;
            while (slots[slot] != NEW) {
                slot = slot + 1 & mask;
            }
            slots[slot] = row;
        }
    }

    private int hash(ByteBuffer records, int row) {
        long mixed = seed;
        for (int i = 0; i < keyOffset.length; i++) {
            mixed = (mixed ^ Cells.get(records, row * recordSize + keyOffset[i], keyWidth[i])) * 0x9e3779b97f4a7c15L;
            mixed ^= mixed >>> 32;
        }
        return (int) (mixed * 0xd6e8feb86659fd93L >>> 32);
    }
}
