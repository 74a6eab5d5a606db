package shawk.source.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.Address;
import shawk.tcp.LinkType;

/** Which packets a filter lets through: its text, and libpcap's own word on made-up frames. */
final class CaptureFilterTest {
    private static final String ETHER = "020000000001 020000000002 ";
    private static final String IPV4 = "4500 0028 0001 0000 40 06 0000 0a000001 0a000002 ";
    private static final String IPV4_UDP = "4500 0028 0001 0000 40 11 0000 0a000001 0a000002 ";
    private static final String FIRST_FRAGMENT = "4500 0028 0001 2000 40 06 0000 0a000001 0a000002 ";
    private static final String LATER_FRAGMENT = "4500 0028 0001 2010 40 06 0000 0a000001 0a000002 ";
    private static final String ADDRESSES6 = "20010db8000000000000000000000001 20010db8000000000000000000000002 ";
    private static final String IPV6 = "60000000 0014 06 40 " + ADDRESSES6;
    private static final String IPV6_FRAGMENT = "60000000 001c 2c 40 " + ADDRESSES6 + "06 00 0001 00000001 ";
    private static final String IPV6_LATER = "60000000 001c 2c 40 " + ADDRESSES6 + "06 00 0101 00000001 ";
    private static final String JUMBO = "60000000 0000 00 40 " + ADDRESSES6 + "06 00 c204 00020000 ";
    private static final String TO_2181 = "9c40 0885 00000001 00000000 5002 0200 0000 0000";
    private static final String FROM_2183 = "0887 9c40 00000001 00000000 5002 0200 0000 0000";
    private static final String TO_80 = "9c40 0050 00000001 00000000 5002 0200 0000 0000";

    @TempDir
    private Path folder;

    private static CaptureFilter ports(String... texts) {
        return CaptureFilter.none()
                .withPorts(List.of(texts).stream()
                        .map(PortRange::parse)
                        .map(Objects::requireNonNull)
                        .toList());
    }

