package shawk.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads samples of this host's sockets and their holders: one downcall each, into direct buffers that are kept and grow
 * with the host. The buffers hold the records of {@code native/include/shawk.h} in native byte order, from position 0;
 * they are valid until the next {@link #sample()} or {@link #close()}.
 *
 * <p>It interprets nothing. A socket may stand in it twice, since a dump is no moment: compare cookies. Used by one
 * thread at a time.
 */
public final class Sampler implements AutoCloseable {
    /** The most sockets of one sample; 1.4 GiB of records. A host with more fails with one line, not silently. */
    public static final int SOCKETS_MAX = 4_000_000;

    /** The sections of a sample, in the order of the ABI; a further one is a line here and in C's table. */
    public enum Section {
        /** {@code struct shawk_sock}. */
        SOCKETS("sockets", 352, 1024, SOCKETS_MAX),
        /** {@code struct shawk_holder}, sorted by socket. */
        HOLDERS("holders", 8, 1024, 16_000_000),
        /** {@code struct shawk_process}: those that hold a socket. */
        PROCESSES("processes", 48, 128, 4_000_000),
        /** {@code struct shawk_netns}: those read, and those that could not be. */
        NAMESPACES("network namespaces", 88, 16, 1_000_000),
        /** {@code struct shawk_iface}: those that a socket is bound to. */
        INTERFACES("interfaces", 32, 16, 1_000_000),
        /** {@code struct shawk_unix}. */
        UNIX_SOCKETS("unix sockets", 160, 16, SOCKETS_MAX),
        /** {@code struct shawk_translation}. */
        TRANSLATIONS("translations", 88, 16, 262_144),
        /** {@code struct shawk_link}, of the own namespace. */
        LINKS("interfaces with counters", 112, 16, 1_000_000),
        /** {@code struct shawk_event}. */
        EVENTS("events", 128, 16, 4_000_000),
        /** {@code struct shawk_bundle}. */
        BUNDLES("bundles", 152, 16, 4_000_000),
        /** {@code struct shawk_flow}. */
        FLOWS("UDP flows", 112, 16, 4_000_000),
        /** {@code struct shawk_meter}. */
        METERS("meters", 16, 32, 1_024),
        /** {@code struct shawk_program}. */
        PROGRAMS("programs", 56, 32, 1_024);

        private final String title;
        private final int recordBytes;
        private final int start;
        private final int most;

        Section(String title, int recordBytes, int start, int most) {
            this.title = title;
            this.recordBytes = recordBytes;
            this.start = start;
            this.most = most;
        }

        int recordBytes() {
            return recordBytes;
        }
    }

    private static final Section[] SECTIONS = Section.values();

    /** Growing once brings what is needed; a second time covers a sample that grew meanwhile. */
    private static final int TRIES = 4;

    private final ControlRecord control = new ControlRecord();
    private final ByteBuffer[] buffers = new ByteBuffer[SECTIONS.length];
    private final ByteBuffer addresses =
            ByteBuffer.allocateDirect(Long.BYTES * SECTIONS.length).order(ByteOrder.nativeOrder());
    private long handle;

    private Sampler(long handle) {
        this.handle = handle;
        for (Section section : SECTIONS) {
            allocate(section, section.start);
        }
    }

    /**
     * A sampler for {@code options}.
     *
     * @throws NativeException if the library or the tree of processes is missing
     */
    public static Sampler open(SamplerOptions options) throws NativeException {
        NativeLibrary.load();
        long[] handle = new long[1];
        int result = Bindings.shawk_sampler_open(
                NativeLibrary.cString(options.procRoot().toString()),
                NativeLibrary.cString(options.netnsDir().toString()),
                options.sockets().ordinal(),
                options.scope().ordinal(),
                options.netnsInode(),
                options.partBits(),
                handle);
        NativeException.check(result, "cannot read processes below " + options.procRoot());
        return new Sampler(handle[0]);
    }

    /**
     * Reads one sample.
     *
     * @return what came of it: counts, times, what could not be read
     * @throws NativeException if nothing could be read at all
     */
    public ControlRecord sample() throws NativeException {
        return sample(0);
    }

    /**
     * Reads what {@code living}, the address of a {@code struct shawk_living} or 0, does not have, and hands out both.
     *
     * @return what came of it: counts, times, what could not be read
     * @throws NativeException if nothing could be read at all
     */
    public ControlRecord sample(long living) throws NativeException {
        if (handle == 0) {
            throw new IllegalStateException("the sampler is closed");
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int result = Bindings.shawk_sample(handle, control.buffer(), addresses, living);
            if (result != -Errno.ENOBUFS) {
                NativeException.check(result, "cannot read this host's sockets");
                return control;
            }
            grow();
        }
        throw new NativeException(Errno.ENOBUFS, "the host's sockets outgrow the buffers each time they are read");
    }

    private void grow() throws NativeException {
        for (Section section : SECTIONS) {
            long needed = control.needed(section);
            if (needed <= buffer(section).capacity() / section.recordBytes) {
                continue;
            }
            if (needed > section.most) {
                throw new NativeException(
                        Errno.ENOBUFS, needed + " " + section.title + " are more than the " + section.most + " held");
            }
            try {
                allocate(section, (int) Math.min(section.most, needed + needed / 4 + 64));
            } catch (OutOfMemoryError e) {
                throw new NativeException(Errno.ENOMEM, "no memory for " + needed + " " + section.title);
            }
        }
    }

    private void allocate(Section section, int records) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(section.recordBytes * records).order(ByteOrder.nativeOrder());
        buffers[section.ordinal()] = buffer;
        addresses.putLong(Long.BYTES * section.ordinal(), Pointer.nativeValue(Native.getDirectBufferPointer(buffer)));
        control.capacity(section, records);
    }

    /** The records of a section. */
    public ByteBuffer buffer(Section section) {
        return buffers[section.ordinal()];
    }

    /** Frees the native side; closing twice does nothing. */
    @Override
    public void close() {
        long closing = handle;
        handle = 0;
        if (closing != 0) {
            Bindings.shawk_sampler_close(closing);
        }
    }
}
