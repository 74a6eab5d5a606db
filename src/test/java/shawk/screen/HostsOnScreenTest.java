package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.model.Address;
import shawk.model.AddressNames;
import shawk.model.Column;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.support.HostileNames;
import shawk.support.SnapshotBuilder;

/** Names of hosts on the screen: an address first, its name when that is known, and a key that turns them. */
final class HostsOnScreenTest {
    private final Known names = new Known();

    /** Names that the test makes known one by one. */
    private static final class Known implements AddressNames {
        private final Map<String, SafeText> names = new HashMap<>();
        private final Set<String> asked = new HashSet<>();

        void learn(String address, RawText name) {
            names.put(address, SafeText.of(name));
        }

        @Override
        public @Nullable SafeText find(long high, long low) {
            String address = new Address(high, low).toString();
            asked.add(address);
            return names.get(address);
        }

        @Override
        public long version() {
            return names.size();
        }
    }

    private static Snapshot peers(int count) {
        SnapshotBuilder made = new SnapshotBuilder();
        int java = made.process(7, "java");
        for (int i = 1; i <= count; i++) {
            made.socket()
                    .owner(java)
                    .remote("10.1." + i / 250 + "." + i % 250, 5432)
                    .set(Column.PORT, 5432)
                    .text(Column.SERVICE, "postgresql");
        }
        return made.build();
    }

    private static String screen(Driver driver) {
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < 24; row++) {
            out.append(driver.line(row)).append('\n');
        }
        return out.toString();
    }

    @Test
    void theNameComesWhenItIsKnown() {
        Driver driver = Driver.named(peers(1), names).press("*");
        String before = screen(driver);
        assertThat(before).contains("10.1.0.1 ");
        names.learn("10.1.0.1", RawText.of("pg01.example.org"));
        String after = screen(driver);
        assertThat(after).contains("pg01.example.org ").doesNotContain("10.1.0.1 ");
        assertThat(after.replaceAll("pg01.example.org", "10.1.0.1        ")).isEqualTo(before);
    }

    @Test
    void aKeyTurnsNamesAndNumbers() {
        names.learn("10.1.0.1", RawText.of("pg01"));
        Driver driver = Driver.named(peers(1), names).press("*");
        assertThat(screen(driver)).contains("pg01", "5432 postgresql");
        driver.press("n");
        assertThat(screen(driver)).contains("10.1.0.1").doesNotContain("pg01 ", "postgresql");
        driver.press("n");
        assertThat(screen(driver)).contains("pg01", "5432 postgresql");
    }

    @Test
    void singleConnectionsHaveTheirPeersName() {
        names.learn("10.1.0.1", RawText.of("pg01"));
        Driver driver = Driver.named(peers(1), names).size(140, 24).press("2");
        assertThat(screen(driver)).contains("pg01:5432");
    }

    /** Sixty thousand rows behind the screen are no sixty thousand questions. */
    @Test
    void onlyRowsInViewAreAskedFor() {
        Driver driver = Driver.named(peers(5_000), names).press("*");
        screen(driver);
        assertThat(names.asked).hasSizeBetween(1, 24);
    }

    @Test
    void hostileNames() {
        Driver driver = Driver.named(peers(1), names).press("*");
        for (RawText name : HostileNames.ALL) {
            names.names.clear();
            names.learn("10.1.0.1", name);
            names.learn("192.0.2." + HostileNames.ALL.indexOf(name) % 250, RawText.of("other"));
            driver.sample(peers(1));
            for (int row = 0; row < 24; row++) {
                assertThat(HostileNames.harmIn(driver.line(row)))
                        .as(new String(name.toBytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(-1);
            }
        }
    }
}