    private static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text));
    }

    /** What the filter for an interface says of one frame. */
    private boolean passes(CaptureFilter filter, int link, String... frame) throws Exception {
        Path file = Captures.write(folder, Captures.file(link, List.of(Captures.hex(frame))));
        CaptureFilter live = CaptureFilter.none().withRaw(filter.expression(link));
        try (FilePackets packets = FilePackets.open(file.toString(), live)) {
            return !Captures.readAll(packets).isEmpty();
        }
    }

    private void check(CaptureFilter filter, boolean passes, String... frame) throws Exception {
        assertThat(passes(filter, LinkType.ETHERNET, frame))
                .as("%s: %s", filter, String.join("", frame))
                .isEqualTo(passes);
    }

    @Test
    void portsOfEitherEnd() throws Exception {
        for (CaptureFilter filter : List.of(ports("2181", "2183"), ports("2181-2183"))) {
            check(filter, true, ETHER, "0800", IPV4, TO_2181);
            check(filter, true, ETHER, "0800", IPV4, FROM_2183);
            check(filter, false, ETHER, "0800", IPV4, TO_80);
            check(filter, false, ETHER, "0800", IPV4_UDP, TO_2181);
            check(filter, true, ETHER, "86dd", IPV6, TO_2181);
            check(filter, true, ETHER, "86dd", IPV6, FROM_2183);
            check(filter, false, ETHER, "86dd", IPV6, TO_80);
        }
        check(CaptureFilter.none(), true, ETHER, "0800", IPV4, TO_80);
        check(CaptureFilter.none(), false, ETHER, "0800", IPV4_UDP, TO_80);
    }

    @Test
    void fragmentsThatBeginASegment() throws Exception {
        CaptureFilter filter = ports("2181", "2183-2190");
        check(filter, true, ETHER, "0800", FIRST_FRAGMENT, TO_2181);
        check(filter, false, ETHER, "0800", LATER_FRAGMENT, TO_2181);
        check(filter, true, ETHER, "86dd", IPV6_FRAGMENT, TO_2181);
        check(filter, true, ETHER, "86dd", IPV6_FRAGMENT, FROM_2183);
        check(filter, false, ETHER, "86dd", IPV6_FRAGMENT, TO_80);
        check(filter, false, ETHER, "86dd", IPV6_LATER, TO_2181);
        check(filter, true, ETHER, "86dd", JUMBO, TO_2181);
        check(filter, false, ETHER, "86dd", JUMBO, TO_80);
        check(CaptureFilter.none(), true, ETHER, "86dd", JUMBO, TO_80);
        check(CaptureFilter.none(), true, ETHER, "86dd", IPV6_FRAGMENT, TO_80);
    }

    @Test
    void behindTags() throws Exception {
        CaptureFilter filter = ports("2181").withIncluded(List.of(address("10.0.0.1"), address("2001:db8::2")));
        for (String tags : List.of("", "8100 0064 ", "88a8 0064 8100 0065 ")) {
            check(filter, true, ETHER, tags, "0800", IPV4, TO_2181);
            check(filter, false, ETHER, tags, "0800", IPV4, TO_80);
            check(filter, true, ETHER, tags, "86dd", IPV6, TO_2181);
            check(filter, true, ETHER, tags, "86dd", IPV6_FRAGMENT, TO_2181);
            check(filter, false, ETHER, tags, "86dd", IPV6, TO_80);
        }
    }

    @Test
    void hosts() throws Exception {
        CaptureFilter filter = ports("2181");
        CaptureFilter without = filter.withExcluded(List.of(address("10.0.0.2"), address("2001:db8::1")));
        check(without, false, ETHER, "0800", IPV4, TO_2181);
        check(without, false, ETHER, "86dd", IPV6, TO_2181);
        check(without, false, ETHER, "8100 0064", "86dd", IPV6, TO_2181);
        check(filter.withExcluded(List.of(address("10.0.0.3"))), true, ETHER, "0800", IPV4, TO_2181);
        check(filter.withIncluded(List.of(address("10.0.0.3"))), false, ETHER, "0800", IPV4, TO_2181);
        check(filter.withIncluded(List.of(address("10.0.0.2"))), true, ETHER, "0800", IPV4, TO_2181);
    }

    @Test
    void otherLinks() throws Exception {
        CaptureFilter filter = ports("2181").withExcluded(List.of(address("10.0.0.3")));
        String cooked = "0000 0304 0006 000000000000 0000 0800 ";
        assertThat(passes(filter, LinkType.LINUX_SLL, cooked, IPV4, TO_2181)).isTrue();
        assertThat(passes(filter, LinkType.LINUX_SLL, cooked, IPV4, TO_80)).isFalse();
        assertThat(passes(filter, LinkType.RAW, IPV4, TO_2181)).isTrue();
        assertThat(passes(filter, LinkType.RAW, IPV6_FRAGMENT, TO_2181)).isTrue();
        assertThat(passes(filter, LinkType.RAW, IPV6, TO_80)).isFalse();
    }

    @Test
    void whatTheUserSays() throws Exception {
        CaptureFilter udp = CaptureFilter.none().withRaw(" udp ");
        assertThat(udp.expression(LinkType.ETHERNET)).isEqualTo("udp");
        check(udp, true, ETHER, "0800", IPV4_UDP, TO_2181);
        CaptureFilter both = ports("2181").withRaw("src host 10.0.0.1 or ip6");
        check(both, true, ETHER, "0800", IPV4, TO_2181);
        check(both, true, ETHER, "86dd", IPV6, TO_2181);
        check(both, false, ETHER, "0800", IPV4, TO_80);
        check(ports("2181").withRaw("src host 10.0.0.2"), false, ETHER, "0800", IPV4, TO_2181);
        CaptureFilter tagged = ports("2181").withRaw("vlan 100");
        check(tagged, true, ETHER, "8100 0064", "0800", IPV4, TO_2181);
        check(tagged, false, ETHER, "8100 0065", "0800", IPV4, TO_2181);
    }

    @Test
    void aFileIsReadWhateverItsPorts() {
        CaptureFilter filter = ports("2181");
        assertThat(filter.fileExpression(LinkType.ETHERNET)).isEmpty();
        assertThat(filter.withRaw("tcp").fileExpression(LinkType.ETHERNET)).isEqualTo("tcp");
        assertThat(filter.withExcluded(List.of(address("10.0.0.3"))).fileExpression(LinkType.RAW))
                .isEqualTo("(not (ip host 10.0.0.3))");
    }

    @Test
    void portsAsTheyAreWritten() {
        assertThat(PortRange.parse("2181")).isEqualTo(new PortRange(2181, 2181));
        assertThat(PortRange.parse("2181-2183")).isEqualTo(new PortRange(2181, 2183));
        for (String none : List.of("", "0", "65536", "5-4", "-1", "1-", "1-2-3", "x", "99999999999")) {
            assertThat(PortRange.parse(none)).as(none).isNull();
        }
        assertThatThrownBy(() -> new PortRange(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ports("5-7", "1", "2-3", "6-9", "20").ports())
                .containsExactly(new PortRange(1, 3), new PortRange(5, 9), new PortRange(20, 20));
    }

    @Test
    void asManyAsThereMayBe() throws Exception {
        CaptureFilter filter = CaptureFilter.none();
        List<PortRange> ranges = new java.util.ArrayList<>();
        List<Address> hosts = new java.util.ArrayList<>();
        for (int i = 0; i < CaptureFilter.MOST; i++) {
            ranges.add(new PortRange(60_000 + 5 * i, 60_002 + 5 * i));
            hosts.add(new Address(0x20010db8_ffffffffL, i));
        }
        CaptureFilter most = filter.withPorts(ranges).withExcluded(hosts);
        check(
                most,
                true,
                ETHER,
                "8100 0064",
                "86dd",
                IPV6_FRAGMENT,
                "ea60",
                "0050 00000001 00000000 5002 0200 00000000");
        assertThat(most.isTooLong()).isFalse();
        ranges.add(new PortRange(1, 2));
        assertThat(most.withPorts(ranges).isTooLong()).isTrue();
    }
}
