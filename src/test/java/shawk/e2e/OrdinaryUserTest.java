package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.support.Json;
import shawk.support.PostgresServer;

/** What was built, run by a user without any right, on a connection of root's. Needs root to become that user. */
@Tag("slow")
final class OrdinaryUserTest {
    private static final Path BUILT = Path.of("target");
    private static final int NOBODY = 65534;
    private static final List<String> ALL_RIGHTS =
            List.of("bpf", "perfmon", "net_admin", "sys_ptrace", "dac_read_search", "sys_admin");

    @TempDir
    Path folder;

    private ServerSocket server;
    private Socket client;
    private Socket accepted;

    private record Outcome(int status, String out, String err) {}

    /** The clone may lie where nobody else can look. */
    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String part : List.of("shawk.jar", "lib", "native")) {
            try (Stream<Path> files = Files.walk(BUILT.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(BUILT.relativize(file)));
                }
            }
        }
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        accepted.close();
        server.close();
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return runWith(List.of(), arguments);
    }

    /** With {@code rights}, as setpriv writes them, as ambient capabilities. */
    private Outcome runWith(List<String> rights, String... arguments) throws IOException, InterruptedException {
        return runIn(List.of(), rights, arguments);
    }

    /** With {@code variables} in its environment too. */
    private Outcome runIn(List<String> variables, List<String> rights, String... arguments)
            throws IOException, InterruptedException {
        String set = "-all" + rights.stream().map(right -> ",+" + right).collect(Collectors.joining());
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=" + set,
                "--inh-caps=" + set,
                "--ambient-caps=" + set,
                "env",
                "-i",
                "LANG=C",
                "TERM=xterm"));
        command.addAll(variables);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djna.nosys=true",
                "-Djna.nounpack=true",
                "-Djna.boot.library.path=" + folder.resolve("native"),
                "-jar",
                folder.resolve("shawk.jar").toString()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("shawk-test", ".err");
        Process process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String errors = Files.readString(err);
        Files.delete(err);
        return new Outcome(process.exitValue(), out, errors);
    }

    private String port() {
        return "port = " + server.getLocalPort();
    }

    @Test
    void dumpShowsEverySocketAndSaysWhoseItCannotTell() throws Exception {
        Outcome outcome = run("dump", "-g", "none", "-f", port(), "-F", "all", "--format", "ndjson");
        assertThat(outcome.status).isZero();
        assertThat(outcome.out.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(Json.object(line))
                        .containsEntry("state", "ESTABLISHED")
                        .containsEntry("process", null)
                        .containsEntry("user", "root")
                        .containsEntry("owner_proof", "unknown"));
        assertThat(outcome.err)
                .contains("run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH\n", "no CAP_SYS_ADMIN; ")
                .doesNotContain("Exception");
    }

    /** One capability away from all that bring something, and what of it is then missing. */
    @ParameterizedTest
    @CsvSource({
        "none, ebpf, ''",
        "bpf, ebpf, ''",
        "perfmon, ebpf, ''",
        "'bpf,sys_admin', netlink, ebpf netns",
        "'perfmon,sys_admin', netlink, ebpf netns",
        "net_admin, ebpf, ''",
        "'net_admin,sys_admin', ebpf, ebpf-peers netns",
        "sys_ptrace, ebpf, exe",
        "dac_read_search, ebpf, ''",
        "sys_admin, ebpf, netns",
    })
    void withAmbientCapabilitiesItNeedsNoRoot(String without, String source, String missing) throws Exception {
        List<String> rights = new ArrayList<>(ALL_RIGHTS);
        rights.removeAll(List.of(without.split(",")));
        Outcome outcome = runWith(
                rights, "dump", "-g", "none", "-f", port(), "-F", "all", "--format", "json", "-c", "2", "-i", "100ms");
        assertThat(outcome.status).as(outcome.err).isZero();
        List<?> samples = (List<?>) Json.parse(outcome.out);
        Map<?, ?> last = (Map<?, ?>) samples.get(samples.size() - 1);
        assertThat(last.get("source")).isEqualTo(source);
        Set<String> told = new TreeSet<>();
        for (Object each : (List<?>) last.get("degraded")) {
            told.add(String.valueOf(((Map<?, ?>) each).get("id")));
        }
        told.removeAll(Set.of("netns-parts", "owners", "nat"));
        assertThat(String.join(" ", told)).isEqualTo(missing);
        assertThat((List<?>) last.get("rows"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(((Map<?, ?>) row).get("process")).isEqualTo("java"));
    }

    @Test
    void aNamedSourceSaysWhichCapabilityItLacks() throws Exception {
        Outcome outcome = runWith(List.of("bpf"), "dump", "--source", "ebpf");
        assertThat(outcome.status).isEqualTo(3);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err)
                .isEqualTo("shawk: source ebpf does not work: no CAP_PERFMON; run as root, or with CAP_BPF and"
                        + " CAP_PERFMON\n");
    }

    @Test
    void doctorNamesTheCapabilities() throws Exception {
        Outcome outcome = run("doctor");
        assertThat(outcome.err).isEmpty();
        assertThat(outcome.status).isEqualTo(3);
        assertThat(outcome.out)
                .matches("\\p{ASCII}*")
                .containsPattern("(?m)^~ source +partly +netlink: ")
                .containsPattern("(?m)^x ebpf +missing ")
                .containsPattern("(?m)^x capabilities +missing +no CAP_BPF.*setpriv ")
                .containsPattern("(?m)^x owners +missing .*CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH$")
                .containsPattern("(?m)^~ netns +partly .*CAP_SYS_ADMIN")
                .containsPattern("(?m)^x sock-destroy +missing .*CAP_NET_ADMIN$")
                .containsPattern("(?m)^x conntrack +missing .*CAP_NET_ADMIN$")
                .endsWith("\nLive connections with their owners cannot be shown: see what is missing above.\n");
    }

    /** As a service with the rights of its unit: what it stores has the names of root's processes. */
    @ParameterizedTest
    @CsvSource({"polling", "streaming"})
    void theRightsOfTheServiceAreEnoughForTheAgent(String mode) throws Exception {
        String unit = Files.readString(Path.of("src/main/resources/shawk/cli/shawk-probe.service"));
        List<String> rights = unit.lines()
                .filter(line -> line.startsWith("AmbientCapabilities="))
                .flatMap(line -> Stream.of(line.substring(line.indexOf('=') + 1).split(" ")))
                .map(name -> name.substring("CAP_".length()).toLowerCase(Locale.ROOT))
                .toList();
        assertThat(rights).containsExactlyInAnyOrderElementsOf(ALL_RIGHTS);
        PostgresServer postgres = PostgresServer.shared(PostgresServer.Version.NEWEST);
        String database = postgres.newDatabase();
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(postgres.url(database), "nobody"))) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
        }
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.setAttribute(state, "unix:uid", NOBODY);
        Outcome outcome = runIn(
                List.of(
                        "SHAWK_CMDB_URL=" + postgres.url(database),
                        "SHAWK_SPOOL=" + state.resolve("spool"),
                        "SHAWK_FLUSH_INTERVAL=1s",
                        "SHAWK_PROBE_MODE=" + mode),
                rights,
                "probe",
                "--once");
        assertThat(outcome.status).as(outcome.err).isZero();
        assertThat(outcome.err).contains("lost 0").doesNotContain("CAP_", "not permitted", "Exception");
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from shawk.flow f join shawk.process p on"
                        + " p.host_id = f.host_id and p.process_id = f.process_id where p.name = 'java' and f.port = "
                        + server.getLocalPort())) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).as("both ends are here").isEqualTo(2);
        }
    }

    @Test
    void assertTellsWhatItCanTellAndNoMore() throws Exception {
        Outcome counted = run("assert", port(), "--min", "2", "--max", "2");
        assertThat(counted.out).isEqualTo("ok: 2 connections, expected exactly 2\n");
        assertThat(counted.status).isZero();
        Outcome owned = run("assert", port() + " and process = java", "--max", "1");
        assertThat(owned.status).isEqualTo(3);
        assertThat(owned.out).isEmpty();
        assertThat(owned.err)
                .contains("cannot tell whether the assertion holds: 0 to 2 connections match, expected at most 1; ")
                .endsWith("CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH\n");
        assertThat(run("assert", port() + " and process = java", "--max", "2").status)
                .as("which holds whoever they are")
                .isZero();
    }

    @Test
    void theMonitorRefusesWithoutATerminal() throws Exception {
        Outcome outcome = run("top");
        assertThat(outcome.status).isEqualTo(2);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err)
                .isEqualTo("shawk: the monitor needs a terminal on standard input and output; "
                        + "shawk dump writes to pipes and files\n");
    }
}
