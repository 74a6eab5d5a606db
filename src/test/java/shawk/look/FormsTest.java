package shawk.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.support.Golden;
import shawk.support.HostileNames;
import shawk.support.Json;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpFleet.Host;
import shawk.support.MadeUpFleet.Program;

/** The forms that programs read, and the pictures in words: as they are, and whatever things are called. */
final class FormsTest {
    private static final long MINUTE = 60_000_000L;
    private static final long NOW = 1_700_000_000_000_000L / (10 * MINUTE) * 10 * MINUTE;

    private static Graph graph(MadeUpFleet fleet, Window window) throws LookException {
        LookQuery query = new LookQuery(new Selector.Fleet(), null, Way.BOTH, 1, window, 100, true);
        return Walk.queryGraph(query, new MadeUpObservations(fleet.batches()));
    }

    private static Graph graph(MadeUpFleet fleet) throws LookException {
        return graph(fleet, new Window(0, NOW + 60 * MINUTE));
    }

    /** A web server, what it depends on, and who depends on it: every proof, both families, a translation. */
    private static MadeUpFleet shop() {
        MadeUpFleet fleet = new MadeUpFleet(NOW);
        Host web = fleet.host("web.example.com", "10.0.0.10", "fd00::10");
        Host app = fleet.host("app", "10.0.0.12");
        Host gone = fleet.host("silent", "10.0.0.13");
        Program nginx = fleet.process(web, "nginx", 4656, "nginx.service", "");
        Program shop = fleet.process(app, "shop, \"large\" & small", 6111, "", "web-1");
        Program wrk = fleet.process(gone, "wrk", 77);
        fleet.listens(nginx, "0.0.0.0", 80);
        fleet.connect(wrk, "10.0.0.13", nginx, "10.0.0.10", 80, 1_204);
        fleet.connectVia(nginx, "10.0.0.10", "10.96.0.1", 8080, shop, "10.0.0.12", 8081, true);
        fleet.connect(nginx, "10.0.0.10", null, "203.0.113.7", 443, 2);
        fleet.connect(shop, "10.0.0.12", null, "10.0.0.13", 5432, 1);
        fleet.connect(null, "2001:db8::1", nginx, "fd00::10", 80, 3);
        fleet.complete = false;
        for (int i = 0; i < 2; i++) {
            Program twin = fleet.process(app, "twin" + i, 900 + i);
            fleet.connect(twin, "10.0.0.12", null, "10.0.0.10", 9_000, 4);
        }
        fleet.connect(null, "10.0.0.12", nginx, "10.0.0.10", 9_000, 4);
        return fleet;
    }

    private static void check(String file, Consumer<StringBuilder> form) {
        Golden.check("look/" + file, text(form));
    }

    private static String text(Consumer<StringBuilder> form) {
        StringBuilder out = new StringBuilder();
        form.accept(out);
        return out.toString();
    }

    @Test
    void edges() throws LookException {
        Graph graph = graph(shop());
        check("edges.json", out -> new JsonForm(out).document(graph));
        check("edges.ndjson", out -> new JsonForm(out).lines(graph));
        check("edges.csv", out -> new CsvForm(out).table(graph));
        check("edges.dot", out -> DotForm.append(out, Picture.of(graph)));
        check("edges.mermaid", out -> MermaidForm.append(out, Picture.of(graph)));
        check("edges.long", out -> TreeForm.append(out, graph, true));
    }

    @Test
    void noEdges() throws LookException {
        Graph graph = graph(new MadeUpFleet(NOW));
        assertThat(Json.parse(text(out -> new JsonForm(out).document(graph)))).isNotNull();
        assertThat(text(out -> new JsonForm(out).lines(graph))).isEmpty();
        assertThat(text(out -> new CsvForm(out).table(graph)).lines()).hasSize(1);
        assertThat(text(out -> TreeForm.append(out, graph, true))).isEmpty();
    }

    @Test
    void whatChanged() throws LookException {
        MadeUpFleet fleet = new MadeUpFleet(NOW);
        Program client = fleet.process(fleet.host("a", "10.0.0.1"), "client", 1);
        Program server = fleet.process(fleet.host("b", "10.0.0.2"), "server", 2);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 5);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 81, 1);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 83, 2);
        fleet.atMicros = NOW + 60 * MINUTE;
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 50);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 82, 1);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 83, 3);
        Window before = new Window(NOW, NOW + 10 * MINUTE);
        Window after = new Window(NOW + 60 * MINUTE, NOW + 70 * MINUTE);
        Diff diff = Diff.of(graph(fleet, before), graph(fleet, after));
        check("diff.json", out -> new JsonForm(out).document(diff));
        check("diff.ndjson", out -> new JsonForm(out).lines(diff));
        check("diff.csv", out -> new CsvForm(out).table(diff));
        check("diff.txt", out -> diff.appendText(out, false));
        check("diff.long", out -> diff.appendText(out, true));
    }

    /** All that a host can call things, as {@code name}. */
    private static MadeUpFleet called(String name) {
        MadeUpFleet fleet = new MadeUpFleet(NOW);
        Host host = fleet.host(name, "10.0.0.1");
        Program client = fleet.process(host, name, 1, name, name);
        Program server = fleet.process(fleet.host("b" + name, "10.0.0.2"), "b" + name, 2, name, name);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 5);
        return fleet;
    }

    private static void checkLines(String name, int lines, Consumer<StringBuilder> form) {
        String text = text(form);
        List<String> all = List.of(text.split("\r?\n", -1));
        assertThat(all).as(name).hasSize(lines + 1).last().isEqualTo("");
        assertThat(all).as(name).allMatch(line -> HostileNames.harmIn(line) == -1);
    }

    private static void checkCells(String name, String csv) {
        for (String line : csv.split("\r\n")) {
            int cells = 0;
            boolean quoted = false;
            boolean first = true;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (first && !quoted) {
                    char begin = c == '"' && i + 1 < line.length() ? line.charAt(i + 1) : c;
                    assertThat("=@+\t\r").as("%s in %s", name, line).doesNotContain("" + begin);
                }
                quoted ^= c == '"';
                first = !quoted && c == ',';
                cells += first ? 1 : 0;
            }
            assertThat(quoted).as(name).isFalse();
            assertThat(cells).as("%s in %s", name, line).isEqualTo(35);
        }
    }

    @Test
    void noNameGetsOutOfItsPlace() throws LookException {
        for (RawText raw : HostileNames.ALL) {
            String name = SafeText.of(raw).value();
            Graph graph = graph(called(name));
            assertThat(graph.found()).as(name).hasSize(1);
            Diff diff = Diff.of(graph(new MadeUpFleet(NOW)), graph);
            checkLines(name, 2, out -> TreeForm.append(out, graph, false));
            checkLines(name, 2, out -> TreeForm.append(out, graph, true));
            checkLines(name, 1, out -> diff.appendText(out, true));
            checkLines(name, 2, out -> new CsvForm(out).table(graph));
            checkLines(name, 2, out -> new CsvForm(out).table(diff));
            checkLines(name, 1, out -> new JsonForm(out).lines(graph));
            checkLines(name, 8, out -> DotForm.append(out, Picture.of(graph)));
            checkLines(name, 4, out -> MermaidForm.append(out, Picture.of(graph)));
            checkCells(name, text(out -> new CsvForm(out).table(graph)));
            assertThat(Json.parse(text(out -> new JsonForm(out).document(graph))))
                    .isNotNull();
            assertThat(Json.parse(text(out -> new JsonForm(out).document(diff))))
                    .isNotNull();
        }
    }
}
