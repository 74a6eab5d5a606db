package shawk.model;

/**
 * Identity of a process: a reused pid has another start time.
 *
 * @param pid thread-group id in the namespace of the procfs that was read
 * @param startTicks clock ticks after boot at which it started ({@code /proc/PID/stat} field 22)
 */
public record ProcessId(int pid, long startTicks) {}
