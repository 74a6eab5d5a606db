package shawk.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's scripts in a made-up clone that is already built, with a JDK that only tells how it was called. */
final class LauncherTest {
    private static final Path SOURCES = Path.of("").toAbsolutePath();

    private static final String JAVA = """
            #!/bin/sh
            echo "pid $$"
            echo "options ${JAVA_TOOL_OPTIONS-}${_JAVA_OPTIONS-}${JDK_JAVA_OPTIONS-}"
            while [ "$1" != shawk.cli.Main ]; do echo "jvm $1"; shift; done
            shift
            for argument in "$@"; do echo "<$argument>"; done
            exit 7
            """;

    @TempDir
    Path scratch;

    private Path clone;
    private Path jdk;

    private record Outcome(int status, String out, String err, long pid) {}

    @BeforeEach
    void putUpClone() throws IOException {
        clone = Files.createDirectories(scratch.resolve("a clone"));
        jdk = jdk("jdk", "17.0.1");
        for (String file : List.of("shawk", "src/build/prepare", "src/build/launch.sh", "src/build/tools.sh")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.copy(SOURCES.resolve(file), clone.resolve(file));
        }
        for (String folder : List.of("src/main", "native", "bpf", "target/run")) {
            Files.createDirectories(clone.resolve(folder));
        }
        Files.createFile(clone.resolve("pom.xml"));
        Files.write(clone.resolve("target/shawk.jar"), jar("shawk/cli/Main.class", "shawk/cli/Opt$1.class"));
        Files.createFile(clone.resolve("target/run/stamp"));
        setAge(clone.resolve("target/run/stamp"), -1800);
    }

