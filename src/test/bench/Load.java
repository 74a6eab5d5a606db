package shawk.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A running generator of sockets; it ends when this is closed, and by itself. */
final class Load implements AutoCloseable {
    private static final String NET =
            Long.toString(100 + ProcessHandle.current().pid() % 100);

    private final Process process;
    private final List<String> processes = new ArrayList<>();

    /** Starts {@code load} with these options and waits until everything is open. */
    Load(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Bench.OUT.resolve("load").toString()));
        // Beside another run's: addresses of its own.
        command.addAll(List.of("--net", NET));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY")) {
                return;
            }
            processes.add(line);
        }
        throw new IOException("no sockets opened");
    }

    /** 60,000 sockets in 10 processes. */
    static Load sixtyThousand(int seconds, String... more) throws IOException {
        List<String> options = new ArrayList<>(
                List.of("--procs", "10", "--conns", "30000", "--peers", "25", "--seconds", Integer.toString(seconds)));
        options.addAll(List.of(more));
        return new Load(options.toArray(String[]::new));
    }

    /** 1,000 sockets in 10 processes. */
    static Load oneThousand(int seconds) throws IOException {
        return new Load("--procs", "10", "--conns", "500", "--peers", "5", "--seconds", Integer.toString(seconds));
    }

    /** Process number of the first process. */
    String firstPid() {
        return processes.get(0).split(" ")[0];
    }

    /**
     * Whether a line of {@link SameAsSs} is of one of its sockets: by address, or by the pid that stands alone at its
     * end.
     */
    boolean owns(String line) {
        return line.contains(" 127." + NET + ".")
                || processes.stream().anyMatch(each -> line.endsWith("[" + each.split(" ")[0] + "]"));
    }

    /** Namespace of its processes. */
    long netns() {
        return Long.parseLong(processes.get(0).split(" ")[2]);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
