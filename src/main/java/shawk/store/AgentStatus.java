package shawk.store;

/**
 * How the agent fares.
 *
 * @param atMicros when the batch was made, microseconds since the epoch
 * @param version of the program
 * @param source name of the source, e.g. {@code ebpf}
 * @param exact whether its counts are exact; else what polling happened to see
 * @param intervalMicros between two samples, microseconds
 * @param lost connections that went by uncounted, since the agent began
 * @param spoolBytes what waits on disk
 */
public record AgentStatus(
        long atMicros, String version, String source, boolean exact, long intervalMicros, long lost, long spoolBytes) {}
