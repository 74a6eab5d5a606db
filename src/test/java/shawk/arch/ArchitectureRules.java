package shawk.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The invariants of {@code src/docs/ARCHITECTURE.md} that byte code can show, for the packages below a root: the
 * program's own, or the examples that break them. {@code src/build/import-control.xml} says the same of imports.
 */
final class ArchitectureRules {
    static final List<String> CORE =
            List.of("model", "flow", "field", "expr", "text", "pivot", "screen", "doctor", "tcp", "zk.proto");

    /** Each package and those of ours that it may know, itself apart. */
    static final Map<String, List<String>> DIRECTIONS = directions();

    /** Each library and the one package that knows it. */
    static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("com.sun.jna..", "nativelib"),
            Map.entry("com.googlecode.lanterna..", "view.tui"),
            Map.entry("com.fasterxml..", "enrich"),
            Map.entry("com.maxmind..", "enrich"),
            Map.entry("java.sql..", "store.pg"),
            Map.entry("org.postgresql..", "store.pg"),
            Map.entry("org.eclipse..", "view.svg"),
            Map.entry("org.jline..", "view.shell"),
            Map.entry("org.HdrHistogram..", "zk.tally"),
            Map.entry("picocli..", "cli"));

    /** Those who may end the process and write to its streams. */
    private static final List<String> PROCESS = List.of("cli", "view.dump");

    /** Those who may ask what time of day it is: the ticker, and who puts it in. */
    private static final List<String> CLOCK = List.of("collect", "cli");

    /** What the core may use of the JDK: values and collections. */
    private static final String[] PURE = {
        "java.lang", "java.lang.annotation", "java.lang.invoke", "java.lang.runtime", "java.math", "java.nio",
        "java.nio.charset", "java.time..", "java.util", "java.util.function", "java.util.regex", "java.util.stream",
        "org.jspecify.annotations", "",
    };

    /** Types within the packages above that reach out of the core all the same. */
    private static final List<Class<?>> IMPURE = List.of(
            Thread.class,
            ThreadLocal.class,
            Process.class,
            ProcessBuilder.class,
            Runtime.class,
            java.time.Clock.class,
            java.util.Timer.class,
            java.util.Scanner.class,
            java.util.Random.class);

    /** What the core may ask of {@link System}; the rest is the process, its environment and its clocks. */
    private static final Set<String> PURE_SYSTEM = Set.of("arraycopy", "identityHashCode");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    private static Map<String, List<String>> directions() {
        Map<String, List<String>> may = new LinkedHashMap<>();
        may.put("model", List.of());
        may.put("flow", List.of("model"));
        may.put("field", List.of("model"));
        may.put("expr", List.of("model", "field"));
        may.put("text", List.of("model", "field"));
        may.put("pivot", List.of("model", "field", "expr"));
        may.put("screen", List.of("model", "flow", "field", "expr", "text", "pivot"));
        may.put("doctor", List.of("model", "field", "text"));
        may.put("tcp", List.of("model"));
        may.put("zk.proto", List.of("model", "tcp"));
        may.put("zk.omni", List.of("model", "tcp", "zk.proto"));
        may.put("zk.tally", List.of("model", "tcp", "text", "zk.proto"));
        may.put("zk.stats", List.of("model", "tcp", "text", "zk.proto", "zk.tally"));
        may.put("nativelib", List.of());
        may.put("source", List.of("model", "nativelib"));
        may.put("source.diag", List.of("model", "nativelib", "source"));
        may.put("source.ebpf", List.of("model", "nativelib", "source"));
        may.put("source.proc", List.of("model", "nativelib", "source"));
        may.put("source.pcap", List.of("model", "nativelib", "tcp"));
        may.put("record", List.of("model"));
        may.put("source.replay", List.of("model", "record", "source"));
        may.put("enrich", List.of("model"));
        may.put("collect", List.of("source", "flow", "model", "record"));
        may.put("store", List.of("model"));
        may.put("store.spool", List.of("model", "store"));
        may.put("store.flush", List.of("model", "store", "store.spool"));
        may.put("store.local", List.of("model"));
        may.put("look", List.of("model", "field", "expr", "text"));
        may.put("store.pg", List.of("model", "store", "store.local", "look", "enrich"));
        List<String> shown = List.of("model", "flow", "field", "expr", "text", "pivot", "screen");
        may.put("screen.zk", List.of("model", "field", "expr", "text", "screen"));
        List<String> written = new ArrayList<>(shown);
        written.add("view");
        may.put("view", List.of());
        may.put("view.tui", shown);
        may.put("view.dump", written);
        may.put("view.events", written);
        may.put("view.svg", List.of("model", "text", "look"));
        may.put("view.zk", List.of("model", "expr", "text", "view", "tcp", "zk.proto", "zk.omni", "zk.tally"));
        may.put("view.http", List.of("model", "text", "zk.stats"));
        List<String> prompt = new ArrayList<>(shown);
        prompt.add("look");
        may.put("view.shell", List.copyOf(prompt));
        List<String> all = new ArrayList<>(may.keySet());
        may.put("cli", List.copyOf(all));
        return may;
    }

    /** Every rule. */
    List<ArchRule> all() {
        List<ArchRule> rules = new ArrayList<>();
        rules.addAll(directionRules());
        rules.addAll(libraryRules());
        rules.addAll(List.of(
                onlyKnownPackages(),
                coreUsesValuesOnly(),
                coreKeepsOffTheProcess(),
                coreHasNoMutableStatics(),
                processBelongsToItsOwners(),
                clockBelongsToItsOwners(),
                noCycles(),
                classesAreFinal()));
        return rules;
    }

    /** Who may know whom; that nobody knows {@code cli}, and no view another, follows. */
    List<ArchRule> directionRules() {
        List<ArchRule> rules = new ArrayList<>();
        DIRECTIONS.forEach((name, others) -> {
            List<String> allowed = new ArrayList<>(others);
            allowed.add(name);
            DescribedPredicate<JavaClass> foreign = resideInAPackage(root + "..")
                    .and(DescribedPredicate.not(resideInAnyPackage(exactly(allowed))))
                    .as("are of ours, but not of %s", allowed);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(root + "." + name)
                    .should()
                    .dependOnClassesThat(foreign)
                    .because(name + " knows only " + others)
                    .allowEmptyShould(true));
        });
        return rules;
    }

    List<ArchRule> libraryRules() {
        List<ArchRule> rules = new ArrayList<>();
        LIBRARIES.forEach((library, owner) -> rules.add(noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + owner)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("one library, one package: " + owner)
                .allowEmptyShould(true)));
        return rules;
    }

    ArchRule onlyKnownPackages() {
        return classes()
                .should()
                .resideInAnyPackage(exactly(DIRECTIONS.keySet()))
                .because("a package that no rule knows would be held by none");
    }

    ArchRule coreUsesValuesOnly() {
        String[] allowed = new String[PURE.length + CORE.size()];
        System.arraycopy(PURE, 0, allowed, 0, PURE.length);
        System.arraycopy(exactly(CORE), 0, allowed, PURE.length, CORE.size());
        return classes()
                .that()
                .resideInAnyPackage(exactly(CORE))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed)
                        .or(DescribedPredicate.describe("primitives or arrays", c -> c.isPrimitive() || c.isArray()))
                        .and(DescribedPredicate.describe(
                                "none of " + IMPURE, c -> IMPURE.stream().noneMatch(c::isAssignableTo))))
                .because("the core has no I/O, threads, clock, logging or java.net")
                .allowEmptyShould(true);
    }

    ArchRule coreKeepsOffTheProcess() {
        return noClasses()
                .that()
                .resideInAnyPackage(exactly(CORE))
                .should(access("ask the process, the environment or a clock", access -> {
                    JavaClass owner = access.getTargetOwner();
                    return owner.isEquivalentTo(System.class) && !PURE_SYSTEM.contains(access.getName())
                            || asksClock(access)
                            || owner.isEquivalentTo(Math.class)
                                    && access.getName().equals("random")
                            || access.getName().equals("getDefault") && owner.isAssignableTo(java.util.TimeZone.class)
                            || access.getName().equals("systemDefault");
                }))
                .because("the same arguments give the same result; time is an argument")
                .allowEmptyShould(true);
    }

    ArchRule coreHasNoMutableStatics() {
        return fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(exactly(CORE))
                .should()
                .beFinal()
                .andShould(new ArchCondition<>("be of an immutable type, or a private array") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        JavaClass type = field.getRawType();
                        boolean open = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                        if (open || MUTABLE.stream().anyMatch(type::isAssignableTo)) {
                            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can be changed"));
                        }
                    }
                })
                .because("state that all share is neither pure nor testable")
                .allowEmptyShould(true);
    }

    ArchRule processBelongsToItsOwners() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(exactly(PROCESS))
                .should(access("end the process or use its streams", access -> {
                    JavaClass owner = access.getTargetOwner();
                    String name = access.getName();
                    return owner.isEquivalentTo(System.class) && PROCESS_MEMBERS.contains(name)
                            || owner.isEquivalentTo(Runtime.class)
                                    && Set.of("exit", "halt").contains(name)
                            || owner.isAssignableTo(Throwable.class) && name.equals("printStackTrace");
                }))
                .because("stdout carries data only, and one place decides the exit status")
                .allowEmptyShould(true);
    }

    ArchRule clockBelongsToItsOwners() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(exactly(CLOCK))
                .should(access(
                        "ask for the time of day",
                        access -> asksClock(access)
                                || access.getTargetOwner().isEquivalentTo(System.class)
                                        && access.getName().equals("currentTimeMillis")))
                .because("the time of day comes with the sample")
                .allowEmptyShould(true);
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule classesAreFinal() {
        DescribedPredicate<JavaClass> concrete = DescribedPredicate.describe(
                "concrete and top-level",
                c -> !c.isInterface()
                        && !c.isEnum()
                        && !c.getModifiers().contains(JavaModifier.ABSTRACT)
                        && c.isTopLevelClass());
        return classes()
                .that(concrete)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("what is meant to vary is an interface or sealed")
                .allowEmptyShould(true);
    }

    private static final Set<String> PROCESS_MEMBERS = Set.of("out", "err", "in", "exit", "setOut", "setErr", "setIn");

    private static final List<Class<?>> MUTABLE = List.of(
            StringBuilder.class,
            java.nio.Buffer.class,
            java.util.ArrayList.class,
            java.util.ArrayDeque.class,
            java.util.HashMap.class,
            java.util.TreeMap.class,
            java.util.HashSet.class,
            java.util.BitSet.class,
            java.util.Random.class);

    private static boolean asksClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        return owner.startsWith("java.time.")
                && (access.getName().equals("now") || owner.equals("java.time.Clock"))
                && !owner.startsWith("java.time.format.");
    }

    private static ArchCondition<JavaClass> access(String what, java.util.function.Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (forbidden.test(access)) {
                        events.add(SimpleConditionEvent.satisfied(type, access.getDescription()));
                    }
                }
            }
        };
    }

    private String[] exactly(Collection<String> names) {
        Set<String> full = new TreeSet<>();
        names.forEach(name -> full.add(root + "." + name));
        return full.toArray(String[]::new);
    }
}
