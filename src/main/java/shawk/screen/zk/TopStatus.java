package shawk.screen.zk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import shawk.field.CountFields;
import shawk.screen.Pen;
import shawk.screen.SelfCost;
import shawk.screen.Style;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * The first line: all that is captured, whatever the filter.
 *
 * <pre>
 * shawk zk  db01  any  1.0s   lost 0   12,034 req/s  3.0 err/s  12 ev/s  12 open   self 0.8% 96 MB
 * </pre>
 *
 * <p>Where there is no room for all of it what is wanted least goes first; what was not seen goes last: it says what
 * the figures are worth.
 */
final class TopStatus {
    /** Cells of a file's name where there is little room. */
    private static final int SHORT = 24;

    /** For {@link Part#rank}: what goes last. */
    private static final int STAYS = 0;

    private final List<Part> parts = new ArrayList<>();

    private TopStatus() {}

    /**
     * A part of the line.
     *
     * @param gap blanks before it
     * @param rank the greatest one goes first
     */
    private record Part(int gap, String text, Style style, int rank) {
        int width() {
            return gap + DisplayWidth.of(text);
        }
    }

    static void draw(Pen pen, String host, String source, TopState state, TopSnapshot shown, SelfCost self) {
        TopStatus status = new TopStatus();
        status.where(host, source, state, shown);
        status.losses(shown.totals());
        status.rates(shown);
        status.add(3, self(self), Style.STATUS, 12);
        status.draw(pen, source);
    }

    private void add(int gap, String text, Style style, int rank) {
        if (!text.isEmpty()) {
            parts.add(new Part(gap, text, style, rank));
        }
    }

    private void where(String host, String source, TopState state, TopSnapshot shown) {
        add(0, "shawk zk", Style.STATUS, 11);
        add(2, host, Style.STATUS, 10);
        add(2, source, Style.STATUS, 7);
        String interval = interval(state.intervalMillis);
        switch (shown.phase()) {
            case READING -> add(2, "reading", Style.ALERT, 3);
            case OVER -> add(2, "END", Style.ALERT, 3);
            default -> add(2, state.recent ? "LAST " + interval : interval, style(state.recent), state.recent ? 1 : 8);
        }
        add(2, state.paused != null ? "PAUSED" : "", Style.ALERT, 1);
        add(2, state.frozen ? "FROZEN" : "", Style.ALERT, 1);
    }

    private static Style style(boolean alert) {
        return alert ? Style.ALERT : Style.STATUS;
    }

    private void losses(TopTotals totals) {
        boolean lost = totals.dropped() > 0;
        add(3, totals.dropped() < 0 ? "" : "lost " + Human.count(totals.dropped()), style(lost), lost ? STAYS : 5);
        add(2, totals.missing() > 0 ? "missing " + bytes(totals.missing()) : "", Style.ALERT, STAYS);
        add(2, totals.undecoded() > 0 ? "undecoded " + bytes(totals.undecoded()) : "", Style.ALERT, STAYS);
    }

    private void rates(TopSnapshot shown) {
        if (shown.sequence() == 0) {
            return;
        }
        TopTotals totals = shown.totals();
        add(3, rate(totals.requestRate()) + " req/s", Style.STATUS, 2);
        add(2, rate(totals.errorRate()) + " err/s", Style.STATUS, 4);
        add(2, rate(totals.eventRate()) + " ev/s", Style.STATUS, 9);
        add(2, Human.count(totals.open()) + " open", Style.STATUS, 6);
    }

    private int width() {
        return parts.stream().mapToInt(Part::width).sum() - parts.get(0).gap();
    }

    private void draw(Pen pen, String source) {
        int room = pen.grid().columns();
        if (width() > room) {
            parts.replaceAll(part ->
                    part.text().equals(source) ? shortened(part, pen.symbols().cut()) : part);
        }
        while (width() > room && parts.size() > 1) {
            parts.remove(parts.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow());
        }
        pen.line(0, Style.STATUS);
        int column = 0;
        for (Part part : parts) {
            int gap = column == 0 ? 0 : part.gap();
            column += gap + pen.text(column + gap, 0, room - column - gap, part.text(), part.style());
        }
    }

    /** The end of a long path is what tells one file from another. */
    private static Part shortened(Part part, String cut) {
        String text = part.text();
        if (DisplayWidth.of(text) <= SHORT) {
            return part;
        }
        String name = text.substring(text.lastIndexOf('/') + 1);
        int from = 0;
        while (DisplayWidth.of(name, from, name.length()) > SHORT) {
            from = name.offsetByCodePoints(from, 1);
        }
        return new Part(part.gap(), from == 0 ? name : cut + name.substring(from), part.style(), part.rank());
    }

    private static String interval(long millis) {
        return millis < 1000 ? millis + "ms" : millis / 1000 + "." + millis / 100 % 10 + "s";
    }

    private static String rate(double value) {
        StringBuilder out = new StringBuilder();
        TopColumn.RATE.append(out, value, false, false);
        return out.toString();
    }

    private static String bytes(long value) {
        StringBuilder out = new StringBuilder();
        Human.appendMeasure(out, CountFields.TX_BYTES, (double) value);
        return out.toString();
    }

    private static String self(SelfCost self) {
        if (Double.isNaN(self.cpuPercent()) || self.residentBytes() < 0) {
            return "";
        }
        long tenths = Math.round(10 * self.cpuPercent());
        return "self " + tenths / 10 + "." + tenths % 10 + "% " + bytes(self.residentBytes());
    }
}
