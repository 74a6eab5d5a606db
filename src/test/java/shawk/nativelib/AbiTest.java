package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.model.BundleRecord;
import shawk.model.EventRecord;
import shawk.model.FlowRecord;
import shawk.model.HolderRecord;
import shawk.model.InterfaceRecord;
import shawk.model.LinkRecord;
import shawk.model.MeterRecord;
import shawk.model.NetnsRecord;
import shawk.model.ProcessRecord;
import shawk.model.ProgramRecord;
import shawk.model.RawSection;
import shawk.model.SocketRecord;
import shawk.model.TranslationRecord;
import shawk.model.UnixRecord;

/** Both sides of the edge lay out their records alike. */
final class AbiTest {
    @Test
    void everyFieldIsWhereCHasIt() throws NativeException {
        Map<String, int[]> java = new LinkedHashMap<>();
        add(java, "shawk_sock.", SocketRecord.layout());
        add(java, "shawk_process.", ProcessRecord.layout());
        add(java, "shawk_holder.", HolderRecord.layout());
        add(java, "shawk_netns.", NetnsRecord.layout());
        add(java, "shawk_iface.", InterfaceRecord.layout());
        add(java, "shawk_unix.", UnixRecord.layout());
        add(java, "shawk_translation.", TranslationRecord.layout());
        add(java, "shawk_link.", LinkRecord.layout());
        add(java, "shawk_event.", EventRecord.layout());
        add(java, "shawk_bundle.", BundleRecord.layout());
        add(java, "shawk_flow.", FlowRecord.layout());
        add(java, "shawk_meter.", MeterRecord.layout());
        add(java, "shawk_program.", ProgramRecord.layout());
        add(java, "shawk_kill.", SocketKiller.layout());
        add(java, "shawk_control.", ControlRecord.layout());

        Map<String, int[]> c = NativeLibrary.layout();
        assertThat(java.keySet()).containsExactlyElementsOf(c.keySet());
        c.forEach((field, place) -> assertThat(java.get(field)).as(field).containsExactly(place));
    }

    private static void add(Map<String, int[]> all, String record, Map<String, int[]> fields) {
        fields.forEach((name, place) -> all.put(record + name, place));
    }

    @Test
    void soDoTheOptionsOfProgramsInTheKernel() throws NativeException {
        Map<String, int[]> java = new LinkedHashMap<>();
        add(java, "shawk_bpf_options.", BpfOptions.layout());
        Map<String, int[]> c = BpfLibrary.layout();
        assertThat(java.keySet()).containsExactlyElementsOf(c.keySet());
        c.forEach((field, place) -> assertThat(java.get(field)).as(field).containsExactly(place));
    }

    @Test
    void soDoPackets() throws NativeException {
        Map<String, int[]> java = PcapHandle.layout();
        Map<String, int[]> c = PcapLibrary.layout();
        assertThat(java.keySet()).containsExactlyElementsOf(c.keySet());
        c.forEach((field, place) -> assertThat(java.get(field)).as(field).containsExactly(place));
        assertThat(end(c, "shawk_pcap_packet.offset")).isEqualTo(PcapHandle.RECORD_SIZE);
    }

    @Test
    void lastFieldsEndWhereRecordsDo() throws NativeException {
        Map<String, int[]> c = NativeLibrary.layout();
        assertThat(end(c, "shawk_sock.ordinal")).isEqualTo(SocketRecord.SIZE);
        assertThat(end(c, "shawk_process.comm")).isEqualTo(ProcessRecord.SIZE);
        assertThat(end(c, "shawk_holder.process")).isEqualTo(HolderRecord.SIZE);
        assertThat(end(c, "shawk_netns.name")).isEqualTo(NetnsRecord.SIZE);
        assertThat(end(c, "shawk_iface.pad")).isEqualTo(InterfaceRecord.SIZE);
        assertThat(end(c, "shawk_unix.name")).isEqualTo(UnixRecord.SIZE);
        assertThat(end(c, "shawk_translation.zone")).isEqualTo(TranslationRecord.SIZE);
        assertThat(end(c, "shawk_link.name")).isEqualTo(LinkRecord.SIZE);
        assertThat(end(c, "shawk_meter.value")).isEqualTo(MeterRecord.SIZE);
        assertThat(end(c, "shawk_program.error")).isEqualTo(ProgramRecord.SIZE);
        assertThat(end(c, "shawk_control.errors")).isEqualTo(ControlRecord.SIZE);
    }

    private static int end(Map<String, int[]> layout, String field) {
        int[] place = layout.get(field);
        return place[0] + place[1];
    }

    @Test
    void sectionsOfBothSidesAreTheSame() {
        assertThat(Sampler.Section.values()).hasSameSizeAs(RawSection.values());
        for (RawSection section : RawSection.values()) {
            Sampler.Section ours = Sampler.Section.values()[section.ordinal()];
            assertThat(ours.name()).isEqualTo(section.name());
            assertThat(ours.recordBytes()).as(section.id()).isEqualTo(section.recordSize());
        }
    }
}
