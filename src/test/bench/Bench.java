package shawk.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shawk.fuzz.HostileBench;
import shawk.pivot.PivotBench;
import shawk.screen.FrameBench;
import shawk.store.GatherBench;
import shawk.store.pg.LookBench;

/** The measurements that {@code src/test/bench/run} lists. */
public final class Bench {
    static final Path HOME = Path.of(System.getProperty("bench.home"));
    static final Path OUT = HOME.resolve("target/bench");
    static final String SHAWK = HOME.resolve("shawk").toString();

    private static final String JAVA = System.getProperty("bench.jdk") + "/bin/java";
    private static final int ROUNDS = 5;

    private static boolean held = true;

    private Bench() {}

    /** Runs the benchmarks named, all where none is. */
    public static void main(String[] names) throws Exception {
        List<String> all = List.of(
                "same", "dump", "fallback", "sample", "start", "monitor", "idle", "pivot", "record", "frame", "events",
                "ebpf", "kernel", "gather", "flush", "agents", "storage", "look", "zk", "zklive", "hostile");
        System.out.println(
                "before: " + Runs.output("ss", "-s").lines().skip(1).findFirst().orElse(""));
        for (String name : names.length == 0 ? all : List.of(names)) {
            System.out.println("== " + name);
            switch (name) {
                case "same" -> held &= SameAsSs.check();
                case "dump" -> dump("netlink");
                case "fallback" -> dump("proc");
                case "sample" -> sample();
                case "start" -> start();
                case "monitor" -> monitor();
                case "idle" -> idle();
                case "pivot" -> PivotBench.run();
                case "record" -> record();
                case "frame" -> held &= FrameBench.run();
                case "gather" -> held &= GatherBench.run();
                case "events" -> held &= EventsBench.run();
                case "look" -> held &= LookBench.run();
                case "zk" -> held &= ZkBench.run();
                case "zklive" -> held &= ZkLiveBench.run();
                case "hostile" -> held &= hostile();
                case "ebpf" -> ebpf();
                case "kernel" -> held &= KernelBench.run();
                case "flush" -> held &= CmdbBench.flush();
                case "agents" -> held &= CmdbBench.agents();
                case "storage" -> held &= CmdbBench.storage();
                default -> throw new IllegalArgumentException(name + ": expected one of " + all);
            }
        }
        System.exit(held ? 0 : 1);
    }

