package shawk.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reviewer would otherwise have to look for in every change: in all files of the clone but the build's own. */
final class TidyTest {
    private static final Path CLONE = Path.of("").toAbsolutePath();

    private static final Set<String> TOP_LEVEL =
            Set.of("pom.xml", "src", "native", "bpf", "man", "README.md", "LICENSE", "shawk", "target");

    /** Not walked: what the build makes, what git and editors keep. */
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode", ".settings");

    /** Kept verbatim: captures, and the words of others. */
    private static final Pattern VERBATIM =
            Pattern.compile("src/test/resources/.*|src/main/resources/licenses/.*|LICENSE");

    private static final Pattern BUILT = Pattern.compile(".*\\.(o|a|so|class|jar|jsa|gch|skel\\.h|log)");

    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    private static final Pattern NOT_RUN = Pattern.compile("\\bassum(e|ing)[TFN]|Assump" + "tions|@(Dis|En)abled");

    private static final List<Path> FILES = files();

    @Test
    void theTopLevelHoldsWhatItShould() throws IOException {
        try (Stream<Path> entries = Files.list(CLONE)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .isSubsetOf(TOP_LEVEL);
        }
    }

    @Test
    void nothingBuiltIsKept() {
        assertThat(FILES).noneMatch(file -> BUILT.matcher(name(file)).matches());
    }

    @Test
    void nothingIsLeftForLater() {
        check(LATER, ".*");
    }

    @Test
    void everyTestRuns() {
        check(NOT_RUN, "src/test/java/.*");
    }

    @Test
    void noLineEndsInBlanks() {
        check(Pattern.compile("[ \\t\\r]$"), ".*");
    }

    @Test
    void onlyMakefilesHoldTabs() {
        check(Pattern.compile("\\t"), "(?!.*(Makefile|\\.mk)$).*");
    }

    @Test
    void noFileKnowsWhereItWasWritten() {
        check(Pattern.compile(Pattern.quote(CLONE.toString()) + "\\b"), ".*");
    }

    @Test
    void everyTextEndsWithItsLine() {
        assertThat(texts(".*").filter(file -> {
                    String text = read(file);
                    return !text.isEmpty() && (!text.endsWith("\n") || text.endsWith("\n\n"));
                }))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndThatNullIsMarked() {
        Stream<Path> bare = texts("src/main/java/.*\\.java")
                .map(Path::getParent)
                .distinct()
                .filter(folder -> {
                    Path info = folder.resolve("package-info.java");
                    return !Files.exists(info)
                            || !read(info).contains("@NullMarked")
                            || !read(info).startsWith("/**");
                });
        assertThat(bare).isEmpty();
    }

    @Test
    void scriptsCanBeStartedAndRead() throws Exception {
        List<Path> scripts =
                texts(".*").filter(file -> read(file).startsWith("#!")).toList();
        assertThat(scripts).contains(CLONE.resolve("shawk"), CLONE.resolve(".ci/run"), CLONE.resolve("src/test/run"));
        for (Path script : scripts) {
            assertThat(script).isExecutable();
            String shell = read(script).contains("bash") ? "/bin/bash" : "/bin/sh";
            Process syntax = new ProcessBuilder(shell, "-n", script.toString())
                    .inheritIO()
                    .start();
            assertThat(syntax.waitFor()).as("syntax of %s", script).isZero();
        }
    }

    /** No line of the texts with such a name matches. */
    private static void check(Pattern forbidden, String names) {
        Stream<String> found = texts(names).flatMap(file -> {
            List<String> lines = List.of(read(file).split("\n"));
            return IntStream.range(0, lines.size())
                    .filter(i -> forbidden.matcher(lines.get(i)).find())
                    .mapToObj(i -> name(file) + ":" + (i + 1) + ": " + lines.get(i));
        });
        assertThat(found).as("lines that match %s", forbidden).isEmpty();
    }

    private static Stream<Path> texts(String names) {
        return FILES.stream()
                .filter(file -> name(file).matches(names))
                .filter(file -> !VERBATIM.matcher(name(file)).matches());
    }

    private static String name(Path file) {
        return CLONE.relativize(file).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new AssertionError(name(file) + " is no UTF-8", e);
        } catch (IOException e) {
            throw new AssertionError(name(file), e);
        }
    }

    private static List<Path> files() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(CLONE, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = SKIPPED.contains(folder.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && !file.getFileName().toString().equals(".git")) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(found).isNotEmpty();
        return List.copyOf(found);
    }
}
