package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shawk.expr.ExprException;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.NamespaceInfo;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.ProcessTexts;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** What stays of a snapshot when nobody is to know whose it is. */
class RedactorTest {
    private static final List<String> SECRETS = List.of(
            "10.0.0.5",
            "10.0.0.9",
            "fd00::9",
            "172.16.0.1",
            "172.17.0.2",
            "secret.example.org",
            "blue-customer",
            "hunter2");

    private static Snapshot telling() {
        SnapshotBuilder made = new SnapshotBuilder();
        SafeText line = SafeText.of("psql -h secret.example.org -W hunter2");
        SafeText exe = SafeText.of("/srv/172.16.0.1/bin/psql");
        ProcessInfo psql = new ProcessInfo(
                new ProcessId(9, 9), 1, 9, 0, SafeText.of("psql"), SafeText.of("root"), exe, line, exe, exe, exe, exe);
        int owner = made.process(psql);
        int sleeper = made.process(7, "sleep");
        Address behind = Address.ofV4(0xac110002);
        made.socket()
                .owner(owner)
                .text(Column.PATH, "/run/app.sock")
                .set(Column.NAT_RADDR_HIGH, behind.high())
                .set(Column.NAT_RADDR_LOW, behind.low());
        made.socket().owner(sleeper).local("fd00::5", 1).remote("fd00::9", 443);
        made.socket().local("127.0.0.1", 1).remote("::1", 443);
        made.text("blue-customer");
        Snapshot s = made.build();
        return new Snapshot(
                s.sequence(),
                s.source(),
                s.wallMicros(),
                s.monotonicNanos(),
                s.elapsedNanos(),
                s.exactCounts(),
                s.lost(),
                s.table(),
                s.processes(),
                s.holders(),
                List.of(new NamespaceInfo(SnapshotBuilder.NETNS, SafeText.of("blue-customer"), 0, true)),
                s.links(),
                s.texts(),
                s.processTexts(),
                s.ended(),
                s.meters(),
                List.of(new Degradation("netns", "namespace blue-customer", "10.0.0.5 said no", "ask fd00::9")));
    }

    private static Redactor redactor(String key) {
        return new Redactor(new Pseudonyms(key), null);
    }

    @Test
    void nothingTellingIsLeftAnywhere() {
        Snapshot redacted = redactor("k").redact(telling());
        StringBuilder all =
                new StringBuilder(redacted.processes() + "" + redacted.namespaces() + redacted.degradations());
        for (int i = 0; i < redacted.texts().size(); i++) {
            all.append('\n').append(redacted.texts().text(i));
        }
        for (int row = 0; row < redacted.table().size(); row++) {
            for (Column[] columns : new Column[][] {
                {Column.LADDR_HIGH, Column.LADDR_LOW},
                {Column.RADDR_HIGH, Column.RADDR_LOW},
                {Column.NAT_RADDR_HIGH, Column.NAT_RADDR_LOW}
            }) {
                all.append('\n')
                        .append(new Address(
                                redacted.table().value(columns[0], row),
                                redacted.table().value(columns[1], row)));
            }
        }
        assertThat(all).doesNotContain(SECRETS.toArray(String[]::new));
        assertThat(all)
                .contains(
                        "127.0.0.1",
                        "::1",
                        "psql",
                        "root",
                        "2001:db8:4::",
                        "2001:db8:6:",
                        "netns-",
                        "/run/app.sock",
                        "/srv/2001:db8:4::");
    }

    @Test
    void numbersOfTextsStayAndTextsStayDifferent() {
        Snapshot real = telling();
        Snapshot redacted = redactor("k").redact(real);
        assertThat(redacted.texts().size()).isEqualTo(real.texts().size());
        int owner = (int) real.table().value(Column.OWNER, 0);
        assertThat(redacted.texts().text(redacted.processTexts().name(owner)).value())
                .isEqualTo("psql");
        assertThat(redacted.texts()
                        .text(redacted.processTexts().number(ProcessTexts.Text.CMDLINE, owner))
                        .value())
                .startsWith("cmdline-");
        assertThat(redacted.processes().get(owner).cmdline())
                .isEqualTo(redacted.texts().text(redacted.processTexts().number(ProcessTexts.Text.CMDLINE, owner)));
    }

