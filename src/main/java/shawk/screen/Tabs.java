package shawk.screen;

import org.jspecify.annotations.Nullable;

/** The tabs of the views, in one of three lengths. */
enum Tabs {
    /** {@code 1 Flows 2 Connections 3 Listening 5 Processes 6 Peers}. */
    LONGEST(2),
    /** {@code 1 Flow 2 Conn 3 List 5 Proc 6 Peer}. */
    SHORT(1),
    /** {@code 1 2 Connections 3 5 6}. */
    SHORTEST(1);

    private final int gap;

    Tabs(int gap) {
        this.gap = gap;
    }

    private String text(View view, boolean shown) {
        String title =
                switch (this) {
                    case LONGEST -> view.title();
                    case SHORT -> view.shortTitle();
                    case SHORTEST -> shown ? view.title() : "";
                };
        return title.isEmpty() ? "" + view.key() : view.key() + " " + title;
    }

    /** Cells that they take. */
    int width(View shown) {
        int width = -gap;
        for (View view : View.values()) {
            width += text(view, view == shown).length() + gap;
        }
        return width;
    }

    /** Draws them; returns the cells used. */
    int draw(Pen pen, int column, int row, View shown) {
        int at = column;
        for (View view : View.values()) {
            String text = text(view, view == shown);
            pen.text(at, row, text.length(), text, view == shown ? Style.SORTED : Style.PLAIN);
            at += text.length() + gap;
        }
        return at - gap - column;
    }

    /** The view whose tab is at a cell, the first tab beginning at {@code column}; null = none is. */
    @Nullable
    View at(int cell, int column, View shown) {
        int at = column;
        for (View view : View.values()) {
            int end = at + text(view, view == shown).length();
            if (cell >= at && cell < end) {
                return view;
            }
            at = end + gap;
        }
        return null;
    }
}
