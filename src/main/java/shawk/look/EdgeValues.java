package shawk.look;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.RecordFilter;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.OwnerFields;
import shawk.field.PeerFields;
import shawk.field.QualityFields;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * The fields of an edge, as a filter asks for them. What a connection of the near end would have is that end's:
 * {@code process}, {@code laddr}; what is of the other end is {@code peer_process}, {@code raddr}.
 */
public final class EdgeValues implements RecordFilter.Values {
    private static final KeyField HOST = text("host", "name of the host");
    private static final KeyField PEER_HOST = text("peer_host", "name of the host at the other end");
    private static final KeyField PEER_UNIT = text("peer_unit", "unit at the other end");
    private static final KeyField PEER_CONTAINER = text("peer_container", "container at the other end");
    private static final KeyField PROOF = text("proof", "how the edge is known");

    private static final List<Field> VOCABULARY = List.of(
            OwnerFields.PROCESS,
            OwnerFields.EXE,
            OwnerFields.UNIT,
            OwnerFields.CONTAINER,
            OwnerFields.USER,
            OwnerFields.PID,
            OwnerFields.PGID,
            PeerFields.PEER_PROCESS,
            PEER_UNIT,
            PEER_CONTAINER,
            HOST,
            PEER_HOST,
            EndpointFields.DIR,
            EndpointFields.PROTO,
            EndpointFields.LADDR,
            EndpointFields.RADDR,
            EndpointFields.PEER,
            EndpointFields.PORT,
            PROOF,
            CountFields.CONNS,
            CountFields.OPENED,
            CountFields.CLOSED,
            CountFields.FAILED,
            CountFields.TX_BYTES,
            CountFields.RX_BYTES,
            QualityFields.RTT,
            QualityFields.RETRANS);

    private static final List<KeyField> WORDS = List.of(
            OwnerFields.PROCESS,
            OwnerFields.EXE,
            OwnerFields.UNIT,
            OwnerFields.CONTAINER,
            PeerFields.PEER_PROCESS,
            PEER_UNIT,
            PEER_CONTAINER,
            HOST,
            PEER_HOST,
            EndpointFields.LADDR,
            EndpointFields.RADDR,
            EndpointFields.PORT);

    private final Found found;

    EdgeValues(Found found) {
        this.found = found;
    }

    /** The filter that {@code text} is. */
    public static RecordFilter parseFilter(String text) throws ExprException {
        return RecordFilter.parse(text, VOCABULARY, WORDS, "an edge");
    }

    /** The fields that a filter may ask for. */
    public static List<Field> vocabulary() {
        return VOCABULARY;
    }

    private static KeyField text(String id, String help) {
        return new KeyField(
                id,
                id.toUpperCase(Locale.ROOT),
                KeyField.Type.TEXT,
                List.of(),
                false,
                KeyField.Rollup.NONE,
                16,
                (snapshot, row) -> SocketTable.ABSENT,
                (snapshot, row) -> 0,
                help);
    }

    @Override
    public @Nullable SafeText text(KeyField field) {
        End near = found.near();
        End far = found.far();
        SafeText value =
                switch (field.id()) {
                    case "process" -> near.facts().name();
                    case "exe" -> near.facts().exe();
                    case "unit" -> near.facts().unit();
                    case "container" -> near.facts().container();
                    case "user" -> near.facts().user();
                    case "host" -> near.host();
                    case "peer_process" -> far.facts().name();
                    case "peer_unit" -> far.facts().unit();
                    case "peer_container" -> far.facts().container();
                    case "peer_host" -> far.host();
                    case "proof" -> SafeText.of(found.edge().proof().id());
                    default -> throw new AssertionError(field.id());
                };
        return value.isEmpty() ? null : value;
    }

    @Override
    public long number(KeyField field) {
        ProcessFacts facts = found.near().facts();
        return switch (field.id()) {
            case "pid" -> facts.pid() == 0 ? SocketTable.ABSENT : facts.pid();
            case "pgid" -> facts.pgid() == 0 ? SocketTable.ABSENT : facts.pgid();
            case "port" ->
                found.edge().port() < 0 ? SocketTable.ABSENT : found.edge().port();
            case "dir" -> (found.up() ? Direction.IN : Direction.OUT).ordinal();
            case "proto" ->
                found.edge().protocol().equals(Protocol.UDP.id()) ? Protocol.UDP.ordinal() : Protocol.TCP.ordinal();
            default -> throw new AssertionError(field.id());
        };
    }

    @Override
    public @Nullable Address address(KeyField field) {
        return field.id().equals("laddr") ? found.near().address() : found.far().address();
    }

    @Override
    public double amount(MeasureField field) {
        Amounts amounts = found.edge().amounts();
        return switch (field.id()) {
            case "conns" -> (double) amounts.peak();
            case "opened" -> (double) amounts.opened();
            case "closed" -> (double) amounts.closed();
            case "failed" -> (double) amounts.failed();
            case "tx_bytes" -> (double) amounts.txBytes();
            case "rx_bytes" -> (double) amounts.rxBytes();
            case "rtt" -> amounts.rttMicros();
            case "retrans" -> (double) amounts.retrans();
            default -> throw new AssertionError(field.id());
        };
    }
}
