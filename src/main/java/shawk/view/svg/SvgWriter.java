package shawk.view.svg;

import java.util.List;
import java.util.Locale;
import shawk.look.Proof;

/** Writes what is placed as an SVG document. Used by one thread. */
final class SvgWriter {
    static final double LABEL_SIZE = 10.5;

    private static final double NAME_SIZE = 13;
    private static final double TEXT_SIZE = 11;
    private static final double NAME_LINE = 18;
    private static final double TEXT_LINE = 15;
    private static final double PADDING = 10;
    private static final double MOST_WIDTH = 240;
    private static final double LEAST_WIDTH = 88;
    private static final double STACK = 4;
    private static final double MARGIN = 20;
    private static final double HEAD = 34;
    private static final double FOOT = 34;
    private static final double CORNER = 5;
    private static final double LEAST_PAGE = 620;

    private static final String STYLE = "\n"
            + "  text { font-family: 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif;"
            + " fill: #1f2933; }\n"
            + "  .page { fill: #ffffff; }\n"
            + "  .title { font-size: 15px; font-weight: 600; }\n"
            + "  .name { font-size: 13px; font-weight: 600; }\n"
            + "  .text { font-size: 11px; fill: #52606d; }\n"
            + "  .ports { font-size: 11px; fill: #0b69a3; }\n"
            + "  .label { font-size: 10.5px; fill: #3e4c59; stroke: #ffffff; stroke-width: 3px; paint-order: stroke;"
            + " stroke-linejoin: round; }\n"
            + "  .label.failed { fill: #ba2525; }\n"
            + "  .box { fill: #f5f7fa; stroke: #7b8794; stroke-width: 1.2; }\n"
            + "  .box.start { fill: #e6f6ff; stroke: #0b69a3; stroke-width: 2; }\n"
            + "  .box.unknown { fill: #ffffff; stroke-dasharray: 4 3; }\n"
            + "  .line { fill: none; stroke: #616e7c; }\n"
            + "  .line.failed { stroke: #ba2525; }\n"
            + "  .client-only, .server-only { stroke-dasharray: 7 4; }\n"
            + "  .ambiguous { stroke-dasharray: 1.5 4; stroke-linecap: round; }\n"
            + "  .tip { fill: #616e7c; }\n"
            + "  .tip.failed { fill: #ba2525; }\n"
            + "  @media (prefers-color-scheme: dark) {\n"
            + "    text { fill: #e4e7eb; }\n"
            + "    .page { fill: #1b2127; }\n"
            + "    .text { fill: #9aa5b1; }\n"
            + "    .ports { fill: #78c2f0; }\n"
            + "    .label { fill: #cbd2d9; stroke: #1b2127; }\n"
            + "    .label.failed { fill: #f29b9b; }\n"
            + "    .box { fill: #2a323a; stroke: #7b8794; }\n"
            + "    .box.start { fill: #163448; stroke: #5aa9dd; }\n"
            + "    .box.unknown { fill: #1b2127; }\n"
            + "    .line { stroke: #9aa5b1; }\n"
            + "    .line.failed { stroke: #f29b9b; }\n"
            + "    .tip { fill: #9aa5b1; }\n"
            + "    .tip.failed { fill: #f29b9b; }\n"
            + "  }\n";

    private final Drawn drawn;
    private final Placed placed;
    private final String title;
    private final StringBuilder out;

    SvgWriter(Drawn drawn, Placed placed, String title, StringBuilder out) {
        this.drawn = drawn;
        this.placed = placed;
        this.title = title;
        this.out = out;
    }

