package shawk.view.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.model.Address;
import shawk.model.AddressNames;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;
import shawk.support.SnapshotBuilder;

/** Names of remote hosts in what is written. */
final class DumpNamesTest {
    private static final List<KeyField> PROCESS_PEER = List.of(Fields.PROCESS, Fields.PEER);
    private static final Field[] ENDS = {EndpointFields.LADDR, EndpointFields.RADDR, EndpointFields.RPORT};

    /** Knows some; the name of 10.0.0.3 is still being looked up. */
    private static final AddressNames NAMES = new AddressNames() {
        private final Map<String, String> known =
                Map.of("10.0.0.1", "db01", "10.0.0.2", "", "10.0.0.4", "a\u001b[2J,\"\nb");

        @Override
        public @Nullable SafeText find(long high, long low) {
            String name = known.get(new Address(high, low).toString());
            return name == null ? null : SafeText.of(name);
        }

        @Override
        public long version() {
            return 1;
        }
    };

    private static Snapshot hosts() {
        SnapshotBuilder made = new SnapshotBuilder();
        int java = made.process(7, "java");
        for (int i = 1; i <= 4; i++) {
            made.socket().owner(java).remote("10.0.0." + i, 5432);
        }
        return made.build();
    }

    private static Pivot pivot(List<KeyField> groupBy) {
        return Pivots.of(
                hosts(), new PivotSpec(groupBy, List.of(new SortKey(Fields.PEER, false)), null, RowChoice.CONNECTIONS));
    }

    private static DumpSpec spec(Format format, List<KeyField> groupBy, boolean levels, Field... fields) {
        return new DumpSpec(format, groupBy, List.of(fields), levels, Long.MAX_VALUE, true, false, false, NAMES);
    }

    private static void check(DumpSpec spec, String expected) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Dump dump = new Dump(spec, out);
            dump.sample(pivot(spec.groupBy()), 1);
            dump.end();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String found = out.toString(StandardCharsets.UTF_8).replaceAll("(?m) +$", "");
        assertThat(found.replaceAll("\"t\":[0-9.]+,\"sample\":1", "…").replaceAll("(?m)^[0-9.]+,1,", "…"))
                .isEqualTo(expected);
    }

    @Test
    void aTableShowsTheNameInPlaceOfTheAddress() {
        check(spec(Format.TABLE, PROCESS_PEER, false, CountFields.CONNS), """
                PROCESS           PEER               CONNS
                java              db01                   1
                java              10.0.0.2               1
                java              10.0.0.3               1
                java              a\\x1b[2J,"\\x0ab        1
                """);
    }

    @Test
    void jsonHasItBesideTheAddress() {
        check(spec(Format.NDJSON, PROCESS_PEER, true, CountFields.CONNS), """
                {…,"group":{"process":"java"},"conns":4}
                {…,"group":{"process":"java","peer":"10.0.0.1","peer_name":"db01"},"conns":1}
                {…,"group":{"process":"java","peer":"10.0.0.2","peer_name":null},"conns":1}
                {…,"group":{"process":"java","peer":"10.0.0.3","peer_name":null},"conns":1}
                {…,"group":{"process":"java","peer":"10.0.0.4","peer_name":"a\\\\x1b[2J,\\"\\\\x0ab"},"conns":1}
                """);
        check(spec(Format.NDJSON, List.of(Fields.PROCESS), false, EndpointFields.RADDR), """
                {…,"group":{"process":"java"},"raddr":4,"peer_name":null}
                """);
    }

    @Test
    void csvHasAColumnMore() {
        check(spec(Format.CSV, List.of(), false, ENDS), """
                t,sample,laddr,raddr,peer_name,rport\r
                …10.0.0.5,10.0.0.1,db01,5432\r
                …10.0.0.5,10.0.0.2,,5432\r
                …10.0.0.5,10.0.0.3,,5432\r
                …10.0.0.5,10.0.0.4,"a\\x1b[2J,""\\x0ab",5432\r
                """);
        check(spec(Format.CSV, PROCESS_PEER, true, CountFields.CONNS), """
                t,sample,level,process,peer,peer_name,conns\r
                …1,java,,,4\r
                …2,java,10.0.0.1,db01,1\r
                …2,java,10.0.0.2,,1\r
                …2,java,10.0.0.3,,1\r
                …2,java,10.0.0.4,"a\\x1b[2J,""\\x0ab",1\r
                """);
    }

    private static void checkRemotes(DumpSpec spec, int most, String... expected) throws IOException {
        Dump dump = new Dump(spec, new ByteArrayOutputStream());
        assertThat(dump.remotes(pivot(spec.groupBy()), most))
                .extracting(Address::toString)
                .containsExactly(expected);
    }

    @Test
    void whoseNamesAreNeeded() throws IOException {
        String[] all = {"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"};
        checkRemotes(spec(Format.CSV, PROCESS_PEER, true, CountFields.CONNS), 9, all);
        checkRemotes(spec(Format.JSON, List.of(), false, ENDS), 9, all);
        checkRemotes(spec(Format.JSON, List.of(), false, ENDS), 2, "10.0.0.1", "10.0.0.2");
        checkRemotes(spec(Format.JSON, List.of(), false, EndpointFields.RPORT), 9);
        checkRemotes(spec(Format.JSON, List.of(Fields.PROCESS), false, EndpointFields.RADDR), 9);
    }
}
