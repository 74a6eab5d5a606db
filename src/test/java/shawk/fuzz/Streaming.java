package shawk.fuzz;

import shawk.support.PacketMaker;

/** Bytes of one connection, in order. */
final class Streaming {
    static final byte[] CONNECT = framed(new byte[45]);
    static final byte[] CONNECTED = framed(connected());

    private Streaming() {}

    private static byte[] connected() {
        byte[] bytes = new byte[37];
        bytes[6] = 10;
        bytes[15] = 1;
        bytes[19] = 16;
        return bytes;
    }

    /** Bytes behind their number. */
    static byte[] framed(byte... bytes) {
        int n = bytes.length;
        return PacketMaker.join(new byte[] {0, (byte) (n >> 16), (byte) (n >> 8), (byte) n}, bytes);
    }

    static Talk talk(int port, boolean whole, Meter meter) {
        return new Talk(Bounds.dissector(new HostileSink()), port, whole, Bounds.STREAMS.perDirection(), meter);
    }

    static void frame(Input input, Meter meter) {
        Talk talk = talk(Bounds.ZK, true, meter);
        int how = input.int8();
        if ((how & 4) != 0) {
            talk.say(true, CONNECT);
            talk.say(false, CONNECTED);
        }
        if ((how & 2) != 0) {
            talk.say(true, framed((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte)
                    (how >> 3)));
        }
        talk.say((how & 1) != 0, framed(input.rest()));
        talk.end();
    }

    static void client(Input input, Meter meter) {
        chunks(Bounds.ZK, input, meter);
    }

    static void zab(Input input, Meter meter) {
        chunks(Bounds.ZAB, input, meter);
    }

    static void fle(Input input, Meter meter) {
        chunks(Bounds.FLE, input, meter);
    }

    private static void chunks(int port, Input input, Meter meter) {
        Talk talk = talk(port, (input.int8() & 1) != 0, meter);
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
}
