package shawk.model;

import java.util.Map;
import java.util.function.Supplier;

/** The parts of a raw sample: in each, records of one fixed size, laid out as the C side fills them. */
public enum RawSection {
    /** {@link SocketRecord}s; a socket may stand in two parts of a dump. */
    SOCKETS("sockets", SocketRecord.SIZE, SocketRecord::layout),
    /** {@link HolderRecord}s, sorted by socket; numbers beyond the sockets go on through the unix sockets. */
    HOLDERS("holders", HolderRecord.SIZE, HolderRecord::layout),
    /** {@link ProcessRecord}s. */
    PROCESSES("processes", ProcessRecord.SIZE, ProcessRecord::layout),
    /** {@link NetnsRecord}s. */
    NAMESPACES("namespaces", NetnsRecord.SIZE, NetnsRecord::layout),
    /** {@link InterfaceRecord}s. */
    INTERFACES("interfaces", InterfaceRecord.SIZE, InterfaceRecord::layout),
    /** {@link UnixRecord}s. */
    UNIX_SOCKETS("unix_sockets", UnixRecord.SIZE, UnixRecord::layout),
    /** {@link TranslationRecord}s. */
    TRANSLATIONS("translations", TranslationRecord.SIZE, TranslationRecord::layout),
    /** {@link LinkRecord}s, of the own namespace. */
    LINKS("links", LinkRecord.SIZE, LinkRecord::layout),
    /** {@link EventRecord}s, in the order in which they happened on each processor; from here on only by eBPF. */
    EVENTS("events", EventRecord.SIZE, EventRecord::layout),
    /** {@link BundleRecord}s. */
    BUNDLES("bundles", BundleRecord.SIZE, BundleRecord::layout),
    /** {@link FlowRecord}s. */
    FLOWS("flows", FlowRecord.SIZE, FlowRecord::layout),
    /** {@link MeterRecord}s; where there is one, ends are counted by bundles and not by what is gone. */
    METERS("meters", MeterRecord.SIZE, MeterRecord::layout),
    /** {@link ProgramRecord}s. */
    PROGRAMS("programs", ProgramRecord.SIZE, ProgramRecord::layout);

    private final String id;
    private final int recordSize;
    private final Supplier<Map<String, int[]>> layout;

    RawSection(String id, int recordSize, Supplier<Map<String, int[]>> layout) {
        this.id = id;
        this.recordSize = recordSize;
        this.layout = layout;
    }

    /** Its name, in messages and files. */
    public String id() {
        return id;
    }

    /** Bytes of one record. */
    public int recordSize() {
        return recordSize;
    }

    /** C field name to {offset, size}, in the order of the C structure, padding left out. */
    public Map<String, int[]> layout() {
        return layout.get();
    }
}
