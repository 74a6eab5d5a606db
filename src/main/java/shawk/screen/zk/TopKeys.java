package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shawk.screen.Key;
import shawk.screen.Key.Kind;

/** The one table of keys: what is pressed, what last line, help and man page say of it, what it does. */
public final class TopKeys {
    private static final List<TopKey> TABLE = table();

    private TopKeys() {}

    /** All keys, in the order in which they are explained. */
    public static List<TopKey> all() {
        return TABLE;
    }

    static @Nullable TopKey find(Key key) {
        for (TopKey each : TABLE) {
            if (each.keys().contains(key)) {
                return each;
            }
        }
        return null;
    }

    private static List<TopKey> table() {
        List<TopKey> table = new ArrayList<>();
        views(table);
        sorting(table);
        time(table);
        moving(table);
        ending(table);
        return List.copyOf(table);
    }

    private static void views(List<TopKey> table) {
        add(table, "help", "help, and what cannot be seen", TopScreen::help, Key.of('?'), Key.of('h'), Key.of(Kind.F1));
        add(
                table,
                "filter",
                "filter: counts begin of what it lets through; the others go on",
                TopScreen::typeFilter,
                Key.of('/'),
                Key.of(Kind.F4));
        add(table, "view", "next view", screen -> screen.turn(1), Key.of(Kind.TAB), Key.of('a'), Key.of(Kind.F5));
        add(table, "", "previous view", screen -> screen.turn(-1), Key.of(Kind.BACK_TAB));
        add(table, "", "by path", screen -> screen.group(TopGroup.PATH), Key.of('1'));
        add(table, "", "by type of operation", screen -> screen.group(TopGroup.TYPE), Key.of('2'));
        add(table, "", "by client", screen -> screen.group(TopGroup.CLIENT), Key.of('3'));
        add(table, "", "by session", screen -> screen.group(TopGroup.SESSION), Key.of('4'));
        add(
                table,
                "depth",
                "paths by one component less; from whole ones to the first component",
                screen -> screen.deepen(-1),
                Key.of(Kind.LEFT));
        add(table, "", "paths by one component more", screen -> screen.deepen(1), Key.of(Kind.RIGHT));
        add(table, "", "whole paths", TopScreen::wholePaths, Key.of('*'));
        add(
                table,
                "open",
                "only this path, type, client or session, in the next view; Esc goes back",
                TopScreen::open,
                Key.of(Kind.ENTER));
        add(
                table,
                "",
                "back: out of the filter, to the counts that went on",
                TopScreen::back,
                Key.of(Kind.ESCAPE),
                Key.of(Kind.BACKSPACE));
    }

    private static void sorting(List<TopKey> table) {
        add(table, "sort", "sort by the column on the left", screen -> screen.sortBeside(-1), Key.of('<'));
        add(
                table,
                "sort",
                "sort by the column on the right",
                screen -> screen.sortBeside(1),
                Key.of('>'),
                Key.of(Kind.F6));
        add(table, "", "sort by the next column, round and round", screen -> screen.sortBeside(1), Key.of('s'));
        add(table, "", "reverse the order", TopScreen::reverse, Key.of('S'), Key.of('I'));
        add(table, "", "sort by count", screen -> screen.sort(TopColumn.COUNT), Key.of('C'));
        add(table, "", "sort by rate", screen -> screen.sort(TopColumn.RATE), Key.of('R'));
        add(table, "", "sort by latency: 99th percentile", screen -> screen.sort(TopColumn.P99), Key.of('T'));
        add(table, "", "sort by errors", screen -> screen.sort(TopColumn.ERRORS), Key.of('E'));
        add(table, "", "sort by name", screen -> screen.sort(null), Key.of('N'));
        add(table, "", "rows keep their places, values go on; again: sorted", TopScreen::freeze, Key.of('o'));
    }

    private static void time(List<TopKey> table) {
        add(table, "pause", "pause; again: go on", TopScreen::pause, Key.of(' '), Key.of('p'));
        add(
                table,
                "recent",
                "errors and times of the last interval; again: since the counts began",
                TopScreen::recent,
                Key.of('t'));
        add(table, "", "counts of what is shown begin anew", TopScreen::restart, Key.of('z'));
        add(table, "", "longer interval", screen -> screen.interval(2), Key.of('+'));
        add(table, "", "shorter interval", screen -> screen.interval(0.5), Key.of('-'));
        add(table, "", "type the interval", TopScreen::typeInterval, Key.of('d'));
        add(table, "", "bits or bytes a second", TopScreen::bits, Key.of('b'));
        add(table, "", "copy the row to the clipboard of the terminal", TopScreen::copy, Key.of('c'));
    }

    private static void moving(List<TopKey> table) {
        add(table, "", "one row up", screen -> screen.move(-1), Key.of(Kind.UP), Key.of('k'));
        add(table, "", "one row down", screen -> screen.move(1), Key.of(Kind.DOWN), Key.of('j'));
        add(table, "", "one page up", screen -> screen.page(-2), Key.of(Kind.PAGE_UP), Key.ctrl('b'));
        add(table, "", "one page down", screen -> screen.page(2), Key.of(Kind.PAGE_DOWN), Key.ctrl('f'));
        add(table, "", "half a page up", screen -> screen.page(-1), Key.ctrl('u'));
        add(table, "", "half a page down", screen -> screen.page(1), Key.ctrl('d'));
        add(table, "", "first row", screen -> screen.move(Integer.MIN_VALUE), Key.of('g'), Key.of(Kind.HOME));
        add(table, "", "last row", screen -> screen.move(Integer.MAX_VALUE), Key.of('G'), Key.of(Kind.END));
    }

    private static void ending(List<TopKey> table) {
        add(table, "", "draw the whole screen anew", TopScreen::redraw, Key.ctrl('l'));
        add(table, "", "suspend; fg in the shell brings it back", TopScreen::suspend, Key.ctrl('z'));
        add(table, "", "quit, and leave the last frame on the screen", screen -> screen.quit(true), Key.of('Q'));
        add(table, "", "quit, whatever is being typed", screen -> screen.quit(false), Key.ctrl('c'));
        add(table, "quit", "quit", screen -> screen.quit(false), Key.of('q'), Key.of(Kind.F10));
    }

    private static void add(List<TopKey> table, String hint, String what, Consumer<TopScreen> action, Key... keys) {
        table.add(new TopKey(List.of(keys), hint, what, action));
    }
}
