package shawk.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Json;
import shawk.support.NativePrograms;
import shawk.support.PostgresServer;

/**
 * Agents of several hosts store into one server at once; what is stored and what {@code look} makes of it is held
 * against what the processes themselves have counted.
 */
@Tag("slow")
final class FleetTest {
    private static final String SECONDS = "120";

    @TempDir
    Path folder;

    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEWEST);
    private final Map<String, Process> agents = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> servers = new ArrayList<>();
    /** What each process printed at its end: connections, by {@code its name, the other's name}. */
    private final Map<String, Long> truth = new TreeMap<>();

    private String fleet = "";
    private String database = "";
    private Hosts hosts;

    @BeforeEach
    void begin() throws Exception {
        fleet = NativePrograms.fleet();
        database = server.newDatabase();
        assertThat(program(List.of(), "create-scheme").waitFor()).isZero();
        hosts = new Hosts();
    }

    @AfterEach
    void end() throws Exception {
        for (Process each : agents.values()) {
            each.destroyForcibly().waitFor();
        }
        hosts.close();
    }

    /** The program under test behind {@code where}. */
    private Process program(List<String> where, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(where);
        command.addAll(List.of("env", "SHAWK_CMDB_URL=" + server.url(database), "XDG_STATE_HOME=" + folder));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Dshawk.native.dir="
                        + Path.of(System.getProperty("shawk.native.dir")).toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "shawk.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** An agent that says it is {@code host}. */
    private void startAgent(String host, String mode, List<String> where, String netns) throws Exception {
        Path log = folder.resolve(host + ".log");
        List<String> command = new ArrayList<>(where);
        command.addAll(List.of(
                "env",
                "SHAWK_MACHINE_ID=" + machineId(host),
                "SHAWK_SPOOL=" + folder.resolve(host + ".spool"),
                "SHAWK_PROBE_MODE=" + mode,
                "SHAWK_PROBE_INTERVAL=200ms",
                "SHAWK_FLUSH_INTERVAL=1s"));
        Process agent = new ProcessBuilder(agentCommand(command, netns))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        agents.put(host, agent);
        await("the agent of " + host, () -> Files.readString(log).contains("shawk: flush: "), log);
    }

    private List<String> agentCommand(List<String> before, String netns) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                "SHAWK_CMDB_URL=" + server.url(database).replaceFirst("@[^/]*/", "@/") + "?host="
                        + server.socketFolder() + "&port=" + server.port(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Dshawk.native.dir="
                        + Path.of(System.getProperty("shawk.native.dir")).toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "shawk.cli.Main",
                "probe",
                "--netns",
                netns));
        return command;
    }

    private static String machineId(String host) {
        return String.format("%032x", new java.math.BigInteger(1, host.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition, Path log) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never seen: " + what + "; its log: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Process serve(List<String> where, String name, int port) throws Exception {
        Process process = hosts.start(where, List.of(fleet, "serve", name, String.valueOf(port), SECONDS));
        servers.add(process);
        TimeUnit.MILLISECONDS.sleep(200);
        return process;
    }

    private Process talk(List<String> where, String name, String address, int port, int held, int rate)
            throws Exception {
        Process process = hosts.start(
                where, List.of(fleet, "talk", name, address, String.valueOf(port), SECONDS, "" + held, "" + rate));
        processes.add(process);
        return process;
    }

    /** Ends {@code process} and takes in what it counted. */
    private void endOf(Process process) throws Exception {
        process.getOutputStream().close();
        for (String line : Hosts.output(process).split("\n")) {
            if (!line.isEmpty()) {
                String[] words = line.split(" ");
                truth.merge(words[0] + " " + words[1], Long.parseLong(words[2]), Long::sum);
            }
        }
    }

    /** Ends every agent, in good order. */
    private void endAgents() throws Exception {
        for (Map.Entry<String, Process> each : agents.entrySet()) {
            // Into another space of processes nsenter goes by a child.
            ProcessHandle agent = each.getValue().toHandle();
            agent.children().findFirst().orElse(agent).destroy();
            assertThat(each.getValue().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(each.getValue().exitValue())
                    .as(Files.readString(folder.resolve(each.getKey() + ".log")))
                    .isZero();
        }
    }

    /** Every edge of the fleet, {@code client server port}, and what look says of it. */
    private Map<String, Map<String, Object>> edges() throws Exception {
        Process look = program(List.of(), "look", "--format", "json");
        String out = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(look.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        Map<String, Map<String, Object>> found = new TreeMap<>();
        for (Map<String, Object> edge : list(Json.object(out).get("edges"))) {
            found.put(name(edge, "client") + " " + name(edge, "server") + " " + edge.get("port"), edge);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    private static String name(Map<String, Object> edge, String end) {
        Map<String, Object> process = (Map<String, Object>) edge.get(end);
        return process.get("host") + ":" + process.get("process");
    }

    /** Openings that are stored of what processes accepted (0) or opened (1), by their names. */
    private Map<String, Long> stored(int direction) throws SQLException {
        Map<String, Long> found = new TreeMap<>();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select p.name, sum(b.opened) from shawk.flow_bucket b"
                        + " join shawk.flow f using (host_id, flow_id) join shawk.process p using (host_id, process_id)"
                        + " where f.direction = " + direction + " group by 1")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getLong(2));
            }
        }
        return found;
    }

    /** What processes with names that begin so have counted, by name. */
    private Map<String, Long> counted(String role) {
        Map<String, Long> sums = new TreeMap<>();
        truth.forEach((pair, count) -> {
            String name = pair.substring(0, pair.indexOf(' '));
            if (name.startsWith(role)) {
                sums.merge(name, count, Long::sum);
            }
        });
        return sums;
    }

    /** Ends the clients first, then the servers, then the agents. */
    private void endAll() throws Exception {
        for (Process each : processes) {
            endOf(each);
        }
        for (Process each : servers) {
            endOf(each);
        }
        endAgents();
    }

    @Test
    void agentsThatStreamStoreEveryConnectionOnce() throws Exception {
        for (int i = 1; i <= 3; i++) {
            String host = "h" + i;
            hosts.addHost(host, i);
            startAgent(host, "streaming", hosts.named(host), Hosts.netns(host));
        }
        // Two servers share a port, and who comes is given to either of them.
        serve(hosts.on("h1"), "s-web1", 80);
        serve(hosts.on("h1"), "s-web2", 80);
        serve(hosts.on("h2"), "s-db", 5432);
        talk(hosts.on("h2"), "c-app", "10.99.0.1", 80, 5, 40);
        talk(hosts.on("h3"), "c-app3", "10.99.0.1", 80, 2, 40);
        talk(hosts.on("h3"), "c-job", "10.99.0.2", 5432, 3, 0);
        talk(hosts.on("h1"), "c-api", "10.99.0.2", 5432, 0, 25);
        talk(hosts.on("h2"), "c-self", "127.0.0.1", 5432, 4, 10);
        TimeUnit.SECONDS.sleep(6);
        endAll();

        assertThat(stored(1)).isEqualTo(counted("c-"));
        assertThat(stored(0)).isEqualTo(counted("s-"));
        Map<String, Map<String, Object>> edges = edges();
        assertThat(edges.keySet())
                .containsExactlyInAnyOrder(
                        "h2:c-app h1:s-web1 80",
                        "h2:c-app h1:s-web2 80",
                        "h3:c-app3 h1:s-web1 80",
                        "h3:c-app3 h1:s-web2 80",
                        "h3:c-job h2:s-db 5432",
                        "h1:c-api h2:s-db 5432",
                        "h2:c-self h2:s-db 5432");
        assertThat(edges.values())
                .allSatisfy(edge -> assertThat(edge.get("proof")).as("%s", edge).isEqualTo("both"));
        assertThat(edges.get("h1:c-api h2:s-db 5432").get("opened"))
                .hasToString(String.valueOf(truth.get("c-api s-db")));
    }

    @Test
    void twoClientsAndTwoServersAtTheSameAddressesAreTwoEdges() throws Exception {
        for (int i = 1; i <= 2; i++) {
            String host = "h" + i;
            hosts.addHost(host, i);
            startAgent(host, "streaming", hosts.named(host), Hosts.netns(host));
        }
        Process first = serve(hosts.on("h1"), "s-first", 80);
        Process one = talk(hosts.on("h2"), "c-one", "10.99.0.1", 80, 3, 0);
        TimeUnit.SECONDS.sleep(1);
        servers.remove(first);
        processes.remove(one);
        endOf(first);
        endOf(one);
        serve(hosts.on("h1"), "s-second", 80);
        talk(hosts.on("h2"), "c-two", "10.99.0.1", 80, 3, 0);
        TimeUnit.SECONDS.sleep(1);
        endAll();

        assertThat(edges().keySet()).containsExactlyInAnyOrder("h2:c-one h1:s-first 80", "h2:c-two h1:s-second 80");
    }

    @Test
    void containersBehindTranslatedAddresses() throws Exception {
        for (int i = 1; i <= 2; i++) {
            hosts.addHost("h" + i, i);
            hosts.addContainer("h" + i, i);
        }
        hosts.addHost("h3", 3);
        for (int i = 1; i <= 3; i++) {
            startAgent("h" + i, "polling", hosts.on("h" + i), "all");
        }
        serve(hosts.in("h1"), "s-web", 80);
        serve(hosts.in("h2"), "s-web2", 80);
        serve(hosts.on("h3"), "s-db", 5432);
        // To a published port; out of a container; both; and containers with the same address to a third host.
        talk(hosts.on("h3"), "c-user", "10.99.0.1", 8080, 3, 0);
        talk(hosts.in("h1"), "c-shop", "10.99.0.3", 5432, 2, 0);
        talk(hosts.in("h2"), "c-shop2", "10.99.0.3", 5432, 4, 0);
        talk(hosts.in("h2"), "c-cross", "10.99.0.1", 8080, 2, 0);
        TimeUnit.SECONDS.sleep(5);
        Map<String, Map<String, Object>> edges = edges();
        endAll();

        Map<String, String> proofs = new TreeMap<>();
        edges.forEach((edge, said) -> proofs.put(edge.substring(0, edge.lastIndexOf(' ')), "" + said.get("proof")));
        assertThat(proofs)
                .isEqualTo(Map.of(
                        "h3:c-user h1:s-web", "both",
                        "h1:c-shop h3:s-db", "both",
                        "h2:c-shop2 h3:s-db", "both",
                        "h2:c-cross h1:s-web", "both"));
        assertThat(new TreeSet<>(truth.keySet()))
                .contains("c-user s-web", "c-shop s-db", "c-shop2 s-db", "c-cross s-web");
    }
}
