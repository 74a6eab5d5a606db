package shawk.screen.zk;

import shawk.screen.Event;

/** What a click is for: a view, a head, a row. */
final class TopPointer {
    private TopPointer() {}

    static void click(TopScreen screen, TopState state, TopOrder order, Event.Clicked click) {
        if (state.typing != null || state.help >= 0) {
            return;
        }
        int heads = state.heads();
        TopGroup tab = click.row() == 1 ? TopRenderer.tabAt(click.column()) : null;
        int row = state.scroll + click.row() - heads - 1;
        if (tab != null) {
            screen.group(tab);
        } else if (click.row() == heads) {
            TopColumn column = TopLayout.of(state).columnAt(click.column());
            if (column == state.sort) {
                screen.reverse();
            } else {
                screen.sort(column);
            }
        } else if (click.row() > heads && click.row() < state.rows - 1 && row < order.size()) {
            screen.goTo(row);
            if (click.twice()) {
                screen.open();
            }
        }
    }
}
