package shawk.enrich;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A DNS server on loopback that answers each question for a PTR record as a test wants; ends with the test. */
final class DnsServer implements AutoCloseable {
    static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket;
    private final Function<String, @Nullable Reply> replies;
    private final List<String> questions = new CopyOnWriteArrayList<>();

    /** {@code labels} are the bytes of the name's parts. */
    record Reply(int code, List<byte[]> labels) {
        static Reply name(String name) {
            return new Reply(
                    0,
                    Arrays.stream(name.split("\\."))
                            .map(label -> label.getBytes(StandardCharsets.UTF_8))
                            .toList());
        }
    }

    /** {@code replies} gives the answer for a name; null = none ever comes. */
    DnsServer(Function<String, @Nullable Reply> replies) throws IOException {
        this.replies = replies;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "dns-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** The names that were asked for, in order. */
    List<String> questions() {
        return questions;
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                StringBuilder name = new StringBuilder();
                int at = 12;
                while (question[at] != 0) {
                    name.append(name.isEmpty() ? "" : ".")
                            .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
                    at += 1 + question[at];
                }
                questions.add(name.toString());
                Reply reply = replies.apply(name.toString());
                if (reply != null) {
                    byte[] answer = answer(question, at + 5, reply);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed: the test has ended.
        }
    }

    private static byte[] answer(byte[] question, int end, Reply reply) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        out.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | reply.code)});
        out.writeBytes(new byte[] {0, 1, 0, (byte) (reply.code == 0 ? 1 : 0), 0, 0, 0, 0});
        out.write(question, 12, end - 12);
        if (reply.code == 0) {
            ByteArrayOutputStream name = new ByteArrayOutputStream();
            for (byte[] label : reply.labels) {
                name.write(label.length);
                name.writeBytes(label);
            }
            name.write(0);
            out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, (byte) name.size()});
            out.writeBytes(name.toByteArray());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
