package shawk.fuzz;

import java.util.Arrays;
import java.util.Locale;
import shawk.support.PacketMaker;
import shawk.support.Segment;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.LinkType;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Ports;

/** What hostile bytes are fed to. Each throws where something does not hold; its bytes begin anywhere. */
enum Target {
    /** One frame with the right length, behind a good beginning or none, to the server or from it. */
    CLIENT_FRAME {
        @Override
        void feed(Input input) {
            Talk talk = new Talk(ZK);
            int how = input.int8();
            if ((how & 4) != 0) {
                talk.say(true, CONNECT);
                talk.say(false, CONNECTED);
            }
            if ((how & 2) != 0) {
                talk.say(true, framed(new byte[] {0, 0, 0, 1, 0, 0, 0, (byte) (how >> 3)}));
            }
            talk.say((how & 1) != 0, framed(input.rest()));
            talk.end();
        }
    },
    /** Chunks of either direction, and gaps. */
    CLIENT_STREAM {
        @Override
        void feed(Input input) {
            chunks(ZK, input);
        }
    },
    ZAB_STREAM {
        @Override
        void feed(Input input) {
            chunks(ZAB, input);
        }
    },
    FLE_STREAM {
        @Override
        void feed(Input input) {
            chunks(FLE, input);
        }
    },
    /** Segments with sequence numbers: gaps, overlaps, numbers far away and around their end. */
    SEGMENTS {
        @Override
        void feed(Input input) {
            HostileSink sink = new HostileSink();
            Streams streams = new Streams(dissector(sink), SMALL);
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
                streams.take(packet, 0, packet.length, packet.length, LinkType.RAW, micros);
                check(streams);
            }
            finish(streams, micros);
        }
    },
    /** Packets of any link type, whole or cut. */
    PACKETS {
        @Override
        void feed(Input input) {
            HostileSink sink = new HostileSink();
            Streams streams = new Streams(dissector(sink), SMALL);
            while (!input.isOver()) {
                int how = input.int8();
                int more = (how & 16) != 0 ? input.int16() : 0;
                byte[] packet = input.chunk();
                streams.take(packet, 0, packet.length, packet.length + more, LINKS[how % LINKS.length], how);
                check(streams);
            }
            finish(streams, 0);
        }
    };

    private static final int ZK = 2181;
    private static final int ZAB = 2888;
    private static final int FLE = 3888;
    private static final int[] PORTS = {ZK, ZAB, FLE, 9};
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
    private static final StreamLimits SMALL = new StreamLimits(200_000, 20_000, 40_000, 3, 100_000, 10_000_000);
    private static final DecodeLimits LIMITS = new DecodeLimits(30_000, 64, 500, 5_000_000);
    private static final byte[] CONNECT = framed(new byte[45]);
    private static final byte[] CONNECTED = framed(connected());

    private static byte[] connected() {
        byte[] bytes = new byte[37];
        bytes[6] = 10;
        bytes[15] = 1;
        bytes[19] = 16;
        return bytes;
    }

    /** Bytes behind their number. */
    static byte[] framed(byte[] bytes) {
        int n = bytes.length;
        return PacketMaker.join(new byte[] {0, (byte) (n >> 16), (byte) (n >> 8), (byte) n}, bytes);
    }

    abstract void feed(Input input);

    /** Name of the folder with what was found: {@code client-stream}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void feed(byte[] bytes) {
        feed(new Input(bytes));
    }

    private static Dissector dissector(HostileSink sink) {
        return new Dissector(Ports.of(ZK), Ports.of(ZAB), Ports.of(FLE), LIMITS, sink);
    }

    private static void chunks(int port, Input input) {
        Talk talk = new Talk(port, (input.int8() & 1) != 0);
        while (!input.isOver()) {
            int how = input.int8();
            if ((how & 6) == 6) {
                talk.lose((how & 1) != 0, input.int8());
            } else {
                talk.say((how & 1) != 0, input.chunk());
            }
        }
        talk.end();
    }

    private static void check(Streams streams) {
        HostileSink.check(streams.ledger().isBalanced(streams.heldBytes()), "the ledger does not balance");
        HostileSink.check(streams.memory() <= SMALL.maxBuffer(), "too much memory");
    }

    private static void finish(Streams streams, long micros) {
        streams.tick(micros + 1_000_000_000);
        streams.finish(micros);
        HostileSink.check(streams.ledger().isBalanced(0), "the ledger does not balance at the end");
    }

    /** One connection whose bytes come in order, as {@link Streams} would offer them. */
    private static final class Talk {
        private final ByteLedger ledger = new ByteLedger();
        private final Conversation conversation;
        private final byte[][] held = {{}, {}};
        private long micros = 1_000_000;

        Talk(int port) {
            this(port, true);
        }

        Talk(int port, boolean whole) {
            Connection connection = Connection.of(0, 0xffff_0a00_0001L, 1000, 0, 0xffff_0a00_0002L, port);
            Conversation opened = dissector(new HostileSink()).open(connection, whole, ledger, micros);
            if (opened == null) {
                throw new IllegalStateException("nobody is interested");
            }
            conversation = opened;
        }

        void say(boolean toServer, byte[] bytes) {
            int side = toServer ? 1 : 0;
            if (bytes.length == 0) {
                return;
            }
            byte[] all = PacketMaker.join(held[side], bytes);
            ledger.in += bytes.length;
            micros += 1_000;
            int done = conversation.take(toServer, all, 0, all.length, micros);
            HostileSink.check(done >= 0 && done <= all.length, "more is done than was there");
            held[side] = Arrays.copyOfRange(all, done, all.length);
            if (held[side].length > SMALL.perDirection()) {
                lose(toServer, 0);
            }
            HostileSink.check(ledger.isBalanced(held[0].length + held[1].length), "the ledger does not balance");
        }

        void lose(boolean toServer, int length) {
            int side = toServer ? 1 : 0;
            ledger.malformed += held[side].length;
            held[side] = new byte[0];
            conversation.gap(toServer, length, micros);
        }

        void end() {
            ledger.malformed += held[0].length + held[1].length;
            conversation.end(Conversation.End.FIN, micros);
            HostileSink.check(ledger.isBalanced(0), "the ledger does not balance at the end");
        }
    }
}
