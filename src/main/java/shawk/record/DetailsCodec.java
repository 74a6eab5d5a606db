package shawk.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shawk.model.Degradation;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.RawText;

/**
 * Details of processes and degradations as bytes: their texts in the order of names that the header of the recording
 * lists, so that a text that came later, or is no more, does no harm.
 */
final class DetailsCodec {
    /** The names of a process's texts. */
    static final List<String> TEXTS = List.of("exe", "cmdline", "cgroup", "full_name", "container", "pod");

    private DetailsCodec() {}

    private static List<RawText> texts(ProcessDetails details) {
        return List.of(
                details.exe(),
                details.cmdline(),
                details.cgroup(),
                details.fullName(),
                details.container(),
                details.pod());
    }

    private static ProcessDetails details(ProcessId id, Map<String, RawText> texts) {
        return new ProcessDetails(
                id,
                texts.getOrDefault("exe", RawText.EMPTY),
                texts.getOrDefault("cmdline", RawText.EMPTY),
                texts.getOrDefault("cgroup", RawText.EMPTY),
                texts.getOrDefault("full_name", RawText.EMPTY),
                texts.getOrDefault("container", RawText.EMPTY),
                texts.getOrDefault("pod", RawText.EMPTY));
    }

    static void write(Iterable<ProcessDetails> all, int count, ByteSink out) {
        out.writeVarint(count);
        for (ProcessDetails each : all) {
            out.writeSigned(each.id().pid());
            out.writeSigned(each.id().startTicks());
            for (RawText text : texts(each)) {
                out.writeText(text);
            }
        }
    }

    static List<ProcessDetails> read(ByteCursor in, List<String> names) throws MalformedException {
        int count = in.readListSize(2 + names.size());
        List<ProcessDetails> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ProcessId id = new ProcessId((int) in.readSigned(), in.readSigned());
            Map<String, RawText> texts = new LinkedHashMap<>();
            for (String name : names) {
                texts.put(name, in.readRawText());
            }
            all.add(details(id, texts));
        }
        return all;
    }

    static void writeDegradations(List<Degradation> all, ByteSink out) {
        out.writeVarint(all.size());
        for (Degradation each : all) {
            out.writeText(each.id());
            out.writeText(each.missing());
            out.writeText(each.reason());
            out.writeText(each.fix());
        }
    }

    static List<Degradation> readDegradations(ByteCursor in) throws MalformedException {
        int count = in.readListSize(4);
        List<Degradation> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new Degradation(in.readText(), in.readText(), in.readText(), in.readText()));
        }
        return all;
    }
}