    @Test
    void stableByKeyAndOtherwiseNot() {
        Address real = Address.ofV4(0x0a000005);
        assertThat(new Pseudonyms("k").address(real.high(), real.low()))
                .isEqualTo(new Pseudonyms("k").address(real.high(), real.low()))
                .isNotEqualTo(new Pseudonyms("l").address(real.high(), real.low()));
        assertThat(new Pseudonyms(null).address(real.high(), real.low()))
                .isNotEqualTo(new Pseudonyms(null).address(real.high(), real.low()));
        assertThat(new Pseudonyms("k").address(real.high(), real.low()).toString())
                .as("the same in every version, or old tickets become unreadable")
                .isEqualTo("2001:db8:4::51f4:32d3");
    }

    @Test
    void noTwoAddressesMeet() {
        Pseudonyms pseudonyms = new Pseudonyms("k");
        Set<Address> seen = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            Address real = Address.ofV4(0x0a000000 + i * 7919);
            assertThat(seen.add(pseudonyms.address(real.high(), real.low()))).isTrue();
        }
    }

    @Test
    void loopbackAndWildcardStay() {
        Pseudonyms pseudonyms = new Pseudonyms("k");
        for (String text : List.of("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::")) {
            Address address = Address.parse(text);
            assertThat(pseudonyms.address(address.high(), address.low())).isEqualTo(address);
        }
    }

    private static void checkText(String text, String... gone) {
        String replaced = AddressesInText.replace(text, new Pseudonyms("k"));
        if (gone.length == 0) {
            assertThat(replaced).isEqualTo(text);
        } else {
            assertThat(replaced).doesNotContain(gone).contains("2001:db8:");
        }
    }

    @Test
    void addressesInsideTexts() {
        checkText("10.0.0.5", "10.0.0.5");
        checkText("db10.0.0.5", "10.0.0.5");
        checkText("x=10.0.0.5:443,fd00::9", "10.0.0.5", "fd00::9");
        checkText("[fd00::9]:443", "fd00::9");
        checkText("::ffff:10.0.0.5", "10.0.0.5");
        checkText("/srv/10.0.0.5.d/run", "10.0.0.5");
        checkText("peer fe80::1%eth0", "fe80::1");
        checkText("127.0.0.1:80");
        checkText("version 1.2.3 at 12:30:45, 999.1.1.1, std::vector, 10.0.0");
    }

    @Test
    void aFilterKnowsTheRealValues() throws ExprException {
        Filter given = FilterParser.parse("raddr = 10.0.0.9");
        Redactor redactor = new Redactor(new Pseudonyms("k"), given);
        Snapshot first = redactor.redact(telling());
        Snapshot second = redactor.redact(telling());
        Filter filter = redactor.filter();
        assertThat(filter).isNotNull();
        for (Snapshot snapshot : List.of(first, second)) {
            Filter.RowTest test = filter.on(snapshot);
            assertThat(test.matches(0)).isTrue();
            assertThat(test.matches(1)).isFalse();
        }
        assertThat(filter.fields()).isEqualTo(given.fields());
    }

    /** View 4 shows a snapshot of its own: it goes by the same names. */
    @Test
    void whatHasEndedIsNobodysEither() {
        SnapshotBuilder made = new SnapshotBuilder();
        made.socket();
        Snapshot real = made.ended(1, () -> telling()).build();
        Redactor redactor = redactor("k");
        Snapshot redacted = redactor.redact(real);
        Snapshot rows = redacted.ended().rows();
        assertThat(redacted.ended().total()).isEqualTo(1);
        assertThat(rows).isSameAs(redacted.ended().rows());
        assertThat(rows.table().value(Column.RADDR_LOW, 0))
                .isNotEqualTo(real.ended().rows().table().value(Column.RADDR_LOW, 0))
                .isEqualTo(redacted.table().value(Column.RADDR_LOW, 0));
        assertThat(rows.processes().toString()).doesNotContain(SECRETS);
    }

    @Test
    void nothingRealComesOutOfADump() {
        for (String format : List.of("table", "json", "ndjson", "csv")) {
            Run run = Run.of(
                    "dump", "-g", "none", "-F", "all", "--redact=k", "-f", "raddr != 192.0.2.1", "--format", format);
            assertThat(run.out()).doesNotContain("192.0.2.", "10.0.0.5").contains("2001:db8:4::");
            assertThat(run.status()).isZero();
        }
        String again = Run.of("dump", "--redact=k").out();
        assertThat(Run.of("dump", "--redact=k").out()).isEqualTo(again);
        assertThat(Run.of("dump", "--redact").out()).isNotEqualTo(again);
    }
}
