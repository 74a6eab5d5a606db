package shawk.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import shawk.support.PacketMaker;
import shawk.support.Segment;

/** Client 10.0.0.1:1000, whose data begin at 101; server 10.0.0.2:2181, whose data begin at 501. */
final class StreamsTest {
    private static final String SHAKE = "c:S@100 s:SA@500+101 c:A@101+501 ";
    private static final StreamLimits SMALL = new StreamLimits(1 << 20, 16, 40, 4, 100_000, 10_000_000);

    @Test
    void inOrder() {
        check(SHAKE + "c@101=ab s@501=xy c@103=cd", "10.0.0.1:1000 >ab <xy >cd OVER");
        check(SHAKE + "c@101=ab c:FA@103+501 s:FA@501+104", "10.0.0.1:1000 >ab FIN");
        check(SHAKE + "c@101=ab s:R@501", "10.0.0.1:1000 >ab RST");
        check("c:S@100 s:RA@0+101", "10.0.0.1:1000 RST");
        check("c:S@100=ab s:SA@500+103 c@103+501=c", "10.0.0.1:1000 >ab >c OVER");
        check(SHAKE + "c:FA@101+501=end s@501+105=bye s:FA@504+105", "10.0.0.1:1000 >end <bye FIN");
    }

    @Test
    void outOfOrder() {
        check(SHAKE + "c@103=cd c@101=ab c@105=e", "10.0.0.1:1000 >ab >cd >e OVER");
        check(SHAKE + "c@105=e c@103=cd c@107=g c@106=f c@101=ab", "10.0.0.1:1000 >ab >cd >e >f >g OVER");
        check(SHAKE + "c:FA@105+501 s:FA@501+106 c@101=abcd", "10.0.0.1:1000 >abcd FIN");
        check(SHAKE + "c:R@105 c@101=abcd", "10.0.0.1:1000 >abcd RST");
    }

    @Test
    void again() {
        check(SHAKE + "c@101=ab c@101=ab c@101=abcd c@102=bc", "10.0.0.1:1000 >ab >cd OVER");
        check(SHAKE + "c@103=cd c@101=abXY c@105=e", "10.0.0.1:1000 >ab >cd >e OVER");
        check(SHAKE + "c@103=cd c@102=bXYef c@101=aZ", "10.0.0.1:1000 >a >b >cd >ef OVER");
        // A probe's byte may be anything.
        check(SHAKE + "c@101=ab c@102=? c@103=cd", "10.0.0.1:1000 >ab >cd OVER");
        check("c:S@100 " + SHAKE + "c:S@100 c@101=ab", "10.0.0.1:1000 >ab OVER");
        check(SHAKE + "c@101=ab c:FA@103+501 s:FA@501+104 c@101=ab c:FA@103+501", "10.0.0.1:1000 >ab FIN");
    }

    @Test
    void overlappingBytesThatDifferAreCounted() {
        Streams streams = run(SHAKE + "c@103=cd c@102=bXdef c@105=ZZ", StreamLimits.DEFAULT, false)
                .streams();
        assertThat(streams.ledger().repeated).isEqualTo(4);
        assertThat(streams.ledger().differing).isEqualTo(3);
    }

    @Test
    void missing() {
        check(SHAKE + "c@101=ab c@105=ef", "10.0.0.1:1000 >ab >[2] >ef OVER");
        check(SHAKE + "c@103=cd", "10.0.0.1:1000 >[2] >cd OVER");
        check(SHAKE + "c@101=ab s:A@501+107", "10.0.0.1:1000 >ab >[4] OVER");
        check(SHAKE + "c@101=ab c:FA@107+501 s:FA@501+108", "10.0.0.1:1000 >ab >[4] FIN");
        check("c:S@100 c:A@101+501 s@503=cd", "10.0.0.1:1000 <[2] <cd OVER");
        check("c:S@100 s@503=cd", "10.0.0.1:1000 <[0] <cd OVER");
        check("s:SA@500+101 c@103=cd s@501=ab", "10.0.0.1:1000 <ab >[2] >cd OVER");
    }

