package shawk.fuzz;

import shawk.support.PacketMaker;
import shawk.support.Segment;
import shawk.tcp.LinkType;
import shawk.tcp.Streams;
import shawk.zk.omni.OmniConversations;
import shawk.zk.omni.PortRoles;

/** Packets on their way into streams. */
final class Packeting {
    /** What a connection takes that begins: a packet is enough for that. */
    static final int PER_PACKET = 4_000;

    private static final int[] PORTS = {Bounds.ZK, Bounds.ZAB, Bounds.FLE, 9};
    private static final int[] FLAGS = {16, 16, 16, 16, Segment.SYN, Segment.SYN | 16, Segment.FIN | 16, Segment.RST};
    private static final int[] LINKS = {
        LinkType.ETHERNET,
        LinkType.NULL,
        LinkType.RAW,
        LinkType.LINUX_SLL,
        LinkType.LINUX_SLL2,
        LinkType.LOOP,
        LinkType.IPV4,
        LinkType.IPV6,
        147
    };

    private Packeting() {}

    static void segments(Input input, Meter meter) {
        Streams streams = new Streams(Bounds.dissector(new HostileSink()), Bounds.STREAMS);
        segments(streams, input, meter, () -> Bounds.check(streams));
    }

    static void omni(Input input, Meter meter) {
        int most = 50_000;
        OmniConversations omni = new OmniConversations(new PortRoles(), most, Bounds.DECODE, new HostileSink());
        Streams streams = new Streams(omni, Bounds.STREAMS);
        segments(streams, input, meter, () -> HostileSink.check(omni.heldBytes() <= most, "too much is held back"));
        HostileSink.check(omni.heldBytes() == 0, "something is held back at the end");
    }

    private static void segments(Streams streams, Input input, Meter meter, Runnable check) {
        long micros = 1_000_000;
        while (!input.isOver()) {
            int how = input.int8();
            int sequence = (how & 64) != 0 ? input.int32() : (short) input.int16();
            int acknowledgement = (short) input.int16();
            micros += (how & 128) != 0 ? input.int16() * 1_000L : 10;
            boolean up = (how & 1) != 0;
            int port = PORTS[how >> 1 & 3];
            Segment segment = new Segment(
                    micros,
                    PacketMaker.address(up ? 1 : 2),
                    up ? 1000 : port,
                    PacketMaker.address(up ? 2 : 1),
                    up ? port : 1000,
                    sequence,
                    acknowledgement,
                    FLAGS[how >> 3 & 7],
                    input.chunk());
            byte[] packet = PacketMaker.ip(segment);
            take(streams, packet, 0, LinkType.RAW, micros, meter);
            check.run();
        }
        Bounds.finish(streams, micros);
    }

    static void packets(Input input, Meter meter) {
        Streams streams = new Streams(Bounds.dissector(new HostileSink()), Bounds.STREAMS);
        while (!input.isOver()) {
            int how = input.int8();
            int more = (how & 16) != 0 ? input.int16() : 0;
            take(streams, input.chunk(), more, LINKS[how % LINKS.length], how, meter);
            Bounds.check(streams);
        }
        Bounds.finish(streams, 0);
    }

    private static void take(Streams streams, byte[] packet, int more, int link, long micros, Meter meter) {
        meter.begin();
        streams.take(packet, 0, packet.length, packet.length + more, link, micros);
        meter.end();
        meter.took(packet.length);
        meter.allow(PER_PACKET);
    }
}
