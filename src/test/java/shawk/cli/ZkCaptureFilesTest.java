package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.CaptureFiles;
import shawk.support.CaptureFiles.Packet;
import shawk.support.CaptureFiles.Pcapng;
import shawk.support.Commands;
import shawk.support.PacketMaker;
import shawk.support.ShawkProcess;
import shawk.tcp.LinkType;

/** The same conversation in every form that a capture has: the same is told of it, or one line says why not. */
final class ZkCaptureFilesTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final int WHOLE = 262_144;
    private static final int ETHER = 14;
    private static final List<Packet> PACKETS = CaptureFiles.packets("java-mix");
    private static final byte[] PLAIN = CaptureFiles.classic(LITTLE, false, LinkType.ETHERNET, WHOLE, PACKETS);

    @TempDir
    private Path folder;

    private Run run(byte[] file) throws IOException {
        return run(Files.write(folder.resolve("capture"), file).toString());
    }

    private static Run run(String file) {
        return Run.of("zk", "dump", "--unpaired", "--offline", file);
    }

    private Run plain() throws IOException {
        Run run = run(PLAIN);
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSize(61 + 61 + 9 - 4);
        return run;
    }

    private void checkSame(String what, byte[] file) throws IOException {
        Run run = run(file);
        assertThat(run.err()).as(what).isEmpty();
        assertThat(run.out()).as(what).isEqualTo(plain().out());
        assertThat(run.status()).as(what).isZero();
    }

    private void checkRefused(String file, String line) {
        Run run = run(file);
        assertThat(run.err()).isEqualTo("shawk: " + line + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.MISSING);
    }

    private static List<Packet> each(UnaryOperator<byte[]> change) {
        return PACKETS.stream()
                .map(packet -> new Packet(packet.micros(), change.apply(packet.bytes())))
                .toList();
    }

    private static UnaryOperator<byte[]> behind(int... head) {
        byte[] link = new byte[head.length];
        for (int i = 0; i < head.length; i++) {
            link[i] = (byte) head[i];
        }
        return bytes -> PacketMaker.join(link, Arrays.copyOfRange(bytes, ETHER, bytes.length));
    }

    @Test
    void bothByteOrdersAndBothClocks() throws IOException {
        for (ByteOrder order : List.of(LITTLE, BIG)) {
            for (boolean nanos : new boolean[] {false, true}) {
                checkSame(order + " " + nanos, CaptureFiles.classic(order, nanos, LinkType.ETHERNET, WHOLE, PACKETS));
            }
        }
    }

    @Test
    void everyLinkType() throws IOException {
        check(LinkType.ETHERNET, behind(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x81, 0, 0, 5, 8, 0));
        check(LinkType.ETHERNET, behind(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0xa8, 0, 1, 0x81, 0, 0, 5, 8, 0));
        check(LinkType.RAW, behind());
        check(101, behind());
        check(LinkType.IPV4, behind());
        check(LinkType.NULL, behind(2, 0, 0, 0));
        check(LinkType.LOOP, behind(0, 0, 0, 2));
        check(LinkType.LINUX_SLL, behind(0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0));
        check(LinkType.LINUX_SLL2, behind(8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private void check(int link, UnaryOperator<byte[]> change) throws IOException {
        checkSame("link " + link, CaptureFiles.classic(LITTLE, false, link, WHOLE, each(change)));
        checkSame(
                "link " + link,
                new Pcapng(BIG).add(link, 0, 9, 0).addAll(each(change)).bytes());
    }

    @Test
    void pcapngWithAnyClock() throws IOException {
        for (ByteOrder order : List.of(LITTLE, BIG)) {
            for (int resolution : new int[] {CaptureFiles.MICROS, 7, 9, 0x80 | 20, 0x80 | 32}) {
                checkSame(
                        order + " " + resolution,
                        new Pcapng(order)
                                .add(LinkType.ETHERNET, WHOLE, resolution, 0)
                                .addAll(PACKETS)
                                .bytes());
            }
        }
        checkSame(
                "an offset",
                new Pcapng(LITTLE)
                        .add(LinkType.ETHERNET, WHOLE, 12, (int) (PACKETS.get(0).micros() / 1_000_000))
                        .addAll(PACKETS)
                        .bytes());
    }

    @Test
    void pcapngWithSeveralInterfacesAndSections() throws IOException {
        checkSame(
                "interfaces of several clocks",
                new Pcapng(LITTLE)
                        .add(LinkType.ETHERNET, WHOLE, CaptureFiles.MICROS, 0)
                        .add(LinkType.ETHERNET, WHOLE, 9, 0)
                        .add(LinkType.ETHERNET, WHOLE, 0x80 | 30, 1_500_000_000)
                        .addAll(PACKETS)
                        .bytes());
        checkSame(
                "sections",
                new Pcapng(BIG)
                        .add(LinkType.ETHERNET, WHOLE, 9, 0)
                        .addAll(PACKETS.subList(0, 50))
                        .section()
                        .block(0x0bad, (byte) 1, (byte) 2)
                        .add(LinkType.ETHERNET, WHOLE, CaptureFiles.MICROS, 0)
                        .addAll(PACKETS.subList(50, PACKETS.size()))
                        .bytes());
    }

    @Test
    void pcapngWithInterfacesOfSeveralKinds() throws IOException {
        Pcapng mixed = new Pcapng(LITTLE).add(LinkType.ETHERNET, WHOLE, 9, 0);
        mixed.packet(0, PACKETS.get(0), PACKETS.get(0).bytes().length);
        mixed.add(LinkType.LINUX_SLL, WHOLE, 9, 0);
        Path file = Files.write(folder.resolve("mixed"), mixed.bytes());
        checkRefused(
                file.toString(),
                file + " has interfaces of several kinds, which libpcap does not read (an interface has a type 113"
                        + " different from the type of the first interface); capture them with -i any, or into a file"
                        + " each; the 1 packets before were read");
    }

    @Test
    void theLastBlockIsCut() throws IOException {
        byte[] whole = new Pcapng(LITTLE)
                .add(LinkType.ETHERNET, WHOLE, 9, 0)
                .addAll(PACKETS)
                .bytes();
        for (byte[] file : List.of(whole, PLAIN)) {
            Run run = run(Arrays.copyOf(file, file.length - 5));
            assertThat(run.err())
                    .isEqualTo("shawk: " + folder.resolve("capture") + " ends in the middle of a packet; the "
                            + (PACKETS.size() - 1) + " packets before were read\n");
            assertThat(run.out()).isEqualTo(plain().out());
            assertThat(run.status()).isEqualTo(ExitStatus.MISSING);
        }
    }

    /** Of what is not there nothing is made up, and how much that was is said. */
    @Test
    void packetsThatAreCut() throws IOException {
        Run run = run(CaptureFiles.classic(LITTLE, false, LinkType.ETHERNET, 96, PACKETS));
        List<String> whole = plain().out().lines().toList();
        assertThat(run.out().lines().filter(line -> !line.contains("Note(")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(whole).anyMatch(each -> isSame(line, each)));
        long cut = PACKETS.stream().filter(packet -> packet.bytes().length > 96).count();
        long missing = PACKETS.stream()
                .mapToInt(packet -> Math.max(0, packet.bytes().length - 96))
                .sum();
        assertThat(run.err())
                .contains("shawk: " + cut + " packets were captured in part: ")
                .contains("shawk: " + missing + " bytes were missing in ");
        assertThat(run.status()).isZero();
    }

    /** A reply to a request that is not known has no name of its own. */
    private static boolean isSame(String line, String whole) {
        return whole.equals(line) || line.contains("Reply(") && whole.startsWith(line.split(" ")[0]);
    }

    @Test
    void whatIsNoCapture() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "GET / HTTP/1.1\r\n\r\n");
        checkRefused(text.toString(), text + " is no capture (unknown file format); name a pcap or pcapng file");
        Path empty = Files.createFile(folder.resolve("empty"));
        checkRefused(
                empty.toString(),
                empty + " is no capture (truncated dump file; tried to read 4 file header bytes, only got 0);"
                        + " name a pcap or pcapng file");
        checkRefused(folder.toString(), folder + " is a folder; name a file in it");
        Path none = Files.write(folder.resolve("none"), new Pcapng(LITTLE).bytes());
        checkRefused(
                none.toString(),
                none + " is no capture (the capture file has no Interface Description Blocks);"
                        + " name a pcap or pcapng file");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(PLAIN);
        }
        Path zipped = Files.write(folder.resolve("packed.gz"), packed.toByteArray());
        checkRefused(
                zipped.toString(),
                zipped + " is compressed; unpack it and give it by a pipe: zcat FILE | shawk ... --offline -");
    }

    @Test
    void aFifo() throws Exception {
        Path fifo = folder.resolve("fifo");
        Commands.output("mkfifo", "-m", "600", fifo.toString());
        CompletableFuture<Path> writer = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.write(fifo, PLAIN);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Run run = run(fifo.toString());
        writer.get(60, TimeUnit.SECONDS);
        assertThat(run.out()).isEqualTo(plain().out());
        assertThat(run.status()).isZero();
    }

    @Test
    void aPipe() throws Exception {
        Path file = Files.write(
                folder.resolve("capture"),
                new Pcapng(BIG).add(1, 0, 9, 0).addAll(PACKETS).bytes());
        List<String> command = ShawkProcess.command("zk", "dump", "--unpaired", "--offline", "-");
        List<String> piped = new ArrayList<>(List.of("/bin/sh", "-c", "cat \"$0\" | \"$@\"", file.toString()));
        piped.addAll(command);
        try (ShawkProcess process = ShawkProcess.start(piped, folder, new File("/dev/null"))) {
            assertThat(process.status()).as(process.err()).isZero();
            assertThat(process.out()).isEqualTo(plain().out());
        }
    }
}
