package shawk.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a source read in one go, as fixed-size records, before anything was derived from it. The buffers belong to the
 * source: they are valid until it is polled again, and nobody writes to them.
 *
 * @param source short name of the source
 * @param wallMicros when the sockets were read, microseconds since the epoch
 * @param monotonicNanos the same moment on a clock that never steps
 * @param sections one for each {@link RawSection}, in its order; where the last ones are left out they are empty
 * @param details of the processes that hold a socket for the first time in this sample
 * @param degradations what could not be read this time
 */
public record RawSample(
        String source,
        long wallMicros,
        long monotonicNanos,
        List<Section> sections,
        List<ProcessDetails> details,
        List<Degradation> degradations) {
    /** A part of a dump, see {@link NetnsRecord#unread()}: TCP over IPv4. */
    public static final int TCP4 = 1;

    /** TCP sockets of family IPv6. */
    public static final int TCP6 = 2;

    /** UDP over IPv4. */
    public static final int UDP4 = 4;

    /** UDP sockets of family IPv6. */
    public static final int UDP6 = 8;

    /** MPTCP over IPv4. */
    public static final int MPTCP4 = 16;

    /** MPTCP over IPv6. */
    public static final int MPTCP6 = 32;

    /** Unix sockets. */
    public static final int UNIX = 64;

    /** Translations by conntrack. */
    public static final int TRANSLATIONS = 128;

    /**
     * Records of one kind.
     *
     * @param buffer in native byte order
     * @param count records, from the buffer's first byte on
     */
    public record Section(ByteBuffer buffer, int count) {
        /** Without records. */
        public static final Section EMPTY = new Section(ByteBuffer.allocate(0), 0);
    }

    public RawSample {
        sections = complete(sections);
        details = List.copyOf(details);
        degradations = List.copyOf(degradations);
    }

    private static List<Section> complete(List<Section> sections) {
        int missing = RawSection.values().length - sections.size();
        if (missing < 0) {
            throw new IllegalArgumentException(sections.size() + " sections");
        }
        List<Section> all = new ArrayList<>(sections);
        all.addAll(Collections.nCopies(missing, Section.EMPTY));
        return List.copyOf(all);
    }

    /** The records of a kind. */
    public ByteBuffer buffer(RawSection section) {
        return sections.get(section.ordinal()).buffer();
    }

    /** How many records of a kind there are. */
    public int count(RawSection section) {
        return sections.get(section.ordinal()).count();
    }

    /** The same with other records. */
    public RawSample withSections(List<Section> others) {
        return new RawSample(source, wallMicros, monotonicNanos, others, details, degradations);
    }

    /** The same with other details. */
    public RawSample withDetails(List<ProcessDetails> others) {
        return new RawSample(source, wallMicros, monotonicNanos, sections, others, degradations);
    }

    /** The same with other degradations. */
    public RawSample withDegradations(List<Degradation> others) {
        return new RawSample(source, wallMicros, monotonicNanos, sections, details, others);
    }
}
