package shawk.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shawk.support.NativePrograms;

/** Runs {@code lives}, which makes connections and says afterwards what is true of them. */
final class Generator {
    /** Many short connections, for each way of serving and of opening them. */
    static final List<String> CHURN = List.of(
            "process process",
            "threads process",
            "leaderless process",
            "fork process",
            "forks process",
            "prefork process --clients 3",
            "reuseport process --clients 3",
            "passing process",
            "activated process",
            "uring process",
            "uring-worker process",
            "uring-polled process",
            "uring-fixed process",
            "process threads",
            "process leaderless",
            "process fork",
            "process exit",
            "process killed",
            "process uring",
            "process uring-worker",
            "process uring-polled",
            "process process --family 6",
            "process process --family 46",
            "process process --mptcp 1",
            "process process --veth 1",
            "process process --veth 1 --family 6",
            "process process --up 200000 --down 300000",
            "fork fork --peers 50 --cookies 1");

    /** The other ways for a connection to end. */
    static final List<String> ENDINGS = List.of(
            "reset",
            "unread",
            "disconnect",
            "half-closed",
            "unaccepted",
            "unaccepted-open",
            "self",
            "collected",
            "timeout",
            "destroyed",
            "left",
            "left-killed",
            "one-process",
            "one-process --family 6",
            "reset --family 46");

    static final List<String> ATTEMPTS = List.of(
            "refused",
            "refused --family 6",
            "refused-then-open",
            "blackhole",
            "unreachable",
            "cancelled",
            "cancelled-killed",
            "no-port");

    static final List<String> DATAGRAMS = List.of(
            "udp-connected",
            "udp-unconnected --clients 3",
            "udp-blind",
            "udp-two-peers",
            "udp-connected --family 6",
            "udp-unconnected --family 6",
            "udp-connected --family 46",
            "udp-unconnected --family 46");

    private Generator() {}

    /** All that it prints, after an orderly end. */
    static List<String> run(String scenario) throws IOException, InterruptedException {
        try (Talk lives = start(scenario)) {
            return lives.rest();
        }
    }

    /** The same in the network namespace of that name, which is there already. */
    static List<String> runIn(String namespace, String scenario) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, NativePrograms.lives()));
        command.addAll(List.of((scenario + " --netns 0").split(" ")));
        try (Talk lives = new Talk(command)) {
            return lives.rest();
        }
    }

    static Talk start(String scenario) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(NativePrograms.lives()));
        command.addAll(List.of(scenario.split(" ")));
        return new Talk(command);
    }
}
