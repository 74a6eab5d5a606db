package shawk.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the program to the invariants, and the invariants to being able to fail. */
final class ArchitectureTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("shawk");

    private static final String BAD = "shawk.arch.bad";

    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(BAD);

    private final ArchitectureRules rules = new ArchitectureRules("shawk");
    private final ArchitectureRules rulesForOffenders = new ArchitectureRules(BAD);

    @Test
    void theProgramWasFound() {
        assertThat(PROGRAM.contain("shawk.model.Snapshot")).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> theProgramKeeps() {
        return rules.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PROGRAM)));
    }

    @Test
    void aPackageKnowsOnlyThoseBelowIt() {
        List<String> offences = offences(rulesForOffenders.directionRules());
        rejects(offences, "screen.Looks", "view.tui.Paints");
        rejects(offences, "view.dump.Borrows", "view.tui.Paints");
        rejects(offences, "view.tui.Paints", "source.Reads");
        rejects(offences, "source.Reads", "flow.Folds");
        rejects(offences, "collect.Collects", "source.diag.Queries");
        rejects(offences, "model.Knows", "cli.Starts");
    }

    @Test
    void aLibraryHasOnePackage() {
        List<String> offences = offences(rulesForOffenders.libraryRules());
        rejects(offences, "screen.Looks", "com.googlecode.lanterna");
        rejects(offences, "source.Reads", "com.sun.jna");
        rejects(offences, "view.tui.Paints", "picocli");
    }

    @Test
    void anUnknownPackageIsNoWayRound() {
        rejects(offences(List.of(rulesForOffenders.onlyKnownPackages())), "elsewhere.Hides", "");
    }

    @Test
    void theCoreUsesValuesOnly() {
        List<String> offences = offences(List.of(rulesForOffenders.coreUsesValuesOnly()));
        rejects(offences, "flow.Folds", "java.net.InetAddress");
        rejects(offences, "flow.Folds", "java.nio.file.Path");
        rejects(offences, "flow.Folds", "java.io.InputStream");
        rejects(offences, "flow.Folds", "java.util.concurrent.ConcurrentHashMap");
        rejects(offences, "flow.Folds", "java.lang.Thread");
        rejects(offences, "flow.Folds", "java.time.Clock");
    }

    @Test
    void theCoreAsksNothingOfTheProcess() {
        List<String> offences = offences(List.of(rulesForOffenders.coreKeepsOffTheProcess()));
        rejects(offences, "expr.Asks", "nanoTime");
        rejects(offences, "expr.Asks", "getenv");
        rejects(offences, "expr.Asks", "java.time.Instant.now");
        rejects(offences, "expr.Asks", "java.lang.Math.random");
    }

    @Test
    void theCoreSharesNoState() {
        List<String> offences = offences(List.of(rulesForOffenders.coreHasNoMutableStatics()));
        rejects(offences, "field.Keeps.count", "does not have modifier FINAL");
        rejects(offences, "field.Keeps.CACHE", "can be changed");
        rejects(offences, "field.Keeps.TABLE", "can be changed");
        assertThat(offences).noneMatch(offence -> offence.contains("Keeps.CONSTANTS"));
    }

    @Test
    void theProcessHasItsOwners() {
        List<String> offences = offences(List.of(rulesForOffenders.processBelongsToItsOwners()));
        rejects(offences, "collect.Collects", "java.lang.System.exit");
        rejects(offences, "collect.Collects", "java.lang.System.out");
        rejects(offences, "collect.Collects", "printStackTrace");
        assertThat(offences).noneMatch(offence -> offence.contains("cli.Starts"));
    }

    @Test
    void theClockHasItsOwners() {
        List<String> offences = offences(List.of(rulesForOffenders.clockBelongsToItsOwners()));
        rejects(offences, "view.tui.Paints", "java.lang.System.currentTimeMillis");
        assertThat(offences).noneMatch(offence -> offence.contains("cli.Starts"));
    }

    @Test
    void packagesRunInNoCircle() {
        rejects(offences(List.of(rulesForOffenders.noCycles())), "Cycle detected", "");
    }

    @Test
    void aClassIsFinal() {
        rejects(offences(List.of(rulesForOffenders.classesAreFinal())), "text.Open", "FINAL");
    }

    private static List<String> offences(List<ArchRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.evaluate(OFFENDERS).getFailureReport().getDetails().stream())
                .toList();
    }

    private static void rejects(List<String> offences, String who, String what) {
        assertThat(offences).anyMatch(offence -> offence.contains(who) && offence.contains(what));
    }
}
