package shawk.nativelib;

/** What this process itself uses and may do. Thread-safe. */
public final class SelfUsage {
    /** Bits of {@link #capabilities()}, as {@code linux/capability.h} numbers them. */
    public static final int CAP_DAC_READ_SEARCH = 2;

    public static final int CAP_NET_ADMIN = 12;
    public static final int CAP_SYS_PTRACE = 19;
    public static final int CAP_SYS_ADMIN = 21;
    public static final int CAP_PERFMON = 38;
    public static final int CAP_BPF = 39;

    private SelfUsage() {}

    /** CPU time of all threads since the start, microseconds. */
    public static long cpuMicros() throws NativeException {
        NativeLibrary.load();
        return NativeException.check(Bindings.shawk_self_cpu_us(), "cannot read this process's CPU time");
    }

    /** Resident memory, KiB. */
    public static long residentKib() throws NativeException {
        NativeLibrary.load();
        return NativeException.check(Bindings.shawk_self_rss_kib(), "cannot read this process's memory");
    }

    /** Effective capabilities as a set of bits. */
    public static long capabilities() throws NativeException {
        NativeLibrary.load();
        return Bindings.shawk_self_capabilities();
    }

    /** Whether the effective set holds {@code capability}. */
    public static boolean hasCapability(int capability) throws NativeException {
        return (capabilities() >>> capability & 1) == 1;
    }
}
