package shawk.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.model.Names;
import shawk.model.Protocol;
import shawk.model.RawSection;
import shawk.model.RawText;
import shawk.model.SafeText;

/**
 * What is true of a whole recording. Immutable.
 *
 * @param host name of the host where it was made
 * @param program what made it, and its version
 * @param note what was left out when it was made, e.g. the filter; empty = nothing
 * @param services names of ports
 * @param detailTexts names of the texts that each process has
 * @param layouts sections and their fields, in the order in which each sample has them
 */
record Header(
        RawText host,
        RawText program,
        RawText note,
        Map<Service, RawText> services,
        List<String> detailTexts,
        List<Layout> layouts) {
    private static final int PORTS = 1 << 16;
    private static final int LAYOUTS_MAX = 64;
    private static final int TEXTS_MAX = 64;

    /** A port, by the IANA number of its protocol. */
    record Service(int protocol, int port) {}

    /** The header of what this program records. */
    static Header of(RecordingInfo info, Names names) {
        Map<Service, RawText> services = new HashMap<>();
        for (Protocol protocol : Protocol.values()) {
            for (int port = 0; port < PORTS; port++) {
                SafeText name = names.service(protocol, port);
                if (!name.isEmpty()) {
                    services.put(new Service(protocol.number(), port), RawText.of(name.value()));
                }
            }
        }
        return new Header(
                RawText.of(info.host().value()),
                RawText.of(info.program().value()),
                RawText.of(info.note().value()),
                services,
                DetailsCodec.TEXTS,
                ownLayouts());
    }

    /** The sections of this program, holders last: they speak of places in the others. */
    static List<Layout> ownLayouts() {
        List<Layout> layouts = new ArrayList<>();
        for (RawSection section : RawSection.values()) {
            if (section != RawSection.HOLDERS) {
                layouts.add(Layout.of(section));
            }
        }
        layouts.add(Layout.of(RawSection.HOLDERS));
        return layouts;
    }

    RecordingInfo info() {
        return new RecordingInfo(SafeText.of(host), SafeText.of(program), SafeText.of(note));
    }

    void write(ByteSink out) {
        out.writeText(host);
        out.writeText(program);
        out.writeText(note);
        out.writeVarint(detailTexts.size());
        detailTexts.forEach(out::writeText);
        out.writeVarint(layouts.size());
        layouts.forEach(layout -> layout.write(out));
        out.writeVarint(services.size());
        services.forEach((service, name) -> {
            out.writeVarint(service.protocol());
            out.writeVarint(service.port());
            out.writeText(name);
        });
    }

    static Header read(ByteCursor in) throws MalformedException {
        RawText host = in.readRawText();
        RawText program = in.readRawText();
        RawText note = in.readRawText();
        int texts = in.readCount(TEXTS_MAX);
        List<String> detailTexts = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            detailTexts.add(in.readText());
        }
        int count = in.readCount(LAYOUTS_MAX);
        List<Layout> layouts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layouts.add(Layout.read(in));
        }
        if (layouts.stream().map(Layout::section).distinct().count() < count) {
            throw new MalformedException("a section that comes twice");
        }
        int named = in.readListSize(3);
        Map<Service, RawText> services = new HashMap<>();
        for (int i = 0; i < named; i++) {
            services.put(new Service(in.readCount(1 << 10), in.readCount(PORTS - 1)), in.readRawText());
        }
        return new Header(host, program, note, services, detailTexts, layouts);
    }
}
