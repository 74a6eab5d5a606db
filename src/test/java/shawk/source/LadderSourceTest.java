package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;
import shawk.model.RawSample;
import shawk.support.RawSampleBuilder;

/** The ladder falls, says so, never climbs, and a named source never falls. */
final class LadderSourceTest {
    private static final KernelFacts KERNEL = new KernelFacts(6, 18, true, true, true, "", 2);
    private static final Capabilities FACTS = new Capabilities(true, 0, -1, KERNEL);
    /** Without what programs in the kernel take. */
    private static final Capabilities PLAIN = new Capabilities(true, 0, -1, KernelFacts.UNKNOWN)
            .without(SourceKind.EBPF, new Missed("none", ""))
            .without(SourceKind.ITERATOR, new Missed("none", ""));

    private final List<String> log = new ArrayList<>();
    private int failAfter = Integer.MAX_VALUE;
    private boolean shortage;
    private String met = "owners";
    private SourceKind failing = SourceKind.NETLINK;
    private final Set<SourceKind> unopenable = EnumSet.noneOf(SourceKind.class);

    private final class Fake implements Source {
        private final SourceKind kind;
        private int polls;

        Fake(SourceKind kind) {
            this.kind = kind;
            log.add("open " + kind.id());
        }

        @Override
        public String name() {
            return kind.id();
        }

        @Override
        public RawSample poll() throws SourceException {
            if (shortage) {
                throw new SourceException("too many open files", null, true);
            }
            if (kind == failing && polls++ >= failAfter) {
                throw new SourceException("no " + kind.id() + ": EPERM", null);
            }
            return RawSampleBuilder.at(1)
                    .source(kind.id())
                    .degradation(new Degradation(met, "a", "b", "c"))
                    .build();
        }

        @Override
        public void setStatistics(boolean on) {
            log.add((on ? "measure " : "do not measure ") + kind.id());
        }

        @Override
        public void close() {
            log.add("close " + kind.id());
        }
    }

    private LadderSource ladder(SourceConfig.Choice choice) {
        SourceConfig config = new SourceConfig(choice, NamespaceChoice.ALL, Path.of("/proc"), Path.of("/run/netns"));
        return new LadderSource(PLAIN, config, (kind, asked) -> new Fake(kind));
    }

    private LadderSource whole(SourceConfig.Choice choice) {
        SourceConfig config = new SourceConfig(choice, NamespaceChoice.ALL, Path.of("/proc"), Path.of("/run/netns"));
        return new LadderSource(FACTS, config, (kind, asked) -> {
            if (unopenable.contains(kind)) {
                throw new SourceException("no " + kind, null);
            }
            return new Fake(kind);
        });
    }

    @Test
    void staysWhereItWorks() throws SourceException {
        try (LadderSource source = ladder(SourceConfig.Choice.AUTO)) {
            assertThat(source.name()).isEqualTo("netlink");
            assertThat(source.poll().source()).isEqualTo("netlink");
            assertThat(source.poll().degradations()).extracting(Degradation::id).containsExactly("ebpf", "owners");
        }
        assertThat(log).containsExactly("open netlink", "close netlink");
    }

    @Test
    void whatIsMeasuredStaysSoOnTheNextRung() throws SourceException {
        failAfter = 1;
        try (LadderSource source = ladder(SourceConfig.Choice.AUTO)) {
            source.setStatistics(true);
            source.poll();
            source.poll();
            source.setStatistics(false);
        }
        assertThat(log)
                .containsSubsequence("open netlink", "measure netlink", "open proc", "measure proc")
                .containsSubsequence("measure proc", "do not measure proc", "close proc");
    }

    @Test
    void fallsWhileItRunsAndSaysSo() throws SourceException {
        failAfter = 1;
        try (LadderSource source = ladder(SourceConfig.Choice.AUTO)) {
            source.poll();
            RawSample fallen = source.poll();
            assertThat(fallen.source()).isEqualTo("proc");
            assertThat(source.name()).isEqualTo("proc");
            assertThat(fallen.degradations()).extracting(Degradation::id).containsExactly("ebpf", "source", "owners");
            assertThat(fallen.degradations().get(1).reason()).contains("it failed after 1 sample: no netlink: EPERM");
            source.poll();
        }
        assertThat(log).containsExactly("open netlink", "close netlink", "open proc", "close proc");
    }

