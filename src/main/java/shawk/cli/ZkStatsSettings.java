package shawk.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.view.http.StatsServer;
import shawk.zk.stats.StatsOptions;

/**
 * What {@code shawk zk stats} was asked for. Immutable.
 *
 * @param server where it answers whom
 * @param niceness 0 to 19
 * @param cpus numbers of processors that it may use; empty = all
 * @param background whether it leaves the terminal
 * @param pidFile where its number is written; null = nowhere
 * @param standardOutput where that of the background goes; null = nowhere
 * @param standardError the same
 */
record ZkStatsSettings(
        CaptureSettings capture,
        StatsOptions stats,
        StatsServer.Settings server,
        int niceness,
        List<Integer> cpus,
        boolean background,
        @Nullable Path pidFile,
        @Nullable Path standardOutput,
        @Nullable Path standardError) {
    ZkStatsSettings {
        cpus = List.copyOf(cpus);
    }
}
