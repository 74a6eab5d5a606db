package shawk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AddressTest {
    @Test
    void writesAsRfc5952Has() {
        check("10.0.0.1", "10.0.0.1");
        check("255.255.255.255", "255.255.255.255");
        check("::ffff:10.0.0.1", "10.0.0.1");
        check("2001:DB8:0:0:0:0:0:1", "2001:db8::1");
        check("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
        check("2001:0:0:1:0:0:0:1", "2001:0:0:1::1");
        check("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
        check("1:0:0:0:0:0:0:0", "1::");
        check("::", "::");
        check("::1", "::1");
        check("0001:0203:0405:0607:0809:0a0b:0c0d:fe0f", "1:203:405:607:809:a0b:c0d:fe0f");
        check("64:ff9b::192.0.2.33", "64:ff9b::c000:221");
    }

    @Test
    void refusesWhatIsNone() {
        for (String text : new String[] {
            "",
            ".",
            ":",
            ":::",
            "1",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "01.2.3.4",
            "1.2.3.-4",
            "1.2.3.",
            "1:2",
            "::1::",
            "1:2:3:4:5:6:7:8:9",
            "12345::",
            "g::",
            "::1%eth0",
            "[::1]",
            "1.2.3.4:80",
            "::1.2.3",
            "1:2:3:4:5:6:7::8",
            "\u0661.2.3.4",
            "::\u0661",
            " ::1",
            "1:2:3:4:5:6:7:1.2.3.4",
            "example.org"
        }) {
            assertThat(Address.parse(text)).as(text).isNull();
        }
    }

    @Test
    void agreesWithTheJdk() throws UnknownHostException {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            long high = random.nextLong() & mask(random);
            long low = random.nextLong() & mask(random);
            Address address = new Address(high, low);
            assertThat(Address.parse(address.toString())).as(address.toString()).isEqualTo(address);
            byte[] expected = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            if (!address.isV4()) {
                assertThat(InetAddress.getByName(address.toString()).getAddress())
                        .as(address.toString())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void knowsItsKind() {
        assertThat(is("10.0.0.1", "4")).isTrue();
        assertThat(is("::10.0.0.1", "4")).isFalse();
        assertThat(is("0.0.0.0", "wildcard")).isTrue();
        assertThat(is("::", "wildcard")).isTrue();
        assertThat(is("::1", "wildcard")).isFalse();
        assertThat(is("127.1.2.3", "loopback")).isTrue();
        assertThat(is("128.0.0.1", "loopback")).isFalse();
        assertThat(is("::1", "loopback")).isTrue();
        assertThat(is("::2", "loopback")).isFalse();
        assertThat(Address.ofV4(0x7f000001)).hasToString("127.0.0.1");
        assertThat(Address.ofV4(-1)).hasToString("255.255.255.255");
    }

    private static boolean is(String text, String kind) {
        Address address = Address.parse(text);
        return switch (kind) {
            case "4" -> address.isV4();
            case "wildcard" -> Address.isWildcard(address.high(), address.low());
            default -> Address.isLoopback(address.high(), address.low());
        };
    }

    /** Some groups zero, so that runs of them come about. */
    private static long mask(Random random) {
        long mask = 0;
        for (int i = 0; i < 4; i++) {
            mask = mask << 16 | (random.nextInt(3) == 0 ? 0xffff : random.nextInt(3) == 0 ? 0xff : 0);
        }
        return mask;
    }

    private static void check(String input, String expected) {
        assertThat(Address.parse(input)).as(input).hasToString(expected);
    }
}
