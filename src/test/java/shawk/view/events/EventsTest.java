package shawk.view.events;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.failed;
import static shawk.support.Kernel.opened;
import static shawk.support.RawSampleBuilder.at;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.expr.FilterParser;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.OwnerFields;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.AddressNames;
import shawk.model.EndReason;
import shawk.model.Names;
import shawk.model.ProcessId;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.support.HostileNames;
import shawk.support.Json;
import shawk.support.Kernel;
import shawk.support.RawSampleBuilder;

/** What is written of single events, in each form. */
final class EventsTest {
    private static final String LOCAL = "10.0.0.5:41312";
    private static final String REMOTE = "10.0.0.9:443";
    /** As C numbers it. */
    private static final int INFERRED = 1;

    private static final AddressNames NAMES = new AddressNames() {
        @Override
        public SafeText find(long high, long low) {
            return SafeText.of("db.example");
        }

        @Override
        public long version() {
            return 1;
        }
    };

    private final FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1);

    private Snapshot snapshot(RawSampleBuilder sample) {
        table.fold(sample.build());
        return table.events();
    }

    /** The events of one sample, taken three seconds after the clock began: that is at 22:13:23. */
    private Snapshot events(Kernel... records) {
        return snapshot(at(3).process(5120, 1, "curl").process(812, 2, "nginx").kernel(records));
    }

    private static EventsSpec spec(EventsFormat format, @Nullable List<Field> fields) {
        return new EventsSpec(format, fields, false, null, ZoneOffset.UTC);
    }

    private static String written(EventsSpec spec, Snapshot... batches) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Events events = new Events(spec, out);
        for (Snapshot batch : batches) {
            events.write(batch, null, Long.MAX_VALUE);
        }
        events.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void checkText(String expected, Snapshot... batches) throws IOException {
        assertThat(written(spec(EventsFormat.TEXT, null), batches)).isEqualTo(expected);
    }

    private static Kernel opening() {
        return opened(1.432361, LOCAL, REMOTE).cookie(7).by(5120);
    }

    private static Kernel closing() {
        return closed(1.447353, LOCAL, REMOTE)
                .cookie(7)
                .by(5120)
                .set("opened_ns", 1_432_361_000L)
                .set("tx_bytes", 78)
                .set("rx_bytes", 1200)
                .set("rtt_us", 300);
    }

    @Test
    void anEndStandsBelowItsOpening() throws IOException {
        checkText("""
                22:13:21.432361 curl(5120)    10.0.0.5:41312 -> 10.0.0.9:443  opened
                ————————►22:13:21.447353 closed after 15.0 ms  tx 78 B rx 1.2 kB  rtt 0.3 ms  fin-local
                """, events(opening(), closing()));
    }

    @Test
    void whereOthersCameBetweenTheEndSaysWhose() throws IOException {
        checkText(
                """
                22:13:21.432361 curl(5120)    10.0.0.5:41312 -> 10.0.0.9:443  opened
                22:13:21.440000 nginx(812)    10.0.0.9:443 <- 10.0.0.5:41312  opened
                ————————►22:13:21.447353 curl(5120)    10.0.0.5:41312 -> 10.0.0.9:443  \
                closed after 15.0 ms  tx 78 B rx 1.2 kB  rtt 0.3 ms  fin-local
                """,
                events(opening(), opened(1.44, REMOTE, LOCAL).cookie(8).in().by(812), closing()));
    }

    /** Who listens is not who serves, where workers were forked before; an owner of a guess is marked as such. */
    @Test
    void whereTheOwnerIsAnotherAtTheEndTheEndSaysWhose() throws IOException {
        Kernel served = opened(1.44, REMOTE, LOCAL).cookie(8).in().by(812).set("proof", INFERRED);
        Kernel unknown = opened(1.44, REMOTE, LOCAL).cookie(8).in();
        Kernel end = closed(1.45, REMOTE, LOCAL)
                .cookie(8)
                .in()
                .by(5120)
                .set("opened_ns", 1_440_000_000L)
                .reason(EndReason.FIN_REMOTE);
        String full = "22:13:21.450000 curl(5120)    10.0.0.9:443 <- 10.0.0.5:41312  closed after 10.0 ms";
        String text = written(spec(EventsFormat.TEXT, null), events(served, end));
        assertThat(text)
                .startsWith("22:13:21.440000 nginx(812)?   10.0.0.9:443 <- 10.0.0.5:41312  opened\n————————►" + full);
        text = written(spec(EventsFormat.TEXT, null), events(unknown, end));
        assertThat(text)
                .startsWith("22:13:21.440000 -             10.0.0.9:443 <- 10.0.0.5:41312  opened\n————————►" + full);
        text = written(spec(EventsFormat.TEXT, null), events(served, end.by(812)));
        assertThat(text).contains("\n————————►22:13:21.450000 closed after 10.0 ms");
    }

    @Test
    void anEndWhoseOpeningWasNotWrittenStandsAlone() throws IOException {
        checkText("""
                22:13:21.447353 curl(5120)    10.0.0.5:41312 -> 10.0.0.9:443  \
                closed after 15.0 ms  tx 78 B rx 1.2 kB  rtt 0.3 ms  fin-local
                """, events(closing()));
        String unpaired = written(
                new EventsSpec(EventsFormat.TEXT, null, true, null, ZoneOffset.UTC), events(opening(), closing()));
        assertThat(unpaired).doesNotContain("►").contains("opened\n22:13:21.447353 curl(5120) ");
    }

    /** One socket can live several connections: the second is not the first. */
    @Test
    void aSecondConnectionOfASocketHasAnOpeningOfItsOwn() throws IOException {
        String text = written(
                spec(EventsFormat.TEXT, null), events(opening(), closing().set("ordinal", 2)));
        assertThat(text).doesNotContain("►");
    }

    @Test
    void attemptsThatFailedSayWhyAndAfterWhat() throws IOException {
        checkText(
                """
                22:13:21.500000 -             [fe80::1]:1000 -> [fe80::2]:80  failed after 31 us  refused
                22:13:21.600000 -             10.0.0.5:41312 -- 10.0.0.9:40000  failed
                """,
                events(
                        failed(1.5, "[fe80::1]:1000", "[fe80::2]:80").set("opened_ns", 1_499_969_000L),
                        failed(1.6, LOCAL, "10.0.0.9:40000").set("direction", 0).reason(EndReason.UNKNOWN)));
    }

    @Test
    void spansAreWrittenToTheTenth() throws IOException {
        String[] spans = {"99 us", "0.1 ms", "999.9 ms", "1.0 s", "3m05s"};
        long[] micros = {99, 100, 999_949, 999_950, 185_000_000};
        for (int i = 0; i < spans.length; i++) {
            String text = written(
                    spec(EventsFormat.TEXT, null),
                    events(closing().set("opened_ns", 1_447_353_000L - 1000 * micros[i])));
            assertThat(text).contains("closed after " + spans[i] + "  ");
        }
    }

    @Test
    void timeIsThatOfTheZone() throws IOException {
        Snapshot one = events(opening());
        String there = written(new EventsSpec(EventsFormat.TEXT, null, false, null, ZoneId.of("Asia/Kathmandu")), one);
        assertThat(there).startsWith("03:58:21.432361 ");
    }

    @Test
    void eachKindHasItsFieldsInJson() throws IOException {
        Snapshot all = events(opening(), closing(), failed(2, LOCAL, REMOTE));
        String json = written(spec(EventsFormat.JSON, null), all);
        List<Map<String, Object>> objects = Json.objects(json);
        assertThat(objects.get(0).keySet())
                .containsExactly(
                        "t",
                        "event",
                        "pid",
                        "process",
                        "dir",
                        "proto",
                        "laddr",
                        "lport",
                        "raddr",
                        "rport",
                        "netns",
                        "cookie",
                        "owner_proof",
                        "holders");
        assertThat(objects.get(0)).containsEntry("event", "opened").containsEntry("cookie", "0x7");
        assertThat(objects.get(0).get("t")).hasToString("1700000001.432361");
        assertThat(objects.get(1)).containsEntry("event", "closed").containsEntry("close_reason", "fin-local");
        assertThat(objects.get(1).get("duration")).hasToString("14992");
        assertThat(objects.get(1)).containsKeys("tx_bytes", "rx_bytes", "rtt").doesNotContainKey("fail_reason");
        assertThat(objects.get(2)).containsEntry("event", "failed").containsEntry("fail_reason", "refused");
        assertThat(objects.get(2)).containsEntry("pid", null).doesNotContainKey("close_reason");
        assertThat(written(spec(EventsFormat.NDJSON, null), all)
                        .lines()
                        .map(Json::object)
                        .toList())
                .isEqualTo(objects);
        assertThat(Json.objects(written(spec(EventsFormat.JSON, null)))).isEmpty();
    }

    @Test
    void csvHasOneHeader() throws IOException {
        String csv =
                written(spec(EventsFormat.CSV, List.of(EndpointFields.RADDR, OwnerFields.PROCESS)), events(opening()));
        assertThat(csv).isEqualTo("t,event,raddr,process\r\n1700000001.432361,opened,10.0.0.9,curl\r\n");
        long cells = written(spec(EventsFormat.CSV, null), events(closing()))
                .lines()
                .map(line -> line.chars().filter(c -> c == ',').count())
                .distinct()
                .count();
        assertThat(cells).isEqualTo(1);
    }

    @Test
    void chosenFieldsStandInColumns() throws IOException {
        List<Field> fields = List.of(OwnerFields.PID, EndpointFields.RADDR);
        assertThat(written(spec(EventsFormat.TEXT, fields), events(opening())))
                .isEqualTo("TIME             EVENT       PID  REMOTE\n22:13:21.432361  opened     5120  10.0.0.9\n");
    }

    @Test
    void namesOfHostsStandBesideAddresses() throws IOException {
        EventsSpec text = new EventsSpec(EventsFormat.TEXT, null, false, NAMES, ZoneOffset.UTC);
        assertThat(written(text, events(opening()))).contains("10.0.0.5:41312 -> db.example:443  opened");
        EventsSpec json = new EventsSpec(EventsFormat.NDJSON, null, false, NAMES, ZoneOffset.UTC);
        assertThat(Json.object(written(json, events(opening())).strip()))
                .containsEntry("raddr", "10.0.0.9")
                .containsEntry("peer_name", "db.example");
    }

    @Test
    void whatWasDroppedIsAnObjectToo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Events events = new Events(spec(EventsFormat.JSON, null), out);
        events.dropped(1_700_000_000_000_000L, 12);
        events.end();
        assertThat(Json.objects(out.toString(StandardCharsets.UTF_8)).get(0))
                .hasToString("{t=1700000000.000000, event=dropped, count=12}");
    }

    @Test
    void onlyWhatMatchesAndNoMoreThanWanted() throws Exception {
        Snapshot batch = events(opening(), closing(), failed(2, LOCAL, REMOTE));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Events events = new Events(spec(EventsFormat.TEXT, null), out);
        events.write(batch, FilterParser.parse("process = curl").on(batch), Long.MAX_VALUE);
        assertThat(events.written()).isEqualTo(2);
        events.write(batch, null, 1);
        assertThat(events.written()).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(3);
    }

    @Test
    void hostileNamesAreHarmless() throws IOException {
        for (RawText raw : HostileNames.ALL) {
            String name = new String(raw.toBytes(), StandardCharsets.UTF_8);
            if (name.getBytes(StandardCharsets.UTF_8).length > 16 || name.indexOf(0xfffd) >= 0) {
                continue;
            }
            Snapshot batch = snapshot(at(3).process(5120, 1, name).kernel(opening(), closing()));
            for (EventsFormat format : EventsFormat.values()) {
                String text = written(spec(format, null), batch);
                assertThat(text.lines()).hasSizeLessThanOrEqualTo(4);
                assertThat(HostileNames.harmIn(text.replaceAll("[\r\n]", "")))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void whatIsRememberedOfOpeningsIsBounded() {
        OpenLines lines = new OpenLines();
        for (int i = 0; i < 200_000; i++) {
            lines.opened(1, i, 1, new ProcessId(i, 2));
            int earlier = Math.max(0, i - 32_000);
            assertThat(lines.isOpen(1, earlier, 1)).isTrue();
            assertThat(lines.isOpenOf(1, earlier, 1, new ProcessId(earlier, 2))).isTrue();
            assertThat(lines.isOpenOf(1, earlier, 1, new ProcessId(earlier, 3))).isFalse();
        }
        assertThat(lines.isOpen(1, 1, 1)).isFalse();
        assertThat(lines.isOpen(1, 199_999, 2)).isFalse();
    }
}
