package shawk.source.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.tcp.LinkType;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets.Outcome;
import shawk.tcp.PacketsException;

/** Files as they are, cut, and such as are none. */
final class FilePacketsTest {
    @TempDir
    private Path folder;

    private static List<byte[]> packets(int count) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] packet = new byte[60 + i % 1400];
            Arrays.fill(packet, (byte) i);
            packets.add(packet);
        }
        return packets;
    }

    private static FilePackets open(Path file) throws PacketsException {
        return FilePackets.open(file.toString(), CaptureFilter.none());
    }

    private static void checkRefused(Path file, String line) {
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(PacketsException.class)
                .hasMessage(line);
    }

    @Test
    void everyPacketIsReadInItsOrder() throws Exception {
        List<byte[]> written = packets(10_000);
        Path file = Captures.write(folder, Captures.file(LinkType.ETHERNET, written));
        try (FilePackets packets = open(file)) {
            assertThat(Captures.readAll(packets))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(written);
            assertThat(packets.dropped()).isZero();
            assertThat(packets.next(new PacketBatch(), 0)).isEqualTo(Outcome.END);
        }
    }

    @Test
    void aBatchHasTimesLengthsAndTheLinkType() throws Exception {
        byte[] bytes = Captures.file(LinkType.LINUX_SLL2, packets(2));
        bytes[Captures.HEAD + 12 + 1] = 5;
        try (FilePackets packets = open(Captures.write(folder, bytes))) {
            PacketBatch batch = new PacketBatch();
            assertThat(packets.next(batch, 0)).isEqualTo(Outcome.PACKETS);
            assertThat(batch.count).isEqualTo(2);
            assertThat(batch.micros).startsWith(1_000_000_007L, 1_001_000_007L);
            assertThat(batch.captured).startsWith(60, 61);
            assertThat(batch.wire).startsWith(5 * 256 + 60, 61);
            assertThat(batch.offset).startsWith(0, 60);
            assertThat(batch.link).startsWith(LinkType.LINUX_SLL2, LinkType.LINUX_SLL2);
        }
    }

    @Test
    void aCutFileGivesWhatItHoldsAndThenSaysSo() throws Exception {
        byte[] whole = Captures.file(LinkType.ETHERNET, packets(3));
        Path file = Captures.write(folder, Arrays.copyOf(whole, whole.length - 1));
        try (FilePackets packets = open(file)) {
            PacketBatch batch = new PacketBatch();
            assertThat(packets.next(batch, 0)).isEqualTo(Outcome.PACKETS);
            assertThat(batch.count).isEqualTo(2);
            assertThatThrownBy(() -> packets.next(batch, 0))
                    .isInstanceOf(PacketsException.class)
                    .hasMessage(file + " ends in the middle of a packet; the 2 packets before were read");
            assertThat(batch.count).isZero();
        }
    }

    @Test
    void aDamagedFileToo() throws Exception {
        byte[] bytes = Captures.file(LinkType.ETHERNET, packets(100));
        Arrays.fill(bytes, Captures.HEAD + 76, Captures.HEAD + 76 + 16, (byte) 0x7f);
        Path file = Captures.write(folder, bytes);
        try (FilePackets packets = open(file)) {
            PacketBatch batch = new PacketBatch();
            assertThat(packets.next(batch, 0)).isEqualTo(Outcome.PACKETS);
            assertThat(batch.count).isEqualTo(1);
            assertThatThrownBy(() -> packets.next(batch, 0))
                    .hasMessageStartingWith(file + " is damaged (")
                    .hasMessageEndingWith("); the 1 packets before were read");
        }
    }

    @Test
    void whatIsNoCapture() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "not a capture at all");
        checkRefused(text, text + " is no capture (unknown file format); name a pcap or pcapng file");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatThrownBy(() -> open(empty)).hasMessageStartingWith(empty + " is no capture (truncated dump file");
        checkRefused(folder, folder + " is a folder; name a file in it");
        Path none = folder.resolve("none");
        checkRefused(none, "no file " + none + "; name a pcap or pcapng file, or - for stdin");
        Path packed = Files.write(folder.resolve("packed"), Captures.hex("1f8b 0800 0000 0000"));
        checkRefused(
                packed, packed + " is compressed; unpack it and give it by a pipe: zcat FILE | shawk ... --offline -");
        Path usb = Captures.write(folder, Captures.file(220, packets(1)));
        checkRefused(
                usb,
                usb
                        + " has link type USB_LINUX_MMAPPED, which is not understood; known are Ethernet, raw IP,"
                        + " null, loop,"
                        + " SLL and SLL2");
    }

    @Test
    void aFilterThatDoesNotCompile() throws IOException {
        Path file = Captures.write(folder, Captures.file(LinkType.ETHERNET, packets(1)));
        assertThatThrownBy(() ->
                        FilePackets.open(file.toString(), CaptureFilter.none().withRaw("tcp prt 1")))
                .isInstanceOf(PacketsException.class)
                .hasMessageStartingWith("the packet filter 'tcp prt 1' does not compile: ")
                .hasMessageEndingWith("; see pcap-filter(7)");
    }

    @Test
    void afterTheEndNothingHappens() throws Exception {
        FilePackets packets = open(Captures.write(folder, Captures.file(LinkType.ETHERNET, packets(1))));
        packets.close();
        packets.close();
        packets.interrupt();
        assertThatThrownBy(() -> packets.next(new PacketBatch(), 0)).isInstanceOf(IllegalStateException.class);
    }
}
