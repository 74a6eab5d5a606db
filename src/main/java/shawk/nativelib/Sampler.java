package shawk.nativelib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads samples of this host's sockets and their holders: one downcall each, into direct buffers that are kept and grow
 * with the host. The buffers hold the records of {@code native/include/shawk.h} in native byte order, from position 0;
 * they are valid until the next {@link #sample()} or {@link #close()}.
 *
 * <p>It interprets nothing. A socket may stand in it twice, since a dump is no moment: compare cookies. Used by one
 * thread at a time.
 */
public final class Sampler implements AutoCloseable {
    /** The most sockets of one sample; 1.2 GiB of records. A host with more fails with one line, not silently. */
    public static final int SOCKETS_MAX = 4_000_000;

    private static final int SOCKETS = 0;
    private static final int HOLDERS = 1;
    private static final int PROCESSES = 2;
    private static final int NAMESPACES = 3;
    private static final int INTERFACES = 4;

    private static final String[] NAMES = {"sockets", "holders", "processes", "network namespaces", "interfaces"};
    private static final int[] SIZES = {312, 8, 48, 88, 32};
    private static final int[] START = {1024, 1024, 128, 16, 16};
    private static final int[] MOST = {SOCKETS_MAX, 16_000_000, 4_000_000, 1_000_000, 1_000_000};

    /** Growing once brings what is needed; a second time covers a sample that grew meanwhile. */
    private static final int TRIES = 4;

    private final ControlRecord control = new ControlRecord();
    private final ByteBuffer[] buffers = new ByteBuffer[ControlRecord.SECTIONS];
    private long handle;

    private Sampler(long handle) {
        this.handle = handle;
        Arrays.setAll(buffers, section -> allocate(section, START[section]));
        for (int section = 0; section < buffers.length; section++) {
            control.capacity(section, START[section]);
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
                options.protocols(),
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
        if (handle == 0) {
            throw new IllegalStateException("the sampler is closed");
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int result = Bindings.shawk_sample(
                    handle, control.buffer(), buffers[0], buffers[1], buffers[2], buffers[3], buffers[4]);
            if (result != -Errno.ENOBUFS) {
                NativeException.check(result, "cannot read this host's sockets");
                return control;
            }
            grow();
        }
        throw new NativeException(Errno.ENOBUFS, "the host's sockets outgrow the buffers each time they are read");
    }

    private void grow() throws NativeException {
        for (int section = 0; section < buffers.length; section++) {
            long needed = control.count(section);
            long capacity = buffers[section].capacity() / SIZES[section];
            if (needed <= capacity) {
                continue;
            }
            if (needed > MOST[section]) {
                throw new NativeException(
                        Errno.ENOBUFS, needed + " " + NAMES[section] + " are more than the " + MOST[section] + " held");
            }
            int records = (int) Math.min(MOST[section], needed + needed / 4 + 64);
            try {
                buffers[section] = allocate(section, records);
            } catch (OutOfMemoryError e) {
                throw new NativeException(Errno.ENOMEM, "no memory for " + needed + " " + NAMES[section]);
            }
            control.capacity(section, records);
        }
    }

    private static ByteBuffer allocate(int section, int records) {
        return ByteBuffer.allocateDirect(SIZES[section] * records).order(ByteOrder.nativeOrder());
    }

    /** {@code struct shawk_sock}. */
    public ByteBuffer sockets() {
        return buffers[SOCKETS];
    }

    /** {@code struct shawk_holder}, sorted by socket. */
    public ByteBuffer holders() {
        return buffers[HOLDERS];
    }

    /** {@code struct shawk_process}: those that hold a socket. */
    public ByteBuffer processes() {
        return buffers[PROCESSES];
    }

    /** {@code struct shawk_netns}: those read, and those that could not be. */
    public ByteBuffer namespaces() {
        return buffers[NAMESPACES];
    }

    /** {@code struct shawk_iface}: those that a socket is bound to. */
    public ByteBuffer interfaces() {
        return buffers[INTERFACES];
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
