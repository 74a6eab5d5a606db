package shawk.model;

/**
 * What procfs says of a process beyond its fixed-size record; read once, when it is first seen to hold a socket.
 *
 * @param id the process that was read
 * @param exe target of {@code /proc/PID/exe}; empty where unreadable
 * @param cmdline arguments, joined by blanks, at most 4 KiB; empty where unreadable
 * @param cgroup path of the process's cgroup; empty where unreadable
 * @param fullName name of the executable where {@code comm} was cut at 15 bytes; else empty
 */
public record ProcessDetails(ProcessId id, RawText exe, RawText cmdline, RawText cgroup, RawText fullName) {}
