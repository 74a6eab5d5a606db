package shawk.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import shawk.model.Address;
import shawk.model.Meter;
import shawk.model.MeterRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;

/** Records of one section, of those that programs in the kernel fill, by hand; numbers under the names that C gives. */
public final class KernelRecords {
    private final RawSection section;
    private final Map<String, int[]> layout;
    private ByteBuffer buffer;
    private int count;

    private KernelRecords(RawSection section) {
        this.section = section;
        this.layout = section.layout();
        this.buffer = allocate(16 * section.recordSize());
    }

    public static KernelRecords of(RawSection section) {
        return new KernelRecords(section);
    }

    /** All figures, 0 unless they are set. */
    public static KernelRecords meters() {
        KernelRecords all = of(RawSection.METERS);
        for (Meter meter : Meter.values()) {
            all.add().set("id", meter.ordinal());
        }
        return all;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** A further record, of zeros, in {@link RawSampleBuilder#NETNS} where it has a namespace. */
    public KernelRecords add() {
        int size = section.recordSize();
        if ((count + 1) * size > buffer.capacity()) {
            ByteBuffer larger = allocate(2 * buffer.capacity());
            larger.put(0, buffer, 0, count * size);
            buffer = larger;
        }
        count++;
        return layout.containsKey("netns") ? set("netns", RawSampleBuilder.NETNS) : this;
    }

    /** Sets a field of the last record. */
    public KernelRecords set(String field, long value) {
        int[] place = layout.get(field);
        int at = (count - 1) * section.recordSize() + place[0];
        switch (place[1]) {
            case 1 -> buffer.put(at, (byte) value);
            case 2 -> buffer.putShort(at, (short) value);
            case 4 -> buffer.putInt(at, (int) value);
            default -> buffer.putLong(at, value);
        }
        return this;
    }

    /** Both ends of the last record: {@code 10.0.0.1:80} or {@code [::1]:80} each. */
    public KernelRecords ends(String local, String remote) {
        end(local, "laddr", "lport");
        end(remote, "raddr", "rport");
        return set("family", local.startsWith("[") ? 10 : 2);
    }

    private void end(String text, String address, String port) {
        int colon = text.lastIndexOf(':');
        if (layout.containsKey(port)) {
            set(port, Long.parseLong(text.substring(colon + 1)));
        }
        Address parsed = Address.parse(text.substring(0, colon).replace("[", "").replace("]", ""));
        ByteBuffer bytes = ByteBuffer.allocate(16);
        if (text.startsWith("[")) {
            bytes.putLong(0, parsed.high()).putLong(8, parsed.low());
        } else {
            bytes.putInt(0, (int) parsed.low());
        }
        buffer.put((count - 1) * section.recordSize() + layout.get(address)[0], bytes.array());
    }

    /** Sets a figure; of meters only. */
    public KernelRecords meter(Meter meter, long value) {
        buffer.putLong(
                meter.ordinal() * section.recordSize() + MeterRecord.layout().get("value")[0], value);
        return this;
    }

    public RawSample.Section build() {
        return new RawSample.Section(buffer, count);
    }

    /** {@code sample} with these records too. */
    public static RawSample join(RawSample sample, KernelRecords... all) {
        List<RawSample.Section> sections = new ArrayList<>(sample.sections());
        Arrays.stream(all).forEach(each -> sections.set(each.section.ordinal(), each.build()));
        return sample.withSections(sections);
    }
}
