package shawk.look;

/** A picture as a flow chart of Mermaid. Stateless; any thread. */
public final class MermaidForm {
    private static final String PLAIN = " ./-_:,";

    private MermaidForm() {}

    /** Appends the chart. */
    public static void append(StringBuilder out, Picture picture) {
        out.append("flowchart LR\n");
        for (int i = 0; i < picture.boxes().size(); i++) {
            Picture.Box box = picture.boxes().get(i);
            out.append("    n").append(i).append("[\"");
            appendText(out, box.name().value());
            appendLine(out, box.host().value());
            appendLine(out, box.within().value());
            appendLine(out, box.ports().isEmpty() ? "" : ":" + String.join(" :", box.ports()));
            out.append("\"]\n");
        }
        for (Picture.Link link : picture.links()) {
            out.append("    n").append(link.from());
            out.append(link.proof() == Proof.BOTH ? " -->|\"" : " -.->|\"");
            appendText(out, DotForm.label(link) + (link.proof() == Proof.AMBIGUOUS ? " ambiguous" : ""));
            out.append("\"| n").append(link.to()).append('\n');
        }
    }

    private static void appendLine(StringBuilder out, String line) {
        if (!line.isEmpty()) {
            out.append("<br/>");
            appendText(out, line);
        }
    }

    /**
     * Whatever is no letter, digit or harmless sign is written by its number: no text ends its quotes or is Markdown.
     */
    private static void appendText(StringBuilder out, String text) {
        text.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || c < 128 && PLAIN.indexOf(c) >= 0;
            if (plain) {
                out.appendCodePoint(c);
            } else {
                out.append('#').append(c).append(';');
            }
        });
    }
}
