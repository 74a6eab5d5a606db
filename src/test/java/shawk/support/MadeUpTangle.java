package shawk.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import shawk.model.Direction;
import shawk.support.MadeUpFleet.Host;
import shawk.support.MadeUpFleet.Program;

/**
 * A fleet at random with all that makes it hard to tell who talks to whom: several processes at one port, translations
 * that are known, unknown or known to one side, loopback, addresses that all hosts have, directions and ports that
 * nobody knows, sides that report nothing, evidence that is not whole. Each process has a name of its own.
 */
public final class MadeUpTangle {
    private static final int PROCESSES = 3;
    private static final String[] PRIVATE = {"172.17.0.2", "172.17.0.3"};
    private static final String VIA = "10.9.9.";

    public final MadeUpFleet fleet;
    public final List<String> processes = new ArrayList<>();
    public final List<String> addresses =
            new ArrayList<>(List.of(PRIVATE[0], PRIVATE[1], "127.0.0.1", VIA + 0, VIA + 1));
    private final Random random;
    private final List<Program> programs = new ArrayList<>();

    public MadeUpTangle(long atMicros, long seed) {
        this.fleet = new MadeUpFleet(atMicros);
        this.random = new Random(seed);
        int hosts = 2 + random.nextInt(3);
        for (int h = 0; h < hosts; h++) {
            addresses.add("10.0.0." + h);
            Host host = fleet.host("h" + h, "10.0.0." + h);
            for (int p = 0; p < PROCESSES; p++) {
                processes.add("h" + h + "p" + p);
                programs.add(fleet.process(host, "h" + h + "p" + p, 1 + p));
            }
        }
        for (int i = 0; i < 40; i++) {
            fleet.complete = random.nextInt(3) > 0;
            connect(random.nextInt(programs.size()), random.nextInt(programs.size()));
        }
    }

    private static String address(int program) {
        return "10.0.0." + program / PROCESSES;
    }

    private @Nullable Program mostly(int program) {
        return random.nextInt(5) > 0 ? programs.get(program) : null;
    }

    private void connect(int from, int to) {
        int port = 80 + random.nextInt(2);
        boolean near = from / PROCESSES == to / PROCESSES;
        switch (random.nextInt(6)) {
            case 0 ->
                fleet.connectVia(
                        mostly(from),
                        address(from),
                        VIA + random.nextInt(2),
                        port,
                        mostly(to),
                        address(to),
                        80 + random.nextInt(2),
                        random.nextBoolean());
            case 1 -> translatedClient(from, to, port);
            case 2 -> undirected(from, to, port);
            case 3 -> {
                String own = near ? random.nextBoolean() ? "127.0.0.1" : PRIVATE[0] : address(from);
                String far = own.startsWith("127") ? own : near ? PRIVATE[1] : address(to);
                fleet.connect(mostly(from), own, mostly(to), far, port, 1 + random.nextInt(12));
            }
            default ->
                fleet.connect(mostly(from), address(from), mostly(to), address(to), port, 1 + random.nextInt(12));
        }
    }

    /** A client whose address the server has as another one. */
    private void translatedClient(int from, int to, int port) {
        long seen = random.nextInt(1_000_000);
        List<Long> hashes = random.nextBoolean() ? List.of(seen) : List.of(seen, seen + 1);
        boolean known = random.nextBoolean();
        fleet.see(
                programs.get(from),
                Direction.OUT,
                PRIVATE[0],
                address(to),
                port,
                known ? address(from) : null,
                null,
                -1,
                hashes);
        fleet.see(
                programs.get(to),
                Direction.IN,
                address(to),
                address(from),
                port,
                null,
                known ? null : PRIVATE[0],
                -1,
                List.of(seen));
    }

    private void undirected(int from, int to, int port) {
        long seen = random.nextInt(1_000_000);
        boolean both = random.nextBoolean();
        fleet.see(programs.get(from), Direction.UNKNOWN, address(from), address(to), -1, null, null, -1, List.of(seen));
        fleet.see(
                programs.get(to),
                both ? Direction.UNKNOWN : Direction.IN,
                address(to),
                address(from),
                both ? -1 : port,
                null,
                null,
                -1,
                List.of(seen));
    }
}
