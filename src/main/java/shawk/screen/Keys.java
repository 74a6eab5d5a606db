package shawk.screen;

import java.util.List;
import shawk.field.CountFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.screen.Key.Kind;

/** The one table of keys: what is pressed, what the hint bar, the help and the man page say of it, what it does. */
public final class Keys {
    private static final List<Binding> TABLE = table();

    private Keys() {}

    /** All keys, in the order in which they are explained. */
    public static List<Binding> all() {
        return TABLE;
    }

    private static List<Binding> table() {
        KeyTable table = new KeyTable();
        asking(table);
        ViewKeys.add(table);
        sorting(table);
        opening(table);
        CalmKeys.add(table);
        ending(table);
        moving(table);
        folding(table);
        timing(table);
        terminal(table);
        ActKeys.add(table);
        return table.made();
    }

    private static void asking(KeyTable table) {
        table.keys("help", Key.of('?'), Key.of('h'), Key.of(Kind.F1))
                .hint("help")
                .does("help, and what this run cannot see", Actions::help);
        table.keys("filter", Key.of('/'), Key.of(Kind.F4))
                .hint("filter")
                .does("filter, live while typing; Esc clears", Actions::filter);
        table.keys("arrange", Key.of('a'), Key.of(Kind.F5))
                .hint("arrange")
                .unless((state, tree) -> Views.fixed(state.view()))
                .does("choose the grouping", Actions::arrange);
    }

    private static void sorting(KeyTable table) {
        table.keys("sort-left", Key.of('<')).hint("sort").does("sort by the column on the left", Actions::sortLeft);
        table.keys("sort-right", Key.of('>'), Key.of(Kind.F6))
                .hint("sort")
                .does("sort by the column on the right", Actions::sortRight);
        table.keys("sort-next", Key.of('s')).does("sort by the next column, round and round", Actions::sortNext);
        table.keys("reverse", Key.of('S'), Key.of('I')).does("reverse the order", Actions::reverse);
        table.keys("sort-conns", Key.of('C'))
                .unless(Sorting::nothingToCount)
                .does("sort by count of connections", Actions.sortBy(CountFields.CONNS));
        table.keys("sort-rate", Key.of('R'))
                .does("sort by rate: bytes sent, and again: received", (state, tree) -> Actions.sortByRate(state));
        table.keys("sort-rtt", Key.of('T')).does("sort by round-trip time", Actions.sortBy(QualityFields.RTT));
        table.keys("sort-age", Key.of('A')).does("sort by age", Actions.sortBy(QueueFields.AGE));
        table.keys("sort-name", Key.of('N')).does("sort by name", Actions::sortByName);
    }

    private static void opening(KeyTable table) {
        TimeKeys.add(table);
        table.keys("open", Key.of(Kind.ENTER))
                .hint("open")
                .unless(ViewActions::nothingToOpen)
                .does("open: what is in the group; of a connection its details", ViewActions::open);
        table.keys("details", Key.of('v'))
                .unless(ViewActions::noRow)
                .does("details of the row: verdict, curves, owner, path", ViewActions::details);
    }

    private static void ending(KeyTable table) {
        table.keys("quit", Key.of('q'), Key.of(Kind.F10)).hint("quit").does("quit", Actions::quit);
        table.keys("quit-anywhere", Key.ctrl('c')).anywhere().does("quit, from a dialog too", Actions::quit);
        table.keys("quit-leaving-frame", Key.of('Q'))
                .does("quit, and leave the last frame on the screen", Actions::quitLeavingFrame);
    }

    private static void moving(KeyTable table) {
        table.keys("up", Key.of(Kind.UP), Key.of('k')).does("one row up", Actions.move(-1));
        table.keys("down", Key.of(Kind.DOWN), Key.of('j')).does("one row down", Actions.move(1));
        table.keys("page-up", Key.of(Kind.PAGE_UP), Key.ctrl('b')).does("one page up", Actions.page(-2));
        table.keys("page-down", Key.of(Kind.PAGE_DOWN), Key.ctrl('f')).does("one page down", Actions.page(2));
        table.keys("half-page-up", Key.ctrl('u')).does("half a page up", Actions.page(-1));
        table.keys("half-page-down", Key.ctrl('d')).does("half a page down", Actions.page(1));
        table.keys("first", Key.of('g'), Key.of(Kind.HOME)).does("first row", Actions.move(-Integer.MAX_VALUE));
        table.keys("last", Key.of('G'), Key.of(Kind.END)).does("last row", Actions.move(Integer.MAX_VALUE));
    }

    private static void folding(KeyTable table) {
        table.keys("unfold", Key.of(Kind.RIGHT)).unless(Actions::noGroupHere).does("unfold the group", Actions::unfold);
        table.keys("fold", Key.of(Kind.LEFT))
                .does("fold the group; on a folded one go to the group around it", Actions::fold);
        table.keys("unfold-all", Key.of('*'))
                .unless(Actions::noGroups)
                .does("unfold all groups, or fold all", Actions::toggleAll);
        table.keys("back", Key.of(Kind.ESCAPE), Key.of(Kind.BACKSPACE))
                .does("back: out of the group; clear the filter; dismiss the notices", Actions::back);
    }

    private static void timing(KeyTable table) {
        table.keys("interval-longer", Key.of('+'))
                .unless((state, tree) -> state.time().replay() ? TimeKeys.played(state) : Actions.longest(state, tree))
                .does("longer interval", Actions::longer);
        table.keys("interval-shorter", Key.of('-'))
                .unless((state, tree) -> state.time().replay() ? TimeKeys.played(state) : Actions.shortest(state, tree))
                .does("shorter interval", Actions::shorter);
        table.keys("interval", Key.of('d'))
                .unless((state, tree) -> TimeKeys.played(state))
                .does("type the interval", Actions::interval);
    }

    private static void terminal(KeyTable table) {
        table.keys("redraw", Key.ctrl('l')).anywhere().does("draw the whole screen anew", Actions::redraw);
        table.keys("suspend", Key.ctrl('z'))
                .anywhere()
                .does("suspend; fg in the shell brings it back", Actions::suspend);
    }
}
