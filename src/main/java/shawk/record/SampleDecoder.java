package shawk.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shawk.model.Degradation;
import shawk.model.HolderRecord;
import shawk.model.Names;
import shawk.model.ProcessDetails;
import shawk.model.RawSample;
import shawk.model.RawSection;

/**
 * Bodies of frames back to raw samples. Records come out in the layout of this program: fields that the recording does
 * not have are 0, those not known here are left out. Used by one thread.
 */
final class SampleDecoder {
    private static final int SOURCE_MAX = 64;
    /** Fields that hold the number of a process plus 1. */
    private static final Map<RawSection, String> OWNERS = Map.of(
            RawSection.SOCKETS, "owner",
            RawSection.EVENTS, "process",
            RawSection.BUNDLES, "process",
            RawSection.FLOWS, "process");

    /** Bytes of all records of a sample. */
    private static final int RECORDS_MAX = 512 << 20;

    private final Header header;
    private final RecordedNames names;
    private final List<SectionDecoder> decoders = new ArrayList<>();
    private final List<Translation> translations = new ArrayList<>();
    private final SocketNumbers socketNumbers = new SocketNumbers();
    private List<Degradation> degradations = List.of();
    private byte[] carry = {};
    private long nanos;
    private boolean ready;

    /** Where a section of this program comes from in the recording. {@code decoder}: -1 = it has none. */
    private record Translation(RawSection section, int decoder, boolean isSame, List<int[]> copies, Records room) {}

    SampleDecoder(Header header) {
        this.header = header;
        this.names = new RecordedNames(header);
        header.layouts().forEach(layout -> decoders.add(new SectionDecoder(layout)));
        for (RawSection section : RawSection.values()) {
            translations.add(translation(section));
        }
    }

    private Translation translation(RawSection section) {
        Layout own = Layout.of(section);
        Records room = new Records(own.recordSize());
        for (int i = 0; i < header.layouts().size(); i++) {
            Layout theirs = header.layouts().get(i);
            if (theirs.section().equals(section.id())) {
                return new Translation(section, i, theirs.isSameAs(own), copies(theirs, own), room);
            }
        }
        return new Translation(section, -1, false, List.of(), room);
    }

    /** From, to and length of what both have. Numbers are little-endian here and there. */
    private static List<int[]> copies(Layout theirs, Layout own) {
        List<int[]> copies = new ArrayList<>();
        for (Layout.Field field : own.fields()) {
            for (Layout.Field from : theirs.fields()) {
                if (from.name().equals(field.name())) {
                    copies.add(new int[] {from.offset(), field.offset(), Math.min(from.size(), field.size())});
                }
            }
        }
        return copies;
    }

    Names names() {
        return names;
    }

    /** What the last key frame carried besides its sample. */
    byte[] carry() {
        return carry.clone();
    }

    /** The next frame must be a key frame. */
    void forget() {
        ready = false;
    }

    /** Whether the frame after the last one can be read. */
    boolean ready() {
        return ready;
    }

    /** The sample in {@code in}; its buffers are valid until the next call. */
    RawSample decode(FrameHead head, ByteCursor in) throws MalformedException {
        boolean key = head.kind() == FrameHead.Kind.KEY;
        if (!key && !ready) {
            throw new MalformedException("a change to nothing");
        }
        ready = false;
        if (key) {
            decoders.forEach(SectionDecoder::forget);
        }
        long elapsedMillis = key ? 0 : Math.max(0, head.monotonicNanos() - nanos) / 1_000_000;
        nanos = head.monotonicNanos();
        String source = in.readText();
        if (source.length() > SOURCE_MAX) {
            throw new MalformedException("a source's name of " + source.length() + " characters");
        }
        List<ProcessDetails> details = DetailsCodec.read(in, header.detailTexts());
        if (in.readByte() != 0) {
            degradations = DetailsCodec.readDegradations(in);
        }
        int users = in.readListSize(2);
        for (int i = 0; i < users; i++) {
            names.user(in.readVarint(), in.readRawText());
        }
        readSections(in, elapsedMillis);
        if (key) {
            carry = in.readBytes();
        }
        List<RawSample.Section> sections = translate();
        ready = true;
        return new RawSample(
                source, head.wallMicros(), head.monotonicNanos(), sections, details, List.copyOf(degradations));
    }

