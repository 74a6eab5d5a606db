package shawk.cli;

import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;

/** A capture in which nothing is, or of which all has been taken already. */
final class NoPackets implements Packets {
    @Override
    public Outcome next(PacketBatch batch, int waitMillis) {
        return Outcome.END;
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
