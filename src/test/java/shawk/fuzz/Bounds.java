package shawk.fuzz;

import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Ports;

/** Bounds so small that hostile bytes reach them, and what holds whatever comes. */
final class Bounds {
    static final int ZK = 2181;
    static final int ZAB = 2888;
    static final int FLE = 3888;

    static final StreamLimits STREAMS = new StreamLimits(200_000, 20_000, 40_000, 3, 100_000, 10_000_000);
    static final DecodeLimits DECODE = new DecodeLimits(30_000, 64, 500, 5_000_000);

    private Bounds() {}

    static Dissector dissector(HostileSink sink) {
        return new Dissector(Ports.of(ZK), Ports.of(ZAB), Ports.of(FLE), DECODE, sink);
    }

    static void check(Streams streams) {
        HostileSink.check(streams.ledger().isBalanced(streams.heldBytes()), "the ledger does not balance");
        HostileSink.check(streams.memory() <= STREAMS.maxBuffer(), "too much memory");
    }

    static void finish(Streams streams, long micros) {
        streams.tick(micros + 1_000_000_000);
        streams.finish(micros);
        HostileSink.check(streams.ledger().isBalanced(0), "the ledger does not balance at the end");
    }
}