    @Test
    void fallsFromProgramsInTheKernelToTheNextRungAndNoFurther() throws SourceException {
        failing = SourceKind.EBPF;
        failAfter = 2;
        try (LadderSource source = whole(SourceConfig.Choice.AUTO)) {
            assertThat(source.poll().source()).isEqualTo("ebpf");
            source.setStatistics(true);
            source.poll();
            RawSample fallen = source.poll();
            assertThat(fallen.source()).isEqualTo("netlink");
            assertThat(fallen.degradations()).extracting(Degradation::id).containsExactly("ebpf", "owners");
            assertThat(fallen.degradations().get(0).line())
                    .isEqualTo("connections that live between two samples, exact counts, UDP flows: it failed after 2"
                            + " samples: no ebpf: EPERM; start again");
            assertThat(source.poll().source()).isEqualTo("netlink");
        }
        assertThat(log)
                .containsExactly(
                        "open ebpf", "measure ebpf", "close ebpf", "open netlink", "measure netlink", "close netlink");
    }

    @Test
    void whatCannotBeOpenedIsARungMissed() throws SourceException {
        unopenable.addAll(EnumSet.of(SourceKind.EBPF, SourceKind.ITERATOR));
        try (LadderSource source = whole(SourceConfig.Choice.AUTO)) {
            assertThat(source.poll().degradations())
                    .extracting(Degradation::reason)
                    .contains("no EBPF", "no ITERATOR");
        }
        try (LadderSource source = whole(SourceConfig.Choice.EBPF)) {
            assertThatThrownBy(source::poll).hasMessage("source ebpf does not work: no EBPF");
        }
    }

    @Test
    void aShortageIsNoReasonToFall() throws SourceException {
        try (LadderSource source = ladder(SourceConfig.Choice.AUTO)) {
            source.poll();
            shortage = true;
            assertThatThrownBy(source::poll).hasMessage("too many open files");
            shortage = false;
            assertThat(source.poll().source()).isEqualTo("netlink");
        }
        assertThat(log).containsExactly("open netlink", "close netlink");
    }

    @Test
    void namespacesThatMayHaveBeenMissedAreTold() throws SourceException {
        checkNetns(NamespaceChoice.ALL, "owners", "sockets of other network namespaces");
        checkNetns(NamespaceChoice.ALL, "netns", "a");
        checkNetns(NamespaceChoice.SELF, "owners");
    }

    private void checkNetns(NamespaceChoice choice, String metBySample, String... expected) throws SourceException {
        met = metBySample;
        SourceConfig config =
                new SourceConfig(SourceConfig.Choice.AUTO, choice, Path.of("/proc"), Path.of("/run/netns"));
        Capabilities nobody = new Capabilities(true, 1000, 0, KERNEL);
        try (LadderSource source = new LadderSource(nobody, config, (kind, asked) -> new Fake(kind))) {
            assertThat(source.poll().degradations())
                    .filteredOn(each -> each.id().equals("netns"))
                    .extracting(Degradation::missing)
                    .containsExactly(expected);
        }
    }

    @Test
    void aNamedSourceFails() {
        failAfter = 0;
        try (LadderSource source = ladder(SourceConfig.Choice.NETLINK)) {
            assertThatThrownBy(source::poll).hasMessage("no netlink: EPERM");
        }
        assertThat(log).containsExactly("open netlink", "close netlink");
    }

    @Test
    void withoutProcfsNothingIsOpened() {
        LadderSource source = new LadderSource(
                new Capabilities(false, 0, 0, KERNEL), SourceConfig.DEFAULT, (kind, asked) -> new Fake(kind));
        assertThatThrownBy(source::poll).hasMessageStartingWith("no procfs at /proc");
        source.close();
        assertThat(log).isEmpty();
    }
}
