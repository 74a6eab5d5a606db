package shawk.nativelib;

import java.util.Map;

/**
 * Loads {@code libshawk-bpf.so} once, out of the folder of {@code libshawk.so}. It may be missing, since building it
 * takes clang, and so may the libraries that it needs: both are to be expected, and told with what brings them.
 *
 * <p>Thread-safe.
 */
public final class BpfLibrary {
    /** The version of {@code native/include/shawk_bpf.h} that this program was written for. */
    static final int ABI_VERSION = 1;

    static final OptionalLibrary LIBRARY =
            new OptionalLibrary("libshawk-bpf", "clang bpftool libbpf-dev", Map.of("libbpf.so.1", "libbpf1"));

    private BpfLibrary() {}

    /**
     * Loads the library unless it is loaded.
     *
     * @throws NativeException if it, or what it needs, is missing; the message says what brings it
     */
    public static synchronized void load() throws NativeException {
        LIBRARY.load(BpfBindings.class, BpfBindings::shawk_bpf_abi_version, ABI_VERSION);
    }

    /** As {@link NativeLibrary#layout()}, of the records of {@code shawk_bpf.h}. */
    static Map<String, int[]> layout() throws NativeException {
        load();
        byte[] text = new byte[BpfBindings.shawk_bpf_abi_layout(null, 0)];
        BpfBindings.shawk_bpf_abi_layout(text, text.length);
        return NativeLibrary.parseLayout(text);
    }
}
