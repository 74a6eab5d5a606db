package shawk.screen;

/** The keys that keep rows still, compare them, choose which are shown, and how. */
final class CalmKeys {
    private CalmKeys() {}

    static void add(KeyTable table) {
        table.keys("freeze", Key.of('o')).does("freeze the order, values live; again: thaw", CalmActions::freeze);
        table.keys("watch", Key.of('w'))
                .unless(CalmActions::nothingToWatch)
                .does("watch this row: the cursor follows it; again: let it go", CalmActions::watch);
        table.keys("mark", Key.of('m'))
                .hint("mark")
                .unless(CalmActions::nothingToMark)
                .does("mark now; again: only what changed since; again: all rows", CalmActions::mark);
        table.keys("chips", Key.of('\\'))
                .unless((state, tree) ->
                        state.view() == View.CLOSED ? "what has ended has no state: filter, such as proto = tcp" : null)
                .does("choose states and protocols", CalmActions::chips);
        table.keys("ended", Key.of('t'))
                .unless(CalmActions::noEnded)
                .does("ended connections among the living on or off", CalmActions::ended);
        table.keys("columns", Key.of('f')).does("choose the columns of this view", CalmActions::columns);
        table.keys("bits", Key.of('b')).does("rates in bits or in bytes per second", CalmActions::bits);
        table.keys("names", Key.of('n')).does("names or numbers of hosts, services and users", CalmActions::numeric);
        table.keys("interfaces", Key.of('i')).does("totals of the interfaces on or off", CalmActions::links);
    }
}
