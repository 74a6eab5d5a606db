package shawk.screen.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.RawText;
import shawk.screen.Effect;
import shawk.screen.Event;
import shawk.screen.Grid;
import shawk.screen.Key;
import shawk.support.Golden;
import shawk.support.HostileNames;

/** What keys and snapshots make of the screen. */
class TopScreenTest {
    private static final String[] PATHS = {"/app/orders", "/app/users", "/zookeeper/quota", "/lock"};

    private final FakeFeed feed = new FakeFeed();
    private TopScreen screen = open(140, 24, false);

    private TopScreen open(int columns, int rows, boolean ascii) {
        TopScreen opened = new TopScreen(feed, "db01", "any", ascii, TopGroup.PATH, 0, TopColumn.RATE, "", 1000);
        opened.onNews(() -> {});
        opened.on(new Event.Resized(columns, rows));
        return opened;
    }

    private void comes(TopTable... tables) {
        feed.with(tables);
        screen.takeNews();
    }

    private List<Effect> press(String... labels) {
        List<Effect> effects = new ArrayList<>();
        for (String label : labels) {
            Key key = Key.parse(label);
            assertThat(key).as(label).isNotNull();
            effects.addAll(screen.on(new Event.KeyPressed(key)));
        }
        return effects;
    }

    private void type(String text) {
        text.codePoints().forEach(c -> screen.on(new Event.KeyPressed(Key.of(c))));
    }

    private Grid drawn() {
        Grid grid = new Grid();
        screen.draw(grid);
        return grid;
    }

    /** Text and styles of the frame. */
    private String looks() {
        Grid grid = drawn();
        StringBuilder out = new StringBuilder(grid.toString());
        for (int i = 0; i < grid.rows() * grid.columns(); i++) {
            out.append((char)
                    ('a' + grid.style(i % grid.columns(), i / grid.columns()).ordinal()));
        }
        return out.toString();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        Grid grid = drawn();
        for (int row = grid.line(2).startsWith(" filter: ") ? 4 : 3; row < grid.rows() - 1; row++) {
            String line = grid.line(row).strip();
            if (!line.isEmpty()) {
                names.add(line.split(" ")[0]);
            }
        }
        return names;
    }

    private String bottom() {
        Grid grid = drawn();
        return grid.line(grid.rows() - 1).strip();
    }

    @Test
    void everySizeShowsWhatFits() {
        for (int[] size : new int[][] {{60, 15}, {80, 24}, {140, 24}, {220, 30}}) {
            screen = open(size[0], size[1], size[0] == 80);
            comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
            Golden.check("screens/zk-" + size[0] + "x" + size[1] + ".txt", drawn().toString());
        }
        screen = open(40, 10, false);
        assertThat(drawn().line(0)).isEqualTo("too small: 40x10");
    }

    @Test
    void whatThereIsToSayWithoutRows() {
        assertThat(drawn().line(4)).contains("waiting for packets");
        comes(FakeFeed.table(TopGroup.PATH, 0));
        assertThat(drawn().line(4)).contains("nothing of ZooKeeper's has come in 12m05s");
        assertThat(drawn().line(5)).contains("--zookeeper-port");
        press("/");
        type("op = create");
        press("Enter");
        screen.on(new Event.Resized(60, 15));
        comes(FakeFeed.table(TopGroup.PATH, 0));
        assertThat(drawn().line(5)).isEqualTo(" nothing that the filter lets through has come in 12m05s");
        assertThat(drawn().line(6)).isEqualTo(" Esc goes back");
        feed.failure = "the interface is gone";
        assertThat(bottom()).startsWith("! the interface is gone  F1 help");
    }

