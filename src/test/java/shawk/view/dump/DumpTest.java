package shawk.view.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.expr.SortKey;
import shawk.field.DefaultColumns;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Direction;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;
import shawk.support.Golden;
import shawk.support.Json;
import shawk.support.MadeUpFlows;
import shawk.support.SnapshotBuilder;

/** What is written of made-up snapshots, byte by byte. */
class DumpTest {
    private static final List<KeyField> GROUPING = List.of(Fields.PROCESS, Fields.PEER, Fields.PORT);
    private static final List<KeyField> SINGLE = List.of();

    private static Snapshot web() {
        SnapshotBuilder made = new SnapshotBuilder();
        int nginx = made.process(4656, "nginx");
        int java = made.process(5120, "java");
        for (int i = 0; i < 3; i++) {
            made.socket()
                    .owner(nginx)
                    .direction(Direction.IN)
                    .local("10.0.0.5", 80)
                    .remote("10.0.0.1" + i / 2, 40_000 + i)
                    .set(Column.PORT, 80)
                    .set(Column.RTT, 300 + 100 * i)
                    .set(Column.TX_BYTES, 1_234_567L * (i + 1))
                    .set(Column.TX_RATE, 41_000_000)
                    .set(Column.OPENED, 1)
                    .set(Column.OPENED_NOW, 1);
        }
        made.socket()
                .owner(java)
                .local("fd00::5", 41_000)
                .remote("fd00::9", 5432)
                .set(Column.PORT, 5432);
        made.socket().remote("192.0.2.7", 443).set(Column.COOKIE, 0xfedc_ba98_7654_3210L);
        made.bundle()
                .between("10.0.0.5", "10.0.0.10")
                .direction(Direction.IN)
                .set(Column.PORT, 80)
                .set(Column.OWNER, nginx)
                .ended(7, 5, 1, 2);
        return made.build();
    }

    private static Snapshot with(Snapshot s, Degradation... degradations) {
        return new Snapshot(
                s.sequence(),
                s.source(),
                s.wallMicros() + 42,
                s.monotonicNanos(),
                s.elapsedNanos(),
                s.exactCounts(),
                s.lost(),
                s.table(),
                s.processes(),
                s.holders(),
                s.namespaces(),
                s.links(),
                s.texts(),
                s.processTexts(),
                s.ended(),
                s.meters(),
                List.of(degradations));
    }

    private static DumpSpec spec(Format format, List<KeyField> groupBy, boolean levels, Field... fields) {
        List<Field> chosen = fields.length > 0
                ? List.of(fields)
                : groupBy.isEmpty() ? DefaultColumns.DUMP_CONNECTIONS : DefaultColumns.DUMP_GROUPS;
        return new DumpSpec(format, groupBy, chosen, levels, Long.MAX_VALUE, true, false, false, null);
    }

