package shawk.doctor;

import shawk.doctor.Finding.State;
import shawk.text.DisplayWidth;
import shawk.text.JsonWriter;

/** A report as text for people and as JSON for programs. Pure. */
public final class Forms {
    private static final String RESET = "\u001b[0m";

    private Forms() {}

    /**
     * One line a check: mark, name, state, reason and fix; at the end what it all means.
     *
     * @param ascii whether the program's own signs are ASCII; text from outside stays as it is
     * @param color whether marks and states are coloured
     */
    public static String text(Report report, boolean ascii, boolean color) {
        int names = 0;
        for (Finding each : report.findings()) {
            names = Math.max(names, DisplayWidth.of(each.id()));
        }
        StringBuilder out = new StringBuilder();
        for (Finding each : report.findings()) {
            String begin = color ? colour(each.state()) : "";
            String end = begin.isEmpty() ? "" : RESET;
            out.append(begin).append(mark(each.state(), ascii)).append(end).append(' ');
            out.append(each.id()).append(" ".repeat(names - DisplayWidth.of(each.id()) + 2));
            out.append(begin).append(each.state().id()).append(end);
            out.append(
                    " ".repeat(State.MISSING.id().length() - each.state().id().length() + 2));
            out.append(each.reason().value());
            if (!each.fix().value().isEmpty()) {
                out.append(ascii ? "; fix: " : " → ").append(each.fix().value());
            }
            out.append('\n');
        }
        return out.append('\n').append(verdict(report)).append('\n').toString();
    }

    /** One object: whether it works, and the checks. */
    public static String json(Report report, String version) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out).beginObject();
        json.name("version").value(version);
        json.name("works").value(report.works());
        json.name("checks").beginArray();
        for (Finding each : report.findings()) {
            json.lineBreak().beginObject();
            json.name("id").value(each.id());
            json.name("state").value(each.state().id());
            json.name("reason").value(each.reason());
            json.name("fix");
            if (each.fix().value().isEmpty()) {
                json.nullValue();
            } else {
                json.value(each.fix());
            }
            json.endObject();
        }
        json.endArray().endObject().endLine();
        return out.toString();
    }

    private static String verdict(Report report) {
        return report.works()
                ? "Live connections with their owners can be shown."
                : "Live connections with their owners cannot be shown: see what is missing above.";
    }

    private static String mark(State state, boolean ascii) {
        return switch (state) {
            case WORKS -> ascii ? "+" : "✓";
            case PARTLY -> ascii ? "~" : "≈";
            case MISSING -> ascii ? "x" : "✗";
            case NOTE -> ascii ? "." : "·";
        };
    }

    private static String colour(State state) {
        return switch (state) {
            case WORKS -> "\u001b[32m";
            case PARTLY -> "\u001b[33m";
            case MISSING -> "\u001b[1;31m";
            case NOTE -> "";
        };
    }
}