    private static byte[] jar(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void aJarThatIsNotWholeIsNotStarted() throws Exception {
        Path jar = clone.resolve("target/shawk.jar");
        byte[] whole = Files.readAllBytes(jar);
        assertThat(isStale()).isEqualTo("no");
        Path classes = Files.createDirectories(clone.resolve("target/classes/shawk/cli"));
        Files.createFile(classes.resolve("Main.class"));
        Files.createFile(classes.resolve("Opt$1.class"));
        assertThat(isStale()).isEqualTo("no");
        Files.createFile(classes.resolve("More.class"));
        assertThat(isStale()).as("without a class").isEqualTo("yes");
        Files.delete(classes.resolve("More.class"));
        Files.write(jar, Arrays.copyOf(whole, whole.length - 30));
        assertThat(isStale()).as("cut off").isEqualTo("yes");
        Files.write(jar, jar("shawk/cli/Opt$1.class", "shawk/cli/More.class"));
        assertThat(isStale()).as("without the main class").isEqualTo("yes");
    }

    /** What prepare makes of the clone, which it would build if it could. */
    private String isStale() throws Exception {
        String script = Files.readString(clone.resolve("src/build/prepare"));
        String functions = script.substring(script.indexOf("whole() {"), script.indexOf("# The first half"));
        String question = "home='" + clone + "' run='" + clone + "/target/run'; " + functions;
        return run(List.of("/bin/sh", "-c", question + "\nstale && echo yes || echo no"))
                .out
                .strip();
    }

    @Test
    void argumentsAndStatusPassThrough() throws Exception {
        Outcome outcome = start(clone.resolve("shawk"), "dump", "a b", "", "*", "$HOME", "-f", "x = 'y'");
        assertThat(outcome.out).endsWith("<dump>\n<a b>\n<>\n<*>\n<$HOME>\n<-f>\n<x = 'y'>\n");
        assertThat(outcome.status).isEqualTo(7);
        assertThat(outcome.err).isEmpty();
    }

    @Test
    void signalsReachTheProgramItself() throws Exception {
        start(clone.resolve("shawk"));
        Outcome outcome = start(clone.resolve("shawk"));
        assertThat(outcome.out).contains("pid " + outcome.pid + "\n");
    }

    @Test
    void worksThroughLinksAndFromAnywhere() throws Exception {
        Files.createDirectories(scratch.resolve("bin"));
        Path link = Files.createSymbolicLink(scratch.resolve("bin/one"), Path.of("../a clone/shawk"));
        Path linkToLink = Files.createSymbolicLink(scratch.resolve("two"), Path.of("bin/one"));
        Path roundAbout = scratch.resolve("bin/../a clone/../a clone/shawk");
        for (Path start : List.of(link, linkToLink, roundAbout)) {
            assertThat(start(start).out).contains("jvm " + clone.toRealPath() + "/target/shawk.jar\n");
        }
    }

    @Test
    void isTheToolThatItIsCalledBy() throws Exception {
        Map<String, String> tools = Map.of(
                "zk-dump", "dump",
                "zk-stats-daemon", "stats",
                "zab-dump", "zab",
                "fle-dump", "fle",
                "zk-omni-dump", "omni",
                "omni-dump", "omni");
        for (Map.Entry<String, String> tool : tools.entrySet()) {
            Path link = Files.createSymbolicLink(scratch.resolve(tool.getKey()), clone.resolve("shawk"));
            assertThat(start(link).out).contains("<zk>\n<" + tool.getValue() + ">\n");
        }
    }

    @Test
    void theEnvironmentGivesTheJvmNothing() throws Exception {
        assertThat(start(clone.resolve("shawk")).out).contains("options \n");
    }

    @Test
    void theSecondStartPreparesNothing() throws Exception {
        start(clone.resolve("shawk"));
        forbidPrepare();
        assertThat(start(clone.resolve("shawk")).status).isEqualTo(7);
    }

    @Test
    void whatHasChangedIsPreparedAgain() throws Exception {
        start(clone.resolve("shawk"));
        forbidPrepare();
        for (String name : List.of("pom.xml", "native/x.c", "src/main/java/X.java")) {
            Path changed = clone.resolve(name);
            Files.createDirectories(changed.getParent());
            Files.writeString(changed, "changed");
            setAge(changed, -3600);
            assertThat(start(clone.resolve("shawk")).status)
                    .as("after %s", name)
                    .isEqualTo(42);
            setAge(changed, 3600);
            setAge(changed.getParent(), 3600);
            assertThat(start(clone.resolve("shawk")).status).isEqualTo(7);
        }
    }

    @Test
    void aNewerJdkInTheSamePlaceIsSeen() throws Exception {
        start(clone.resolve("shawk"));
        forbidPrepare();
        Files.writeString(jdk.resolve("release"), release("17.0.2"));
        assertThat(start(clone.resolve("shawk")).status).isEqualTo(42);
    }

    @Test
    void onlyJava17OrLaterWillDo() throws Exception {
        assertThat(usable("11.0.2")).isEqualTo("no");
        assertThat(usable("1.8.0_292")).isEqualTo("no");
        assertThat(usable("17")).isEqualTo("yes");
        assertThat(usable("25.0.3")).isEqualTo("yes");
        assertThat(tools("usable /nonexistent java && echo yes || echo no")).isEqualTo("no\n");
    }

    @Test
    void rootTrustsNoJavaThatOthersCanReplace() throws Exception {
        String asRoot = "id() { echo 0; }; trusted '" + jdk + "' && echo yes || echo no";
        Files.setPosixFilePermissions(jdk.resolve("bin/java"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(tools(asRoot)).isEqualTo("no\n");
        assertThat(tools(asRoot.replace("echo 0", "echo 1000"))).isEqualTo("yes\n");
    }

    @Test
    void withoutRootTheCommandIsPrinted() throws Exception {
        Outcome outcome = run(List.of(
                "/bin/sh",
                "-c",
                ". '" + clone + "/src/build/tools.sh'; " + "id() { echo 1000; }; install_packages maven make"));
        assertThat(outcome.status).isEqualTo(3);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err).contains("apt-get install -y --no-install-recommends maven make");
    }

    private String usable(String version) throws Exception {
        Path candidate = jdk("jdk-" + version, version);
        return tools("usable '" + candidate + "' java && echo yes || echo no").strip();
    }

    private String tools(String script) throws Exception {
        return run(List.of("/bin/sh", "-c", ". '" + clone + "/src/build/tools.sh'; " + script)).out;
    }

    private Outcome start(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Outcome run(List<String> command) throws Exception {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", jdk.toString(),
                        "JAVA_TOOL_OPTIONS", "-Da=1",
                        "_JAVA_OPTIONS", "-Db=2",
                        "JDK_JAVA_OPTIONS", "-Dc=3"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                process.pid());
    }

    private Path jdk(String name, String version) throws IOException {
        Path made = scratch.resolve(name);
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), release(version));
        executable(made.resolve("bin/java"), JAVA);
        executable(made.resolve("bin/javac"), JAVA);
        return made;
    }

    private static String release(String version) {
        return "IMPLEMENTOR=\"Us\"\nJAVA_RUNTIME_VERSION=\"" + version + "+1\"\nJAVA_VERSION=\"" + version + "\"\n";
    }

    /** From now on what is to be prepared ends with status 42. */
    private void forbidPrepare() throws IOException {
        executable(clone.resolve("src/build/prepare"), "#!/bin/sh\nexit 42\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void setAge(Path file, int secondsOld) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - secondsOld * 1000L));
    }
}