    @Test
    void whatIsNotSeenIsOnTheFirstLine() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        assertThat(drawn().line(0)).contains("lost 0").doesNotContain("missing").doesNotContain("undecoded");
        feed.with(new TopTotals(1, 1, 0, 0, 0, 12, 2_000, 30), FakeFeed.table(TopGroup.PATH, 0));
        screen.takeNews();
        assertThat(drawn().line(0))
                .contains("lost 12")
                .contains("missing 2.0 kB")
                .contains("undecoded 30 B");
    }

    @Test
    void sortsByEachColumnAndByName() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        assertThat(names()).containsExactly(PATHS);
        press("S");
        assertThat(names()).containsExactly(PATHS[3], PATHS[2], PATHS[1], PATHS[0]);
        press("N");
        assertThat(names()).containsExactly("/app/orders", "/app/users", "/lock", "/zookeeper/quota");
        press("E");
        assertThat(names().get(0)).isEqualTo("/app/users");
        press("T");
        assertThat(names()).as("what is not known is last").last().isEqualTo("/zookeeper/quota");
        press("S");
        assertThat(names()).as("whichever way").last().isEqualTo("/zookeeper/quota");
        press("C", "<");
        assertThat(drawn().line(2)).contains("REQ/S▼");
        press(">", ">");
        assertThat(drawn().line(2)).contains("ERRORS▼");
    }

    @Test
    void theCursorStaysOnItsRow() {
        comes(FakeFeed.table(TopGroup.PATH, 0, "/a", "/b", "/c"));
        press("j");
        comes(FakeFeed.table(TopGroup.PATH, 0, "/c", "/a", "/b"));
        assertThat(press("c"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Copy.class, copy -> assertThat(copy.text()).startsWith("/b\t"));
    }

    @Test
    void frozenRowsKeepTheirPlaces() {
        comes(FakeFeed.table(TopGroup.PATH, 0, "/a", "/b", "/c"));
        press("o");
        comes(FakeFeed.table(TopGroup.PATH, 0, "/c", "/x", "/b", "/a"));
        assertThat(names()).containsExactly("/a", "/b", "/c", "/x");
        press("o");
        assertThat(names()).containsExactly("/c", "/x", "/b", "/a");
    }

    @Test
    void pausedItShowsAnyGroupOfThatMoment() {
        comes(
                FakeFeed.table(TopGroup.PATH, 0, "/a"),
                FakeFeed.table(TopGroup.TYPE, 0, "create"),
                FakeFeed.table(TopGroup.CLIENT, 0, "10.0.0.1"),
                FakeFeed.table(TopGroup.SESSION, 0, "0x1"));
        press("Space");
        comes(FakeFeed.table(TopGroup.PATH, 0, "/later"));
        assertThat(names()).containsExactly("/a");
        press("3");
        assertThat(names()).containsExactly("10.0.0.1");
        press("1", "Left");
        assertThat(bottom()).isEqualTo("paused: Space goes on");
        press("Space");
        assertThat(names()).containsExactly("/later");
    }

    @Test
    void aGroupThatIsUnderWayIsNotShownUnderAnothersName() {
        comes(FakeFeed.table(TopGroup.PATH, 0, "/a"));
        press("2");
        assertThat(names()).noneMatch("/a"::equals);
        comes(FakeFeed.table(TopGroup.PATH, 0, "/a"));
        assertThat(names()).noneMatch("/a"::equals);
        comes(FakeFeed.table(TopGroup.TYPE, 0, "create"));
        assertThat(names()).containsExactly("create");
    }

    @Test
    void pathsAreCutAtAnyDepth() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        press("Left");
        assertThat(feed.asked).last().isEqualTo("depth 1");
        press("Right", "Right");
        assertThat(feed.asked).last().isEqualTo("depth 3");
        press("Left", "Left", "Left", "Left");
        assertThat(feed.asked).last().isEqualTo("depth 1");
        press("*", "Right");
        assertThat(feed.asked).last().isEqualTo("depth 0");
        assertThat(bottom()).isEqualTo("these are whole paths");
    }

    @Test
    void aFilterBeginsAnew() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        press("/");
        type("wrong");
        assertThat(drawn().line(22)).contains("expected a field");
        press("Enter");
        assertThat(feed.asked).noneMatch(each -> each.startsWith("levels"));
        press("Ctrl-U");
        type("error != 0");
        press("Enter");
        assertThat(feed.asked).last().isEqualTo("levels [, error != 0]");
        assertThat(drawn().line(2)).startsWith(" filter: error != 0 ").endsWith("Esc back");
        assertThat(names()).as("until its counts come").containsExactly("counts", "Esc");
        comes(FakeFeed.table(TopGroup.PATH, 0, "/lock"));
        press("Enter");
        assertThat(feed.asked).last().isEqualTo("levels [, error != 0, (error != 0) and path = \"/lock\"]");
        assertThat(drawn().line(3)).contains("TYPE");
        press("Esc");
        assertThat(feed.asked).last().isEqualTo("levels [, error != 0]");
        assertThat(names()).containsExactly("/lock");
        press("Esc");
        assertThat(feed.asked).last().isEqualTo("levels []");
        assertThat(names()).containsExactly(PATHS);
    }

    /** What one came from is there again as it was: rows, place of the cursor, view, depth. */
    @Test
    void backIsWhereItWasOpened() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS), FakeFeed.table(TopGroup.TYPE, 0, "create", "exists"));
        press("Left");
        comes(FakeFeed.table(TopGroup.PATH, 1, "/app", "/lock"), FakeFeed.table(TopGroup.TYPE, 0, "create", "exists"));
        press("Down");
        String before = drawn().toString();
        press("Enter");
        assertThat(feed.asked)
                .contains("levels [, path ~ \"^/lock(/|$)\"]")
                .last()
                .isEqualTo("depth 2");
        comes(FakeFeed.table(TopGroup.PATH, 2, "/lock/a"), FakeFeed.table(TopGroup.TYPE, 0, "delete"));
        assertThat(names()).containsExactly("delete");
        press("Enter", "1");
        assertThat(feed.levels).hasSize(3);
        press("Esc");
        assertThat(names()).containsExactly("delete");
        press("Esc");
        assertThat(drawn().toString()).isEqualTo(before);
        assertThat(feed.asked).contains("depth 1");
        assertThat(feed.levels).hasSize(1);
        press("Esc");
        assertThat(bottom()).isEqualTo("there is no filter; q quits");
    }

    /** What comes late, of a filter that one has left, is not shown under another one. */
    @Test
    void whatComesOfAnotherLevelIsNotShown() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        TopSnapshot late = feed.latest;
        press("Enter");
        comes(FakeFeed.table(TopGroup.TYPE, 0, "create"));
        feed.latest = late;
        screen.takeNews();
        assertThat(names()).containsExactly("create");
    }

    @Test
    void filtersInsideEachOtherAreBounded() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        for (int i = 0; i < 9; i++) {
            press("Enter");
            comes(
                    FakeFeed.table(TopGroup.PATH, 0, PATHS),
                    FakeFeed.table(TopGroup.TYPE, 0, "create"),
                    FakeFeed.table(TopGroup.CLIENT, 0, "10.0.0.1:40000"),
                    FakeFeed.table(TopGroup.SESSION, 0, "0x1"));
        }
        assertThat(feed.levels).hasSize(TopTrail.MOST);
        assertThat(bottom()).startsWith("4 filters stand inside each other");
        press("Esc", "/");
        type(" and op = create");
        press("Enter");
        assertThat(feed.levels).as("a typed one inside").hasSize(TopTrail.MOST);
        press("/", "Ctrl-U");
        type("op = exists");
        press("Enter");
        assertThat(feed.levels).as("takes the place of a typed one").hasSize(TopTrail.MOST);
        press("/", "Ctrl-U", "Enter");
        assertThat(feed.asked).as("an empty one goes back to all").last().isEqualTo("levels []");
    }

    @Test
    void countsThatCannotBeginAreNotAskedFor() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        feed.fixed = "the capture is over";
        for (String key : List.of("/", "Enter")) {
            press(key);
            assertThat(bottom()).isEqualTo("the capture is over");
            assertThat(names()).containsExactly(PATHS);
        }
        feed.fixed = "";
        feed.phase = TopPhase.OVER;
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        press("z");
        assertThat(bottom()).isEqualTo("nothing more comes that could be counted anew");
        for (String key : List.of("t", "+", "-", "d")) {
            press(key);
            assertThat(bottom()).startsWith("there is no interval");
        }
        comes(FakeFeed.table(TopGroup.PATH, 0, "/a", "(others)"));
        press("End", "Enter");
        assertThat(bottom()).startsWith("these are all that have no row of their own");
        assertThat(feed.asked).noneMatch(each -> each.startsWith("levels"));
        press("Home", "Enter");
        assertThat(feed.levels).hasSize(2);
        assertThat(names()).as("a file is read again").containsExactly("the", "Esc");
        assertThat(drawn().line(0)).contains("reading");
    }

    @Test
    void whatIsShownBeginsAnew() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        press("Enter");
        long id = feed.levels.get(1).id();
        press("z");
        assertThat(feed.levels).hasSize(2);
        assertThat(feed.levels.get(0).id()).as("what is outside of it goes on").isZero();
        assertThat(feed.levels.get(1).id()).isGreaterThan(id);
        assertThat(feed.levels.get(1).filter()).isEqualTo("path = \"/app/orders\"");
        assertThat(names()).containsExactly("counts", "Esc");
    }

    @Test
    void errorsAndTimesOfTheLastInterval() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        assertThat(drawn().line(2)).contains("ERRORS");
        press("t", "T");
        assertThat(drawn().line(0)).contains("LAST 1.0s");
        assertThat(drawn().line(2)).contains("ERR/S");
        assertThat(drawn().line(3)).startsWith(" /lock").contains(" 1.5 ").contains(" 0.3 ms");
        feed.phase = TopPhase.OVER;
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        assertThat(drawn().line(2)).contains("ERRORS");
        assertThat(drawn().line(0)).contains("END").doesNotContain("LAST");
    }

    @Test
    void bitsFitIntoTheirColumns() {
        screen = open(160, 24, false);
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        press("b");
        assertThat(drawn().toString())
                .contains(" 25 Mbit/s ")
                .contains(" 328 kbit/s ")
                .doesNotContain("…");
    }

    /** Of a long path the beginning and the end are seen; of a filter too. */
    @Test
    void longNamesShowTheirEnds() {
        screen = open(80, 24, false);
        comes(FakeFeed.table(TopGroup.PATH, 0, "/service/discovery/production/eu-west-1/orders/instance-0000000017"));
        assertThat(drawn().line(3)).startsWith(" /service/d…").contains("instance-0000000017 ");
        press("Home");
        assertThat(bottom())
                .as("all of the row that the cursor was moved to")
                .isEqualTo("/service/discovery/production/eu-west-1/orders/instance-0000000017");
        press("Enter");
        comes();
        assertThat(drawn().line(2))
                .isEqualTo(" filter: path = \"/service/di…on/eu-west-1/orders/instance-0000000017\"  Esc back");
    }

    @Test
    void theFirstLineIsUsefulInLittleRoom() {
        screen = open(80, 24, false);
        TopTotals totals = new TopTotals(12_034, 12_030, 3, 12, 7, 12, 2_000, 30);
        feed.with(totals, FakeFeed.table(TopGroup.PATH, 0, PATHS));
        screen.takeNews();
        assertThat(drawn().line(0))
                .isEqualTo("any   lost 12  missing 2.0 kB  undecoded 30 B   12,034 req/s  3.0 err/s  7 open");
        screen.on(new Event.Resized(60, 15));
        assertThat(drawn().line(0)).isEqualTo("lost 12  missing 2.0 kB  undecoded 30 B   12,034 req/s");
        feed.phase = TopPhase.OVER;
        screen = new TopScreen(
                feed,
                "db01",
                "/var/tmp/captures/incident-2026-11-22.pcap",
                false,
                TopGroup.PATH,
                0,
                TopColumn.RATE,
                "",
                1000);
        screen.on(new Event.Resized(80, 24));
        feed.with(new TopTotals(12_034, 12_030, 3, 12, 7, -1, 2_000, 0), FakeFeed.table(TopGroup.PATH, 0, PATHS));
        screen.takeNews();
        assertThat(drawn().line(0))
                .isEqualTo("incident-2026-11-22.pcap  END  missing 2.0 kB   12,034 req/s  3.0 err/s  7 open");
    }

    /** Two names that differ do not look alike where only ASCII can be drawn. */
    @Test
    void namesInAscii() {
        screen = open(80, 24, true);
        comes(FakeFeed.table(TopGroup.PATH, 0, "/svc/ünïc", "/svc/änïc"));
        assertThat(names()).containsExactly("/svc/\\u{fc}n\\u{ef}c", "/svc/\\u{e4}n\\u{ef}c");
    }

    @Test
    void intervalsAreTypedAndBounded() {
        press("d");
        type("2s");
        press("Enter", "+", "-", "-");
        assertThat(feed.asked).endsWith("interval 2000", "interval 4000", "interval 2000", "interval 1000");
        press("d");
        type("1ms");
        press("Enter");
        assertThat(drawn().line(22)).contains("a time from 100ms to 1h");
        press("Esc");
        for (int i = 0; i < 30; i++) {
            press("-");
        }
        assertThat(feed.asked).last().isEqualTo("interval 100");
    }

    @Test
    void everyKeyInTheTableDoesSomething() {
        for (TopKey line : TopKeys.all()) {
            for (Key key : line.keys()) {
                feed.levels(List.of(new TopLevel(0, "")));
                screen = open(140, 12, false);
                comes(FakeFeed.table(TopGroup.PATH, 2, PATHS));
                prepare(key);
                String before = looks() + feed.asked;
                List<Effect> effects = screen.on(new Event.KeyPressed(key));
                boolean changed = !effects.isEmpty() || !(looks() + feed.asked).equals(before);
                assertThat(changed)
                        .as(line.label() + ": " + line.what() + ": " + key.label())
                        .isTrue();
                feed.asked.clear();
            }
        }
    }

    /** Some keys have something to do only in another state. */
    private void prepare(Key key) {
        String[] many = new String[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = "/row" + i;
        }
        comes(FakeFeed.table(TopGroup.PATH, 0, many));
        switch (key.label()) {
            case "1" -> press("2");
            case "R" -> press("C");
            case "*" -> press("Left");
            default -> press("PgDn", "PgDn", "j");
        }
        if (key.label().equals("1")) {
            comes(FakeFeed.table(TopGroup.TYPE, 0, "create"));
        }
    }

    @Test
    void helpNamesEveryKey() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        screen.on(new Event.Resized(120, 70));
        press("?");
        String help = drawn().toString();
        TopKeys.all().forEach(line -> assertThat(help).contains(line.what()));
        press("Esc");
        assertThat(drawn().line(1)).contains("1 Paths");
        screen.on(new Event.Resized(120, 12));
        press("?", "End", "PgUp", "Down", "Home", "q");
    }

    /** In any width each word of the help can be read. */
    @Test
    void helpIsWrapped() {
        screen.on(new Event.Resized(60, 15));
        press("?");
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            seen.append(drawn().line(1).strip().replaceFirst("^.{18} (?=\\S)", ""))
                    .append(' ');
            press("Down");
        }
        assertThat(drawn().toString()).contains("the end").doesNotContain("…");
        String words = seen.append(drawn()).toString().replaceAll("\\s+", " ");
        TopKeys.all().stream()
                .flatMap(key -> java.util.Arrays.stream(key.what().split(" ")))
                .forEach(word -> assertThat(words).contains(word));
        press("Space", "G", "g");
        assertThat(drawn().line(1)).contains("? h F1");
        press("Esc");
        assertThat(drawn().line(1)).contains("1 Paths");
    }

    @Test
    void quitsFromEverywhere() {
        assertThat(press("q")).containsExactly(new Effect.Quit(false));
        assertThat(press("Q")).containsExactly(new Effect.Quit(true));
        press("/");
        assertThat(press("q")).isEmpty();
        assertThat(press("Ctrl-C")).containsExactly(new Effect.Quit(false));
        press("Esc", "?");
        assertThat(press("q")).containsExactly(new Effect.Quit(false));
    }

    @Test
    void theMouseChoosesRowsViewsAndOrders() {
        comes(FakeFeed.table(TopGroup.PATH, 0, PATHS));
        screen.on(new Event.Clicked(5, 4, false));
        assertThat(((Effect.Copy) press("c").get(0)).text()).startsWith("/app/users\t");
        screen.on(new Event.Clicked(3, 2, false));
        assertThat(drawn().line(2)).contains("PATH▲");
        screen.on(new Event.Clicked(12, 1, false));
        assertThat(drawn().line(2)).contains("TYPE");
    }

    @Test
    void hostileNamesStayText() {
        for (RawText hostile : HostileNames.ALL) {
            String name = new String(hostile.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
            comes(FakeFeed.table(TopGroup.PATH, 0, name));
            String text = drawn().toString().replace("\n", "");
            assertThat(HostileNames.harmIn(text)).as(name).isEqualTo(-1);
            press("Enter");
            assertThat(HostileNames.harmIn(drawn().toString().replace("\n", "")))
                    .isEqualTo(-1);
            press("Esc");
        }
    }

    @Test
    void anySequenceOfKeysIsDrawn() {
        java.util.Random random = new java.util.Random(7);
        List<Key> keys = new ArrayList<>();
        TopKeys.all().forEach(line -> keys.addAll(line.keys()));
        for (int round = 0; round < 20_000; round++) {
            switch (random.nextInt(12)) {
                case 0 -> screen.on(new Event.Resized(random.nextInt(200), random.nextInt(60)));
                case 1 ->
                    comes(FakeFeed.table(
                            TopGroup.values()[random.nextInt(4)], random.nextInt(3), names(random.nextInt(40))));
                case 2 -> screen.on(new Event.Clicked(random.nextInt(200), random.nextInt(60), random.nextBoolean()));
                case 3 -> screen.on(new Event.Wheeled(random.nextInt(7) - 3));
                default -> screen.on(new Event.KeyPressed(keys.get(random.nextInt(keys.size()))));
            }
            drawn();
        }
    }

    private static String[] names(int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "/" + i;
        }
        return names;
    }
}
