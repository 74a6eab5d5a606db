package shawk.screen.zk;

import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.text.Human;

/** A column of figures. Where there is no room those at the end of {@link #LEAST_WANTED} go first. */
public enum TopColumn {
    /** Requests and events a second in the last interval. */
    RATE("REQ/S", CountFields.OPEN_RATE),
    /** Requests and events since the counts began. */
    COUNT("TOTAL", CountFields.CONNS),
    /** Replies that say an error, and requests that were never answered. */
    ERRORS("ERRORS", CountFields.CONNS),
    /** Requests that wait for their reply now. */
    OPEN("OPEN", CountFields.CONNS),
    /** Bytes a second to the server. */
    IN("IN/S", CountFields.TX_RATE),
    /** Bytes a second from the server. */
    OUT("OUT/S", CountFields.RX_RATE),
    /** Time from request to reply, microseconds: mean, percentiles, greatest. */
    AVG("AVG", QualityFields.RTT),
    P50("P50", QualityFields.RTT),
    P95("P95", QualityFields.RTT),
    P99("P99", QualityFields.RTT),
    MAX("MAX", QualityFields.RTT);

    static final TopColumn[] LEAST_WANTED = {MAX, P50, OUT, IN, P95, OPEN, AVG};

    private final String head;
    private final MeasureField like;

    TopColumn(String head, MeasureField like) {
        this.head = head;
        this.like = like;
    }

    /** Its head, where errors and times are those of the last interval too. */
    String head(boolean recent) {
        return recent && this == ERRORS ? "ERR/S" : head;
    }

    /** Cells, with the mark of the order; in bits rates need more of them. */
    int width(boolean bits) {
        int values = this == IN || this == OUT
                ? Human.rateWidth(bits)
                : like.unit() == QualityFields.RTT.unit() ? 7 : Human.maxWidth(like.unit());
        return Math.max(head.length() + 1, values);
    }

    /** Appends a value; {@code NaN} = not known. */
    void append(StringBuilder out, double value, boolean bits, boolean recent) {
        if (this == IN || this == OUT) {
            Human.appendRate(out, value, bits);
        } else if (this == ERRORS && recent) {
            RATE.append(out, value, bits, false);
        } else {
            Human.appendMeasure(out, like, value);
        }
    }
}
