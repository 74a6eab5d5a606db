package shawk.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shawk.model.Degradation;
import shawk.model.Names;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RawText;
import shawk.model.SafeText;

/** Raw samples to the bodies of frames, each as what has changed since the one before. Used by one thread. */
final class SampleEncoder {
    /** Users named in one key frame and what follows it at most. */
    private static final int USERS_MAX = 4_096;

    private final Names names;
    private final List<SectionEncoder> encoders = new ArrayList<>();
    private final List<RawSection> sections = new ArrayList<>();
    private final List<int[]> uidColumns = new ArrayList<>();
    private final SocketNumbers socketNumbers = new SocketNumbers();
    private final ByteSink users = new ByteSink(256);
    private final Set<Long> namedUsers = new HashSet<>();
    private Map<ProcessId, ProcessDetails> known = new HashMap<>();
    private List<Degradation> degradations = List.of();
    private long lastUid = -1;
    private int newUsers;
    private long nanos;
    private int processesBefore;

    SampleEncoder(List<Layout> layouts, Names names) {
        this.names = names;
        for (Layout layout : layouts) {
            encoders.add(new SectionEncoder(layout));
            for (RawSection section : RawSection.values()) {
                if (section.id().equals(layout.section())) {
                    sections.add(section);
                    int[] uid = section.layout().getOrDefault("uid", new int[] {-1, 0});
                    uidColumns.add(uid[1] == Integer.BYTES ? uid : new int[] {-1, 0});
                }
            }
        }
    }

    /** Appends the sample; a key frame stands alone, and takes {@code carry} with it. */
    void encode(RawSample sample, boolean key, byte[] carry, ByteSink out) {
        for (ProcessDetails each : sample.details()) {
            known.put(each.id(), each);
        }
        if (key) {
            encoders.forEach(SectionEncoder::forget);
            forgetEndedProcesses(sample);
            namedUsers.clear();
            lastUid = -1;
        }
        long elapsedMillis = key ? 0 : Math.max(0, sample.monotonicNanos() - nanos) / 1_000_000;
        nanos = sample.monotonicNanos();
        out.writeText(sample.source());
        if (key) {
            DetailsCodec.write(known.values(), known.size(), out);
        } else {
            DetailsCodec.write(sample.details(), sample.details().size(), out);
        }
        boolean same = !key && sample.degradations().equals(degradations);
        out.writeByte(same ? 0 : 1);
        if (!same) {
            degradations = sample.degradations();
            DetailsCodec.writeDegradations(degradations, out);
        }
        writeUsers(sample, out);
        writeSections(sample, elapsedMillis, out);
        if (key) {
            out.writeVarint(carry.length);
            out.writeBytes(carry, 0, carry.length);
        }
    }

    private void forgetEndedProcesses(RawSample sample) {
        Map<ProcessId, ProcessDetails> alive = new HashMap<>();
        ProcessRecord record = new ProcessRecord(sample.buffer(RawSection.PROCESSES));
        for (int i = 0; i < sample.count(RawSection.PROCESSES); i++) {
            ProcessId id = new ProcessId(record.at(i).pid(), record.start());
            ProcessDetails details = known.get(id);
            if (details != null) {
                alive.put(id, details);
            }
        }
        known = alive;
    }

    private void writeUsers(RawSample sample, ByteSink out) {
        users.clear();
        newUsers = 0;
        for (int i = 0; i < sections.size(); i++) {
            int offset = uidColumns.get(i)[0];
            if (offset >= 0) {
                ByteBuffer records = sample.buffer(sections.get(i));
                int size = sections.get(i).recordSize();
                for (int row = 0; row < sample.count(sections.get(i)); row++) {
                    long uid = records.getInt(row * size + offset) & 0xffff_ffffL;
                    if (uid != lastUid) {
                        lastUid = uid;
                        nameUser(uid);
                    }
                }
            }
        }
        out.writeVarint(newUsers);
        out.writeBytes(users.bytes(), 0, users.size());
    }

    private void nameUser(long uid) {
        if (namedUsers.size() >= USERS_MAX || !namedUsers.add(uid)) {
            return;
        }
        SafeText name = names.user(uid);
        if (!name.isEmpty()) {
            users.writeVarint(uid);
            users.writeText(RawText.of(name.value()));
            newUsers++;
        }
    }

    private void writeSections(RawSample sample, long elapsedMillis, ByteSink out) {
        socketNumbers.clear();
        int processes = sections.indexOf(RawSection.PROCESSES);
        for (int i = 0; i < sections.size(); i++) {
            RawSection section = sections.get(i);
            SectionEncoder encoder = encoders.get(i);
            int before = encoder.old().count();
            if (section == RawSection.HOLDERS) {
                Records holders = encoder.old();
                holders.renumber(0, socketNumbers.numbers(), socketNumbers.size());
                holders.renumber(Integer.BYTES, encoders.get(processes).numbers(), processesBefore);
            }
            encoder.encode(sample.buffer(section), sample.count(section), elapsedMillis, out);
            socketNumbers.add(section.id(), encoder.numbers(), before, sample.count(section));
            if (i == processes) {
                processesBefore = before;
            }
        }
    }
}
