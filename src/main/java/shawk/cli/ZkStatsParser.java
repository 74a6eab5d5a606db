package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.OwnProcess;
import shawk.view.http.StatsServer;
import shawk.zk.stats.StatsOptions;

/** Options of {@code shawk zk stats} to settings; what makes no sense is wrong usage. */
final class ZkStatsParser {
    private static final int MOST_PORT = 65_535;
    /** ZKTraffic takes one more than there is. */
    private static final int MOST_NICENESS = 20;

    private static final int LEAST_FAVOURED = 19;
    private static final int MOST_TOKEN = 256;
    private static final int MOST_REFRESH = 86_400;

    private final Arguments arguments;
    private final SettingsParser parser;
    private final @Nullable String tokenOfEnvironment;

    /** {@code variables} are those of the environment. */
    ZkStatsParser(Arguments arguments, Map<String, String> variables) {
        this.arguments = arguments;
        this.parser = new SettingsParser(arguments);
        this.tokenOfEnvironment = variables.get(Environment.ZK_TOKEN);
    }

    /** Asks the resolver for the address to listen at, and reads the file of the token. */
    ZkStatsSettings query() throws Failure {
        CaptureSettings capture = new CaptureParser(arguments).parse(Opt.ZK_ZOOKEEPER_PORT);
        boolean background = arguments.has(Opt.ZK_APP_DAEMONIZE);
        for (Opt option : List.of(Opt.ZK_APP_DAEMON_STDOUT, Opt.ZK_APP_DAEMON_STDERR)) {
            if (!background && arguments.has(option)) {
                throw Failure.usage(option.longName() + " is for the background; add --app_daemonize, or redirect it");
            }
        }
        if (background && "-".equals(capture.offline())) {
            throw Failure.usage("--offline - reads standard input, which the background does not have; name a file");
        }
        return new ZkStatsSettings(
                capture,
                stats(capture),
                server(),
                niceness(),
                cpus(),
                background,
                path(Opt.ZK_APP_PIDFILE),
                path(Opt.ZK_APP_DAEMON_STDOUT),
                path(Opt.ZK_APP_DAEMON_STDERR));
    }

    private StatsOptions stats(CaptureSettings capture) throws Failure {
        return new StatsOptions(
                (int) Math.min(1_000, parser.parseNumber(Opt.ZK_AGGREGATION_DEPTH, 0)),
                (int) Math.min(Integer.MAX_VALUE, parser.parseNumber(Opt.ZK_MAX_RESULTS, 0)),
                !arguments.has(Opt.ZK_EXCLUDE_BYTES),
                sampling(),
                capture.pings());
    }

    private double sampling() throws Failure {
        String typed = arguments.valueOrFallback(Opt.ZK_SAMPLING);
        if (typed.matches("0*1(\\.0*)?|0*\\.\\d{1,9}")) {
            double part = Double.parseDouble(typed);
            if (part > 0 && part <= 1) {
                return part;
            }
        }
        throw Failure.usage("--sampling " + Failure.quote(typed) + ": expected a part of all, above 0 and up to 1; type"
                + " --sampling 0.1 for one in ten");
    }

