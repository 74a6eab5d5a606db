package shawk.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.screen.Key;
import shawk.screen.Keys;
import shawk.support.ManPage;

/** The page of the monitor has its keys, all of them, in the order of the help, and no others. */
final class KeysPageTest {
    @Test
    void keysAreThoseOfTheTable() {
        List<List<String>> written = ManPage.query("shawk.1").section("KEYS").entries().stream()
                .map(entry -> entry.head().arguments("Ic"))
                .toList();
        List<List<String>> bound = Keys.all().stream()
                .map(binding -> binding.keys().stream().map(Key::label).toList())
                .toList();
        assertThat(written).containsExactlyElementsOf(bound);
    }
}
