package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shawk.field.DefaultColumns;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.QueueFields;
import shawk.model.Snapshot;
import shawk.support.Golden;
import shawk.support.MadeUpFlows;
import shawk.support.SnapshotBuilder;

/** Whole screens, kept under {@code src/test/resources/screens}; {@link Golden} says how to update them. */
class ScreensTest {
    /** A letter a style, so that a change of looks shows in the file too. */
    private static final String LETTERS = ".SAHOCGdwbi_kh+-";

    /** The text of the screen, and below it a letter for the style of each cell. */
    static void check(String name, Driver driver) {
        Grid grid = driver.grid();
        StringBuilder out = new StringBuilder(grid.toString()).append('\n');
        for (int row = 0; row < grid.rows(); row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < grid.columns(); column++) {
                line.append(LETTERS.charAt(grid.style(column, row).ordinal()));
            }
            out.append(line.toString().replaceAll("\\.+$", "")).append('\n');
        }
        Golden.check("screens/" + name + ".txt", out.toString());
    }

    @ParameterizedTest
    @CsvSource({"60, 15", "80, 24", "140, 40", "240, 70"})
    void everySizeShowsWhatFits(int columns, int rows) {
        Driver driver = Driver.of(MadeUpFlows.host()).size(columns, rows);
        check("flows-" + columns + "x" + rows, driver.press("Right", "j", "Right", "j", "Right", "j"));
    }

    @Test
    void asciiWhereNothingElseCanBeDrawn() {
        Driver driver = Driver.ascii(MadeUpFlows.host()).press("Right", "j", "Right", "j", "Right", "j");
        check("flows-ascii", driver);
        assertThat(driver.screen()).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void everyDialog() {
        check("help", Driver.of(MadeUpFlows.host()).press("?"));
        check("help-scrolled", Driver.of(MadeUpFlows.host()).press("?", "PgDn"));
        check("arrange", Driver.of(MadeUpFlows.host()).press("a", "Down"));
        check("arrange-typed", Driver.of(MadeUpFlows.host()).press("a").type("process,po"));
        check("filter", Driver.of(MadeUpFlows.host()).press("/").type("port = 443"));
        check("filter-wrong", Driver.of(MadeUpFlows.host()).press("/").type("port = 443 and prot = 1"));
        check(
                "interval-wrong",
                Driver.of(MadeUpFlows.host()).press("d").type("soon").press("Enter"));
    }

    @Test
    void whatThereIsToSayWithoutRows() {
        Snapshot quiet = new SnapshotBuilder().build();
        check("empty-waiting", Driver.waiting());
        check("empty-failing", Driver.waiting().failing("cannot open a netlink socket: EPERM"));
        check("empty-quiet", Driver.of(quiet));
        check(
                "empty-filter",
                Driver.of(MadeUpFlows.host()).press("/").type("port = 1").press("Enter"));
    }

    @Test
    void everyMarkAboveTheTable() {
        check("first-sample", Driver.of(new SnapshotBuilder().first().build()).failing("the source is gone"));
        check("paused", Driver.of(MadeUpFlows.host()).press("p", "Esc").sample(MadeUpFlows.sample(3, 5, 1)));
        check(
                "single-connections",
                Driver.of(MadeUpFlows.host()).press("a").type("none").press("Enter"));
        check("by-name", Driver.of(MadeUpFlows.host()).size(140, 40).press("N"));
    }

    /** Who is at both ends, and who opened it, in full: whatever counts connections makes room for it. */
    @Test
    void bothEndsOfSingleConnections() {
        Driver unfolded = Driver.of(MadeUpFlows.host()).size(120, 30).press("Right", "j", "Right", "j", "Right");
        assertThat(unfolded.line(6)).contains("        10.0.0.5:443 \u2190 :20078 ESTABLISHED tcp ");
        check("flows-120x30", unfolded);
        Driver alone = Driver.of(MadeUpFlows.host())
                .size(120, 30)
                .press("a")
                .type("none")
                .press("Enter");
        assertThat(alone.screen())
                .contains("  sshd (1111) 10.0.0.5:20378 \u2192 10.0.0.1:22 ESTABLISHED tcp ")
                .doesNotContain("NEW/S", "CONNS", "sort:");
    }

    @Test
    void columnsThatWereAskedForOutliveThoseThatWereNot() {
        List<Field> columns = new ArrayList<>(DefaultColumns.FLOWS);
        columns.addAll(List.of(QueueFields.AGE, QueueFields.IDLE));
        Arrangement arrangement = Arrangement.first(List.of(Fields.PROCESS), List.of(), columns, "", null, false);
        for (int width : new int[] {60, 80, 120}) {
            UiState state = UiState.initial(arrangement, 1_000).withSize(width, 24);
            assertThat(Layout.of(state).fields()).as("%s", width).contains(QueueFields.AGE, QueueFields.IDLE);
        }
    }

    @Test
    void belowTheLeastSizeOneLineSaysSo() {
        for (int[] size : new int[][] {{59, 15}, {60, 14}, {20, 5}}) {
            assertThat(Driver.of(MadeUpFlows.host()).size(size[0], size[1]).line(0))
                    .isEqualTo("too small: " + size[0] + "x" + size[1]);
        }
    }
}