    /** In a process of its own: it holds as much as it may. */
    private static boolean hostile() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Xmx256m"));
        if (Long.getLong("bench.seed") != null) {
            command.add("-Dbench.seed=" + Long.getLong("bench.seed"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HostileBench.class.getName()));
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** Prints a figure with its bound, and remembers where it does not hold. */
    private static void figure(String what, double value, String unit, double bound) {
        boolean good = value <= bound;
        held &= good;
        System.out.printf(
                Locale.ROOT,
                "%-52s %8.1f %-4s at most %6.1f  %s%n",
                what,
                value,
                unit,
                bound,
                good ? "ok" : "TOO MUCH");
    }

    private static void peer(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-52s %8.1f %s%n", what, value, unit);
    }

    /** The time on the clock has a bound, if any; that of the processor says how far the machine was busy otherwise. */
    private static void cost(String what, Runs.Cost cost, double bound) {
        if (Double.isNaN(bound)) {
            peer(what, cost.seconds() * 1000, "ms");
        } else {
            figure(what, cost.seconds() * 1000, "ms", bound);
        }
        peer("  processor", cost.processor() * 1000, "ms");
    }

    private static String[] dumpCommand(String source) {
        return new String[] {SHAWK, "dump", "--source", source, "-g", "none", "--format", "ndjson"};
    }

    private static void dump(String source) throws IOException, InterruptedException {
        try (Load load = Load.sixtyThousand(300)) {
            Runs.Cost[] costs = Runs.costs(ROUNDS, dumpCommand(source), new String[] {"ss", "-tanp"});
            cost("ss -tanp, 60,000 sockets", costs[1], Double.NaN);
            cost("shawk dump --source " + source + ", whole process", costs[0], costs[1].seconds() * 1000);
            peer("ratio", 100 * costs[0].seconds() / costs[1].seconds(), "%");
        }
    }

    private static void ebpf() throws IOException, InterruptedException {
        try (Load load = Load.sixtyThousand(300)) {
            double[] millis = SampleTimes.measure(12, "ebpf");
            Runs.Cost ss = Runs.costs(3, new String[][] {{"ss", "-tanp"}})[0];
            cost("ss -tanp, 60,000 sockets", ss, Double.NaN);
            peer("poll: iterator and what no process holds", millis[0], "ms");
            peer("fold: raw sample to snapshot", millis[1], "ms");
            figure("one attributed sample, a twentieth of ss", millis[2], "ms", ss.seconds() * 1000 / 20);
        }
        dump("ebpf");
        dump("netlink");
    }

    private static void sample() throws IOException, InterruptedException {
        try (Load load = Load.sixtyThousand(300)) {
            double[] millis = SampleTimes.measure(12, "netlink");
            cost("ss -tanp, 60,000 sockets", Runs.costs(3, new String[][] {{"ss", "-tanp"}})[0], Double.NaN);
            peer("poll: netlink and the walk of /proc", millis[0], "ms");
            peer("fold: raw sample to snapshot", millis[1], "ms");
            figure("one attributed sample in the running program", millis[2], "ms", 400);
            peer("  processor", millis[3], "ms");
        }
    }

    private static void start() throws IOException, InterruptedException {
        String[] version = {JAVA, "-version"};
        try (Load load = Load.oneThousand(300)) {
            Runs.Cost[] costs = Runs.costs(9, new String[] {SHAWK, "dump"}, version);
            double[] first = new double[9];
            for (int i = 0; i < first.length; i++) {
                first[i] = terminal(0, 0, 0).get("first_ms");
            }
            // 0.6 s is for a machine whose java -version takes 0.1 s.
            double bound = Math.max(600, 6 * costs[1].seconds() * 1000);
            cost("java -version", costs[1], Double.NaN);
            cost("shawk dump, 1,000 sockets, whole process", costs[0], bound);
            figure("first frame of the monitor with its rows", Runs.median(first), "ms", bound);
        }
    }

    private static void monitor() throws IOException, InterruptedException {
        int seconds = Integer.parseInt(System.getenv().getOrDefault("BENCH_SECONDS", "30"));
        String churn = System.getenv().getOrDefault("BENCH_CHURN", "0");
        try (Load load = Load.sixtyThousand(seconds + 120, "--churn", churn)) {
            Map<String, Double> seen = terminal(10, seconds, 20);
            figure("monitor, 60,000 sockets, 1 s: processor", seen.get("cpu_percent"), "%", 50);
            figure("resident, most", seen.get("rss_max_mb"), "MB", 300);
            peer("resident, growth in " + seconds + " s", seen.get("rss_end_mb") - seen.get("rss_start_mb"), "MB");
            figure("key to change of the screen, median", seen.get("key_median_ms"), "ms", 50);
            peer("key to change of the screen, 95 %", seen.get("key_p95_ms"), "ms");
            peer("key to change of the screen, longest", seen.get("key_max_ms"), "ms");
            peer("keys without an answer", seen.get("unanswered"), "");
        }
    }

    private static void idle() throws IOException, InterruptedException {
        try (Load load = Load.oneThousand(180)) {
            Map<String, Double> seen = terminal(60, 30, 0);
            figure("monitor, 1,000 sockets, 1 s: processor", seen.get("cpu_percent"), "%", 2);
            peer("resident, most", seen.get("rss_max_mb"), "MB");
            peer("writes to the terminal in 30 s", seen.get("writes"), "");
        }
    }

    private static void record() throws IOException, InterruptedException {
        double[] kept = HourBench.keeping();
        figure("60,000 sockets, a fifth busy: kept, processor", kept[0], "ms", 30);
        figure("  longest (a key frame)", kept[1], "ms", 100);
        peer("  the first", kept[2], "ms");
        double[] jumps = HourBench.jumps();
        figure("an hour of 10,000 sockets opened, first moment", jumps[0], "ms", 200);
        figure("  longest of the first nine jumps", jumps[1], "ms", 200);
        figure("  any later jump, median", jumps[2], "ms", 200);
        figure("  longest", jumps[3], "ms", 200);
        String[] tenThousand = {"--procs", "10", "--conns", "5000", "--peers", "25", "--seconds", "60"};
        String[][] loads = {
            {"idle", "0", "0"}, {"a fifth busy, some come and go", "1000", "50"}, {"all busy", "5000", "0"}
        };
        for (String[] each : loads) {
            List<String> options = new ArrayList<>(List.of(tenThousand));
            options.addAll(List.of("--rate", each[1], "--churn", each[2]));
            try (Load load = new Load(options.toArray(String[]::new))) {
                double bytes = RecordBench.bytes(each[0]);
                figure("recording, 10,000 sockets, " + each[0], bytes, "B", 10);
            }
        }
    }

    /**
     * What {@code term} saw of the monitor, whose first frame is the one that names one of the generator's processes.
     */
    private static Map<String, Double> terminal(int settle, int quiet, int keyed)
            throws IOException, InterruptedException {
        String term = OUT.resolve("term").toString();
        String[] seconds = {Integer.toString(settle), Integer.toString(quiet), Integer.toString(keyed)};
        Map<String, Double> values = new HashMap<>();
        for (String line : Runs.lines(term, "load-", seconds[0], seconds[1], seconds[2], "jjjkkk", SHAWK, "top")) {
            String[] parts = line.split("=");
            values.put(parts[0], Double.parseDouble(parts[1]));
        }
        return values;
    }
}
