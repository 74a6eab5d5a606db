package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.record.Recording;
import shawk.support.Golden;

/** Each view at each size, out of a recording: in colour (a letter a style), and in ASCII, whose text says it all. */
final class RecordedScreensTest {
    private static final Path RECORDING = Path.of("src/test/resources/replay/loopback.shawk");
    private static final int[][] SIZES = {{60, 15}, {80, 24}, {140, 40}, {240, 70}};

    private static final List<Snapshot> SNAPSHOTS = new ArrayList<>();

    @BeforeAll
    static void replay() throws IOException {
        SNAPSHOTS.clear();
        try (Recording recording = Recording.open(RECORDING)) {
            FlowTable table = new FlowTable(recording.names(), FlowLimits.DEFAULT, 1);
            for (long position = recording.first(); position < recording.end(); position++) {
                RawSample sample = recording.read(position);
                assertThat(sample).isNotNull();
                SNAPSHOTS.add(table.fold(sample));
            }
        }
        assertThat(SNAPSHOTS).hasSize(4);
    }

    private static Driver played(Driver driver, View view, int[] size) {
        SNAPSHOTS.subList(1, SNAPSHOTS.size()).forEach(driver::sample);
        return driver.size(size[0], size[1]).press(String.valueOf(view.key()));
    }

    private static String file(View view, int[] size) {
        return "recorded/" + view.name().toLowerCase(Locale.ROOT) + "-" + size[0] + "x" + size[1];
    }

    @ParameterizedTest
    @EnumSource
    void inColour(View view) {
        for (int[] size : SIZES) {
            ScreensTest.check(file(view, size), played(Driver.of(SNAPSHOTS.get(0)), view, size));
        }
    }

    @Test
    void detailsOfOneConnection() {
        for (int[] size : SIZES) {
            Driver driver =
                    played(Driver.of(SNAPSHOTS.get(0)), View.CONNECTIONS, size).press("Enter");
            ScreensTest.check("recorded/detail-" + size[0] + "x" + size[1], driver);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inAscii(View view) {
        for (int[] size : SIZES) {
            String screen = played(Driver.ascii(SNAPSHOTS.get(0)), view, size).screen();
            assertThat(screen).matches("[\\x20-\\x7e\\n]*");
            Golden.check("screens/" + file(view, size) + "-ascii.txt", screen);
        }
    }
}