    private void readSections(ByteCursor in, long elapsedMillis) throws MalformedException {
        socketNumbers.clear();
        SectionDecoder processes = null;
        int room = RECORDS_MAX;
        for (SectionDecoder decoder : decoders) {
            if (isHolders(decoder.layout())) {
                Records holders = decoder.records();
                holders.renumber(0, socketNumbers.numbers(), socketNumbers.size());
                holders.renumber(
                        Integer.BYTES,
                        processes == null ? new int[0] : processes.numbers(),
                        processes == null ? 0 : processes.numbersSize());
            }
            room -= decoder.decode(in, elapsedMillis, room);
            String id = decoder.layout().section();
            int count = decoder.records().count();
            socketNumbers.add(id, decoder.numbers(), decoder.numbersSize(), count);
            processes = id.equals(RawSection.PROCESSES.id()) ? decoder : processes;
        }
    }

    /** Whether its first two fields are the numbers of a socket and of a process. */
    private static boolean isHolders(Layout layout) {
        return layout.section().equals(RawSection.HOLDERS.id()) && layout.recordSize() >= HolderRecord.SIZE;
    }

    private List<RawSample.Section> translate() throws MalformedException {
        List<RawSample.Section> sections = new ArrayList<>();
        int sockets = 0;
        for (Translation each : translations) {
            Records found = each.decoder() < 0
                    ? each.room()
                    : decoders.get(each.decoder()).records();
            boolean asItIs = each.isSame() || each.decoder() < 0;
            sections.add(new RawSample.Section(asItIs ? found.buffer() : translate(each, found), found.count()));
            sockets += SocketNumbers.isOfSockets(each.section().id()) ? found.count() : 0;
        }
        int at = RawSection.HOLDERS.ordinal();
        RawSample.Section holders = sections.get(at);
        int known = checkHolders(
                holders, sockets, sections.get(RawSection.PROCESSES.ordinal()).count());
        sections.set(at, new RawSample.Section(holders.buffer(), known));
        int processes = sections.get(RawSection.PROCESSES.ordinal()).count();
        for (RawSection section : RawSection.values()) {
            checkOwners(section, sections.get(section.ordinal()), processes);
        }
        return sections;
    }

    /** Numbers of processes plus 1, 0 = nobody: trusted as those of holders are. */
    private static void checkOwners(RawSection section, RawSample.Section records, int processes)
            throws MalformedException {
        String field = OWNERS.get(section);
        if (field == null) {
            return;
        }
        int offset = section.layout().getOrDefault(field, new int[] {0, Integer.BYTES})[0];
        for (int i = 0; i < records.count(); i++) {
            int owner = records.buffer().getInt(i * section.recordSize() + offset);
            if (owner < 0 || owner > processes) {
                throw new MalformedException("owner " + owner + " of " + processes + " processes");
            }
        }
    }

    private ByteBuffer translate(Translation how, Records found) {
        int size = how.section().recordSize();
        int theirSize = decoders.get(how.decoder()).layout().recordSize();
        how.room().resize(found.count());
        ByteBuffer to = how.room().buffer();
        byte[] zeros = new byte[size];
        for (int row = 0; row < found.count(); row++) {
            to.put(row * size, zeros);
            for (int[] copy : how.copies()) {
                to.put(row * size + copy[1], found.buffer(), row * theirSize + copy[0], copy[2]);
            }
        }
        return to;
    }

    /**
     * Whoever folds the sample trusts these numbers. Returns how many holders are of sections known here; those of
     * others are the last.
     */
    private int checkHolders(RawSample.Section holders, int sockets, int processes) throws MalformedException {
        HolderRecord record = new HolderRecord(holders.buffer());
        int last = 0;
        int known = 0;
        for (int i = 0; i < holders.count(); i++) {
            record.at(i);
            if (record.sock() < last || record.sock() >= socketNumbers.total()) {
                throw new MalformedException("a holder of socket " + record.sock() + " of " + socketNumbers.total());
            }
            if (record.process() < 0 || record.process() >= processes) {
                throw new MalformedException("process " + record.process() + " of " + processes);
            }
            last = record.sock();
            known += last < sockets ? 1 : 0;
        }
        return known;
    }
}
