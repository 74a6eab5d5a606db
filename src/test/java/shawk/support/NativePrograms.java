package shawk.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of {@code native/test/load}, built once for a run of the tests. */
public final class NativePrograms {
    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path LOAD = BASE.resolve("native/test/load");

    private NativePrograms() {}

    /** The generator of connections that knows the truth about them. */
    public static synchronized String lives() throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(LOAD.resolve("lives"))) {
            return built(
                    "lives",
                    files.map(Path::toString)
                            .filter(name -> name.endsWith(".c"))
                            .sorted()
                            .toList());
        }
    }

    /** Processes of a fleet that know who is at the other end of each of their connections. */
    public static synchronized String fleet() throws IOException, InterruptedException {
        return built("fleet", List.of(LOAD.resolve("fleet.c").toString()));
    }

    /** What shows the library's records as text. */
    public static synchronized String watch() throws IOException, InterruptedException {
        return built(
                "watch",
                List.of(
                        "-I" + BASE.resolve("native/include"),
                        LOAD.resolve("watch.c").toString(),
                        "-ldl"));
    }

    /** Where the library under test lies. */
    public static String library() {
        return Path.of(System.getProperty("shawk.native.dir", "target/native"), "libshawk-bpf.so")
                .toAbsolutePath()
                .toString();
    }

    private static String built(String name, List<String> sources) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(BASE.resolve("target/kernel-test"));
        Path made = folder.resolve(name);
        Path fresh = Files.createTempFile(folder, name, ".new");
        List<String> command = new ArrayList<>(List.of("cc", "-std=c17", "-D_GNU_SOURCE", "-O2", "-pthread"));
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wshadow", "-o", fresh.toString()));
        command.addAll(sources);
        Process compiler = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return Files.move(fresh, made, StandardCopyOption.REPLACE_EXISTING).toString();
    }
}
