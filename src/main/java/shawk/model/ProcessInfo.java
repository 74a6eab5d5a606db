package shawk.model;

/**
 * A process that holds sockets, ready to be shown. One object for as long as the process is seen.
 *
 * @param id pid and start time
 * @param ppid parent, as at the last sample
 * @param pgid process group
 * @param uid effective user
 * @param name comm of the thread-group leader, or the full name where comm was cut
 * @param user name of {@code uid}; empty where there is none
 * @param exe path of the executable; empty = unknown
 * @param cmdline command line; empty = unknown
 * @param cgroup cgroup path; empty = unknown
 * @param container name of the container, or the first digits of its id; empty = none, or unknown
 * @param unit systemd's unit, the innermost; empty = none, or unknown
 * @param pod namespace and name of the pod, or its uid; empty = none, or unknown
 */
public record ProcessInfo(
        ProcessId id,
        int ppid,
        int pgid,
        long uid,
        SafeText name,
        SafeText user,
        SafeText exe,
        SafeText cmdline,
        SafeText cgroup,
        SafeText container,
        SafeText unit,
        SafeText pod) {}
