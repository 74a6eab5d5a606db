package shawk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code shawk install-service} puts where. Pure.
 *
 * @param files what is written
 * @param links what is linked into the clone
 */
record InstallPlan(List<InstallPlan.File> files, List<InstallPlan.Link> links) {
    /** Stands in every file that is written: one without it belongs to somebody else. */
    static final String MARK = "Installed by shawk install-service";

    static final String UNIT = "etc/systemd/system/shawk-probe.service";
    static final String DEFAULTS = "etc/default/shawk";

    /** Those that the sources need, besides what an ordinary user may. */
    static final List<String> CAPABILITIES = List.of("CAP_SYS_PTRACE", "CAP_DAC_READ_SEARCH", "CAP_BPF", "CAP_PERFMON");

    private static final String LAUNCHER = "usr/local/bin/shawk";
    private static final String PAGES = "usr/local/share/man/man";
    private static final String BASH = "usr/local/share/bash-completion/completions/shawk";
    private static final String ZSH = "usr/local/share/zsh/site-functions/_shawk";

    InstallPlan {
        files = List.copyOf(files);
        links = List.copyOf(links);
    }

    /**
     * A file.
     *
     * @param path below the root
     * @param secret whether only root may read it
     * @param settings whether a person writes into it: once it is there it is left alone
     */
    record File(String path, String content, boolean secret, boolean settings) {}

    /** A symbolic link, {@code path} below the root. */
    record Link(String path, Path target) {}

    /**
     * The plan for a clone.
     *
     * @param clone where the launcher is
     * @param pages file names of the manual pages in its folder {@code man}
     * @param javaHome that the clone was built with; empty = the usual one
     * @param completions by shell, {@code bash} and {@code zsh}
     */
    static InstallPlan of(Path clone, List<String> pages, String javaHome, Map<String, String> completions) {
        List<File> files = new ArrayList<>();
        files.add(new File(UNIT, unit(clone, javaHome), false, false));
        files.add(new File(DEFAULTS, defaults(), true, true));
        files.add(new File(BASH, marked(completions.getOrDefault("bash", "")), false, false));
        files.add(new File(ZSH, marked(completions.getOrDefault("zsh", "")), false, false));
        List<Link> links = new ArrayList<>();
        links.add(new Link(LAUNCHER, clone.resolve("shawk")));
        for (String page : pages) {
            String section = page.substring(page.lastIndexOf('.') + 1);
            links.add(
                    new Link(PAGES + section + "/" + page, clone.resolve("man").resolve(page)));
        }
        return new InstallPlan(files, links);
    }

    /** zsh wants its own mark in the first line. */
    private static String marked(String script) {
        int first = script.indexOf('\n') + 1;
        return script.substring(0, first) + "# " + MARK + ".\n" + script.substring(first);
    }

    private static String unit(Path clone, String javaHome) {
        String capabilities = String.join(" ", CAPABILITIES);
        String java = javaHome.isEmpty() ? "" : "Environment=" + quoted("JAVA_HOME=" + javaHome) + "\n";
        return "# " + MARK
                + "; changes belong into a drop-in (systemctl edit shawk-probe).\n"
                + """
                [Unit]
                Description=Which process of this host talks to whom, into the CMDB
                Documentation=man:shawk-probe(1)
                After=network.target local-fs.target

                [Service]
                Type=notify
                NotifyAccess=main
                ExecStart=%LAUNCHER% probe
                WatchdogSec=3min
                TimeoutStartSec=3min
                TimeoutStopSec=30s
                # An embedded PostgreSQL has to be there for the final flush.
                KillMode=mixed
                Restart=on-failure
                RestartSec=10s
                RestartPreventExitStatus=2
                EnvironmentFile=-/etc/default/shawk
                Environment=SHAWK_SPOOL=/var/lib/shawk-probe/spool
                Environment=XDG_DATA_HOME=/var/lib/shawk-probe HOME=/var/lib/shawk-probe
                %JAVA%
                # Nobody's, with no more than what reading other users' processes takes, and programs in the kernel.
                DynamicUser=yes
                StateDirectory=shawk-probe
                StateDirectoryMode=0700
                UMask=0077
                AmbientCapabilities=%CAPABILITIES%
                CapabilityBoundingSet=%CAPABILITIES%
                NoNewPrivileges=yes
                LimitNOFILE=65536
                LimitMEMLOCK=infinity

                # No MemoryDenyWriteExecute: Java compiles while it runs.
                ProtectSystem=strict
                ProtectHome=read-only
                PrivateTmp=yes
                PrivateDevices=yes
                ProtectClock=yes
                ProtectControlGroups=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                LockPersonality=yes
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                RestrictAddressFamilies=AF_UNIX AF_NETLINK AF_INET AF_INET6
                SystemCallArchitectures=native
                SystemCallFilter=~@clock @cpu-emulation @module @mount @obsolete @raw-io @reboot @swap
                SystemCallErrorNumber=EPERM
                CPUWeight=50

                [Install]
                WantedBy=multi-user.target
                """.replace("%LAUNCHER%", quoted(clone.resolve("shawk").toString()))
                        .replace("%JAVA%\n", java)
                        .replace("%CAPABILITIES%", capabilities);
    }

    /** As systemd reads it: in quotes where there are spaces, with its own signs escaped. */
    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("%", "%%")
                .replace("$", "$$");
        return escaped.indexOf(' ') < 0 ? escaped : '"' + escaped + '"';
    }

    private static String defaults() {
        return "# " + MARK + ": environment of shawk-probe.service. Only root reads this file.\n" + """
                # Without a URL the agent keeps a PostgreSQL of its own below /var/lib/shawk-probe.
                #SHAWK_CMDB_URL=postgres://shawk:password@cmdb.example/shawk?sslmode=verify-full
                #SHAWK_PROBE_MODE=streaming
                #SHAWK_PROBE_INTERVAL=1s
                #SHAWK_FLUSH_INTERVAL=10s
                #SHAWK_SPOOL_MAX=256MiB
                """;
    }
}
