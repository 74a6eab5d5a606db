package shawk.cli;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shawk.view.zk.Output;
import shawk.view.zk.TableSpec;
import shawk.zk.proto.Message;

/**
 * What {@code shawk zk dump} was asked for.
 *
 * @param capture which packets
 * @param output how messages are written
 * @param filter which messages
 * @param count messages; 0 = until interrupted
 * @param table what is added up in place of writing messages; null = nothing
 */
record ZkDumpSettings(
        CaptureSettings capture,
        Output output,
        Predicate<Message> filter,
        long count,
        @Nullable TableSpec table) {}
