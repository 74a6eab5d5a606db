package shawk.model;

import java.util.Objects;

/**
 * What an interface of the program's own network namespace has carried, of all sockets and all that is none. Counters
 * are the kernel's, since the interface was made; rates are of the last interval.
 *
 * @param name its name
 * @param up whether it is switched on
 * @param rxBytes bytes received, headers included; {@link SocketTable#ABSENT} where the kernel does not say
 * @param txBytes bytes sent, headers included
 * @param rxRate bytes received per second; {@code NaN} at the first sample, and where a counter went back
 * @param txRate bytes sent per second; {@code NaN} as {@code rxRate}
 * @param rxPacketRate packets received per second; {@code NaN} as {@code rxRate}
 * @param txPacketRate packets sent per second; {@code NaN} as {@code rxRate}
 * @param rxErrors packets received broken; {@link SocketTable#ABSENT} where the kernel does not say
 * @param txErrors packets that could not be sent
 * @param rxDrops packets received and dropped for want of room
 * @param txDrops packets dropped before they were sent
 */
public record LinkTotals(
        SafeText name,
        boolean up,
        long rxBytes,
        long txBytes,
        double rxRate,
        double txRate,
        double rxPacketRate,
        double txPacketRate,
        long rxErrors,
        long txErrors,
        long rxDrops,
        long txDrops) {
    public LinkTotals {
        Objects.requireNonNull(name);
    }
}
