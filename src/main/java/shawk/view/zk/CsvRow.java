package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import shawk.model.SafeText;
import shawk.text.CsvWriter;
import shawk.zk.proto.ErrorCodes;
import shawk.zk.proto.Message;

/**
 * A row of CSV, cell by cell, of what messages have: numbers and ids that may be absent, paths, errors, the body as
 * JSON in one cell. Used by one thread.
 */
final class CsvRow {
    private final ByteOut out;
    private final StringBuilder row = new StringBuilder();
    private final CsvWriter csv = new CsvWriter(row);

    /** Rows go into {@code out}. */
    CsvRow(ByteOut out) {
        this.out = out;
    }

    /** A time, in microseconds since the epoch. */
    CsvRow time(long micros) {
        csv.seconds(Math.max(0, micros));
        return this;
    }

    CsvRow text(String text) {
        csv.text(text);
        return this;
    }

    CsvRow text(SafeText text) {
        csv.text(text);
        return this;
    }

    /** Cells with nothing in them. */
    CsvRow none(int cells) {
        for (int i = 0; i < cells; i++) {
            csv.none();
        }
        return this;
    }

    CsvRow number(long value) {
        if (value == Message.ABSENT) {
            csv.none();
        } else {
            csv.number(value);
        }
        return this;
    }

    /** A zxid or a session. */
    CsvRow id(long value) {
        if (value == Message.ABSENT) {
            csv.none();
        } else if (value == -1) {
            csv.number(-1);
        } else {
            csv.text("0x" + Long.toHexString(value));
        }
        return this;
    }

    /** The number of an error, and its name if it is one: two cells. */
    CsvRow error(Message message) {
        number(message.error);
        boolean failed = message.error != Message.ABSENT && message.error != 0;
        return text(failed ? ErrorCodes.name((int) message.error) : "");
    }

    /** The path that a message is about, which of a reply may be its request's, late or not. */
    CsvRow path(Message message) {
        Message about = message.withPath();
        return about.pathFrom < 0 ? none(1) : text(ByteOut.safeText(about.bytes, about.pathFrom, about.pathLength));
    }

    /** What {@code json} writes of a body; nothing where there is none. */
    CsvRow body(ByteOut bodies, MessageJson json, Message message) {
        bodies.cut(0);
        json.writeBody(message);
        String body = bodies.toString();
        return text(body.equals("null") ? "" : body);
    }

    void end() {
        csv.endRow();
        out.bytes(row.toString().getBytes(StandardCharsets.UTF_8));
        row.setLength(0);
    }
}
