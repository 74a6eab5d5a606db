package shawk.model;

/**
 * What procfs and the runtimes of containers say of a process beyond its fixed-size record; read once, when it is first
 * seen to hold a socket, and told again when its container's name has become known.
 *
 * @param id the process that was read
 * @param exe target of {@code /proc/PID/exe}; empty where unreadable
 * @param cmdline arguments, joined by blanks, at most 4 KiB; empty where unreadable
 * @param cgroup path of the process's cgroup; empty where unreadable
 * @param fullName name of the executable where {@code comm} was cut at 15 bytes; else empty
 * @param container name of the container that it runs in, or the first digits of its id; empty = none
 * @param pod namespace and name of its pod, or the pod's uid; empty = none
 */
public record ProcessDetails(
        ProcessId id, RawText exe, RawText cmdline, RawText cgroup, RawText fullName, RawText container, RawText pod) {

    /** The same under what a runtime calls it; what that does not tell stays. */
    public ProcessDetails named(ContainerName name) {
        return new ProcessDetails(
                id,
                exe,
                cmdline,
                cgroup,
                fullName,
                name.name().length() > 0 ? name.name() : container,
                name.pod().length() > 0 ? name.pod() : pod);
    }
}
