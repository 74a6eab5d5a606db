package shawk.nativelib;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code native/include/shawk_pcap.h} under their own names, bound by JNA's direct mapping. A pointer
 * is a {@code long}, or an array of one where a call writes it. Only {@link PcapLibrary} binds this class; call it
 * through {@link PcapLibrary#load()}.
 */
final class PcapBindings {
    private PcapBindings() {}

    static native int shawk_pcap_abi_version();

    static native int shawk_pcap_abi_layout(byte @Nullable [] out, int capacity);

    static native int shawk_pcap_open_live(byte[] name, int ringBytes, long[] pcap, byte[] why, int capacity);

    static native int shawk_pcap_open_file(byte[] path, long[] pcap, byte[] why, int capacity);

    static native void shawk_pcap_close(long pcap);

    static native int shawk_pcap_link(long pcap);

    static native int shawk_pcap_link_name(int link, byte[] out, int capacity);

    static native int shawk_pcap_filter(long pcap, byte[] expression, byte[] why, int capacity);

    static native int shawk_pcap_take(long pcap, ByteBuffer buffer, int capacity, int records, int waitMillis);

    static native int shawk_pcap_why(long pcap, byte[] out, int capacity);

    static native int shawk_pcap_stats(long pcap, long[] stats);

    static native int shawk_pcap_interrupt(long pcap);

    static native int shawk_pcap_interfaces(byte @Nullable [] out, int capacity);
}
