package shawk.fuzz;

import java.nio.ByteBuffer;

/** Requests and replies whose records have lists in them: transactions, watches, access rights, children. */
final class ClientRecords {
    /** Numbers of the operations. */
    static final int[] REQUESTS = {1, 7, 14, 15, 16, 19, 21, 22, 100, 101, 102, 105, 106};

    static final int[] REPLIES = {4, 6, 8, 12, 14, 15, 22, 103, 107};

    private static final int CREATE2 = 15;
    private static final byte[] PATH = {0, 0, 0, 1, '/'};
    private static final byte[] END = {-1, -1, -1, -1, 1, -1, -1, -1, -1};

    private ClientRecords() {}

    static void feed(Input input, Meter meter) {
        Talk talk = Streaming.talk(Bounds.ZK, true, meter);
        talk.say(true, Streaming.CONNECT);
        talk.say(false, Streaming.CONNECTED);
        int how = input.int8();
        if ((how & 1) != 0) {
            talk.say(true, request(REQUESTS[(how >> 1) % REQUESTS.length], input.rest()));
        } else {
            int op = REPLIES[(how >> 1) % REPLIES.length];
            talk.say(true, request(op, record(op)));
            byte[] record = input.rest();
            talk.say(
                    false,
                    Streaming.framed(ByteBuffer.allocate(16 + record.length)
                            .putInt(1)
                            .putLong(2)
                            .putInt(0)
                            .put(record)
                            .array()));
        }
        talk.end();
    }

    private static byte[] request(int op, byte... record) {
        return Streaming.framed(ByteBuffer.allocate(8 + record.length)
                .putInt(1)
                .putInt(op)
                .put(record)
                .array());
    }

    /** The least record of a request that is one. */
    private static byte[] record(int op) {
        return switch (op) {
            case 4, 8, 12 -> ByteBuffer.allocate(6).put(PATH).array();
            case 6, 103 -> PATH;
            case 14, 22 -> END;
            case CREATE2 -> ByteBuffer.allocate(17).put(PATH).array();
            default -> new byte[0];
        };
    }
}
