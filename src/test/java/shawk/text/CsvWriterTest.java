package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.SafeText;
import shawk.support.HostileNames;

final class CsvWriterTest {
    @Test
    void rows() {
        StringBuilder out = new StringBuilder();
        CsvWriter csv = new CsvWriter(out);
        csv.text("a").text("b").endRow();
        csv.number(-1).number(0.5).endRow();
        csv.none().number(Double.NaN).none().endRow();
        assertThat(out).hasToString("a,b\r\n-1,0.5\r\n,,\r\n");
    }

    @Test
    void quotes() {
        check("plain text", "plain text");
        check("a,b", "\"a,b\"");
        check("a\"b", "\"a\"\"b\"");
        check("a\nb", "\"a\nb\"");
        check("", "");
    }

    @Test
    void formulasAreDefused() {
        check("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
        check("+1", "\"'+1\"");
        check("-1", "\"'-1\"");
        check("@SUM(1)", "\"'@SUM(1)\"");
        check("\t=1", "\"'\t=1\"");
        check("\r=1", "\"'\r=1\"");
        check("\uff1d1", "\"'\uff1d1\"");
        check("a;=1", "\"a;'=1\"");
        check("a=1", "a=1");
        check("a;b", "\"a;b\"");
    }

    @Test
    void hostileNamesStayWithinTheirCell() {
        assertThat(HostileNames.ALL).allSatisfy(name -> {
            StringBuilder out = new StringBuilder();
            new CsvWriter(out).text(SafeText.of(name)).text("end").endRow();
            List<String> cells = cells(out.toString());
            assertThat(cells).hasSize(2).last().isEqualTo("end");
            assertThat(cells.get(0)).doesNotStartWith("=").doesNotStartWith("+").doesNotStartWith("@");
            assertThat(cells.get(0).replace("'", ""))
                    .isEqualTo(SafeText.of(name).value().replace("'", ""));
            assertThat(HostileNames.harmIn(out.toString().replace("\r\n", ""))).isEqualTo(-1);
        });
    }

    /** The cells of one row, as a reader takes them apart. */
    private static List<String> cells(String row) {
        assertThat(row).endsWith("\r\n");
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length() - 2; i++) {
            char c = row.charAt(i);
            if (c == '"' && quoted && row.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static void check(String text, String expected) {
        StringBuilder out = new StringBuilder();
        new CsvWriter(out).text(text);
        assertThat(out).hasToString(expected);
    }
}
