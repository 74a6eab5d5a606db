package shawk.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shawk.screen.Binding;
import shawk.screen.Key;
import shawk.screen.Keys;
import shawk.screen.zk.TopKey;
import shawk.screen.zk.TopKeys;
import shawk.support.ManPage;

/** The pages of the monitors have their keys, all of them, in the order of the help, and no others. */
final class KeysPageTest {
    @Test
    void keysAreThoseOfTheTable() {
        check("shawk.1", Keys.all().stream().map(Binding::keys));
    }

    @Test
    void keysOfZooKeepersMonitorAreThoseOfItsTable() {
        check("shawk-zk-top.1", TopKeys.all().stream().map(TopKey::keys));
    }

    private static void check(String page, Stream<List<Key>> table) {
        List<List<String>> written = ManPage.query(page).section("KEYS").entries().stream()
                .map(entry -> entry.head().arguments("Ic"))
                .toList();
        List<List<String>> bound =
                table.map(keys -> keys.stream().map(Key::label).toList()).toList();
        assertThat(written).containsExactlyElementsOf(bound);
    }
}
