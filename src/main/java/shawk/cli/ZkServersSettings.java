package shawk.cli;

import java.util.function.Predicate;
import shawk.view.zk.Output;
import shawk.zk.omni.PortRoles;
import shawk.zk.proto.Message;

/**
 * What {@code shawk zk zab}, {@code fle} or {@code omni} was asked for.
 *
 * @param command which of them
 * @param capture which packets
 * @param output how messages are written
 * @param oneLine whether in text each is on one line
 * @param filter which messages
 * @param count messages, proposals or outcomes; 0 = until interrupted
 * @param addedUp whether times of commits, or outcomes of elections, are written in place of messages
 * @param roles of ports, as far as they were told; more may be learned
 */
record ZkServersSettings(
        Command command,
        CaptureSettings capture,
        Output output,
        boolean oneLine,
        Predicate<Message> filter,
        long count,
        boolean addedUp,
        PortRoles roles) {}
