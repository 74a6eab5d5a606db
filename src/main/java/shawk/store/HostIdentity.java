package shawk.store;

import shawk.model.SafeText;

/**
 * A host. Its address is no part of what it is: two hosts may have the same, and one may have many.
 *
 * @param machineId what makes it that host: {@code /etc/machine-id}, 32 hexadecimal digits, or what stands in for it
 * @param name host name, as it is now
 * @param bootId {@code /proc/sys/kernel/random/boot_id}; empty = unknown
 */
public record HostIdentity(String machineId, SafeText name, String bootId) {
    /** The id of the host, of its machine id alone. */
    public long id() {
        return new Ids("host").text(machineId).id();
    }
}