    /** Width and height of a box. */
    static double[] size(Drawn.Shape shape) {
        double width = TextWidth.of(name(shape), NAME_SIZE, true);
        for (String text : shape.texts()) {
            width = Math.max(width, TextWidth.of(text, TEXT_SIZE, false));
        }
        width = Math.max(width, TextWidth.of(shape.ports(), TEXT_SIZE, false));
        int lines = shape.texts().size() + (shape.ports().isEmpty() ? 0 : 1);
        double stack = shape.count() > 1 ? 2 * STACK : 0;
        return new double[] {
            Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width) + 2 * PADDING) + stack,
            NAME_LINE + lines * TEXT_LINE + PADDING + stack
        };
    }

    private static String name(Drawn.Shape shape) {
        boolean counted = shape.count() > 1 && !shape.name().startsWith(shape.count() + " ");
        return shape.name() + (counted ? "  ×" + shape.count() : "");
    }

    void write() {
        double width = Math.max(Math.max(LEAST_PAGE, TextWidth.of(title, 15, true)), placed.width()) + 2 * MARGIN;
        double height = placed.height() + HEAD + FOOT + (merged() ? TEXT_LINE : 0) + 2 * MARGIN;
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(number(width));
        out.append("\" height=\"")
                .append(number(height))
                .append("\" viewBox=\"0 0 ")
                .append(number(width));
        out.append(' ').append(number(height)).append("\" role=\"img\">\n<title>");
        escape(title);
        out.append("</title>\n<style>").append(STYLE).append("</style>\n");
        out.append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        text("title", MARGIN, MARGIN + 14, title);
        out.append("<g transform=\"translate(").append(number(MARGIN)).append(' ');
        out.append(number(MARGIN + HEAD)).append(")\">\n");
        for (int i = 0; i < drawn.lines().size(); i++) {
            line(drawn.lines().get(i), placed.routes().get(i));
        }
        for (int i = 0; i < drawn.boxes().size(); i++) {
            box(drawn.boxes().get(i), placed.boxes().get(i));
        }
        for (int i = 0; i < drawn.lines().size(); i++) {
            label(drawn.lines().get(i), placed.labels().get(i));
        }
        out.append("</g>\n");
        legend(MARGIN + HEAD + placed.height() + FOOT);
        out.append("</svg>\n");
    }

    private boolean merged() {
        return drawn.boxes().size() < drawn.standing();
    }

    private void box(Drawn.Shape shape, Placed.Area area) {
        double stack = shape.count() > 1 ? 2 * STACK : 0;
        double width = area.width() - stack;
        double height = area.height() - stack;
        String style = "box" + (shape.start() ? " start" : "") + (shape.known() ? "" : " unknown");
        out.append("<g><title>");
        escape(shape.hint());
        out.append("</title>");
        for (double shift = stack; shift >= 0; shift -= STACK) {
            out.append("<rect class=\"").append(style).append("\" x=\"").append(number(area.x() + shift));
            out.append("\" y=\"")
                    .append(number(area.y() + shift))
                    .append("\" width=\"")
                    .append(number(width));
            out.append("\" height=\"").append(number(height)).append("\" rx=\"6\"/>");
        }
        double x = area.x() + PADDING;
        double y = area.y() + PADDING / 2 + NAME_SIZE;
        double most = width - 2 * PADDING;
        text("name", x, y, TextWidth.cut(name(shape), NAME_SIZE, true, most));
        y += 1;
        for (String each : shape.texts()) {
            y += TEXT_LINE;
            text("text", x, y, TextWidth.cut(each, TEXT_SIZE, false, most));
        }
        if (!shape.ports().isEmpty()) {
            text("ports", x, y + TEXT_LINE, TextWidth.cut(shape.ports(), TEXT_SIZE, false, most));
        }
        out.append("</g>\n");
    }

    private void line(Drawn.Line line, List<Placed.Point> points) {
        if (points.size() < 2) {
            return;
        }
        double thickness = 1.1 + Math.min(2, Math.log10(1.0 + line.connections()) * 0.45);
        String failed = line.failed() ? " failed" : "";
        out.append("<path class=\"line ").append(line.proof().id()).append(failed);
        out.append("\" stroke-width=\"").append(number(thickness)).append("\" d=\"");
        Placed.Point last = points.get(points.size() - 1);
        Placed.Point before = points.get(points.size() - 2);
        double length = Math.hypot(last.x() - before.x(), last.y() - before.y());
        double dx = length == 0 ? 1 : (last.x() - before.x()) / length;
        double dy = length == 0 ? 0 : (last.y() - before.y()) / length;
        double tip = Math.min(8, length);
        out.append('M')
                .append(number(points.get(0).x()))
                .append(' ')
                .append(number(points.get(0).y()));
        for (int i = 1; i < points.size() - 1; i++) {
            corner(points.get(i - 1), points.get(i), points.get(i + 1));
        }
        to('L', last.x() - dx * tip, last.y() - dy * tip);
        out.append("\"/><path class=\"tip").append(failed).append("\" d=\"M").append(number(last.x()));
        out.append(' ').append(number(last.y()));
        to('L', last.x() - dx * 9 - dy * 4, last.y() - dy * 9 + dx * 4);
        to('L', last.x() - dx * 9 + dy * 4, last.y() - dy * 9 - dx * 4);
        out.append("Z\"/>\n");
    }

    private void corner(Placed.Point from, Placed.Point at, Placed.Point next) {
        double in = Math.hypot(at.x() - from.x(), at.y() - from.y());
        double away = Math.hypot(next.x() - at.x(), next.y() - at.y());
        double radius = Math.min(CORNER, Math.min(in, away) / 2);
        if (radius < 0.1) {
            to('L', at.x(), at.y());
            return;
        }
        to('L', at.x() - (at.x() - from.x()) / in * radius, at.y() - (at.y() - from.y()) / in * radius);
        to('Q', at.x(), at.y());
        to(' ', at.x() + (next.x() - at.x()) / away * radius, at.y() + (next.y() - at.y()) / away * radius);
    }

    private void to(char command, double x, double y) {
        out.append(command).append(number(x)).append(' ').append(number(y));
    }

    private void label(Drawn.Line line, Placed.Area area) {
        if (area.width() > 0) {
            text(line.failed() ? "label failed" : "label", area.x() + 3, area.y() + LABEL_SIZE, line.label());
        }
    }

    private void legend(double y) {
        double x = MARGIN;
        x = sample(x, y, Proof.BOTH, "seen by both hosts");
        x = sample(x, y, Proof.CLIENT_ONLY, "by one");
        x = sample(x, y, Proof.AMBIGUOUS, "not certain which");
        text("text", x, y + 4, "numbers: connections");
        if (merged()) {
            text(
                    "text",
                    MARGIN,
                    y + 4 + TEXT_LINE,
                    drawn.boxes().size() + " boxes for " + drawn.standing()
                            + " processes and addresses: ×N stands for N that are alike");
        }
    }

    private double sample(double x, double y, Proof proof, String text) {
        out.append("<path class=\"line ").append(proof.id()).append("\" stroke-width=\"1.6\" d=\"M");
        out.append(number(x)).append(' ').append(number(y)).append('h').append("34\"/>\n");
        text("text", x + 42, y + 4, text);
        return x + 42 + TextWidth.of(text, TEXT_SIZE, false) + 18;
    }

    private void text(String style, double x, double y, String text) {
        out.append("<text class=\"")
                .append(style)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"");
        out.append(number(y)).append("\">");
        escape(text);
        out.append("</text>\n");
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
