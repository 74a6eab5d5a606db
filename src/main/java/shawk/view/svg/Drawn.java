package shawk.view.svg;

import java.util.List;
import shawk.look.Proof;

/**
 * What is drawn: boxes of which some stand for many, and one line for all that leads from one to another.
 *
 * @param boxes the boxes
 * @param lines the lines
 * @param standing how many processes stand behind the boxes
 */
record Drawn(List<Shape> boxes, List<Line> lines, int standing) {
    Drawn {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /**
     * A box.
     *
     * @param name first line
     * @param texts further lines
     * @param ports that it serves; empty = none
     * @param count how many it stands for
     * @param known whether its process is known
     * @param start whether the look began here
     * @param hint all that was shortened
     */
    record Shape(String name, List<String> texts, String ports, int count, boolean known, boolean start, String hint) {
        Shape {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A line from a client's box to a server's.
     *
     * @param from index of the client's box
     * @param to index of the server's box
     * @param label what stands at it
     * @param connections how many, for its thickness
     * @param proof its style
     * @param failed whether attempts failed
     */
    record Line(int from, int to, String label, long connections, Proof proof, boolean failed) {}
}
