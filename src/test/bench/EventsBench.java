package shawk.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.EventRecord;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.support.RawSampleBuilder;
import shawk.view.events.Events;
import shawk.view.events.EventsFormat;
import shawk.view.events.EventsSpec;

/** What an event takes from the sample to the file, of a made-up stream of 20,000 connections a second. */
final class EventsBench {
    /** Openings and ends at both sides, fetched every 50 ms. */
    private static final int BATCH = 4000;

    private static final int BATCHES = 100;
    private static final int PROCESSES = 500;
    private static final int ROUNDS = 7;
    /** 20,000 connections a second within this host are 80,000 events. */
    private static final double MOST_MICROS = 12.5;

    private static final Map<String, int[]> LAYOUT = EventRecord.layout();

    private EventsBench() {}

    /** Whether one core writes them as fast as they come. */
    static boolean run() throws IOException {
        boolean held = true;
        for (EventsFormat format : EventsFormat.values()) {
            double[] micros = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                micros[i] = measure(format);
            }
            double median = Runs.median(micros);
            held &= median <= MOST_MICROS;
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %8.2f us   at most %6.2f  %s%n",
                    "an event as " + format.id() + " into a file",
                    median,
                    MOST_MICROS,
                    median <= MOST_MICROS ? "holds" : "FAILS");
        }
        return held;
    }

    private static double measure(EventsFormat format) throws IOException {
        FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
        RawSample whole = processes().build();
        table.fold(whole);
        ByteBuffer records =
                ByteBuffer.allocateDirect(BATCH * EventRecord.SIZE).order(ByteOrder.nativeOrder());
        Path file = Bench.OUT.resolve("events." + format.id());
        long start;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Events events = new Events(new EventsSpec(format, null, false, null, ZoneOffset.UTC), out);
            start = System.nanoTime();
            for (int batch = 0; batch < BATCHES; batch++) {
                fill(records, batch);
                events.write(table.events(part(whole, records)), null, Long.MAX_VALUE);
            }
            events.end();
        } finally {
            Files.deleteIfExists(file);
        }
        return (System.nanoTime() - start) / 1e3 / BATCHES / BATCH;
    }

    private static RawSampleBuilder processes() {
        RawSampleBuilder sample = RawSampleBuilder.at(10_000);
        for (int i = 0; i < PROCESSES; i++) {
            sample.process(1000 + i, i, "worker" + i);
        }
        return sample;
    }

    private static RawSample part(RawSample whole, ByteBuffer records) {
        List<RawSample.Section> sections = new ArrayList<>(whole.sections());
        sections.set(RawSection.EVENTS.ordinal(), new RawSample.Section(records, BATCH));
        return whole.withSections(sections);
    }

    /** Each connection opens and, half a batch later, ends. */
    private static void fill(ByteBuffer records, int batch) {
        for (int i = 0; i < BATCH; i++) {
            int connection = batch * BATCH / 2 + i / 2;
            boolean opens = i % 2 == 0;
            int at = i * EventRecord.SIZE;
            records.put(at, new byte[EventRecord.SIZE]);
            records.putLong(at + place("monotonic_ns"), 5_000_000_000L + batch * 50_000_000L + i * 12_000L);
            records.putLong(at + place("opened_ns"), 5_000_000_000L + batch * 50_000_000L);
            records.putLong(at + place("netns"), RawSampleBuilder.NETNS);
            records.putLong(at + place("cookie"), 1 + connection);
            records.putInt(at + place("ordinal"), 1);
            records.putInt(at + place("laddr"), 0x0100000a);
            records.putInt(at + place("raddr"), 0x0200000a + (connection % 200 << 24));
            records.putShort(at + place("lport"), (short) (32768 + connection % 28000));
            records.putShort(at + place("rport"), (short) 443);
            records.putInt(at + place("process"), 1 + connection % PROCESSES);
            records.put(at + place("kind"), (byte) (opens ? EventRecord.OPENED : EventRecord.CLOSED));
            records.put(at + place("protocol"), (byte) 6);
            records.put(at + place("family"), (byte) 2);
            records.put(at + place("direction"), (byte) 1);
            records.put(at + place("proof"), (byte) 2);
            records.put(at + place("reason"), (byte) (opens ? 0 : 1));
            records.putInt(at + place("rtt_us"), opens ? 0 : 300);
            records.putLong(at + place("tx_bytes"), opens ? 0 : 78 + i);
            records.putLong(at + place("rx_bytes"), opens ? 0 : 1200 + i);
        }
    }

    private static int place(String field) {
        return LAYOUT.get(field)[0];
    }
}
