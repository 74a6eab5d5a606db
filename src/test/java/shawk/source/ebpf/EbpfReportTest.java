package shawk.source.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.MeterRecord;
import shawk.model.ProgramRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;

/** Figures of the kernel's programs become what could not be seen. */
final class EbpfReportTest {
    private final ByteBuffer meters = ByteBuffer.allocate(64 * MeterRecord.SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer programs =
            ByteBuffer.allocate(16 * ProgramRecord.SIZE).order(ByteOrder.nativeOrder());
    private int meterCount;
    private int programCount;

    private EbpfReportTest meter(int id, long value) {
        meters.putInt(meterCount * MeterRecord.SIZE, id).putLong(meterCount * MeterRecord.SIZE + 8, value);
        meterCount++;
        return this;
    }

    private EbpfReportTest program(String name, int errno) {
        int base = programCount++ * ProgramRecord.SIZE;
        programs.put(base, name.getBytes(StandardCharsets.ISO_8859_1));
        programs.putInt(base + 52, errno);
        return this;
    }

    private List<String> lines() {
        List<RawSample.Section> sections =
                new ArrayList<>(Collections.nCopies(RawSection.values().length, RawSample.Section.EMPTY));
        sections.set(RawSection.METERS.ordinal(), new RawSample.Section(meters, meterCount));
        sections.set(RawSection.PROGRAMS.ordinal(), new RawSample.Section(programs, programCount));
        return EbpfReport.of(new RawSample("ebpf", 0, 0, sections, List.of(), List.of())).stream()
                .map(Degradation::line)
                .toList();
    }

    @Test
    void nothingIsMissingWhereAllIsAtWork() {
        program("inet_sock_set_state", 0).program("sock_send_length", 0);
        for (Meter each : Meter.values()) {
            meter(each.ordinal(), each.isLoss() ? 0 : 5);
        }
        assertThat(lines()).isEmpty();
    }

    @Test
    void everyLossIsToldWithItsCount() {
        for (Meter each : Meter.values()) {
            if (each.isLoss()) {
                meter(each.ordinal(), 7);
            }
        }
        assertThat(lines()).hasSize(meterCount).allMatch(line -> line.matches("7 [a-z ]+ since the start.*"));
        assertThat(lines().get(0))
                .startsWith("7 connections since the start: they neither live nor were handed out; see view 7");
    }

    @Test
    void figuresThatAreNotKnownAreLeftOut() {
        assertThat(meter(-1, 3).meter(9_999, 3).lines()).isEmpty();
    }

    @Test
    void programsThatDependOnOneThingAreOneLine() {
        program("sock_send_length", 2)
                .program("sock_recv_length", 2)
                .program("cgroup/sendmsg4", 1)
                .program("cgroup/recvmsg6", 1);
        assertThat(lines())
                .containsExactly(
                        "UDP flows, owners by who did I/O last: this kernel has not what sock_send_length needs;"
                                + " Linux 6.3 or later",
                        "other ends of datagrams of unconnected UDP sockets: the kernel refuses cgroup/sendmsg4:"
                                + " operation not permitted; run as root, or with CAP_NET_ADMIN");
    }

    @Test
    void theSecondCopyOfAProgramBelongsToTheFirst() {
        assertThat(program("tcp_receive_reset 2", 2)
                        .program("tcp_receive_reset", 2)
                        .lines())
                .containsExactly("which end sent a reset: this kernel has not what tcp_receive_reset 2 needs; see"
                        + " `shawk doctor`");
    }

    @Test
    void aProgramThatIsNotKnownHereIsToldHarmlessly() {
        assertThat(program("on_\u001b[31m", 22).lines())
                .containsExactly("a part of what eBPF shows: the kernel refuses on_\\x1b[31m: invalid argument; see"
                        + " `shawk doctor`");
    }
}
