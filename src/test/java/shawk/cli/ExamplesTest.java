package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shawk.support.ManPage;

/** Every command line that the pages and README show is one that the program takes. */
final class ExamplesTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static Stream<String> ofPages() {
        String[] pages = Path.of("man").toFile().list((folder, name) -> name.endsWith(".1"));
        return Stream.of(Objects.requireNonNull(pages))
                .sorted()
                .flatMap(page -> ManPage.query(page).section("EXAMPLES").entries().stream())
                .map(entry -> entry.head().text().replaceFirst("^Li ", ""));
    }

    static Stream<String> ofReadme() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.matches("(sudo )?\\./shawk\\b.*"))
                .map(line -> line.replace("./shawk", "shawk"));
    }

    @ParameterizedTest
    @MethodSource({"ofPages", "ofReadme"})
    void isTaken(String example) throws Failure {
        List<String> words = words(example);
        assertThat(words.remove(0)).isEqualTo("shawk");
        Arguments arguments = ArgumentParser.parse(words.toArray(String[]::new));
        SettingsParser settings = new SettingsParser(arguments);
        switch (arguments.command()) {
            case TOP -> assertThat(settings.parseTop()).isNotNull();
            case DUMP -> assertThat(settings.parseDump(false, null)).isNotNull();
            case ASSERT -> assertThat(settings.parseAssert()).isNotNull();
            case LOOK ->
                assertThat(new LookParser(arguments, 1_800_000_000_000_000L, ZoneOffset.UTC).parse())
                        .isNotNull();
            case DOCTOR -> assertThat(settings.parseDoctor(false, null)).isNotNull();
            case RECORD -> assertThat(settings.parseRecord()).isNotNull();
            case ZK_DUMP ->
                assertThat(new ZkDumpParser(arguments, Map.of(), ZoneOffset.UTC).parse())
                        .isNotNull();
            case ZK_TOP -> assertThat(new ZkTopParser(arguments).parse()).isNotNull();
            case ZK_ZAB, ZK_FLE, ZK_OMNI ->
                assertThat(new ZkServersParser(arguments, Map.of(), ZoneOffset.UTC).parse())
                        .isNotNull();
            case ZK_STATS ->
                assertThat(new CaptureParser(arguments).parse(Opt.ZK_ZOOKEEPER_PORT))
                        .isNotNull();
            case COMPLETION -> assertThat(Completion.text(arguments.operands())).isNotEmpty();
            default -> assertThat(arguments.command()).isNotNull();
        }
    }

    /** The words that a shell would hand over, without a redirection or a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line.replaceFirst("^sudo ", ""));
        while (matcher.find()) {
            String bare = matcher.group(2);
            if (bare != null && bare.matches("#|>>?")) {
                break;
            }
            words.add(bare == null ? matcher.group(1) : bare);
        }
        return words;
    }
}
