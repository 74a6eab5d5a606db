package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.model.Address;
import shawk.text.Human;

/** How ends and amounts stand in lines of text. Stateless; any thread. */
final class Lines {
    /** What stands for an address that is not known. */
    static final String UNKNOWN = "?";

    private Lines() {}

    /** {@code 10.0.0.10:80 ('nginx', pgid=4656)}. */
    static void appendServer(StringBuilder out, End end, int port, String protocol) {
        appendAddress(out, end.address());
        out.append(':');
        if (port < 0) {
            out.append(Human.MANY);
        } else {
            out.append(port);
        }
        appendProtocol(out, protocol);
        appendProcess(out, end);
    }

    /** {@code 10.0.0.11:many ('wrk', pgid=5982)}: the client's own ports are many. */
    static void appendClient(StringBuilder out, End end, String protocol) {
        appendAddress(out, end.address());
        out.append(':').append(Human.MANY);
        appendProtocol(out, protocol);
        appendProcess(out, end);
    }

    /** Head of what a client depends on: the port that it listens on itself says more than that its own are many. */
    static void appendActive(StringBuilder out, End end, String protocol) {
        appendAddress(out, end.address());
        out.append(':');
        if (end.facts().listens() >= 0) {
            out.append(end.facts().listens());
        } else {
            out.append(Human.MANY);
        }
        appendProtocol(out, protocol);
        appendProcess(out, end);
    }

    static void appendAddress(StringBuilder out, @Nullable Address address) {
        if (address == null) {
            out.append(UNKNOWN);
        } else if (address.isV4()) {
            out.append(address);
        } else {
            out.append('[').append(address).append(']');
        }
    }

    private static void appendProtocol(StringBuilder out, String protocol) {
        if (!protocol.equals("tcp")) {
            out.append('/').append(protocol);
        }
    }

    private static void appendProcess(StringBuilder out, End end) {
        ProcessFacts facts = end.facts();
        if (facts.known()) {
            out.append(" ('").append(facts.name().value().replace("'", "\\'")).append("', pgid=");
            out.append(facts.pgid()).append(')');
        } else if (!end.host().isEmpty()) {
            out.append(" (host '")
                    .append(end.host().value().replace("'", "\\'"))
                    .append("')");
        }
    }

    /** Connections, rates, bytes, round-trip time, when, and how it is known; two blanks before each. */
    static void appendDetails(StringBuilder out, Edge edge) {
        Amounts amounts = edge.amounts();
        double per = amounts.watchedMicros() > 0 ? 1e6 / amounts.watchedMicros() : Double.NaN;
        out.append("  conns ").append(edge.approximate() ? "<=" : "");
        out.append(Human.count(amounts.connections()));
        append(out, "  opened ", CountFields.OPENED, (double) amounts.opened());
        append(out, " (", CountFields.OPEN_RATE, (double) amounts.opened() * per);
        out.append("/s)");
        if (amounts.failed() > 0) {
            append(out, "  failed ", CountFields.FAILED, (double) amounts.failed());
        }
        append(out, "  tx ", CountFields.TX_BYTES, (double) amounts.txBytes());
        append(out, " (", CountFields.TX_RATE, (double) amounts.txBytes() * per);
        append(out, ")  rx ", CountFields.RX_BYTES, (double) amounts.rxBytes());
        append(out, " (", CountFields.RX_RATE, (double) amounts.rxBytes() * per);
        append(out, ")  rtt ", QualityFields.RTT, amounts.rttMicros());
        out.append("  first ").append(LookTimes.shown(amounts.firstMicros()));
        out.append("  last ").append(LookTimes.shown(amounts.lastMicros()));
        out.append("  proof ").append(edge.proof().id());
        appendHost(out, "  client ", edge.client());
        appendHost(out, "  server ", edge.server());
    }

    private static void append(StringBuilder out, String before, MeasureField field, double value) {
        out.append(before);
        Human.appendMeasure(out, field, value);
    }

    private static void appendHost(StringBuilder out, String before, End end) {
        if (!end.host().isEmpty()) {
            out.append(before).append(end.host().value());
        }
    }
}
