package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.support.MadeUpFlows;

/** Any keys, sizes and samples in any order: nothing is thrown, and the cursor is on a row that can be seen. */
class RandomScreensTest {
    private static final int STEPS = 120;

    private static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        for (Binding binding : Keys.all()) {
            keys.addAll(binding.keys());
        }
        for (Key.Kind kind : Key.Kind.values()) {
            if (kind != Key.Kind.CHAR && kind != Key.Kind.CTRL) {
                keys.add(Key.of(kind));
            }
        }
        "process,port = 443 \u540d\ud83d\ude00~!()".codePoints().forEach(c -> keys.add(Key.of(c)));
        return keys;
    }

    @Test
    void anyOrderOfEvents() {
        List<Key> keys = keys();
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Driver driver = Driver.waiting();
            for (int step = 0; step < STEPS; step++) {
                Event event =
                        switch (random.nextInt(12)) {
                            case 0 -> new Event.Resized(1 + random.nextInt(260), 1 + random.nextInt(80));
                            case 1 -> new Event.Resized(1 + random.nextInt(12), 1 + random.nextInt(12));
                            case 2, 3 ->
                                new Event.SampleArrived(
                                        MadeUpFlows.sample(step + 1, random.nextInt(60), random.nextLong()));
                            default -> new Event.KeyPressed(keys.get(random.nextInt(keys.size())));
                        };
                driver.monitor.on(event);
                driver.grid();
                assertCursorInView(driver.monitor.state(), "seed " + seed + " step " + step + " " + event);
            }
        }
    }

    private static void assertCursorInView(UiState state, String when) {
        Cursor cursor = state.cursor();
        assertThat(cursor.row() - cursor.scroll()).as(when).isBetween(0, state.page() - 1);
        assertThat(cursor.scroll()).as(when).isNotNegative();
    }

    @Test
    void everySizeFromOneCellUp() {
        Driver driver = Driver.of(MadeUpFlows.host());
        for (String key : List.of("*", "?", "Esc", "a", "Esc", "/")) {
            driver.press(key);
            for (int columns = 1; columns < 90; columns++) {
                for (int rows = 1; rows < 24; rows++) {
                    Grid grid = driver.size(columns, rows).grid();
                    assertThat(grid.columns()).isEqualTo(columns);
                    assertThat(grid.rows()).isEqualTo(rows);
                }
            }
        }
    }
}
