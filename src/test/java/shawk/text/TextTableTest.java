package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.SafeText;
import shawk.support.HostileNames;

final class TextTableTest {
    private final TextTable table = new TextTable(List.of(
            new TextTable.Column("NAME", false, 0),
            new TextTable.Column("CONNS", true, 7),
            new TextTable.Column("LAST", false, 0)));

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
        StringBuilder out = new StringBuilder();
        table.appendTo(out, false);
        assertThat(out).isEmpty();
    }

    @Test
    void oneLongTextDoesNotWidenTheOthers() {
        add("x".repeat(1000), "1", "y");
        add("a", "2", "");
        StringBuilder out = new StringBuilder();
        table.appendTo(out, false);
        assertThat(out.toString().lines())
                .containsExactly("x".repeat(1000) + "        1  y", "a" + " ".repeat(47) + "        2");
    }

    @Test
    void canBeFilledAgain() {
        add("a", "1", "b");
        table.clear();
        assertThat(table.rows()).isZero();
        add("c", "2", "d");
        check("NAME    CONNS  LAST\nc           2  d\n");
    }

    @Test
    void hostileNamesTakeOneLineEach() {
        HostileNames.ALL.forEach(name -> add(SafeText.of(name).value(), "1", "end"));
        StringBuilder out = new StringBuilder();
        table.appendTo(out, false);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(HostileNames.ALL.size()).allSatisfy(line -> {
            assertThat(line).endsWith("        1  end");
            assertThat(HostileNames.harmIn(line)).isEqualTo(-1);
        });
    }

    private void add(String... cells) {
        for (String cell : cells) {
            table.cell().append(cell);
            table.endCell();
        }
    }

    private void check(String expected) {
        StringBuilder out = new StringBuilder();
        table.appendTo(out, true);
        assertThat(out).hasToString(expected);
    }
}