    private StatsServer.Settings server() throws Failure {
        String typed = arguments.valueOrFallback(Opt.ZK_HTTP_ADDRESS);
        InetAddress address;
        try {
            address = InetAddress.getByName(typed);
        } catch (UnknownHostException e) {
            throw Failure.missing("--http-address " + Failure.quote(typed)
                    + ": there is no such host; type an address of this one, as 127.0.0.1");
        }
        if (typed.isBlank()) {
            throw Failure.usage("--http-address needs an address; type --http-address 127.0.0.1");
        }
        Set<String> hosts = new HashSet<>();
        for (String host : arguments.all(Opt.ZK_HTTP_HOST)) {
            if (!host.matches("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+]")) {
                throw Failure.usage("--http-host " + Failure.quote(host)
                        + ": expected a name without a port; type --http-host " + "zk-stats.example.org");
            }
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        if (typed.matches("[A-Za-z0-9._-]*[A-Za-z][A-Za-z0-9._-]*")) {
            hosts.add(typed.toLowerCase(Locale.ROOT));
        }
        long port = parser.parseNumber(Opt.ZK_HTTP_PORT, 0);
        if (port > MOST_PORT) {
            throw Failure.usage("--http-port " + port + ": expected a port up to 65535; type --http-port 7070");
        }
        return new StatsServer.Settings(address, (int) port, hosts, token(), refresh());
    }

    /** ZKTraffic's 0 is as often as there is something new. */
    private int refresh() throws Failure {
        return (int) Math.max(1, Math.min(MOST_REFRESH, parser.parseNumber(Opt.ZK_REFRESH_TIME, 0)));
    }

    private @Nullable String token() throws Failure {
        String typed = arguments.value(Opt.ZK_TOKEN);
        String file = arguments.value(Opt.ZK_TOKEN_FILE);
        if (typed != null && file != null) {
            throw Failure.usage("--token and --token-file exclude each other; leave one of them away");
        }
        String token = typed != null ? typed : file != null ? queryToken(file) : tokenOfEnvironment;
        if (token == null || typed == null && file == null && token.isEmpty()) {
            return null;
        }
        if (!token.matches("[!-~]{1," + MOST_TOKEN + "}")) {
            String where = typed != null ? "--token" : file != null ? "--token-file" : Environment.ZK_TOKEN;
            throw Failure.usage(where + ": a token is 1 to " + MOST_TOKEN
                    + " letters, digits and signs without a blank; make one by: openssl rand -hex 16");
        }
        return token;
    }

    private static String queryToken(String file) throws Failure {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return new String(in.readNBytes(MOST_TOKEN + 2), StandardCharsets.ISO_8859_1).stripTrailing();
        } catch (IOException e) {
            throw Failure.missing("--token-file " + Failure.quote(file) + " cannot be read: " + FileTrouble.text(e));
        } catch (InvalidPathException e) {
            throw Failure.usage("--token-file " + Failure.quote(file) + " is no path; name a file");
        }
    }

    private int niceness() throws Failure {
        long typed = parser.parseNumber(Opt.ZK_NICENESS, 0);
        if (typed > MOST_NICENESS) {
            throw Failure.usage("--niceness " + typed + ": expected 0 to " + MOST_NICENESS + "; type --niceness 10");
        }
        return (int) Math.min(LEAST_FAVOURED, typed);
    }

    private List<Integer> cpus() throws Failure {
        List<Integer> cpus = new ArrayList<>();
        String typed = arguments.value(Opt.ZK_SET_CPU_AFFINITY);
        if (typed == null) {
            return cpus;
        }
        for (String part : typed.split(",", -1)) {
            String text = part.strip();
            int dash = text.indexOf('-');
            int from = cpu(typed, dash < 0 ? text : text.substring(0, dash));
            int to = dash < 0 ? from : cpu(typed, text.substring(dash + 1));
            for (int cpu = from; cpu <= to; cpu++) {
                cpus.add(cpu);
            }
            if (from > to) {
                throw badCpus(typed);
            }
        }
        return cpus;
    }

    private static int cpu(String typed, String number) throws Failure {
        if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > OwnProcess.MOST_CPU) {
            throw badCpus(typed);
        }
        return Integer.parseInt(number);
    }

    private static Failure badCpus(String typed) {
        return Failure.usage("--set-cpu-affinity " + Failure.quote(typed)
                + ": expected numbers of processors; type --set-cpu-affinity 0,1 or 0-3");
    }

    private @Nullable Path path(Opt option) throws Failure {
        String typed = arguments.value(option);
        if (typed == null) {
            return null;
        }
        try {
            if (!typed.isBlank()) {
                return Path.of(typed).toAbsolutePath();
            }
        } catch (InvalidPathException e) {
            // As an empty one.
        }
        throw Failure.usage(option.longName() + " " + Failure.quote(typed) + " is no path; name a file");
    }
}
