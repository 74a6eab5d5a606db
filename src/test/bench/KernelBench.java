package shawk.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import shawk.kernel.Comparison;
import shawk.kernel.End;
import shawk.kernel.Line;
import shawk.support.Json;

/**
 * What the programs in the kernel see and cost, beside the {@code tcplife} of bcc's libbpf-tools in the same run. Each
 * line says what is asked for. BENCH_ROUNDS (default 15) shortens the comparison of churns.
 */
final class KernelBench {
    private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("BENCH_ROUNDS", "15"));
    private static final String LIVES = Bench.OUT.resolve("lives").toString();
    private static final String CHURN =
            "process process --quiet 1 --count 100000 --peers 20 --up 1 --down 0 --first 0 --seconds 120";
    /** It wants tracefs, which not every host has mounted: in a mount namespace of its own. */
    private static final String[] TCPLIFE = {
        "unshare", "-m", "sh", "-c", "mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null; exec tcplife"
    };

    private static boolean held = true;

    private KernelBench() {}

    static boolean run() throws IOException, InterruptedException {
        seen("one client process", "process process --count 12000 --rate 2000");
        seen("a fork per connection", "fork process --count 12000 --rate 2000");
        processor();
        churn();
        namespaces();
        leftBehind();
        return held;
    }

    private static void most(String what, double value, String unit, double bound) {
        print(what, value, unit, "at most ", bound, value <= bound);
    }

    private static void least(String what, double value, String unit, double bound) {
        print(what, value, unit, "at least", bound, value >= bound);
    }

    private static void print(String what, double value, String unit, String side, double bound, boolean good) {
        held &= good;
        String line = "%-60s %9.2f %-4s asked: %s %7.2f  %s%n";
        System.out.printf(Locale.ROOT, line, what, value, unit, side, bound, good ? "holds" : "DOES NOT HOLD");
    }

    private static void peer(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-60s %9.2f %-4s%n", what, value, unit);
    }

    /** A program that writes to a file until it is ended. */
    private static final class Running implements AutoCloseable {
        private final Process process;
        private final Path out;

        Running(String name, String... command) throws IOException {
            out = Bench.OUT.resolve(name + ".out");
            process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(Bench.OUT.resolve(name + ".err").toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
        }

        /** Makes short connections until one of them stands in the output. */
        void awaitWork() throws IOException, InterruptedException {
            do {
                lives("process process --count 20");
                TimeUnit.MILLISECONDS.sleep(300);
                if (!process.isAlive()) {
                    throw new IOException(out + ": has ended");
                }
            } while (!Files.readString(out, StandardCharsets.ISO_8859_1).contains("lv-"));
        }

        /** Seconds of processor so far. */
        double processor() throws IOException {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
        }

        /** All that it has written, after an end in order. */
        List<String> end() throws IOException, InterruptedException {
            new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IOException(out + ": does not end");
            }
            return Files.readAllLines(out, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static List<String> lives(String scenario) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LIVES));
        command.addAll(List.of(scenario.split(" ")));
        return Runs.lines(command.toArray(String[]::new));
    }

    private static Running streaming() throws IOException, InterruptedException {
        Running shawk = new Running(
                "shawk-dump", Bench.SHAWK, "dump", "--source", "ebpf", "-c", "0", "-a", "--format", "ndjson", "-g",
                "process,dir", "-F", "process,dir,conns,opened,closed");
        shawk.awaitWork();
        return shawk;
    }

    /** Short connections, twelve thousand in six seconds: seen, with which owner, how certain. */
    private static void seen(String what, String scenario) throws IOException, InterruptedException {
        String[] events = {Bench.SHAWK, "events", "--source", "ebpf", "--format", "ndjson"};
        try (Running shawk = new Running("shawk-events", events);
                Running tcplife = new Running("tcplife", TCPLIFE)) {
            shawk.awaitWork();
            tcplife.awaitWork();
            List<End> truth = End.truth(lives(scenario));
            TimeUnit.SECONDS.sleep(2);
            long place = truth.get(0).netns();
            List<End> seen = shawk.end().stream()
                    .filter(line -> line.contains("\"netns\":" + place + ","))
                    .map(End::ofCommand)
                    .toList();
            Comparison comparison = Comparison.of(truth, seen);
            long missing = comparison.differences().stream().filter(each -> each.startsWith("missing")).count();
            double ends = comparison.ends();
            least(what + ": ends of connections seen", 100 * (ends - missing) / ends, "%", 100);
            least("  right owner at both ends", 100 * comparison.rightOwners() / ends, "%", 99.99);
            least("  called proven", 100 * comparison.proven() / ends, "%", 95);
            most("  wrong while called proven", comparison.wrongProven(), "", 0);
            most("  any other difference (bytes, reason, direction)", comparison.differences().size(), "", 0);
            comparison.differences().stream().limit(3).forEach(each -> System.out.println("    " + each));
            int[] rows = tcplife(tcplife.end(), truth);
            peer("  tcplife: ends seen", 100 * rows[0] / ends, "%");
            peer("  tcplife: right owner", 100 * rows[1] / ends, "%");
        }
    }

    /** Rows of tcplife that are of these connections; and of them, those with the right process. */
    private static int[] tcplife(List<String> lines, List<End> truth) {
        Map<String, Long> owners = new HashMap<>();
        truth.forEach(end -> owners.put(end.lport() + " " + end.rport(), end.pid()));
        int[] found = new int[2];
        for (String line : lines) {
            // PID COMM LADDR LPORT RADDR RPORT TX_KB RX_KB MS
            String[] words = line.trim().split("\\s+");
            Long owner = words.length > 5 ? owners.get(words[3] + " " + words[5]) : null;
            if (owner != null) {
                found[0]++;
                found[1] += words[0].equals(owner.toString()) ? 1 : 0;
            }
        }
        return found;
    }

    /** Processor of the running program at 2,000 connections a second, above that of the same program left alone. */
    private static void processor() throws IOException, InterruptedException {
        try (Running shawk = streaming()) {
            TimeUnit.SECONDS.sleep(20);
            double[] above = new double[5];
            for (int i = 0; i < above.length; i++) {
                double start = shawk.processor();
                TimeUnit.SECONDS.sleep(6);
                double idle = shawk.processor() - start;
                start = shawk.processor();
                lives("process process --count 12000 --rate 2000 --quiet 1");
                above[i] = 100 * (shawk.processor() - start - idle) / 6;
            }
            most("processor at 2,000 connections a second, above idle", Runs.median(above), "%", 1.5);
        }
    }

    private static double churnRate() throws IOException, InterruptedException {
        Line line = Line.of(lives(CHURN), "churn").get(0);
        return line.number("count") / Double.parseDouble(line.text("seconds"));
    }

    /** The host's highest churn, bare, with shawk streaming and with tcplife: in turn, in a changing order. */
    private static void churn() throws IOException, InterruptedException {
        double[] bare = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        double[] peer = new double[ROUNDS];
        long lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < 3; turn++) {
                switch ((round + turn) % 3) {
                    case 0 -> bare[round] = churnRate();
                    case 1 -> {
                        try (Running shawk = streaming()) {
                            long before = closed(Files.readAllLines(shawk.out));
                            with[round] = churnRate();
                            TimeUnit.MILLISECONDS.sleep(2500);
                            lost = Math.max(lost, Math.abs(200_000 - closed(shawk.end()) + before));
                        }
                    }
                    default -> {
                        try (Running tcplife = new Running("tcplife", TCPLIFE)) {
                            tcplife.awaitWork();
                            peer[round] = churnRate();
                        }
                    }
                }
            }
        }
        peer("churn of 100,000 connections, bare, per second", Runs.median(bare), "");
        least("  with shawk streaming, over bare (median of " + ROUNDS + " pairs)", ratio(with, bare), "", 0.95);
        least("  above tcplife's in the same run", ratio(with, bare), "", ratio(peer, bare));
        most("  ends counted wrongly or not at all, worst run of 200,000", lost / 2000.0, "%", 0.1);
    }

    private static double ratio(double[] of, double[] over) {
        double[] ratios = new double[of.length];
        Arrays.setAll(ratios, i -> of[i] / over[i]);
        return Runs.median(ratios);
    }

    /** Connections of the generator that have closed, by the last sample of a dump. */
    private static long closed(List<String> lines) {
        Map<String, Long> last = new HashMap<>();
        for (String line : lines) {
            if (line.contains("\"lv-") && line.endsWith("}")) {
                Map<String, Object> row = Json.object(line);
                Object closed = row.get("closed");
                last.put(String.valueOf(row.get("group")), closed == null ? 0 : Long.parseLong(closed.toString()));
            }
        }
        return last.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Sockets in namespaces that {@code ip netns} has made. */
    private static void namespaces() throws IOException, InterruptedException {
        String name = "shawk-bench-" + ProcessHandle.current().pid();
        Runs.output("ip", "netns", "add", name);
        Process load = null;
        try {
            Runs.output("ip", "-n", name, "link", "set", "lo", "up");
            String[] command = {
                "ip", "netns", "exec", name, Bench.OUT.resolve("load").toString(), "--conns", "100", "--seconds", "60"
            };
            load = new ProcessBuilder(command).start();
            String first = load.inputReader().readLine();
            load.inputReader().readLine();
            String netns = first.split(" ")[2];
            int right = 0;
            for (String line : Runs.lines(
                    Bench.SHAWK, "dump", "--source", "ebpf", "-g", "none", "--format", "ndjson", "--netns", "all", "-F",
                    "netns,netns_name,pid,state")) {
                Map<String, Object> row = Json.object(line);
                boolean ours = netns.equals(String.valueOf(row.get("netns")));
                right += ours && name.equals(row.get("netns_name")) && first.startsWith(row.get("pid") + " ") ? 1 : 0;
            }
            least("sockets in a namespace of ip netns, with name and owner", right, "", 200);
        } finally {
            if (load != null) {
                load.getOutputStream().close();
                load.waitFor();
            }
            Runs.output("ip", "netns", "del", name);
        }
    }

    /** Programs, maps and links that nobody holds after rounds of start and SIGKILL. */
    private static void leftBehind() throws IOException, InterruptedException {
        Set<String> before = inKernel();
        Set<String> had = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            try (Running shawk = streaming()) {
                had.addAll(heldBy(shawk.process.pid()));
            }
        }
        TimeUnit.SECONDS.sleep(3);
        Set<String> left = inKernel();
        left.removeAll(before);
        left.retainAll(had);
        most("programs, maps and links left by SIGKILL (of " + had.size() + ")", left.size(), "", 0);
    }

    private static Set<String> inKernel() throws IOException, InterruptedException {
        Set<String> found = new HashSet<>();
        for (String what : List.of("prog", "map", "link")) {
            Runs.lines("bpftool", what, "list").stream()
                    .filter(line -> line.matches("[0-9]+: .*"))
                    .forEach(line -> found.add(what + " " + line.substring(0, line.indexOf(':'))));
        }
        return found;
    }

    private static Set<String> heldBy(long pid) throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fdinfo"))) {
            descriptors.flatMap(KernelBench::lines)
                    .filter(line -> line.matches("(prog|map|link)_id:\\s+[0-9]+"))
                    .forEach(line -> found.add(line.replaceFirst("_id:\\s+", " ")));
        }
        return found;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