    private static String written(DumpSpec spec, Snapshot... snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Dump dump = new Dump(spec, out);
        PivotSpec pivots =
                new PivotSpec(spec.groupBy(), List.of(new SortKey(Fields.CONNS, true)), null, RowChoice.CONNECTIONS);
        try {
            for (int i = 0; i < snapshots.length; i++) {
                dump.sample(Pivots.of(snapshots[i], pivots), i + 1);
            }
            dump.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void check(String golden, DumpSpec spec, Snapshot... snapshots) {
        Golden.check("dump/" + golden, written(spec, snapshots));
    }

    @Test
    void groups() {
        check("groups.table", spec(Format.TABLE, GROUPING, false), web());
        check("groups.json", spec(Format.JSON, GROUPING, false), web());
        check("groups.ndjson", spec(Format.NDJSON, GROUPING, false), web());
        check("groups.csv", spec(Format.CSV, GROUPING, false), web());
    }

    @Test
    void connections() {
        check("connections.table", spec(Format.TABLE, SINGLE, false), web());
        check("connections.json", spec(Format.JSON, SINGLE, false), web());
        check("connections.ndjson", spec(Format.NDJSON, SINGLE, false), web());
        check("connections.csv", spec(Format.CSV, SINGLE, false), web());
    }

    @Test
    void everyFieldOfAConnection() {
        Field[] all = Fields.ALL.toArray(Field[]::new);
        check("all-fields.ndjson", spec(Format.NDJSON, SINGLE, false, all), web());
        check("all-fields.csv", spec(Format.CSV, SINGLE, false, all), web());
        check("all-fields-groups.ndjson", spec(Format.NDJSON, GROUPING, false, all), web());
    }

    @Test
    void parentsStandBeforeTheirChildrenAndHaveOnlyTheirOwnFields() {
        check("levels.table", spec(Format.TABLE, GROUPING, true, Fields.CONNS), web());
        check("levels.json", spec(Format.JSON, GROUPING, true, Fields.CONNS), web());
        check("levels.ndjson", spec(Format.NDJSON, GROUPING, true, Fields.CONNS), web());
        check("levels.csv", spec(Format.CSV, GROUPING, true, Fields.CONNS), web());
    }

    @Test
    void twoSamples() {
        Degradation owners =
                new Degradation("owners", "owners of other users' sockets", "no \"ptrace\"", "run as root");
        Snapshot second = with(web(), owners);
        for (Format format : Format.values()) {
            check("two." + format.id(), spec(format, List.of(Fields.PROCESS), false, Fields.CONNS), web(), second);
        }
    }

    @Test
    void jsonIsOneArrayHoweverManySamples() {
        DumpSpec spec = spec(Format.JSON, GROUPING, false);
        assertThat(Json.objects(written(spec))).isEmpty();
        assertThat(Json.objects(written(spec, web()))).hasSize(1);
        List<Map<String, Object>> three = Json.objects(written(spec, web(), web(), Snapshot.EMPTY));
        assertThat(three)
                .extracting(sample -> sample.get("sample").toString())
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(three.get(0).keySet()).containsExactly("sample", "t", "source", "lost", "degraded", "rows");
        assertThat(three.get(0).get("lost"))
                .as("a source that polls cannot know")
                .isNull();
        assertThat(three.get(2).get("rows")).isEqualTo(List.of());
    }

    @Test
    void microsecondsAreKept() {
        String line = written(spec(Format.NDJSON, SINGLE, false, Fields.CONNS), with(web()))
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(line).startsWith("{\"t\":1700000002.000042,\"sample\":1,\"conns\":1}");
    }

    /** However many rows there are, no form holds the text of more than a few. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void manyRowsAreWrittenInPieces(Format format) throws IOException {
        AtomicInteger longest = new AtomicInteger();
        AtomicInteger lines = new AtomicInteger();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                longest.accumulateAndGet(length, Math::max);
                lines.addAndGet((int) new String(bytes, from, length, StandardCharsets.UTF_8)
                        .chars()
                        .filter(c -> c == '\n')
                        .count());
            }
        };
        Dump dump = new Dump(spec(format, SINGLE, false), out);
        dump.sample(
                Pivots.of(
                        MadeUpFlows.sample(2, 3_000, 1), new PivotSpec(SINGLE, List.of(), null, RowChoice.CONNECTIONS)),
                1);
        dump.end();
        assertThat(lines.get()).isGreaterThan(3_000);
        assertThat(longest.get()).isLessThan(100_000);
    }

    @Test
    void limitCountsParentsToo() {
        DumpSpec all = spec(Format.NDJSON, GROUPING, true, Fields.CONNS);
        for (int limit = 1; limit < 12; limit++) {
            DumpSpec limited =
                    new DumpSpec(all.format(), all.groupBy(), all.fields(), true, limit, true, false, false, null);
            List<String> rows = written(all, web()).lines().toList();
            assertThat(written(limited, web()).lines()).isEqualTo(rows.subList(0, Math.min(limit, rows.size())));
        }
    }

    @Test
    void headerAndColourAreAsAsked() {
        List<Field> fields = List.of(Fields.CONNS);
        List<KeyField> groupBy = List.of(Fields.PROCESS);
        String bare = written(new DumpSpec(Format.TABLE, groupBy, fields, false, 1, false, true, true, null), web());
        assertThat(bare).doesNotContain("PROCESS").doesNotContain("\u001b").hasLineCount(1);
        String coloured =
                written(new DumpSpec(Format.TABLE, groupBy, fields, false, 1, true, false, true, null), web());
        assertThat(coloured).matches("(?s)\u001b\\[1mPROCESS[^\n\u001b]*\u001b\\[0m\n[^\u001b]*");
        String csv =
                written(new DumpSpec(Format.CSV, groupBy, fields, false, 1, false, true, true, null), web(), web());
        assertThat(csv).doesNotContain("conns").doesNotContain("\u001b").hasLineCount(2);
    }

    /** Names that a process may give itself. */
    private static List<byte[]> hostileNames() {
        List<byte[]> names = new ArrayList<>();
        for (int c = 0; c < 0x20; c++) {
            names.add(new byte[] {'a', (byte) c, 'b'});
        }
        for (String text : List.of(
                "\u007f",
                "\u0085",
                "\u009b31m",
                "\u202e",
                "\u2066x",
                "\u200b",
                "\u2028",
                "\ufeff",
                "\udb40\udc41",
                "%s%n",
                "\u001b[2J\u001b[H",
                "\u001b]0;title\u0007",
                "\u001b]8;;http://x\u0007",
                "\u001b]52;c;eA==\u0007",
                "\u001bPq\u001b\\",
                "=cmd|' /C calc'!A0",
                "+1+1",
                "-1+1",
                "@SUM(A1)",
                "\"quoted\"",
                "a,b;c",
                "a\nnginx 80",
                "\r\n",
                "</script>",
                "\\",
                "'",
                "{\"x\":1}",
                "日本語",
                "e\u0301\u0301\u0301\u0301\u0301")) {
            names.add(text.getBytes(StandardCharsets.UTF_8));
        }
        names.add(new byte[] {(byte) 0xff, (byte) 0xfe});
        names.add(new byte[] {(byte) 0xc3});
        names.add(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        return names;
    }

    private static Snapshot owned(byte[] raw) {
        SafeText name = SafeText.of(RawText.of(raw));
        SnapshotBuilder made = new SnapshotBuilder();
        int process = made.process(
                new ProcessInfo(new ProcessId(7, 8), 1, 7, 0, name, name, name, name, name, name, name, name));
        made.socket().owner(process);
        return made.build();
    }

    @Test
    void aHostileNameIsOneCellOfOneRowInEveryForm() {
        Field[] texts = Fields.ALL.toArray(Field[]::new);
        for (byte[] name : hostileNames()) {
            String what = Arrays.toString(name);
            for (Format format : Format.values()) {
                String text = written(spec(format, List.of(Fields.PROCESS), false, texts), owned(name));
                String single = written(spec(format, SINGLE, false, texts), owned(name));
                assertThat(text + single).as(what).matches("(?s)[\n\r\\P{C}]*").doesNotContain("\u2028");
                int lines = format == Format.NDJSON ? 1 : format == Format.JSON ? 3 : 2;
                assertThat(text.split("\r?\n", -1)).as(what + format).hasSize(lines + 1);
            }
            Map<String, Object> row = Json.object(written(spec(Format.NDJSON, SINGLE, false, texts), owned(name))
                    .strip());
            assertThat(row.get("process"))
                    .isEqualTo(SafeText.of(RawText.of(name)).value());
        }
    }

    @Test
    void noCellOfCsvIsAFormula() {
        Field[] texts = {Fields.find("process"), Fields.find("exe"), Fields.find("cmdline"), Fields.find("user")};
        for (byte[] name : hostileNames()) {
            String row =
                    written(spec(Format.CSV, SINGLE, false, texts), owned(name)).split("\r\n")[1];
            assertThat(row).doesNotContainPattern("(^|[,;])\"?[=+@-]");
        }
    }
}
