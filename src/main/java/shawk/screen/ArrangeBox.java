package shawk.screen;

import java.util.List;
import shawk.field.KeyField;
import shawk.text.DisplayWidth;

/**
 * The dialog that chooses the grouping: a preset, or a chain of fields that is typed.
 *
 * <pre>
 *  Group by                                    Enter takes it, Esc leaves
 *    process›peer›port
 *  › process›port›peer
 *    none: single connections
 *  or type a chain: process,po_
 *    Tab completes: port
 * </pre>
 */
final class ArrangeBox {
    private static final int WIDTH = 62;

    private ArrangeBox() {}

    static void draw(Pen pen, Dialog.Arrange dialog) {
        int width = Math.min(WIDTH, pen.grid().columns());
        int left = (pen.grid().columns() - width) / 2;
        int height = Presets.ALL.size() + 4;
        int top = Math.max(0, Math.min(3, pen.grid().rows() - height));
        pen.clear(left, top, width, height, Style.INPUT);
        pen.grid().restyle(left, top, width, Style.HEADER);
        pen.text(left + 1, top, width - 2, "Group by", Style.HEADER);
        pen.right(left + 10, top, width - 11, "Enter takes it, Esc leaves", Style.HEADER);
        boolean typing = !dialog.line().text().isBlank();
        for (int i = 0; i < Presets.ALL.size(); i++) {
            boolean selected = !typing && i == dialog.selected();
            List<KeyField> chain = Presets.ALL.get(i);
            String text = Presets.names(chain, pen.symbols().chain()) + (chain.isEmpty() ? ": single connections" : "");
            pen.text(left + 1, top + 1 + i, 1, selected ? ">" : " ", Style.INPUT);
            pen.text(left + 3, top + 1 + i, width - 4, text, Style.INPUT);
            if (selected) {
                pen.grid().restyle(left, top + 1 + i, width, Style.CURSOR);
            }
        }
        drawInput(pen, dialog, left, top + height - 3, width);
        drawFrame(pen, left, top, width, height);
    }

    /** Sides and bottom: the head is the top. */
    private static void drawFrame(Pen pen, int left, int top, int width, int height) {
        for (int row = top + 1; row < top + height - 1; row++) {
            pen.text(left, row, 1, pen.symbols().side(), Style.DIM);
            pen.text(left + width - 1, row, 1, pen.symbols().side(), Style.DIM);
        }
        for (int column = left; column < left + width; column++) {
            pen.text(column, top + height - 1, 1, pen.symbols().bottom(), Style.DIM);
        }
    }

    private static void drawInput(Pen pen, Dialog.Arrange dialog, int left, int line, int width) {
        String label = "or type a chain: ";
        int start = left + 1 + pen.text(left + 1, line, width - 2, label, Style.INPUT);
        String typed = dialog.line().text();
        int room = left + width - start - 1;
        String shown = typed.substring(Math.max(0, typed.length() - Math.max(1, room) + 1));
        int used = pen.text(start, line, room, shown, Style.INPUT);
        pen.grid().restyle(start + used, line, 1, Style.CARET);
        if (dialog.error() != null) {
            pen.text(left + 3, line + 1, width - 4, dialog.error(), Style.BAD);
        } else {
            List<String> names = Presets.completions(typed);
            String rest = String.join(" ", names);
            String text = names.isEmpty() ? "no such field" : "Tab completes: " + rest;
            pen.text(left + 3, line + 1, Math.min(width - 4, DisplayWidth.of(text)), text, Style.DIM);
        }
    }
}
