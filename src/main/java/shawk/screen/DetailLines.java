package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.text.DisplayWidth;

/**
 * Sections of details as lines of a width, in one column or, on a wide terminal, in two. Immutable.
 *
 * @param columns the lines of each column
 * @param width cells of a column
 */
record DetailLines(List<List<Line>> columns, int width) {
    /** Cells for the labels. */
    static final int LABEL = 12;
    /** Lines of a column, headings included; those beyond are left out. */
    static final int MAX_LINES = 1_000;
    /** From this width on there are two columns. */
    private static final int TWO_COLUMNS = 130;

    DetailLines {
        columns = List.copyOf(columns);
    }

    /**
     * One line; of a heading, and of a line of a table, the label is empty and the text begins where labels do.
     *
     * @param label what the line is about
     * @param text what there is to say
     */
    record Line(String label, String text, Style style, boolean heading) {
        Style labelStyle() {
            return Style.DIM;
        }
    }

    /** Lays sections out on a screen of {@code screen} cells. */
    static DetailLines of(List<Details.Section> sections, int screen) {
        boolean two = screen >= TWO_COLUMNS;
        int width = two ? screen / 2 - 1 : screen - 1;
        List<List<Line>> blocks = new ArrayList<>();
        int total = 0;
        for (Details.Section section : sections) {
            List<Line> block = block(section, width);
            blocks.add(block);
            total += block.size();
        }
        List<Line> left = new ArrayList<>();
        List<Line> right = new ArrayList<>();
        for (List<Line> block : blocks) {
            boolean fits = !two || right.isEmpty() && (left.isEmpty() || left.size() + block.size() / 2 <= total / 2);
            List<Line> column = fits ? left : right;
            column.addAll(block.subList(0, Math.min(block.size(), Math.max(0, MAX_LINES - column.size()))));
        }
        return new DetailLines(two ? List.of(left, right) : List.of(left), width);
    }

    private static List<Line> block(Details.Section section, int width) {
        List<Line> lines = new ArrayList<>();
        if (!section.title().isEmpty()) {
            lines.add(new Line("", section.title(), Style.GROUP, true));
        }
        for (Details.Fact fact : section.facts()) {
            if (fact.wide()) {
                lines.add(new Line("", fact.text(), fact.style(), true));
            } else if (fact.curve().length > 0) {
                lines.add(new Line(fact.label(), curve(fact, width), fact.style(), false));
            } else {
                wrap(lines, fact, width - LABEL - 2);
            }
        }
        return lines;
    }

    /** The curve takes what its words leave. */
    private static String curve(Details.Fact fact, int width) {
        int cells = width - LABEL - 4 - fact.text().length();
        String line = Sparkline.of(fact.curve(), Math.min(cells, 60), fact.ascii());
        return line + (line.isEmpty() ? "" : "  ") + fact.text();
    }

    private static void wrap(List<Line> lines, Details.Fact fact, int room) {
        String rest = fact.text();
        String label = fact.label();
        while (DisplayWidth.of(rest) > room && room > 0 && lines.size() < MAX_LINES) {
            int fitting = Math.max(1, DisplayWidth.fitting(rest, room));
            int blank = rest.lastIndexOf(' ', fitting);
            int end = blank > fitting / 2 ? blank : fitting;
            lines.add(new Line(label, rest.substring(0, end), fact.style(), false));
            rest = rest.substring(end).strip();
            label = "";
        }
        lines.add(new Line(label, rest, fact.style(), false));
    }

    /** Lines of the longer column. */
    int height() {
        int height = 0;
        for (List<Line> column : columns) {
            height = Math.max(height, column.size());
        }
        return height;
    }
}
