package shawk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shawk.support.Json;

/**
 * Compares the rows of {@code shawk dump} with those of {@code ss}: protocol, state, queues, both ends, and the pids of
 * all holders. What {@code ss} shows both before and after must be there; what it shows neither time must not. Only the
 * generator's sockets count: those of others come and go in between.
 */
final class SameAsSs {
    private static final Pattern PID = Pattern.compile("pid=(\\d+)");
    private static final String FIELDS = "proto,state,recvq,sendq,laddr,lport,raddr,rport,netns,pid,holders";

    private SameAsSs() {}

    static boolean check() throws IOException, InterruptedException {
        String here = "--procs 10 --conns 4600 --conns6 200 --half 50 --time-wait 100 --queued 300 --peers 20"
                + " --listeners 40 --udp 100 --udp-bound 100 --seconds 120";
        String elsewhere = "--netns 1 --procs 3 --conns 90 --queued 9 --half 6 --listeners 6 --udp 6"
                + " --udp-bound 6 --seconds 120";
        try (Load own = new Load(here.split(" "));
                Load other = new Load(elsewhere.split(" "))) {
            boolean same = true;
            for (String source : List.of("netlink", "proc")) {
                Path rows = Bench.OUT.resolve("same-" + source + ".ndjson");
                same &= compare(source, rows, own, List.of());
                same &= compare(source, rows, other, List.of("nsenter", "-t", other.firstPid(), "-n"));
            }
            return same;
        }
    }

    private static boolean compare(String source, Path file, Load load, List<String> enter)
            throws IOException, InterruptedException {
        Map<String, Integer> before = ss(source, enter);
        String[] dump = {
            Bench.SHAWK,
            "dump",
            "--all",
            "-g",
            "none",
            "--format",
            "ndjson",
            "--source",
            source,
            "--netns",
            Long.toString(load.netns()),
            "-F",
            FIELDS
        };
        Files.writeString(file, Runs.output(dump));
        Map<String, Integer> after = ss(source, enter);
        Map<String, Integer> ours = new HashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(Json::object).map(SameAsSs::line).forEach(line -> ours.merge(line, 1, Integer::sum));
        }
        Map<String, Integer> wrong = new HashMap<>();
        before.forEach((line, count) -> {
            int missing = Math.min(count, after.getOrDefault(line, 0)) - ours.getOrDefault(line, 0);
            if (missing > 0 && load.owns(line)) {
                wrong.put("only ss:    " + line, missing);
            }
        });
        ours.forEach((line, count) -> {
            int extra = count - Math.max(before.getOrDefault(line, 0), after.getOrDefault(line, 0));
            if (extra > 0 && load.owns(line)) {
                wrong.put("only shawk: " + line, extra);
            }
        });
        int rows = ours.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("%-8s namespace %d: %d rows, %d different%n", source, load.netns(), rows, wrong.size());
        wrong.keySet().stream().sorted().limit(10).forEach(System.out::println);
        return wrong.isEmpty() && rows > 0;
    }

    private static Map<String, Integer> ss(String source, List<String> enter) throws IOException, InterruptedException {
        Map<String, Integer> lines = new HashMap<>();
        for (String proto : List.of("tcp", "udp")) {
            List<String> command = new ArrayList<>(enter);
            command.addAll(List.of("ss", "-" + proto.charAt(0) + "anpH"));
            for (String line : Runs.lines(command.toArray(String[]::new))) {
                String comparable = withoutLimit(source, line(proto, line.trim().split("\\s+", 6)));
                lines.merge(comparable, 1, Integer::sum);
            }
        }
        return lines;
    }

    /** Out of the columns of ss: state, queues, local and peer address with port, holders. */
    private static String line(String proto, String[] columns) {
        TreeSet<Integer> pids = new TreeSet<>();
        Matcher pid = PID.matcher(columns.length > 5 ? columns[5] : "");
        while (pid.find()) {
            pids.add(Integer.parseInt(pid.group(1)));
        }
        boolean connected = !columns[4].endsWith(":*");
        return String.join(
                " ",
                proto,
                columns[0],
                columns[1],
                columns[2],
                end(columns[3]),
                connected ? end(columns[4]) : "-",
                pids.toString());
    }

    /** Address and port without brackets and device; {@code *} is the wildcard of both families. */
    private static String end(String text) {
        int colon = text.lastIndexOf(':');
        String address = text.substring(0, colon).replaceAll("[\\[\\]]|%.*", "").replaceFirst("^::ffff:(?=.*\\.)", "");
        return (address.equals("*") ? "::" : address) + " " + text.substring(colon + 1);
    }

    /** A listener's limit is not in /proc/net/tcp: what the source cannot know is not compared. */
    private static String withoutLimit(String source, String line) {
        return source.equals("proc") ? line.replaceFirst("^(tcp LISTEN \\S+) \\S+", "$1 -") : line;
    }

    private static String line(Map<String, Object> row) {
        TreeSet<Integer> pids = new TreeSet<>();
        if (row.get("holders") instanceof List<?> holders) {
            for (Object holder : holders) {
                pids.add(Integer.valueOf(whole(((Map<?, ?>) holder).get("pid"))));
            }
        }
        String remote = row.get("raddr") == null ? "-" : row.get("raddr") + " " + whole(row.get("rport"));
        return String.join(
                " ",
                String.valueOf(row.get("proto")),
                stateOfSs(String.valueOf(row.get("state"))),
                whole(row.get("recvq")),
                whole(row.get("sendq")),
                row.get("laddr") + " " + whole(row.get("lport")),
                remote,
                pids.toString());
    }

    private static String whole(@Nullable Object number) {
        return number instanceof Json.Number value ? value.digits() : "-";
    }

    private static String stateOfSs(String state) {
        return switch (state) {
            case "ESTABLISHED" -> "ESTAB";
            case "FIN_WAIT1" -> "FIN-WAIT-1";
            case "FIN_WAIT2" -> "FIN-WAIT-2";
            default -> state.replace('_', '-');
        };
    }
}
