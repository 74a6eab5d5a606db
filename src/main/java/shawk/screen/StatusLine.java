package shawk.screen;

import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.model.Snapshot;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * The first line: the host as a whole, whatever the filter.
 *
 * <pre>
 * shawk  db01  netlink  1.0s   12,034 conns (11,201 estab)  +412~/s -409~/s !3~/s   tx 88 MB/s rx 12 MB/s   lost -   self 0.8% 96 MB
 * </pre>
 *
 * <p>{@code ~} marks what polling happened to see; what no source can know is {@code -}, never 0. A part that does not
 * fit is left out, but for what was lost.
 */
final class StatusLine {
    private final Pen pen;
    private int column;
    /** Cells at the end that are spoken for. */
    private int kept;

    private StatusLine(Pen pen) {
        this.pen = pen;
    }

    static void draw(Pen pen, Scene scene) {
        pen.line(0, Style.STATUS);
        new StatusLine(pen).draw(scene);
    }

    private void draw(Scene scene) {
        Snapshot snapshot = scene.tree().pivot().snapshot();
        part(0, "shawk", Style.STATUS);
        part(2, scene.host(), Style.STATUS);
        part(2, snapshot.source(), Style.STATUS);
        TimeStatus time = scene.state().time();
        if (!time.replay()) {
            interval(scene);
        }
        String clock = time.samples() > 0 ? time.clock(snapshot.wallMicros()) + time.progress() : "";
        if (scene.state().paused() != null) {
            part(2, ("PAUSED " + clock).stripTrailing(), Style.ALERT);
        } else if (time.replay()) {
            part(2, clock, Style.STATUS);
        }
        if (scene.state().calm().frozen()) {
            part(2, "FROZEN", Style.ALERT);
        }
        Totals totals = scene.totals();
        if (snapshot.sequence() > 0) {
            String lost = lost(snapshot);
            kept = snapshot.lost() > 0 ? lost.length() + 3 : 0;
            part(3, conns(totals), Style.STATUS);
            if (snapshot.elapsedNanos() > 0) {
                part(2, rates(totals, snapshot.exactCounts()), Style.STATUS);
                part(3, bytes(totals, scene.state().display().bits()), Style.STATUS);
            }
            kept = 0;
            part(3, lost, snapshot.lost() > 0 ? Style.ALERT : Style.STATUS);
        }
        part(3, self(scene.self()), Style.STATUS);
    }

    /** That which is in force, marked where the budget has made it longer than was asked for. */
    private void interval(Scene scene) {
        long asked = scene.state().intervalMillis();
        long millis = scene.self().pace().millisInForce(asked);
        part(2, Intervals.text(millis) + (millis > asked ? "!" : ""), millis > asked ? Style.ALERT : Style.STATUS);
    }

    private void part(int gap, String text, Style style) {
        int width = DisplayWidth.of(text);
        if (!text.isEmpty() && column + gap + width <= pen.grid().columns() - kept) {
            column += gap + pen.text(column + gap, 0, width, text, style);
        }
    }

    private static String conns(Totals totals) {
        StringBuilder out = new StringBuilder();
        Human.appendMeasure(out, CountFields.CONNS, totals.conns());
        out.append(" conns (");
        Human.appendMeasure(out, CountFields.ESTAB, totals.estab());
        return out.append(" estab)").toString();
    }

    private static String rates(Totals totals, boolean exact) {
        StringBuilder out = new StringBuilder();
        String unit = exact ? "/s" : "~/s";
        rate(out, "+", CountFields.OPEN_RATE, totals.openRate(), unit);
        rate(out, " -", CountFields.CLOSE_RATE, totals.closeRate(), unit);
        rate(out, " !", CountFields.FAIL_RATE, totals.failRate(), unit);
        return out.toString();
    }

    private static void rate(StringBuilder out, String sign, MeasureField field, double value, String unit) {
        out.append(sign);
        Human.appendMeasure(out, field, value);
        out.append(Double.isNaN(value) ? "" : unit);
    }

    private static String bytes(Totals totals, boolean bits) {
        StringBuilder out = new StringBuilder("tx ");
        Human.appendRate(out, totals.txRate(), bits);
        out.append(" rx ");
        Human.appendRate(out, totals.rxRate(), bits);
        return out.toString();
    }

    /** Polling cannot know what came and went between two samples: no figure would be true. */
    private static String lost(Snapshot snapshot) {
        if (snapshot.exactCounts()) {
            return "lost " + snapshot.lost();
        }
        return snapshot.lost() > 0 ? "lost >=" + snapshot.lost() : "lost " + Human.ABSENT;
    }

    private static String self(SelfCost self) {
        if (Double.isNaN(self.cpuPercent()) && self.residentBytes() < 0) {
            return "";
        }
        StringBuilder out = new StringBuilder("self ");
        if (!Double.isNaN(self.cpuPercent())) {
            long tenths = Math.round(10 * self.cpuPercent());
            out.append(tenths / 10).append('.').append(tenths % 10).append("% ");
        }
        if (self.residentBytes() >= 0) {
            Human.appendMeasure(out, CountFields.TX_BYTES, (double) self.residentBytes());
        }
        return out.toString().stripTrailing();
    }
}
