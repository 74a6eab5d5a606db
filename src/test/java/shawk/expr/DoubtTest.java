package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import shawk.field.EndpointFields;
import shawk.field.OwnerFields;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** A filter where the process is not known, over a connection to port 443 whose owner nobody could read. */
final class DoubtTest {
    private final SnapshotBuilder made = new SnapshotBuilder();

    private void check(String filter, boolean surely, boolean perhaps) throws ExprException {
        made.socket();
        Snapshot snapshot = made.build();
        Filter parsed = FilterParser.parse(filter);
        assertThat(Doubt.surely(parsed, Set.of(OwnerFields.PROCESS))
                        .on(snapshot)
                        .matches(0))
                .as("surely " + filter)
                .isEqualTo(surely);
        assertThat(Doubt.perhaps(parsed, Set.of(OwnerFields.PROCESS))
                        .on(snapshot)
                        .matches(0))
                .as("perhaps " + filter)
                .isEqualTo(perhaps);
    }

    @Test
    void whatIsKnownIsDecided() throws Exception {
        check("rport = 443", true, true);
        check("rport = 80", false, false);
        check("not rport = 80", true, true);
    }

    @Test
    void whatIsNotKnownMayBeEither() throws Exception {
        check("process = nginx", false, true);
        check("process != nginx", false, true);
        check("process ~ ^java", false, true);
        check("not (not process = nginx)", false, true);
    }

    @Test
    void theRestDecidesWhereItCan() throws Exception {
        check("process = nginx and rport = 80", false, false);
        check("process = nginx and rport = 443", false, true);
        check("process = nginx or rport = 443", true, true);
        check("process = nginx or rport = 80", false, true);
        check("not (process = nginx or rport = 443)", false, false);
        check("not (process = nginx and rport = 80)", true, true);
    }

    @Test
    void aBareWordThatIsFoundElsewhereIsFound() throws Exception {
        check("443", true, true);
        check("nginx", false, true);
        check("not nginx", false, true);
    }

    @Test
    void itNamesTheSameFields() throws Exception {
        Filter filter = FilterParser.parse("state = LISTEN and process = x");
        assertThat(Doubt.perhaps(filter, Set.of(OwnerFields.PROCESS)).fields()).containsExactly(EndpointFields.STATE);
        assertThat(Doubt.perhaps(filter, Set.of()).fields()).isEqualTo(filter.fields());
    }
}
