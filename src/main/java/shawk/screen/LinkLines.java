package shawk.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import shawk.field.CountFields;
import shawk.model.LinkTotals;
import shawk.model.SocketTable;
import shawk.text.Human;

/**
 * What the busiest interfaces carry, of all sockets and all that is none, below the status line.
 *
 * <pre>
 *  eth0             rx  12 MB/s   8,100 pkt/s   tx  88 MB/s   9,000 pkt/s   drops +12
 *  lo               rx 1.0 MB/s     900 pkt/s   tx 1.0 MB/s     900 pkt/s   +3 more
 * </pre>
 *
 * Errors and drops are those since the lines were switched on, and shown where there are any.
 */
final class LinkLines {
    private static final int MAX_LINES = 4;
    private static final int NAME_WIDTH = 15;
    /** Of a low terminal they take this part at most. */
    private static final int SHARE = 4;

    private LinkLines() {}

    /** Lines that they take from the table. */
    static int lines(Display display, int rows) {
        return display.linksSince() == null
                ? 0
                : Math.max(1, Math.min(Math.min(MAX_LINES, display.linkCount()), rows / SHARE));
    }

    static void draw(Pen pen, Scene scene, int line) {
        UiState state = scene.state();
        int lines = lines(state.display(), state.rows());
        if (lines == 0) {
            return;
        }
        List<LinkTotals> links = scene.tree().pivot().snapshot().links();
        if (links.isEmpty()) {
            pen.text(1, line, pen.grid().columns() - 1, "interfaces: not known", Style.DIM);
            return;
        }
        List<LinkTotals> busiest = busiest(worthALine(links), lines);
        for (int i = 0; i < busiest.size(); i++) {
            int column = 1 + link(pen, state.display(), busiest.get(i), line + i);
            if (i == busiest.size() - 1 && links.size() > busiest.size()) {
                String more = "+" + (links.size() - busiest.size()) + " more";
                pen.text(column + 3, line + i, pen.grid().columns() - column - 3, more, Style.DIM);
            }
        }
    }

    /** Those that are up or carry something; all where none does. */
    static List<LinkTotals> worthALine(List<LinkTotals> links) {
        List<LinkTotals> worth = new ArrayList<>(links);
        worth.removeIf(link -> !link.up() && !(link.rxRate() + link.txRate() > 0));
        return worth.isEmpty() ? links : worth;
    }

    /** Those that carry most, in the kernel's order, so that they do not change places. */
    private static List<LinkTotals> busiest(List<LinkTotals> links, int most) {
        List<LinkTotals> byRate = new ArrayList<>(links);
        byRate.sort(Comparator.comparingDouble(LinkLines::rate).reversed());
        List<LinkTotals> chosen = byRate.subList(0, Math.min(most, byRate.size()));
        List<LinkTotals> kept = new ArrayList<>(links);
        kept.removeIf(link -> !chosen.contains(link));
        return kept.subList(0, Math.min(most, kept.size()));
    }

    private static double rate(LinkTotals link) {
        double rate = link.rxRate() + link.txRate();
        return !link.up() ? -2 : Double.isNaN(rate) ? -1 : rate;
    }

    /** Returns the cells used. */
    private static int link(Pen pen, Display display, LinkTotals link, int line) {
        int columns = pen.grid().columns();
        pen.text(1, line, NAME_WIDTH, link.name().value(), link.up() ? Style.GROUP : Style.DIM);
        StringBuilder out = new StringBuilder(" ".repeat(NAME_WIDTH));
        out.append(link.up() ? "      " : "  down");
        flow(out, "rx", link.rxRate(), link.rxPacketRate(), display.bits());
        flow(out, "tx", link.txRate(), link.txPacketRate(), display.bits());
        pen.text(1 + NAME_WIDTH, line, columns - NAME_WIDTH - 2, out.substring(NAME_WIDTH), Style.PLAIN);
        int used = out.length();
        String trouble = trouble(display, link);
        if (!trouble.isEmpty()) {
            used += 3 + pen.text(1 + used + 3, line, columns - used - 5, trouble, Style.BAD);
        }
        return used;
    }

    private static void flow(StringBuilder out, String way, double rate, double packets, boolean bits) {
        StringBuilder value = new StringBuilder();
        Human.appendRate(value, rate, bits);
        out.append("   ").append(way).append(' ');
        out.append(" ".repeat(Math.max(0, Human.rateWidth(bits) - value.length())))
                .append(value);
        value.setLength(0);
        Human.appendMeasure(value, CountFields.OPEN_RATE, packets);
        out.append("  ")
                .append(" ".repeat(Math.max(0, 6 - value.length())))
                .append(value)
                .append(" pkt/s");
    }

    private static String trouble(Display display, LinkTotals link) {
        List<LinkTotals> before = display.linksSince();
        for (LinkTotals old : before == null ? List.<LinkTotals>of() : before) {
            if (old.name().equals(link.name())) {
                long errors = grown(old.rxErrors(), link.rxErrors()) + grown(old.txErrors(), link.txErrors());
                long drops = grown(old.rxDrops(), link.rxDrops()) + grown(old.txDrops(), link.txDrops());
                String said = errors > 0 ? "errors +" + errors : "";
                return drops > 0 ? said + (said.isEmpty() ? "" : " ") + "drops +" + drops : said;
            }
        }
        return "";
    }

    private static long grown(long before, long now) {
        return before == SocketTable.ABSENT || now == SocketTable.ABSENT ? 0 : Math.max(0, now - before);
    }
}
