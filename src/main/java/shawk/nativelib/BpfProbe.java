package shawk.nativelib;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Programs in the kernel that see connections begin and end, and list those that live. From {@link #open} on they
 * count; {@link #take} hands over what there is. They end with {@link #close()}, and with this process, however it
 * ends. Used by one thread at a time.
 */
public final class BpfProbe implements AutoCloseable {
    private static final int LINE = 512;

    private final long[] living = new long[1];
    private long handle;

    private BpfProbe(long handle) {
        this.handle = handle;
    }

    /**
     * Loads the programs and lets them count.
     *
     * @throws NativeException if the library is missing, or the kernel refuses; the message says why
     */
    public static BpfProbe open(BpfOptions options) throws NativeException {
        BpfLibrary.load();
        long[] handle = new long[1];
        byte[] why = new byte[LINE];
        int result = BpfBindings.shawk_bpf_open(options.toRecord(), handle, why, why.length);
        if (result < 0) {
            String line = line(why);
            throw line.isEmpty()
                    ? new NativeException(-result, "the kernel refuses eBPF")
                    : new NativeException(-result, line, "");
        }
        return new BpfProbe(handle[0]);
    }

    private static String line(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0 && text[end] != '\n') {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8).strip();
    }

    /**
     * What there is since the last call; what is not among {@code parts} waits for a later one.
     *
     * @param parts of those that were asked for when it was opened
     * @return for {@link Sampler#sample(long)}; valid until the next call
     * @throws NativeException if the kernel gives nothing any more
     */
    public long take(Set<BpfOptions.Part> parts) throws NativeException {
        int result = BpfBindings.shawk_bpf_take(checked(), BpfOptions.bits(parts), living);
        NativeException.check(result, "the kernel's programs give nothing any more");
        return living[0];
    }

    /** Whether the kernel measures how long programs run, all of the host's: it costs each of them a little. */
    public void setStatistics(boolean on) throws NativeException {
        NativeException.check(
                BpfBindings.shawk_bpf_statistics(checked(), on ? 1 : 0), "no statistics of the kernel's programs");
    }

    private long checked() {
        if (handle == 0) {
            throw new IllegalStateException("the probe is closed");
        }
        return handle;
    }

    /** Unloads everything; closing twice does nothing. */
    @Override
    public void close() {
        long closing = handle;
        handle = 0;
        if (closing != 0) {
            BpfBindings.shawk_bpf_close(closing);
        }
    }
}