    @Test
    void holesAreGivenUp() {
        // The receiver has it, and 100 ms later it is still not there.
        check(SHAKE + "c@103=cd s:A@501+105 c@105=e +150 c@106=f +150 s@501=x", "10.0.0.1:1000 >[2] >cd >e >f <x OVER");
        // The receiver does not have it either: it will come again.
        check(SHAKE + "c@103=cd s:A@501+101 +500 s@501=x c@101=ab", "10.0.0.1:1000 <x >ab >cd OVER");
        check(SHAKE + "c@103=cd s:A@501+101 +11000 s@501=x c@101=ab", "10.0.0.1:1000 >[2] >cd <x OVER");
        // What comes after that is too late.
        check(SHAKE + "c@103=cd +11000 s@501=x c@101=ab c@105=e", "10.0.0.1:1000 >[2] >cd <x >e OVER");
        check(SHAKE + "c@103=0123456789abcdef c@119=g c@101=ab", "10.0.0.1:1000 >[2] >0123456789abcdef >g OVER");
        // All of those that the receiver has, at once.
        check(
                SHAKE + "c@103=c c@105=e c@107=g s:A@501+108 +150 s@501=x +150 s@502=y c@108=h",
                "10.0.0.1:1000 <x >[2] >c >[1] >e >[1] >g <y >h OVER");
        // A clock that was set back starts the time anew.
        check(SHAKE + "c@103=c -20000 s@501=x +9000 s@502=y +2000 s@503=z", "10.0.0.1:1000 <x <y >[2] >c <z OVER");
    }

    @Test
    void farAway() {
        check(SHAKE + "c@1000000000=X c@101=ab c@103=cd", "10.0.0.1:1000 >ab >cd OVER");
        check(SHAKE + "c@40000000=X c@101=ab +11000 s@501=x c@103=cd", "10.0.0.1:1000 >ab <x >cd OVER");
        check(
                SHAKE + "c@101=ab c@1000000000=X c@1000000001=Y c@1000000002=Z c@1000000003=W",
                "10.0.0.1:1000 >ab >[0] >Z >W OVER");
        check(SHAKE + "c@101=ab s:A@501+60000000 c@104=d", "10.0.0.1:1000 >ab >[1] >d >[59999895] OVER");
    }

    @Test
    void midStream() {
        check("c@101+501=ab s@501+103=xy", "~10.0.0.1:1000 >ab <xy OVER");
        check("s@501+101=xy c@101+503=ab", "~10.0.0.1:1000 <xy >ab OVER");
        check("s:A@501+101 c:FA@101+501 s:R@501");
        check("c@101=ab c@99=zz c@103=cd", "~10.0.0.1:1000 >ab >cd OVER");
    }

    @Test
    void portsUsedAgain() {
        check(
                SHAKE + "c@101=ab c:S@9000 s:SA@700+9001 c@9001=cd",
                "10.0.0.1:1000 >ab REPLACED",
                "10.0.0.1:1000 >cd OVER");
        check(
                SHAKE + "c@101=ab c:FA@103+501 s:FA@501+104 c:S@9000 c@9001=cd",
                "10.0.0.1:1000 >ab FIN",
                "10.0.0.1:1000 >cd OVER");
        check(
                SHAKE + "c@101=ab s:SA@7000+9001 c@9001=cd s@7001=x",
                "10.0.0.1:1000 >ab REPLACED",
                "10.0.0.1:1000 >cd <x OVER");
        check("c@101=ab c:S@9000 c@9001=cd", "~10.0.0.1:1000 >ab REPLACED", "10.0.0.1:1000 >cd OVER");
        // It goes on after what looked like its end.
        check(
                SHAKE + "c@101=ab s:R@501 c@103=c c@104=d c@105=e c@106=f",
                "10.0.0.1:1000 >ab RST",
                "~10.0.0.1:1000 >e >f OVER");
    }

    @Test
    void wrapsAround() {
        check("c:S@-3 s:SA@-2+-2 c@-2=ab c@1=de c@0=c s@-1=xyz", "10.0.0.1:1000 >ab >c >de <xyz OVER");
    }

