package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;
import shawk.model.RawSample;
import shawk.support.RawSampleBuilder;

/** The ladder falls, says so, never climbs, and a named source never falls. */
final class LadderSourceTest {
    private static final Capabilities FACTS = new Capabilities(true, 0, -1, "");

    private final List<String> log = new ArrayList<>();
    private int failAfter = Integer.MAX_VALUE;
    private boolean shortage;
    private String met = "owners";

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
            if (kind == SourceKind.NETLINK && polls++ >= failAfter) {
                throw new SourceException("no netlink: EPERM", null);
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
        return new LadderSource(FACTS, config, (kind, asked) -> new Fake(kind));
    }

    @Test
    void staysWhereItWorks() throws SourceException {
        try (LadderSource source = ladder(SourceConfig.Choice.AUTO)) {
            assertThat(source.name()).isEqualTo("netlink");
            assertThat(source.poll().source()).isEqualTo("netlink");
            assertThat(source.poll().degradations()).extracting(Degradation::id).containsExactly("owners");
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
            assertThat(fallen.degradations()).extracting(Degradation::id).containsExactly("source", "owners");
            assertThat(fallen.degradations().get(0).reason()).contains("no netlink: EPERM");
            source.poll();
        }
        assertThat(log).containsExactly("open netlink", "close netlink", "open proc", "close proc");
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
        Capabilities nobody = new Capabilities(true, 1000, 0, "");
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
                new Capabilities(false, 0, 0, ""), SourceConfig.DEFAULT, (kind, asked) -> new Fake(kind));
        assertThatThrownBy(source::poll).hasMessageStartingWith("no procfs at /proc");
        source.close();
        assertThat(log).isEmpty();
    }
}
