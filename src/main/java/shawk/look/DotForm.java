package shawk.look;

import shawk.text.Human;

/** A picture in the language of Graphviz. Stateless; any thread. */
public final class DotForm {
    private DotForm() {}

    /** Appends the graph. */
    public static void append(StringBuilder out, Picture picture) {
        out.append("digraph shawk {\n    rankdir=LR;\n    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        out.append("    edge [fontname=\"sans-serif\", fontsize=10];\n");
        for (int i = 0; i < picture.boxes().size(); i++) {
            Picture.Box box = picture.boxes().get(i);
            out.append("    n").append(i).append(" [label=\"");
            appendText(out, box.name().value());
            appendLine(out, box.host().value());
            appendLine(out, box.within().value());
            appendLine(out, box.ports().isEmpty() ? "" : ":" + String.join(" :", box.ports()));
            out.append('"').append(box.known() ? "" : ", style=\"rounded,dashed\"");
            out.append(box.start() ? ", penwidth=2" : "").append("];\n");
        }
        for (Picture.Link link : picture.links()) {
            out.append("    n")
                    .append(link.from())
                    .append(" -> n")
                    .append(link.to())
                    .append(" [label=\"");
            appendText(out, label(link));
            out.append("\", style=").append(style(link.proof())).append("];\n");
        }
        out.append("}\n");
    }

    private static String style(Proof proof) {
        return switch (proof) {
            case BOTH -> "solid";
            case CLIENT_ONLY, SERVER_ONLY -> "dashed";
            case AMBIGUOUS -> "dotted";
        };
    }

    /** {@code :80 1,204 conns nat?}. */
    static String label(Picture.Link link) {
        return (link.port().isEmpty() ? "" : ":" + link.port() + " ")
                + (link.approximate() ? "<=" : "")
                + Human.count(link.connections())
                + (link.connections() == 1 ? " conn" : " conns")
                + (link.nat() ? " nat?" : "");
    }

    private static void appendLine(StringBuilder out, String line) {
        if (!line.isEmpty()) {
            out.append("\\n");
            appendText(out, line);
        }
    }

    private static void appendText(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            if (c == '&') {
                out.append("&amp;");
            } else {
                out.append(c);
            }
        }
    }
}
