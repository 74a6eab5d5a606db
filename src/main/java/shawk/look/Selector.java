package shawk.look;

import shawk.model.Address;

/** Where a look begins. */
public sealed interface Selector {
    /** Everywhere. */
    record Fleet() implements Selector {}

    /** Processes at an address from {@code first} to {@code last}, both included and of one family. */
    record Addresses(Address first, Address last) implements Selector {
        /** Whether {@code address} is one of them. */
        boolean contains(Address address) {
            return compare(first, address) <= 0 && compare(address, last) <= 0;
        }

        private static int compare(Address a, Address b) {
            int order = Long.compareUnsigned(a.high(), b.high());
            return order == 0 ? Long.compareUnsigned(a.low(), b.low()) : order;
        }
    }

    /** Processes of the host of this name, with or without its domain, or of this machine id. */
    record Host(String name) implements Selector {}

    /** Processes of this name; with a slash in it, of this executable. */
    record Program(String name) implements Selector {}

    /** What serves this port, and who uses it. */
    record Port(int port) implements Selector {}

    /** Processes of this unit. */
    record Unit(String name) implements Selector {}

    /** Processes in this container. */
    record Container(String name) implements Selector {}
}
