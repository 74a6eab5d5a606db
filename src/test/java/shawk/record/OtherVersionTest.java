package shawk.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RawText;
import shawk.model.SocketRecord;
import shawk.support.Kernel;
import shawk.support.RawSampleBuilder;

/** Recordings of versions with other fields: what is missing is 0, what is not known here is left out. */
final class OtherVersionTest {
    /** This program's layouts, but with another name for the fields whose name ends in {@code rtt_us}. */
    private static List<Layout> otherLayouts() throws MalformedException {
        List<Layout> layouts = new ArrayList<>();
        for (Layout layout : Header.ownLayouts()) {
            ByteSink sink = new ByteSink(64);
            layout.write(sink);
            byte[] bytes = new String(sink.toBytes(), StandardCharsets.ISO_8859_1)
                    .replace("rtt_us", "new_us")
                    .getBytes(StandardCharsets.ISO_8859_1);
            layouts.add(Layout.read(new ByteCursor(bytes, 0, bytes.length)));
        }
        return layouts;
    }

    /** Each would cost its time for every record, however many a header names. */
    @Test
    void fieldsThatOverlapAreNone() {
        ByteSink out = new ByteSink(64);
        out.writeText("sockets");
        out.writeVarint(8);
        out.writeVarint(2);
        for (String name : List.of("a", "b")) {
            out.writeText(name);
            out.writeVarint(0);
            out.writeVarint(8);
            out.writeByte(0);
            out.writeVarint(0);
        }
        assertThatThrownBy(() -> Layout.read(new ByteCursor(out.toBytes(), 0, out.size())))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("overlap");
    }

    @Test
    void fieldsAreFoundByTheirNames() throws MalformedException {
        Header header =
                new Header(RawText.EMPTY, RawText.EMPTY, RawText.EMPTY, Map.of(), DetailsCodec.TEXTS, otherLayouts());
        SampleEncoder encoder = new SampleEncoder(header.layouts(), Names.NONE);
        SampleDecoder decoder = new SampleDecoder(header);
        Samples samples = new Samples(9);
        for (int i = 0; i < 20; i++) {
            RawSample sample = samples.next(true);
            ByteSink body = new ByteSink(64);
            encoder.encode(sample, i == 0, new byte[0], body);
            FrameHead.Kind kind = i == 0 ? FrameHead.Kind.KEY : FrameHead.Kind.DELTA;
            FrameHead head = new FrameHead(kind, 0, i + 1L, sample.wallMicros(), sample.monotonicNanos(), 0);
            RawSample read = decoder.decode(head, new ByteCursor(body.toBytes(), 0, body.size()));
            SocketRecord was = new SocketRecord(sample.buffer(RawSection.SOCKETS));
            SocketRecord now = new SocketRecord(read.buffer(RawSection.SOCKETS));
            assertThat(read.count(RawSection.SOCKETS)).isEqualTo(sample.count(RawSection.SOCKETS));
            for (int row = 0; row < read.count(RawSection.SOCKETS); row++) {
                assertThat(now.at(row).rttMicros()).isZero();
                assertThat(now.cookie()).isEqualTo(was.at(row).cookie());
                assertThat(now.bytesSent()).isEqualTo(was.bytesSent());
                assertThat(now.lastDataSentMillis()).isEqualTo(was.lastDataSentMillis());
            }
        }
    }

    /** A reader of a version without some sections leaves them out, and one that has more finds them empty. */
    @Test
    void sectionsAreFoundByTheirNames() throws MalformedException {
        List<Layout> layouts = Header.ownLayouts().stream()
                .filter(layout -> !layout.section().equals(RawSection.METERS.id()))
                .filter(layout -> !layout.section().equals(RawSection.EVENTS.id()))
                .toList();
        Header header = new Header(RawText.EMPTY, RawText.EMPTY, RawText.EMPTY, Map.of(), DetailsCodec.TEXTS, layouts);
        SampleEncoder encoder = new SampleEncoder(layouts, Names.NONE);
        RawSample sample = new Samples(2).next(true);
        ByteSink body = new ByteSink(64);
        encoder.encode(sample, true, new byte[0], body);
        FrameHead head = new FrameHead(FrameHead.Kind.KEY, 0, 1, sample.wallMicros(), sample.monotonicNanos(), 0);
        RawSample read = new SampleDecoder(header).decode(head, new ByteCursor(body.toBytes(), 0, body.size()));
        assertThat(read.count(RawSection.METERS)).isZero();
        assertThat(read.count(RawSection.EVENTS)).isZero();
        assertThat(read.count(RawSection.SOCKETS)).isEqualTo(sample.count(RawSection.SOCKETS));
        assertThat(read.count(RawSection.PROCESSES)).isEqualTo(sample.count(RawSection.PROCESSES));
    }

    /** Whoever folds a sample trusts the numbers of processes in it. */
    @Test
    void ownersThatAreNoneMakeASampleMalformed() {
        List<Kernel> owned = List.of(
                Kernel.closed(1, "10.0.0.1:1", "10.0.0.2:80"),
                Kernel.bundle("10.0.0.1", "10.0.0.2", 80, 1),
                Kernel.flow("10.0.0.1:1", "10.0.0.2:53", 1));
        for (Kernel record : owned) {
            for (int owner : new int[] {-1, 2, Integer.MAX_VALUE}) {
                assertThatThrownBy(() -> ownedBy(record, owner)).isInstanceOf(MalformedException.class);
            }
            assertThatCode(() -> ownedBy(record, 1)).doesNotThrowAnyException();
        }
    }

    private static void ownedBy(Kernel record, int owner) throws MalformedException {
        RawSample sample = RawSampleBuilder.at(1)
                .process(1, 1, "a")
                .kernel(record.set("process", owner))
                .build();
        ByteSink body = new ByteSink(64);
        new SampleEncoder(Header.ownLayouts(), Names.NONE).encode(sample, true, new byte[0], body);
        FrameHead head = new FrameHead(FrameHead.Kind.KEY, 0, 1, sample.wallMicros(), sample.monotonicNanos(), 0);
        Header header = new Header(
                RawText.EMPTY, RawText.EMPTY, RawText.EMPTY, Map.of(), DetailsCodec.TEXTS, Header.ownLayouts());
        new SampleDecoder(header).decode(head, new ByteCursor(body.toBytes(), 0, body.size()));
    }
}
