package shawk.cli;

import java.util.function.Predicate;
import shawk.screen.zk.TopColumn;
import shawk.screen.zk.TopGroup;
import shawk.zk.proto.Message;

/**
 * What {@code shawk zk top} was asked for.
 *
 * @param capture which packets
 * @param filter which messages
 * @param filterText as it was typed; empty = all
 * @param group what the rows are at first
 * @param depth names of a path that count at first; 0 = all
 * @param sort column that they are sorted by at first
 * @param intervalMillis between two looks at the counts
 * @param intervalAsked whether somebody asked for that interval
 */
record ZkTopSettings(
        CaptureSettings capture,
        Predicate<Message> filter,
        String filterText,
        TopGroup group,
        int depth,
        TopColumn sort,
        long intervalMillis,
        boolean intervalAsked) {}
