package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;

/**
 * What servers said, cut otherwise, begun in the middle, with holes, and changed: never a message that was not sent.
 */
class ServerStreamsTest {
    private static final String CAPTURE = "ensemble-full.pcap";
    private static final Map<Connection, List<Chunk>> ZAB = Chunk.of(CAPTURE, 2881, 2884);
    private static final Map<Connection, List<Chunk>> FLE = Chunk.of(CAPTURE, 3881, 3884);
    private static final int SEED = 20_151_122;

    private final OracleText text = new OracleText(0);
    private final ByteLedger ledger = new ByteLedger();

    private Chunk.Feed open(Connection connection, boolean zab, boolean whole) {
        text.lines.clear();
        Conversation conversation = zab
                ? new ZabConversation(connection, whole, ledger, DecodeLimits.DEFAULT, text)
                : new FleConversation(connection, whole, ledger, text);
        return new Chunk.Feed(conversation, ledger);
    }

    private List<String> whole(Map.Entry<Connection, List<Chunk>> stream, boolean zab) {
        Chunk.Feed feed = open(stream.getKey(), zab, true);
        stream.getValue().forEach(chunk -> feed.offer(chunk.toServer(), chunk.bytes()));
        feed.end();
        assertBalanced();
        return List.copyOf(text.lines);
    }

