package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.screen.Key;
import shawk.screen.Pen;
import shawk.screen.Style;
import shawk.text.DisplayWidth;

/** Over everything: the keys, and what the figures mean. */
final class TopHelp {
    private static final int KEYS_WIDTH = 18;

    private static final List<Line> MEANING = List.of(
            new Line("", ""),
            new Line("REQ/S, TOTAL", "requests and events: in the last interval, and since the counts began"),
            new Line("ERRORS", "replies that say an error, and requests that were never answered"),
            new Line("OPEN", "requests that wait for their reply now"),
            new Line("IN/S, OUT/S", "bytes a second to the server, and from it"),
            new Line("AVG to MAX", "time from a request to its reply, where packets were captured"),
            new Line("over", "how long the counts of what is shown have gone on; of a file how much time it spans"),
            new Line("LAST", "t: ERR/S and times of replies are those of the last interval"),
            new Line("reading, END", "a file, or what is over: rates are means over all of it"),
            new Line("lost", "packets that the kernel had no room for"),
            new Line("missing", "bytes of streams that were never captured"),
            new Line("undecoded", "bytes in which no message was recognised: another protocol, TLS, a gap"));

    private TopHelp() {}

    /** Something, and what it means; empty words = the meaning goes on. */
    private record Line(String words, String text) {}

    /** As many lines as the width needs. */
    private static List<Line> lines(int columns) {
        List<Line> lines = new ArrayList<>();
        TopKeys.all().forEach(each -> wrap(lines, each.label(), each.what(), columns - KEYS_WIDTH - 3));
        MEANING.forEach(each -> wrap(lines, each.words(), each.text(), columns - KEYS_WIDTH - 3));
        return lines;
    }

    private static void wrap(List<Line> lines, String words, String text, int width) {
        String first = words;
        String rest = text;
        while (DisplayWidth.of(rest) > width && width > 0) {
            int fitting = Math.max(1, DisplayWidth.fitting(rest, width));
            int blank = rest.lastIndexOf(' ', fitting);
            int end = blank > 0 ? blank : fitting;
            lines.add(new Line(first, rest.substring(0, end)));
            first = "";
            rest = rest.substring(end).strip();
        }
        lines.add(new Line(first, rest));
    }

    /** Keys that move scroll. Returns whether {@code key} was one of them. */
    static boolean press(TopState state, Key key) {
        int page = Math.max(1, state.rows - 3);
        int half = (page + 1) / 2;
        Integer step =
                switch (key.kind()) {
                    case UP -> -1;
                    case DOWN -> 1;
                    case PAGE_UP -> -page;
                    case PAGE_DOWN -> page;
                    case HOME -> Integer.MIN_VALUE;
                    case END -> Integer.MAX_VALUE;
                    case CHAR, CTRL -> step(key, page, half);
                    default -> null;
                };
        if (step != null) {
            scroll(state, step);
        }
        return step != null;
    }

    private static @Nullable Integer step(Key key, int page, int half) {
        boolean held = key.kind() == Key.Kind.CTRL;
        return switch (key.codePoint()) {
            case 'k' -> held ? null : -1;
            case 'j' -> held ? null : 1;
            case 'g' -> held ? null : Integer.MIN_VALUE;
            case 'G' -> held ? null : Integer.MAX_VALUE;
            case ' ' -> page;
            case 'b' -> held ? -page : null;
            case 'f' -> held ? page : null;
            case 'u' -> held ? -half : null;
            case 'd' -> held ? half : null;
            default -> null;
        };
    }

    /** As far as there are lines, where it is open: in another width there are others. */
    static void scrollAgain(TopState state) {
        if (state.help >= 0) {
            scroll(state, 0);
        }
    }

    /** By so many lines, as far as there are any. */
    static void scroll(TopState state, int step) {
        int most = Math.max(0, lines(state.columns).size() - Math.max(1, state.rows - 2));
        state.help = (int) Math.max(0, Math.min((long) state.help + step, most));
    }

    static void draw(Pen pen, TopState state) {
        pen.clear(0, 0, state.columns, state.rows, Style.PLAIN);
        pen.line(0, Style.HEADER);
        pen.text(1, 0, state.columns - 1, "Keys, and what the figures mean", Style.HEADER);
        List<Line> lines = lines(state.columns);
        int page = state.rows - 2;
        for (int i = 0; i < page && state.help + i < lines.size(); i++) {
            Line line = lines.get(state.help + i);
            pen.text(1, i + 1, KEYS_WIDTH, line.words(), Style.KEY);
            pen.text(KEYS_WIDTH + 2, i + 1, state.columns - KEYS_WIDTH - 3, line.text(), Style.PLAIN);
        }
        int below = Math.max(0, lines.size() - state.help - page);
        String where = below == 0 ? "the end" : below == 1 ? "1 line below" : below + " lines below";
        int used = pen.text(1, state.rows - 1, state.columns - 2, "Esc closes, arrows scroll", Style.HINT);
        pen.right(used + 3, state.rows - 1, state.columns - used - 4, where, Style.DIM);
    }
}