    @Test
    void whatIsNotTakenIsOfferedAgain() {
        Run run = run(SHAKE + "c@101=\3ab c@104=c\2d c@107=e\5z", StreamLimits.DEFAULT, true);
        assertThat(run.texts()).containsExactly("10.0.0.1:1000 > >\3abc >\2de > OVER");
        assertThat(run.streams().ledger().malformed).isEqualTo(2);
        run = run(SHAKE + "c@101=\3ab c@109=\2de c@103=XX", StreamLimits.DEFAULT, true);
        assertThat(run.texts()).containsExactly("10.0.0.1:1000 > >\3abX >[4] >\2de OVER");
        assertThat(run.streams().ledger().differing).isEqualTo(1);
        run = run(SHAKE + "c@101=\3ab c@109=\2de", StreamLimits.DEFAULT, true);
        assertThat(run.texts()).containsExactly("10.0.0.1:1000 > >[5] >\2de OVER");
        assertThat(run.streams().ledger().malformed).isEqualTo(3);
    }

    @Test
    void tooMuchThatNoMessageEndsIn() {
        Run run = run(SHAKE + "c@101=\u0070" + "x".repeat(45) + " c@147=\2de", SMALL, true);
        assertThat(run.texts()).containsExactly("10.0.0.1:1000 > >[0] >\2de OVER");
        assertThat(run.streams().ledger().malformed).isEqualTo(46);
    }

    @Test
    void connectionsBeyondTheBoundGo() {
        Run run = run("1:S@100 2:S@100 3:S@100 4:S@100 1@101=a 5:S@100 2@101=b", SMALL, false);
        assertThat(run.texts())
                .containsExactly(
                        "10.0.0.1:1001 >a OVER",
                        "10.0.0.1:1002 EVICTED",
                        "10.0.0.1:1003 EVICTED",
                        "10.0.0.1:1004 OVER",
                        "10.0.0.1:1005 OVER",
                        "~10.0.0.1:1002 >b OVER");
        assertThat(run.streams().counts().evicted).isEqualTo(2);
        assertThat(run.streams().counts().midStream).isEqualTo(1);
    }

    @Test
    void memoryBeyondTheBoundGoes() {
        StreamLimits limits = new StreamLimits(2_500, 1 << 20, 1 << 20, 100, 100_000, 10_000_000);
        Run run = run("1:S@100 2:S@100 3:S@100 1@102=a 2@101=bb 3@102=cc 1@101=0", limits, false);
        assertThat(run.texts())
                .containsExactly(
                        "10.0.0.1:1001 EVICTED",
                        "10.0.0.1:1002 >bb OVER",
                        "10.0.0.1:1003 >[1] >cc OVER",
                        "~10.0.0.1:1001 >0 OVER");
        assertThat(run.streams().ledger().evicted).isEqualTo(1);
    }

    @Test
    void timesAreThoseOfWhatCompletes() {
        Run run = run(SHAKE + "+1 c@103=cd +1 c@101=ab +1 c@107=g +11000 s@501=x", StreamLimits.DEFAULT, false);
        assertThat(run.heard().opened.get(0).times).containsExactly(2_000L, 2_000L, 3_000L, 11_003_000L);
    }

    @Test
    void whatNobodyWantsTakesNoPlace() {
        Heard.All heard = new Heard.All(false);
        Streams streams = new Streams(onlyServers(heard), SMALL);
        List<Segment> segments = new ArrayList<>();
        segments.add(syn(1_001, 2181));
        for (int i = 0; i < 20; i++) {
            segments.add(syn(3_000 + i, 80));
        }
        segments.add(segment("1@101=a", 0));
        PacketMaker.feed(streams, segments);
        assertThat(heard.opened).extracting(Heard::toString).containsExactly("10.0.0.1:1001 >a OVER");
        assertThat(streams.counts().unwanted).isEqualTo(20);
    }