    private void assertBalanced() {
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.ignored + ledger.malformed);
    }

    private void eachStream(Trial trial) {
        ZAB.entrySet().forEach(stream -> trial.run(stream, true));
        FLE.entrySet().forEach(stream -> trial.run(stream, false));
    }

    private interface Trial {
        void run(Map.Entry<Connection, List<Chunk>> stream, boolean zab);
    }

    @Test
    void anyWayOfCuttingGivesTheSameMessages() {
        Random random = new Random(SEED);
        eachStream((stream, zab) -> {
            List<String> expected = whole(stream, zab);
            for (int most : new int[] {1, 3, 40, 3000}) {
                Chunk.Feed feed = open(stream.getKey(), zab, true);
                for (Chunk chunk : stream.getValue()) {
                    for (int at = 0; at < chunk.bytes().length; ) {
                        int to = Math.min(chunk.bytes().length, at + 1 + random.nextInt(most));
                        feed.offer(chunk.toServer(), Arrays.copyOfRange(chunk.bytes(), at, to));
                        at = to;
                    }
                }
                feed.end();
                assertThat(text.lines).isEqualTo(expected);
                assertBalanced();
            }
        });
    }

    private static boolean isNote(String line) {
        return line.contains(" skipped ")
                || line.contains("malformed ")
                || line.contains("undecodable")
                || line.contains("SNAPDATA");
    }

    /** All that was told was sent, and by each side in that order. */
    private void assertNothingInvented(List<String> expected) {
        Map<String, Integer> places = new HashMap<>();
        for (String line : text.lines) {
            if (isNote(line)) {
                continue;
            }
            String ends = line.strip().split(" ", 3)[1];
            int at = places.getOrDefault(ends, 0);
            while (at < expected.size() && !expected.get(at).equals(line)) {
                at++;
            }
            assertThat(at).as("invented: %s", line).isLessThan(expected.size());
            places.put(ends, at + 1);
        }
    }

    @Test
    void fromAnyByteOnNothingIsInvented() {
        List<Integer> lost = new ArrayList<>();
        eachStream((stream, zab) -> {
            for (boolean toServer : new boolean[] {true, false}) {
                List<Chunk> chunks = stream.getValue().stream()
                        .filter(chunk -> chunk.toServer() == toServer)
                        .toList();
                List<String> expected = whole(Map.entry(stream.getKey(), chunks), zab);
                for (int first = 0; first < chunks.size(); first += 1 + chunks.size() / 60) {
                    byte[] bytes = chunks.get(first).bytes();
                    for (int from = 0; from < bytes.length; from += 1 + bytes.length / 300) {
                        Chunk.Feed feed = open(stream.getKey(), zab, false);
                        feed.offer(toServer, Arrays.copyOfRange(bytes, from, bytes.length));
                        chunks.subList(first + 1, Math.min(chunks.size(), first + 12))
                                .forEach(chunk -> feed.offer(toServer, chunk.bytes()));
                        feed.end();
                        assertNothingInvented(expected);
                        assertBalanced();
                        if (text.lines.stream().allMatch(ServerStreamsTest::isNote) && first + 6 < chunks.size()) {
                            lost.add(first);
                        }
                    }
                }
            }
        });
        assertThat(lost)
                .as("starts from which nothing was found in six segments")
                .isEmpty();
    }

    @Test
    void behindHolesNothingIsInvented() {
        Random random = new Random(SEED);
        eachStream((stream, zab) -> {
            List<String> expected = whole(stream, zab);
            for (int i = 0; i < 40; i++) {
                Chunk.Feed feed = open(stream.getKey(), zab, true);
                for (Chunk chunk : stream.getValue()) {
                    byte[] bytes = chunk.bytes();
                    if (random.nextInt(12) == 0) {
                        int from = random.nextInt(bytes.length);
                        int to = from + 1 + random.nextInt(bytes.length - from);
                        feed.offer(chunk.toServer(), Arrays.copyOf(bytes, from));
                        feed.gap(chunk.toServer(), random.nextBoolean() ? to - from : 0);
                        bytes = Arrays.copyOfRange(bytes, to, bytes.length);
                    }
                    if (bytes.length > 0) {
                        feed.offer(chunk.toServer(), bytes);
                    }
                }
                feed.end();
                assertNothingInvented(expected);
                assertBalanced();
            }
        });
    }

    @Test
    void changedAndRandomBytesNeverThrowAndAreAllAccountedFor() {
        Random random = new Random(SEED);
        for (int round = 0; round < 6; round++) {
            eachStream((stream, zab) -> {
                Chunk.Feed feed = open(stream.getKey(), zab, random.nextBoolean());
                for (Chunk chunk : stream.getValue()) {
                    byte[] bytes = chunk.bytes().clone();
                    change(random, bytes);
                    feed.offer(chunk.toServer(), bytes);
                }
                assertThat(feed.held()).isLessThan(3 << 20);
                feed.end();
                assertBalanced();
            });
        }
    }

    private static void change(Random random, byte[] bytes) {
        switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> random.nextBytes(bytes);
            case 2 -> {
                int at = random.nextInt(bytes.length);
                byte[] length = {0, 0, (byte) random.nextInt(2), (byte) random.nextInt()};
                byte[] odd = random.nextBoolean() ? new byte[] {-1, -1, -1, -1} : length;
                System.arraycopy(odd, 0, bytes, at, Math.min(odd.length, bytes.length - at));
            }
            default -> {
                // This one stays as it is.
            }
        }
    }

    @Test
    void eachMessageCutAndChangedAtEveryByte() {
        eachStream((stream, zab) -> {
            int[] left = {25};
            for (Chunk chunk : stream.getValue()) {
                if (left[0]-- > 0 && chunk.bytes().length < 400) {
                    sweep(stream.getKey(), zab, chunk);
                }
            }
        });
    }

    private void sweep(Connection connection, boolean zab, Chunk chunk) {
        byte[] bytes = chunk.bytes();
        for (int at = 0; at < bytes.length; at++) {
            boolean first = at % 2 == 0;
            Chunk.Feed cut = open(connection, zab, first);
            cut.offer(chunk.toServer(), Arrays.copyOf(bytes, at));
            cut.end();
            for (byte value : new byte[] {0, 0x7f, (byte) 0x80, (byte) 0xff}) {
                byte[] changed = bytes.clone();
                changed[at] = value;
                Chunk.Feed feed = open(connection, zab, first);
                feed.offer(chunk.toServer(), changed);
                feed.end();
            }
        }
        assertBalanced();
    }

    @Test
    void noiseIsNoMessage() {
        Random random = new Random(SEED);
        Connection connection = ZAB.keySet().iterator().next();
        for (int i = 0; i < 2000; i++) {
            boolean zab = i % 2 == 0;
            Chunk.Feed feed = open(connection, zab, false);
            byte[] noise = new byte[1 + random.nextInt(3000)];
            random.nextBytes(noise);
            feed.offer(random.nextBoolean(), noise);
            feed.end();
            assertThat(text.lines).allMatch(ServerStreamsTest::isNote);
        }
        assertBalanced();
    }
}
