package shawk.source.pcap;

import shawk.nativelib.NativeException;
import shawk.nativelib.PcapHandle;
import shawk.nativelib.PcapLibrary;
import shawk.tcp.LinkType;
import shawk.tcp.PacketsException;

/** What is refused alike of an interface and of a file. */
final class Filters {
    private Filters() {}

    static void checkLink(String name, int link) throws PacketsException {
        if (LinkType.isKnown(link)) {
            return;
        }
        String type;
        try {
            type = PcapLibrary.linkName(link);
        } catch (NativeException e) {
            type = "number " + link;
        }
        throw new PacketsException(name + " has link type " + type
                + ", which is not understood; known are Ethernet, raw IP, null, loop, SLL and SLL2");
    }

    static void apply(PcapHandle handle, CaptureFilter filter, String expression) throws PacketsException {
        if (filter.isTooLong()) {
            throw new PacketsException(
                    "the kernel's filter has room for " + CaptureFilter.MOST + " ranges of ports and "
                            + CaptureFilter.MOST + " hosts; name fewer, or wider ranges",
                    true);
        }
        boolean typed = !filter.raw().isEmpty();
        try {
            if (typed) {
                handle.filter(filter.raw());
            }
            handle.filter(expression);
        } catch (NativeException e) {
            throw new PacketsException(
                    "the packet filter '" + (typed ? filter.raw() : expression) + "' does not compile: "
                            + e.getMessage() + "; see pcap-filter(7)",
                    typed);
        }
    }
}
