package shawk.nativelib;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code native/include/shawk_bpf.h} under their own names, bound by JNA's direct mapping. A pointer
 * is a {@code long}, or an array of one where a call writes it. Only {@link BpfLibrary} binds this class; call it
 * through {@link BpfLibrary#load()}.
 */
final class BpfBindings {
    private BpfBindings() {}

    static native int shawk_bpf_abi_version();

    static native int shawk_bpf_abi_layout(byte @Nullable [] out, int capacity);

    static native int shawk_bpf_open(ByteBuffer options, long[] bpf, byte[] why, int capacity);

    static native void shawk_bpf_close(long bpf);

    static native int shawk_bpf_take(long bpf, int parts, long[] living);

    static native int shawk_bpf_statistics(long bpf, int on);

    static native int shawk_bpf_probe(int what);
}
