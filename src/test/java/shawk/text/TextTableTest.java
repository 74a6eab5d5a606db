package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.SafeText;
import shawk.support.HostileNames;

final class TextTableTest {
    private final TextTable table = new TextTable(List.of(
            new TextTable.Column("NAME", false, 0),
            new TextTable.Column("CONNS", true, 7),
            new TextTable.Column("LAST", false, 0)));

    private final List<List<String>> rows = new ArrayList<>();

    @Test
    void aligns() {
        add("nginx", "1,204", "x");
        add("\u4f60\u597d", "1", "long text");
        check("""
                NAME     CONNS  LAST
                nginx    1,204  x
                \u4f60\u597d         1  long text
                """);
    }

    @Test
    void withoutRowsOrHeader() {
        check("NAME    CONNS  LAST\n");
        assertThat(table(false)).isEmpty();
    }

    @Test
    void oneLongTextDoesNotWidenTheOthers() {
        add("x".repeat(1000), "1", "y");
        add("a", "2", "");
        assertThat(table(false).lines())
                .containsExactly("x".repeat(1000) + "        1  y", "a" + " ".repeat(47) + "        2");
    }

    @Test
    void canBeFilledAgain() {
        add("a longer name", "1", "b");
        table(true);
        rows.clear();
        add("c", "2", "d");
        check("NAME    CONNS  LAST\nc           2  d\n");
    }

    @Test
    void hostileNamesTakeOneLineEach() {
        HostileNames.ALL.forEach(name -> add(SafeText.of(name).value(), "1", "end"));
        List<String> lines = table(false).lines().toList();
        assertThat(lines).hasSize(HostileNames.ALL.size()).allSatisfy(line -> {
            assertThat(line).endsWith("        1  end");
            assertThat(HostileNames.harmIn(line)).isEqualTo(-1);
        });
    }

    private void add(String... cells) {
        rows.add(List.of(cells));
    }

    private void cells(List<String> row) {
        for (String cell : row) {
            table.cell().append(cell);
            table.endCell();
        }
    }

    private String table(boolean header) {
        StringBuilder out = new StringBuilder();
        table.clear();
        if (header) {
            table.measureHeads();
        }
        for (List<String> row : rows) {
            cells(row);
            table.measureRow();
        }
        if (header) {
            table.appendHeads(out);
        }
        for (List<String> row : rows) {
            cells(row);
            table.appendRow(out);
        }
        return out.toString();
    }

    private void check(String expected) {
        assertThat(table(true)).isEqualTo(expected);
    }
}
