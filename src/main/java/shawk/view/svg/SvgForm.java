package shawk.view.svg;

import java.util.ArrayList;
import java.util.List;
import shawk.look.Picture;

/** A picture as SVG: one box a process, lines with counts, a legend. Stateless; any thread. */
public final class SvgForm {
    private SvgForm() {}

    /** Appends the document; {@code title} is harmless text. */
    public static void append(StringBuilder out, Picture picture, String title) {
        Drawn drawn = Merger.of(picture);
        List<double[]> sizes = new ArrayList<>();
        for (Drawn.Shape shape : drawn.boxes()) {
            sizes.add(SvgWriter.size(shape));
        }
        new SvgWriter(drawn, Layout.of(drawn, sizes), title, out).write();
    }
}
