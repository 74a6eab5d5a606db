package shawk.nativelib;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Loads {@code libshawk-pcap.so} once, out of the folder of {@code libshawk.so}. It may be missing, since building it
 * takes libpcap's headers, and so may libpcap: both are to be expected, and told with what brings them.
 *
 * <p>Thread-safe.
 */
public final class PcapLibrary {
    /** The version of {@code native/include/shawk_pcap.h} that this program was written for. */
    static final int ABI_VERSION = 1;

    static final OptionalLibrary LIBRARY =
            new OptionalLibrary("libshawk-pcap", "libpcap-dev", Map.of("libpcap.so.0.8", "libpcap0.8"));

    private static final int LINE = 512;

    private PcapLibrary() {}

    /**
     * Loads the library unless it is loaded.
     *
     * @throws NativeException if it, or libpcap, is missing; the message says what brings it
     */
    public static synchronized void load() throws NativeException {
        LIBRARY.load(PcapBindings.class, PcapBindings::shawk_pcap_abi_version, ABI_VERSION);
    }

    /** Interfaces of this network namespace, in the kernel's order. */
    public static List<String> queryInterfaces() throws NativeException {
        load();
        byte[] names = new byte[PcapBindings.shawk_pcap_interfaces(null, 0) + LINE];
        PcapBindings.shawk_pcap_interfaces(names, names.length);
        return text(names).lines().toList();
    }

    /** A link type's name, or its number in words. */
    public static String linkName(int link) throws NativeException {
        load();
        byte[] name = new byte[LINE];
        PcapBindings.shawk_pcap_link_name(link, name, name.length);
        return text(name);
    }

    /** Up to the NUL. */
    static String text(byte... bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** As {@link NativeLibrary#layout()}, of the records of {@code shawk_pcap.h}. */
    static Map<String, int[]> layout() throws NativeException {
        load();
        byte[] text = new byte[PcapBindings.shawk_pcap_abi_layout(null, 0)];
        PcapBindings.shawk_pcap_abi_layout(text, text.length);
        return NativeLibrary.parseLayout(text);
    }
}
