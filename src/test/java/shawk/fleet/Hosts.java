package shawk.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import shawk.support.Commands;

/**
 * Hosts on one switch, 10.99.0.1 and up, and containers behind them: all have the address 172.30.0.2 in a network of
 * their own, their host translates what they send, and its port 8080 is their port 80. Needs root. Used by one thread.
 */
final class Hosts implements AutoCloseable {
    private static final String PREFIX = "shawk-fleet-";
    private static final String SWITCH = PREFIX + "switch";
    private static final String IP = "ip";

    private final List<String> namespaces = new ArrayList<>();
    private final Map<String, Process> inits = new LinkedHashMap<>();
    private final List<Process> others = new ArrayList<>();

    /** The machine's own namespaces of an earlier run that was killed are in the way of nobody: they are removed. */
    Hosts() throws IOException, InterruptedException {
        for (String line : Commands.output(IP, "netns", "list").split("\n")) {
            if (line.startsWith(PREFIX)) {
                ip("netns", "del", line.split(" ")[0]);
            }
        }
        addNamespace(SWITCH);
        ip("-n", SWITCH, "link", "add", "br0", "type", "bridge");
        ip("-n", SWITCH, "link", "set", "br0", "up");
    }

    /** A host with address 10.99.0.{@code number}. */
    void addHost(String name, int number) throws IOException, InterruptedException {
        String netns = PREFIX + name;
        addNamespace(netns);
        ip("-n", netns, "link", "add", "eth0", "type", "veth", "peer", "name", "to-" + name, "netns", SWITCH);
        ip("-n", SWITCH, "link", "set", "dev", "to-" + name, "master", "br0");
        ip("-n", SWITCH, "link", "set", "dev", "to-" + name, "up");
        up(netns, "10.99.0." + number);
        String begin = "hostname " + name + "; mount -t tmpfs none /run/netns; exec sleep 600";
        Process init = start(List.of(
                "nsenter",
                "--net=/run/netns/" + netns,
                "unshare",
                "-m",
                "-p",
                "-f",
                "--mount-proc",
                "-u",
                "--kill-child",
                "sh",
                "-c",
                begin));
        inits.put(name, init);
        awaitInit(init);
    }

    /** A container behind {@code host}, which has address 10.99.0.{@code number}. */
    void addContainer(String host, int number) throws IOException, InterruptedException {
        String netns = PREFIX + host;
        String inside = netns + "-c";
        addNamespace(inside);
        ip("-n", inside, "link", "add", "eth0", "type", "veth", "peer", "name", "inside", "netns", netns);
        ip("-n", netns, "addr", "add", "172.30.0.1/24", "dev", "inside");
        ip("-n", netns, "link", "set", "dev", "inside", "up");
        up(inside, "172.30.0.2");
        ip("-n", inside, "route", "add", "default", "via", "172.30.0.1");
        ip("netns", "exec", netns, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
        String rules = "table ip nat {"
                + " chain in { type nat hook prerouting priority -100;"
                + " ip daddr 10.99.0." + number + " tcp dport 8080 dnat to 172.30.0.2:80; };"
                + " chain out { type nat hook postrouting priority 100;"
                + " ip saddr 172.30.0.0/24 oifname \"eth0\" masquerade; }; }";
        ip("netns", "exec", netns, "nft", rules);
    }

    private static void up(String netns, String address) throws IOException, InterruptedException {
        ip("-n", netns, "addr", "add", address + "/24", "dev", "eth0");
        ip("-n", netns, "link", "set", "lo", "up");
        ip("-n", netns, "link", "set", "eth0", "up");
    }

    private void addNamespace(String name) throws IOException, InterruptedException {
        ip("netns", "add", name);
        namespaces.add(name);
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(IP));
        command.addAll(List.of(arguments));
        Commands.output(command.toArray(String[]::new));
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        others.add(process);
        return process;
    }

    /** The process with number 1 on that host. */
    private static long awaitInit(Process unshare) throws IOException, InterruptedException {
        Path children = Path.of("/proc/" + unshare.pid() + "/task/" + unshare.pid() + "/children");
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); System.nanoTime() < end; Thread.sleep(5)) {
            String text = Files.readString(children).strip();
            if (!text.isEmpty()
                    && Files.readString(Path.of("/proc/" + text + "/comm")).equals("sleep\n")) {
                return Long.parseLong(text);
            }
        }
        throw new AssertionError("a host did not begin: " + unshare.info());
    }

    /** The command that runs another one on {@code host}. */
    List<String> on(String host) throws IOException, InterruptedException {
        long init = awaitInit(inits.get(host));
        return List.of("nsenter", "-t", String.valueOf(init), "-m", "-p", "-u", "--net=/run/netns/" + PREFIX + host);
    }

    /** The command that runs another one in the container behind {@code host}. */
    List<String> in(String host) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(on(host));
        command.set(command.size() - 1, "--net=/run/netns/" + PREFIX + host + "-c");
        return command;
    }

    /** The command that runs another one under the name of {@code host}, but in the machine's own namespaces. */
    List<String> named(String host) throws IOException, InterruptedException {
        return List.of("nsenter", "-t", String.valueOf(awaitInit(inits.get(host))), "-u");
    }

    /** The name of a host's network namespace. */
    static String netns(String host) {
        return PREFIX + host;
    }

    /** Runs {@code command} behind {@code where}; ended with the hosts at the latest. */
    Process start(List<String> where, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(where);
        whole.addAll(command);
        return start(whole);
    }

    /** All that {@code process} prints until its end, which must be an orderly one. */
    static String output(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(process.info() + " ended with " + process.exitValue() + ": " + out);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        try {
            for (Process each : others) {
                each.destroyForcibly().waitFor();
            }
            for (String each : namespaces) {
                ip("netns", "del", each);
            }
        } catch (InterruptedException e) {
            throw new IOException("hosts are left behind: " + namespaces, e);
        }
    }
}