    private static Conversations onlyServers(Conversations all) {
        return new Conversations() {
            @Override
            public Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
                return all.open(connection, whole, ledger, micros);
            }

            @Override
            public boolean mayWant(int port, int otherPort) {
                return port == 2181 || otherPort == 2181;
            }

            @Override
            public boolean isServerPort(int port) {
                return all.isServerPort(port);
            }
        };
    }

    private static Segment syn(int client, int server) {
        byte[] nothing = {};
        return new Segment(
                0, PacketMaker.address(1), client, PacketMaker.address(2), server, 100, 0, Segment.SYN, nothing);
    }

    @Test
    void manyHolesAreGivenUpTooAFewAtATime() {
        Heard.All heard = new Heard.All(false);
        Streams streams = new Streams(heard, StreamLimits.DEFAULT);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            segments.add(syn(1_001 + i, 2181));
            segments.add(syn(1_001 + i, 2181).with(103, 0, Segment.ACK, new byte[] {'c'}));
        }
        streams.take(PacketMaker.batch(segments));
        for (int tick = 0; tick < 3; tick++) {
            assertThat(heard.opened).anyMatch(each -> each.log.length() == 0);
            streams.tick(11_000_000 + tick * 10_000L);
        }
        assertThat(heard.opened)
                .hasSize(700)
                .extracting(each -> each.log.toString())
                .containsOnly(">[2] >c ");
        streams.finish(12_000_000);
    }

    @Test
    void aConversationThatIsOverIsNotHeld() {
        List<WeakReference<Conversation>> opened = new ArrayList<>();
        Streams streams = new Streams(
                (connection, whole, ledger, micros) -> {
                    Conversation heard = new Heard(connection, whole, ledger, false);
                    opened.add(new WeakReference<>(heard));
                    return heard;
                },
                StreamLimits.DEFAULT);
        Segment syn = syn(1_001, 2181);
        streams.take(PacketMaker.batch(List.of(syn, syn.with(101, 0, Segment.RST, new byte[0]))));
        assertThat(opened).hasSize(1);
        long end = System.nanoTime() + 20_000_000_000L;
        while (opened.get(0).get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(opened.get(0).get()).isNull();
        streams.finish(1);
    }

    private record Run(Streams streams, Heard.All heard) {
        List<String> texts() {
            return heard.opened.stream().map(Heard::toString).collect(Collectors.toList());
        }
    }

    private static void check(String segments, String... expected) {
        Run run = run(segments, limitsFor(segments), false);
        assertThat(run.texts()).as(segments).containsExactly(expected);
    }

    private static StreamLimits limitsFor(String segments) {
        return segments.contains("0123456789") ? SMALL : StreamLimits.DEFAULT;
    }

    /**
     * Segments as {@code who[:flags][@sequence][+acknowledgement][=data]}, {@code c} from the client, a digit from
     * another client, {@code s} from the server; {@code +n}, {@code -n}: n milliseconds pass.
     */
    private static Run run(String script, StreamLimits limits, boolean framed) {
        List<Segment> segments = new ArrayList<>();
        long micros = 0;
        for (String word : script.split(" ")) {
            if (word.charAt(0) == '+' || word.charAt(0) == '-') {
                micros += Integer.parseInt(word) * 1_000L;
            } else {
                segments.add(segment(word, micros));
            }
        }
        Heard.All heard = new Heard.All(framed);
        Streams streams = new Streams(heard, limits);
        PacketMaker.feed(streams, segments);
        assertThat(streams.ledger().isBalanced(0)).as(script).isTrue();
        assertThat(streams.memory()).isZero();
        assertThat(streams.connections()).isZero();
        return new Run(streams, heard);
    }

    private static Segment segment(String word, long micros) {
        String head = word.split("=", 2)[0];
        byte[] data = word.substring(Math.min(word.length(), head.length() + 1)).getBytes(StandardCharsets.ISO_8859_1);
        String[] parts = head.split("@", 2);
        String[] numbers = parts.length == 1 ? new String[] {"0"} : parts[1].split("\\+", 2);
        String letters = parts[0].substring(1);
        int flags = (letters.contains("S") ? Segment.SYN : 0)
                | (letters.contains("F") ? Segment.FIN : 0)
                | (letters.contains("R") ? Segment.RST : 0)
                | (numbers.length == 2 ? Segment.ACK : 0);
        int sequence = Integer.parseInt(numbers[0]);
        int acknowledgement = numbers.length == 2 ? Integer.parseInt(numbers[1]) : 0;
        boolean server = word.charAt(0) == 's';
        int client = Character.isDigit(word.charAt(0)) ? 1000 + word.charAt(0) - '0' : 1000;
        return new Segment(
                micros,
                PacketMaker.address(server ? 2 : 1),
                server ? 2181 : client,
                PacketMaker.address(server ? 1 : 2),
                server ? client : 2181,
                sequence,
                acknowledgement,
                flags,
                data);
    }
}
